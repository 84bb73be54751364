"""Who a paper says was there: what was read of each, and what a correction changes of it, in sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from archive.people import People, Seats
from groups.models import Person, Seat
from groups.models.people import normalised
from meetings.attending import LONGEST_INITIALS
from meetings.models import Attendance, Meeting
from minutes_reader import Attendee, Reading

Section = Attendance.Section
PRESENT, PART, APOLOGIES, NOT_LISTED = "present", "part", "apologies", "not_listed"
HOW = {PRESENT: "Present", PART: "Present for part of the meeting", APOLOGIES: "Apologies", NOT_LISTED: "Not in the paper: it was made up"}
AMONG = [choice for choice in Section.choices if choice[0] != Section.APOLOGIES]
MISSED = "missed"  # in place of the key of a row: somebody whom the reader passed over


@dataclass(frozen=True)
class Listed:
    """How somebody stands on the attendance list: by which words, among whom, for which seat, in whose place."""

    name: str = ""
    role: str = ""
    initials: str = ""
    how: str = PRESENT
    among: str = Section.REPRESENTATIVES
    seat: int | None = None
    on_behalf_of: str = ""

    @property
    def section(self) -> str:
        return Section.APOLOGIES if self.how == APOLOGIES else self.among

    @property
    def place(self) -> tuple[str, str, str]:
        """No two are listed alike."""
        return normalised(self.name), self.section, self.role


WHAT = {"name": "name", "role": "role", "initials": "initials", "among": "place", "seat": "seat", "on_behalf_of": "in whose place"}


def rows_of(meeting: Meeting) -> QuerySet[Attendance]:
    """Everybody who is listed now, in the order of the paper."""
    return meeting.attendances.filter(dropped=False).select_related("seat", "person").order_by("order", "pk")


def as_read(row: Attendance) -> Listed:
    absent = row.section == Section.APOLOGIES
    how = APOLOGIES if absent else PART if row.part_meeting else PRESENT
    among = str(Section.REPRESENTATIVES) if absent else row.section
    return Listed(row.printed_name, row.printed_role, row.initials, how, among, row.seat_id, row.on_behalf_of)


def sections_of(reading: Reading) -> tuple[tuple[Section, list[Attendee]], ...]:
    """Everybody whom a paper lists, in the order of its sections."""
    return (
        (Section.CHAIR, reading.chairs), (Section.REPRESENTATIVES, reading.constituency_reps), (Section.PROGRAMME, reading.programme),
        (Section.OTHERS, reading.others), (Section.APOLOGIES, reading.apologies),
    )  # fmt: skip


def as_told(section: str, attendee: Attendee, seats: Seats) -> Listed:
    """How a paper lists somebody."""
    absent = section == Section.APOLOGIES
    seat = seats.in_a_list(attendee.role or "") if section in (Section.REPRESENTATIVES, Section.APOLOGIES) else None
    return Listed(
        attendee.name[:160], _role_and_how_long(attendee)[:160], (attendee.initials or "")[:LONGEST_INITIALS],
        APOLOGIES if absent else PART if attendee.part else PRESENT, str(Section.REPRESENTATIVES) if absent else section,
        seat.pk if seat else None, (attendee.on_behalf_of or "")[:160],
    )  # fmt: skip


def _role_and_how_long(attendee: Attendee) -> str:
    """ "DNO Representative (left after item 2)": what is printed of how long, where it says more than "part meeting"."""
    words = "" if re.match(r"(?i)part|for part", attendee.part_words) else attendee.part_words
    return f"{attendee.role or ''} ({words})".strip() if words else attendee.role or ""


def told_by(reading: Reading, seats: Seats) -> list[Listed]:
    return [as_told(section, attendee, seats) for section, attendees in sections_of(reading) for attendee in attendees]


def seats_of(meeting: Meeting) -> dict[int, str]:
    """The seats that somebody could have come for; those of rows that say one already among them."""
    known = Seats(meeting.group, meeting.held_on).by_label.values()
    named = Seat.objects.filter(Q(pk__in=[seat.pk for seat in known]) | Q(attendances__meeting=meeting)).distinct()
    return {seat.pk: seat.label for seat in named.select_related("constituency").order_by("order", "pk")}


def changes_by_hand(meeting: Meeting, said: dict[str, Listed]) -> list[str]:
    """ "Cleo Carver was “Present”, and is “Apologies”." """
    seats = seats_of(meeting)
    told: list[str] = []
    for row in rows_of(meeting):
        if str(row.pk) in said:
            told += differences(as_read(row), said[str(row.pk)], seats)
    if MISSED in said:
        told.append(_in_full(said[MISSED], seats))
    return told


def is_changed(row: Attendance, said: Listed) -> bool:
    return any(differences(as_read(row), said, {}))


def differences(before: Listed, now: Listed, seats: dict[int, str]) -> Iterator[str]:
    if now.how == NOT_LISTED:
        yield f"{before.name} was listed as “{HOW[before.how]}”, and is not in the paper."
        return
    if APOLOGIES in (before.how, now.how):
        now = replace(now, among=before.among)  # it says nothing of who was not there
    if now.how != before.how:
        yield f"{before.name} was “{HOW[before.how]}”, and is “{HOW[now.how]}”{_among(now) if before.how == APOLOGIES else ''}."
    for name, what in WHAT.items():
        if getattr(before, name) != getattr(now, name):
            yield f"{before.name}, {what}: “{_said(before, name, seats)}” is “{_said(now, name, seats)}”."


def _said(listed: Listed, name: str, seats: dict[int, str]) -> str:
    value = getattr(listed, name)
    if name == "seat":
        return seats.get(value, "no seat")
    return dict(Section.choices)[value] if name == "among" else value or "nothing"


def _among(listed: Listed) -> str:
    return "" if listed.how == APOLOGIES else f", among “{dict(Section.choices)[listed.among]}”"


def _in_full(listed: Listed, seats: dict[int, str]) -> str:
    seat = f", for the seat “{seats[listed.seat]}”" if listed.seat in seats else ""
    behalf = f", on behalf of {listed.on_behalf_of}" if listed.on_behalf_of else ""
    return f"{listed.name} was missed: “{HOW[listed.how]}”{_among(listed)}{seat}{behalf}."


def as_row(listed: Listed, person: Person) -> dict[str, Any]:
    """What the row says of it."""
    return {
        "person": person, "section": listed.section, "printed_name": listed.name, "printed_role": listed.role, "initials": listed.initials, "seat_id": listed.seat,
        "on_behalf_of": listed.on_behalf_of, "part_meeting": listed.how == PART,
    }  # fmt: skip


def who_is(listed: Listed, people: People, seats: Seats) -> Person:
    """By the same words as when it is read in: nobody is guessed."""
    meant = {seat for seat in seats.by_label.values() if seat.pk == listed.seat} or seats.meant_by(listed.role)
    affiliation = str(dict(Section.choices)[listed.among]) if listed.among == Section.PROGRAMME else listed.role
    return people.find(listed.name, affiliation=affiliation, seats=meant, chair=listed.section == Section.CHAIR)
