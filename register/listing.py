"""One way to list: filters that can be shared and taken off one by one, a count, pages, and the same list as CSV, JSON and Atom.

A list reads the shelf alone. What a filter does not know it leaves out rather than refuse. Up to page 40 one may leaf; after that
the next page begins where the last one ended, so that a page far down costs no more than the first.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import BooleanField, F, Func, Max, Min, QuerySet, Value
from django.http import QueryDict

from records.prepared import planned_anew
from records.typed import cleaned, whole_number
from register.models import Shelf
from register.published import groups
from register.search import COUNTED, LONGEST, count_in_words, matching

PER_PAGE = 25
LEAFED = 40  # pages
IN_A_FILE = 1000  # rows; the file says where it goes on

Choices = list[tuple[str, str]]
Narrow = Callable[[QuerySet[Shelf], str], QuerySet[Shelf]]


@dataclass(frozen=True)
class Filter:
    """One GET parameter. With choices, only those are known; a tick is on or off."""

    name: str
    label: str
    narrow: Narrow
    choices: Callable[[str], Choices] | None = None  # of a noun
    everything: str = ""  # what the choice of none is called
    tick: bool = False
    hint: str = ""

    def read(self, params: QueryDict, choices: Choices | None) -> str:
        told = cleaned(params.get(self.name, "")).strip()[:LONGEST]
        if self.tick:
            return "1" if told else ""
        if choices is None:
            return told
        return next((value for value, _ in choices if value.casefold() == told.casefold()), "")

    def in_words(self, value: str, choices: Choices | None) -> str:
        if self.tick:
            return self.label
        if self.name == "q":
            return f"“{value}”"
        return f"{self.label}: {value if choices is None else dict(choices)[value]}"


@dataclass(frozen=True)
class Listing:
    """What is listed of one noun, by which filters, and what its files hold."""

    noun: str
    one: str
    many: str
    filters: tuple[Filter, ...]
    columns: tuple[tuple[str, Callable[[Shelf], Any]], ...]

    @property
    def slug(self) -> str:
        """In addresses and names of files."""
        return self.many.replace(" ", "-")

    def read(self, params: QueryDict) -> "Listed":
        choices = {each.name: each.choices(self.noun) for each in self.filters if each.choices}
        asked = {each.name: value for each in self.filters if (value := each.read(params, choices.get(each.name)))}
        page = min(max(whole_number(params.get("page", "")), 1), LEAFED)
        return Listed(self, choices, asked, page, Place.read(cleaned(params.get("after", ""))))


@dataclass(frozen=True)
class Place:
    """Where a list goes on: after this row."""

    sort_on: date
    order: str
    pk: int

    @classmethod
    def read(cls, text: str) -> "Place | None":
        parts = text.split("~")
        try:
            return cls(date.fromisoformat(parts[0]), parts[1][:40], whole_number(parts[2]))
        except (ValueError, IndexError):
            return None

    @classmethod
    def of(cls, row: Shelf) -> "Place":
        return cls(row.sort_on, row.order, row.pk)

    def __str__(self) -> str:
        return f"{self.sort_on}~{self.order}~{self.pk}"

    def beyond(self) -> "Beyond":
        return Beyond("sort_on", "order", "pk", self.sort_on, self.order, self.pk)


class Beyond(Func):
    """Three columns taken as one, before three values: PostgreSQL finds the place in its index, however far down it is."""

    output_field = BooleanField()

    def __init__(self, *parts: Any):
        columns, values = parts[:3], parts[3:]
        super().__init__(*map(F, columns), *map(Value, values))

    def as_sql(self, compiler, connection, **_):
        told = [compiler.compile(each) for each in self.source_expressions]
        columns, values = told[:3], told[3:]
        sql = f"({', '.join(sql for sql, _ in columns)}) < ({', '.join(sql for sql, _ in values)})"
        return sql, [param for _, params in told for param in params]


@dataclass
class Listed:
    """The list that was asked for, one page of it."""

    listing: Listing
    choices: dict[str, Choices]  # of each filter that has any
    asked: dict[str, str]
    number: int
    after: Place | None
    shown: list[Shelf] = field(init=False)
    count: int = field(init=False)

    def __post_init__(self) -> None:
        with planned_anew() if WORDS.name in self.asked else nullcontext():
            self._read(self.matching())

    def _read(self, rows: QuerySet[Shelf]) -> None:
        self.count = rows.order_by()[: COUNTED + 1].count()
        start = 0 if self.after else PER_PAGE * (self.number - 1)
        if start >= self.count and not self.after:  # a page beyond the last is the last
            self.number = max(self.last, 1)
            start = PER_PAGE * (self.number - 1)
        if self.after:
            rows = rows.filter(self.after.beyond())
        found = list(rows[start : start + PER_PAGE + 1])
        self.shown, self.has_next = found[:PER_PAGE], len(found) > PER_PAGE

    def matching(self) -> QuerySet[Shelf]:
        rows = Shelf.objects.of(self.listing.noun).defer("words")
        for each in self.listing.filters:
            if value := self.asked.get(each.name):
                rows = each.narrow(rows, value)
        return rows

    @property
    def count_in_words(self) -> str:
        """ "12 decisions", "more than 1,000 decisions"."""
        return f"{count_in_words(self.count)} {self.listing.one if self.count == 1 else self.listing.many}"

    @property
    def last(self) -> int:
        """The last page that has a number."""
        return min(-(-self.count // PER_PAGE), LEAFED)

    @property
    def numbers(self) -> list[int | None]:
        """The pages to choose from: the first, the last and those beside this one; None where some are left out."""
        if self.after or self.last < 2:
            return []
        shown = sorted({1, self.last, *range(max(1, self.number - 1), min(self.last, self.number + 1) + 1)})
        told: list[int | None] = []
        for n in shown:
            if told and n - (told[-1] or 0) > 1:
                told.append(None)
            told.append(n)
        return told

    @property
    def previous_query(self) -> str:
        return "" if self.after or self.number == 1 else self.query(page=self.number - 1)

    @property
    def next_query(self) -> str:
        if not self.has_next:
            return ""
        if self.after or self.number == LEAFED:
            return self.query(after=str(Place.of(self.shown[-1])))
        return self.query(page=self.number + 1)

    @property
    def first_query(self) -> str:
        """Back to the first page, from where pages have no number."""
        return self.query() or "page=1"

    def query(self, without: str = "", **also: Any) -> str:
        return urlencode({**{name: value for name, value in self.asked.items() if name != without}, **also})

    @property
    def address_query(self) -> str:
        """Of the same list as a file: filters, and no page."""
        return f"?{self.query()}" if self.asked else ""

    @property
    def chips(self) -> list[dict[str, str]]:
        """Each filter in force, in words, with the query of the same list without it."""
        known = {each.name: each for each in self.listing.filters}
        return [
            {"label": known[name].in_words(value, self.choices.get(name)), "remove_url": f"?{self.query(without=name)}"} for name, value in self.asked.items()
        ]

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The filters as the form shows them."""
        return [
            {"filter": each, "value": self.asked.get(each.name, ""), "choices": self.choices.get(each.name)}
            for each in self.listing.filters
        ]

    def for_a_file(self) -> tuple[list[Shelf], str]:
        """The rows of the whole list, up to a bound; and the query with which it goes on, if there is more."""
        rows = self.matching()
        if self.after:
            rows = rows.filter(self.after.beyond())
        found = list(rows[: IN_A_FILE + 1])
        more = self.query(after=str(Place.of(found[IN_A_FILE - 1]))) if len(found) > IN_A_FILE else ""
        return found[:IN_A_FILE], more

    def cells(self, rows: Iterable[Shelf]) -> Iterator[dict[str, Any]]:
        for row in rows:
            yield {name: tell(row) for name, tell in self.listing.columns}


# --- filters that several lists have


def group_choices(noun: str) -> Choices:
    return [(code, code) for code in sorted(groups())]


def year_choices(noun: str) -> Choices:
    spanned = Shelf.objects.filter(noun=noun).aggregate(first=Min("sort_on"), last=Max("sort_on"))
    return [(str(year), str(year)) for year in range(spanned["last"].year, spanned["first"].year - 1, -1)] if spanned["first"] else []


def _of_year(rows: QuerySet[Shelf], year: str) -> QuerySet[Shelf]:
    return rows.filter(sort_on__gte=date(int(year), 1, 1), sort_on__lte=date(int(year), 12, 31))


WORDS = Filter("q", "Search", matching)
GROUP = Filter("group", "Group", lambda rows, code: rows.filter(group=code), group_choices, "All groups")
YEAR = Filter("year", "Year", _of_year, year_choices, "All years")
