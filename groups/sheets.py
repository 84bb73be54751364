"""A membership list as a spreadsheet: who sits in which seat of a group from when to when, and who stands in for them.

To see what would be taken, every line is tried, and all of it undone: what is refused is what the verbs refuse, one line after the
other, the earliest first. So somebody's going makes room for whoever comes after, wherever the two lines stand.
"""

from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from groups import operations
from groups.membership import organisations_called
from groups.models import Alternate, Group, Holding, Organisation, Person, Seat, User
from groups.models.people import normalised
from groups.operations.addresses import hold_addresses
from groups.rules import refusals_to_bring_in_members
from groups.standing import Standing
from records.clock import portal_now, portal_today
from records.dates import as_day
from records.forms import DayField, NameField
from records.importing import Line, table_in
from records.locks import locked
from records.operations import operating, operation
from records.periods import days_in_words, in_words, period
from records.rules import Refusal, Refused, require

COLUMNS = ("constituency", "name", "organisation", "mail", "from", "to", "alternate of")
NEEDED = ("constituency", "name")
NAMES = ("constituency", "name", "organisation", "alternate of")
MOST_LINES = 300  # every line is done to see what it does, and nobody else can change the group's membership meanwhile
_DAY = DayField(required=False)
_NAME = NameField(max_length=160, error_messages={"required": "Nobody is named: give the name.", "max_length": "The name is too long."})
_MAIL = forms.EmailField(required=False, max_length=254)


@dataclass
class Read:
    """One line as it was read: what is done with it, or why nothing is."""

    n: int
    cells: dict[str, str]
    does: str = ""
    refusals: list[str] = field(default_factory=list)
    passed_over: str = ""


class _Undone(Exception):
    """What was tried is not kept."""


def looked_at(group: Group, text: str, *, by: User) -> list[Read]:
    """What each line would do. Nothing is kept of it. Raises Refused if it is no such table."""
    read: list[Read] = []
    try:
        with transaction.atomic(), operating():
            read = _lines(group, text, by=by)
            raise _Undone
    except _Undone:
        return read


@operation
def bring_in(group: Group, text: str, *, by: User) -> Group:
    """Do what every line says; all of them, or nothing."""
    now = portal_now()
    require(refusals_to_bring_in_members(group, Standing.at(by, now), now))
    refused = [Refusal(f"Line {each.n}: {sentence}", field="sheet") for each in _lines(group, text, by=by) for sentence in each.refusals]
    require(refused)
    return group


def _lines(group: Group, text: str, *, by: User) -> list[Read]:
    lines = [_on_one_line(line) for line in table_in(text, COLUMNS, NEEDED, names=NAMES, most=MOST_LINES)]
    hold_addresses(*(line.cells["mail"] for line in lines))
    locked(Group.objects).get(pk=group.pk)
    sheet = _Sheet(group, portal_today(), by)
    return sorted((sheet.taken(line) for line in sorted(lines, key=_first_day)), key=lambda each: each.n)


def _on_one_line(line: Line) -> Line:
    """Names, addresses and days have no second line: a mail's heading would end with the first."""
    return line._replace(cells={name: " ".join(cell.split()) for name, cell in line.cells.items()})


def _first_day(line: Line) -> tuple[bool, date]:
    """Holders before alternates, and each from the earliest on."""
    return bool(line.cells["alternate of"]), _day_in(line.cells["from"]) or date.max


def _day_in(text: str) -> date | None:
    try:
        return _DAY.clean(" ".join(text.split()))
    except ValidationError:
        return None


def _name_in(cell: str) -> str:
    try:
        return _NAME.clean(cell)
    except ValidationError as wrong:
        raise Refused(wrong.messages) from wrong


def _mail_in(cell: str) -> str:
    """As a form takes it."""
    try:
        return _MAIL.clean(cell)
    except ValidationError as wrong:
        raise Refused([f"“{cell[:80]}” is no e-mail address."]) from wrong


class _Sheet:
    """One list for one group, taken line by line."""

    def __init__(self, group: Group, today: date, by: User):
        self.group, self.today, self.by = group, today, by
        self.organisations = organisations_called(group)
        self.seats = list(Seat.objects.filter(group=group).select_related("group", "constituency").prefetch_related("constituency__aliases"))

    def taken(self, line: Line) -> Read:
        read = Read(line.n, line.cells)
        if line.refusal:
            read.refusals.append(line.refusal)
            return read
        try:
            with operating():
                read.does, read.passed_over = self._take(line.cells)
        except Refused as refused:
            read.refusals = [str(reason) for reason in refused.reasons]
        return read

    def _take(self, cells: dict[str, str]) -> tuple[str, str]:
        first, last = self._day(cells["from"], "from") or self.today, self._day(cells["to"], "to")
        seat = self._seat(cells["constituency"], first)
        person = self._person(cells)
        if cells["alternate of"]:
            return self._stand_in(seat, person, first, last, cells["alternate of"])
        return self._sit(seat, person, first, last, self._organisation(cells["organisation"]), dated=bool(cells["from"]))

    def _day(self, text: str, column: str) -> date | None:
        if not text:
            return None
        if (day := _day_in(text)) is None:
            raise Refused([f"“{text[:40]}” under “{column}” is no day: write it as 2026-11-27, 27/11/2026 or 27 Nov 2026."])
        return day

    def _seat(self, called: str, first: date) -> Seat:
        wanted = normalised(called)
        named = [seat for seat in self.seats if wanted and wanted in _names_of(seat)]
        there = [seat for seat in named if seat.during.upper is None or seat.during.upper > first] or named
        if len(there) == 1:
            return there[0]
        raise Refused([f"{'No seat' if not there else 'More than one seat'} of {self.group} is called “{called[:80]}”: give its name, as the members page has it."])

    def _person(self, cells: dict[str, str]) -> Person:
        """By the address; without one, whoever of that name has had a place in the group; else somebody new."""
        name, mail = _name_in(cells["name"]), _mail_in(cells["mail"])
        if mail:
            return operations.known_or_new(name, mail)
        near = Person.objects.filter(holdings__seat__group=self.group) | Person.objects.filter(alternates__seat__group=self.group)
        known = [each for each in near.distinct() if normalised(each.name) == normalised(name)]
        return known[0] if len(known) == 1 else Person(name=name)

    def _organisation(self, called: str) -> Organisation | None:
        found = self.organisations.get(called.casefold())
        if called and found is None:
            raise Refused([f"There is no organisation “{called[:80]}” on record: leave it empty, or have it added to the programme file first."])
        return found

    def _sit(self, seat: Seat, person: Person, first: date, last: date | None, organisation: Organisation | None, *, dated: bool) -> tuple[str, str]:
        for holding in Holding.objects.filter(seat=seat, person=person.pk or 0).select_related("person", "seat"):
            if holding.first_day == first or (not dated and holding.in_force_on(first)):
                return self._known(holding, last)
        made = operations.appoint(seat, person, since=first, until=last, organisation=organisation, by=self.by)
        return f"{self._called(made.person)} holds {seat.label}, {in_words(made.during)}.", ""

    def _known(self, holding: Holding, last: date | None) -> tuple[str, str]:
        if last is None or last == holding.last_day:
            return "", "It is there already."
        operations.end_holding(holding, last=last, why="as the membership list says", by=self.by)
        return f"{holding.person} holds {holding.seat.label} until {as_day(last)}.", ""

    def _stand_in(self, seat: Seat, person: Person, first: date, last: date | None, principal: str) -> tuple[str, str]:
        """Whose alternate it is has to be the holder. What began before today begins today: nobody can be named for days that are over."""
        if last and last < self.today:
            return "", "It is over: alternates are named from today on."
        since = max(first, self.today)
        holders = Holding.objects.filter(seat=seat, during__overlap=period(since, last)).select_related("person")
        if holders and normalised(principal) not in {normalised(each.person.name) for each in holders}:
            raise Refused([f"“{principal[:80]}” does not hold {seat.label} then: {', '.join(each.person.name for each in holders)} does."])
        same = Alternate.objects.filter(seat=seat, person=person.pk or 0, revoked_at=None, during__overlap=period(since, last))
        if any(each.last_day == last for each in same):
            return "", "It is there already."
        named = operations.name_alternate(seat, person, since=since, until=last, by=self.by)
        return f"{self._called(named.person)} is named as alternate for {seat.label}: {days_in_words(since, last)}. The approval is recorded after that.", ""

    def _called(self, person: Person) -> str:
        return f"{person} ({person.email})" if person.email else person.name


def _names_of(seat: Seat) -> set[str]:
    """Its label, its constituency as it is called or printed, or what its role is called, if it has no constituency."""
    constituency = seat.constituency
    if constituency is None:
        return {normalised(seat.label), normalised(seat.role), normalised(seat.get_role_display())}
    return {normalised(each) for each in (seat.label, constituency.name, constituency.code, *(alias.printed for alias in constituency.aliases.all()))}
