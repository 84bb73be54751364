"""What the public pages show: a row of the shelf and the edition it stands for, as it may be read."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import Http404, QueryDict

from ledger.models import BlackOut
from ledger.withdrawn import black_outs, places, taken_out_of, without
from records.clock import london_date, london_moment
from records.dates import as_day
from records.editions import Body, Edition, as_today, nouns
from records.prepared import Prepared, PreparedRecords
from records.references import addresses_in
from records.typed import whole_number
from register.models import Shelf


class Published(NamedTuple):
    """One record as it is shown. `edition` is the latest, unless another was asked for."""

    row: Shelf
    edition: Edition
    body: Body
    asked: str = ""  # for which edition: "in edition 1", "on 12 July 2023"; empty if simply for the latest
    day: date | None = None  # at whose end it stood so, if another than the latest was asked for
    withdrawn: tuple[BlackOut, ...] = ()  # why words were taken out of it
    black_outs: tuple[BlackOut, ...] = ()  # all there are, for what else the page shows

    @property
    def is_latest(self) -> bool:
        return self.edition.n == self.row.edition

    def state_at(self, now: datetime) -> str:
        """In what state it is by the clock, as lists have it; of an earlier edition, in what state it was."""
        row = self.row
        return row.state_then if self.is_latest and row.state_until and row.state_until <= now else self.body["state"]


class NothingYet(Http404):
    """The portal held nothing of the record on the day that was asked for."""


_ROW = PreparedRecords(lambda noun, reference: Shelf.objects.filter(noun=noun, reference__iexact=reference).order_by("pk").defer("words")[:1], noun="?noun", reference="?")


@cache
def _edition(noun: str) -> PreparedRecords:
    """An edition of such a record, by number; 2147483647 is the highest that its column holds."""
    return PreparedRecords(lambda pk, n: nouns[noun].editions.objects.filter(**{noun: pk, "n": n}), pk=-1, n=2147483647)


def shelved(noun: str, reference: str) -> Shelf | None:
    """The record of that reference, in capitals or not."""
    return next(iter(_ROW.records(noun=noun, reference=reference)), None)


def published_or_404(noun: str, reference: str, params: QueryDict | None = None) -> Published:
    """The latest edition; with `as-at` (a day in London) or `edition` among the parameters, that one. Raises NothingYet, Http404."""
    row = shelved(noun, reference)
    if row is None:
        raise Http404
    asked, day = "", None
    if params and (n := whole_number(params.get("edition", ""))):
        edition, asked = editions_of(row).filter(n=n).first(), f"in edition {n}"
    elif params and (said := params.get("as-at", "").strip()):
        day = _day(said)
        if day is None:
            raise NothingYet("That is no day: write it as 2023-07-12.")
        edition, asked = edition_of_day(editions_of(row), day), f"on {as_day(day)}"
        if edition is None:
            raise NothingYet(f"The portal held nothing of {row.reference} on {as_day(day)}.")
    else:
        edition = next(iter(_edition(noun).records(pk=row.record_pk, n=row.edition)), None)
    if edition is None:
        raise Http404
    body, among = as_today(edition), tuple(black_outs())
    withdrawn = tuple(taken_out_of([body, edition.why], among, row.noun, row.record_pk))
    edition.why = without(edition.why, [each.words for each in withdrawn])
    asked_for = day or (london_date(edition.published_at) if asked else None)
    return Published(row, edition, without(body, [each.words for each in withdrawn]), asked, asked_for, withdrawn, among)


def _day(text: str) -> date | None:
    """The day, if it is one. Of the last there is, the one before: each is counted until another begins."""
    try:
        return min(date.fromisoformat(text), date.max - timedelta(days=1))
    except ValueError:
        return None


def editions_of(row: Shelf) -> QuerySet[Edition]:
    return nouns[row.noun].editions.objects.filter(**{row.noun: row.record_pk}).order_by("-n")


def edition_of_day(editions: QuerySet[Edition], day: date) -> Edition | None:
    """The last edition that was issued by the end of that day in London."""
    return editions.filter(published_at__lte=london_moment(day, time.max)).first()


class Beside(NamedTuple):
    """What a page looks up about others: where the references in its texts lead, and the group it belongs to."""

    links: dict[str, str]
    group: Shelf | None


def beside(texts: Iterable[str], group: str, own: str) -> Beside:
    """`own`: the page's own reference, or its address where it is cited in several spellings: no page links to itself."""
    links = {ref: address for ref, address in addresses_in(texts).items() if own not in (ref, address)}
    return Beside(links, group_of(group))


_GROUPS = PreparedRecords(lambda: Shelf.objects.filter(noun="group").defer("words"))


def groups() -> dict[str, Shelf]:
    """All groups, by code."""
    return {row.reference: row for row in _GROUPS.records()}


_GROUP = PreparedRecords(lambda code: Shelf.objects.filter(noun="group", reference=code).defer("words"), code="?")


def group_of(code: str) -> Shelf | None:
    return next(iter(_GROUP.records(code=code)), None)


_FICTIONAL = Prepared(lambda: Shelf.objects.fictional_groups().values_list("reference"))


def fictional_groups() -> list[str]:
    return [code for (code,) in _FICTIONAL.rows()]


def texts_in(value: Any) -> Iterable[str]:
    """Every running text of a body, for finding the references in it."""
    match value:
        case str():
            yield value
        case dict():
            for each in value.values():
                yield from texts_in(each)
        case list():
            for each in value:
                yield from texts_in(each)


def twin(found: Published) -> tuple[Body, bool]:
    """The body as a file: as it was sealed, so that its hash can be compared; and whether it still is. Words withdrawn are named by place."""
    sealed, words = found.edition.body, [each.words for each in found.black_outs]
    erased = any(found.edition.n in each.erased_from(found.row.noun, found.row.record_pk) for each in found.black_outs)
    taken_out = places(sealed, words, marked=erased) if words else []
    return (found.body | {"withdrawn": taken_out}, False) if taken_out else (sealed, True)
