"""Who came to a meeting: seat by seat, and by name. Nothing is deleted: what is taken back is dropped, and its history stays."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from groups.models import Person, Seat, User
from groups.standing import Standing
from meetings.attending import (
    ABSENT,
    APOLOGIES,
    AS_RECORDED,
    DIALLED_IN,
    PRESENT,
    TAKEN_BACK,
    Mode,
    Place,
    Presence,
    Room,
    Section,
    came_in_fact,
    recorded_of,
    room_of,
)
from meetings.models import Attendance, Meeting
from meetings.operations.locking import locked_meeting
from meetings.rules import (
    refusals_of_attendee,
    refusals_of_initials,
    refusals_of_part,
    refusals_of_seat,
    refusals_of_standing_in,
    refusals_to_record_attendance,
)
from records.clock import portal_now
from records.opened import Stale
from records.operations import operation
from records.rules import Refusal, require

OTHERS_FROM = 1000  # in the order of the list, after every seat
NOTHING = {"on_behalf_of": "", "part_meeting": False, "from_item": None, "to_item": None, "joined_at": None, "left_at": None}
CAME = Presence(PRESENT)
Row = tuple[Person, str, dict[str, Any]]  # who, among whom, and what is said of them


@operation
def record_attendance(
    meeting: Meeting,
    person: Person,
    section: str,
    *,
    role: str = "",
    initials: str = "",
    seat: Seat | None = None,
    on_behalf_of: str = "",
    mode: str = Attendance.Mode.PRESENT,
    part_meeting: bool = False,
    by: User,
) -> Attendance:
    """Write down that a person came (or sent apologies), with name and role as they are that day."""
    meeting, now = locked_meeting(meeting), portal_now()
    require(refusals_to_record_attendance(meeting, Standing.at(by, now), now))
    return Attendance(
        meeting=meeting, person=person, section=section, order=meeting.attendances.count() + 1, printed_name=person.name,
        printed_role=role or (seat.label if seat else person.of), initials=initials, seat=seat,
        on_behalf_of=on_behalf_of, mode=mode, part_meeting=part_meeting,
    ).save_by(by)  # fmt: skip


@operation
def record_attendances(
    meeting: Meeting, said: Mapping[str, Presence], *, initials: Mapping[int, str] | None = None, seen: str = "", rows_seen: Mapping[str, str] | None = None, by: User
) -> Meeting:
    """Write down at once how every seat, and everybody else, was there: "seat-3" or "other-7" -> what is said. The rest stays as it is.

    `seen` is what was recorded when the form was opened, `rows_seen` what was of each row: if it is something else now, Stale, and nothing is saved.
    """
    meeting, now = locked_meeting(meeting), portal_now()
    require(refusals_to_record_attendance(meeting, Standing.at(by, now), now))
    room = room_of(meeting)
    if (seen and seen != room.seen) or _differ(room, {key: told for key, told in (rows_seen or {}).items() if key in said}):
        raise Stale(meeting)
    _require_all(room, said)
    wanted = room.initials() | {person: letters for person, letters in (initials or {}).items() if letters}
    for place in room.places:
        if place.key in said:
            _record_place(room, place, said[place.key], wanted, by=by, at=now)
    for row in room.others:
        if f"other-{row.pk}" in said:
            _record_other(row, said[f"other-{row.pk}"], wanted, by=by, at=now)
    _require_unique_initials(meeting)
    return meeting


def _differ(room: Room, rows_seen: Mapping[str, str]) -> bool:
    now = room.seen_by_row()
    return any(told != now.get(key) for key, told in rows_seen.items())


def _require_all(room: Room, said: Mapping[str, Presence]) -> None:
    items = room.meeting.items.on_the_agenda().count()
    for place in room.places:
        if place.key in said:
            require(refusals_of_seat(place, said[place.key], items))
    for row in room.others:
        if (key := f"other-{row.pk}") in said:
            require(refusals_of_part(key, said[key], items))


def _require_unique_initials(meeting: Meeting) -> None:
    rows = meeting.attendances.filter(dropped=False).order_by("order", "pk")
    require(refusals_of_initials({row.person_id: row.initials for row in rows}, {row.person_id: row.printed_name for row in rows}))


def _record_place(room: Room, place: Place, said: Presence, initials: Mapping[int, str], *, by: User, at: datetime) -> None:
    """The rows that the choice makes: who came; and that the holder sent apologies, if somebody came in their place."""
    if said.choice == AS_RECORDED:
        _keep(place.came, said, initials, by=by, at=at)
        return
    _put_down(room, place, _rows(place, said), initials, by=by, at=at)


def _put_down(room: Room, place: Place, rows: list[Row], initials: Mapping[int, str], *, by: User, at: datetime) -> list[Attendance]:
    """These rows of a seat, and no others."""
    order, kept = room.places.index(place) + 1, []
    for person, section, told in rows:
        told |= {"order": order, "seat": place.seat, "initials": initials.get(person.pk, "")}
        kept.append(_written(room.meeting, person, section, place.seat.label, told, by=by, at=at))
    for row in place.recorded:
        if row.pk not in {each.pk for each in kept}:
            _drop(row, by=by, at=at)
    return kept


def _keep(row: Attendance | None, said: Presence, initials: Mapping[int, str], *, by: User, at: datetime) -> None:
    """Who came stays, and how; for how much of it, and by which initials the minutes know them, is said here."""
    if row is None or not came_in_fact(row):
        return
    told = _for_how_much(said) | {"initials": initials.get(row.person_id, "")}
    if any(getattr(row, name) != value for name, value in told.items()):
        for name, value in told.items():
            setattr(row, name, value)
        row.save_by(by, at=at)


def _rows(place: Place, said: Presence) -> list[Row]:
    holder = place.holder
    if not said.choice or holder is None:
        return []
    if said.choice == APOLOGIES:
        return [_apologies(holder)]
    if said.choice == ABSENT:
        return [(holder, place.section, NOTHING | {"mode": Mode.ABSENT})]
    if alternate := place.alternate(said.choice):
        by_phone = place.came is not None and (place.came.person_id, place.came.mode) == (alternate.person_id, Mode.DIALLED_IN)
        return _in_place_of(place, holder, alternate.person, Mode.DIALLED_IN if by_phone else Mode.PRESENT, said)
    return [(holder, place.section, NOTHING | _for_how_much(said) | {"mode": said.choice})]


def _apologies(holder: Person) -> Row:
    return (holder, str(Section.APOLOGIES), NOTHING | {"mode": Mode.ABSENT})


def _in_place_of(place: Place, holder: Person, person: Person, mode: str, said: Presence) -> list[Row]:
    return [(person, place.section, NOTHING | _for_how_much(said) | {"mode": mode, "on_behalf_of": holder.name}), _apologies(holder)]


def _for_how_much(said: Presence) -> dict[str, Any]:
    part = said.part or bool(said.from_item or said.to_item)
    return {"part_meeting": part, "from_item": said.from_item, "to_item": said.to_item, "joined_at": said.joined_at, "left_at": said.left_at}


def _written(meeting: Meeting, person: Person, section: str, role: str, told: dict[str, Any], *, by: User, at: datetime) -> Attendance:
    """A row that was there before, and dropped, comes back; what says the same already is not written again."""
    row = meeting.attendances.filter(person=person, section=section, printed_role=role).first()
    row = row or Attendance(meeting=meeting, person=person, section=section, printed_role=role, printed_name=person.name)
    told |= {"dropped": False}
    if row.pk and all(getattr(row, name) == value for name, value in told.items()):
        return row
    for name, value in told.items():
        setattr(row, name, value)
    return row.save_by(by, at=at)


def _drop(row: Attendance, *, by: User, at: datetime) -> None:
    row.dropped = True
    row.save_by(by, "taken back", at=at)


def _record_other(row: Attendance, said: Presence, initials: Mapping[int, str], *, by: User, at: datetime) -> None:
    if said.choice == TAKEN_BACK:
        return _drop(row, by=by, at=at)
    if said == recorded_of(row) and initials.get(row.person_id, "") == row.initials:
        return None
    absent = said.choice == APOLOGIES
    back = Section.OTHERS if row.section == Section.APOLOGIES else row.section
    told = {"order": row.order, "initials": initials.get(row.person_id, ""), "mode": Mode.ABSENT if absent else said.choice}
    told |= _for_how_much(Presence("") if absent else said)
    made = _written(row.meeting, row.person, Section.APOLOGIES if absent else back, row.printed_role, told, by=by, at=at)
    if made.pk != row.pk:
        _drop(row, by=by, at=at)
    return None


@operation
def add_attendee(
    meeting: Meeting, name: str, section: str, *, person: Person | None = None, role: str = "", initials: str = "", mode: str = Mode.PRESENT,
    joined_at: datetime | None = None, left_at: datetime | None = None, part: bool = False, by: User,
) -> Attendance:  # fmt: skip
    """Write down somebody who came without a seat: a person the portal knows, or somebody new, who is written down with it."""
    meeting, now = locked_meeting(meeting), portal_now()
    require(refusals_to_record_attendance(meeting, Standing.at(by, now), now))
    room = room_of(meeting)
    require(refusals_of_attendee(room, person.name if person else name, section, person.pk if person else None))
    person = person or Person(name=name.strip(), affiliation=role.strip()).save_by(by, f"came to {meeting}", at=now)
    told = {
        "order": OTHERS_FROM + len(room.others) + 1, "mode": mode, "joined_at": joined_at, "left_at": left_at, "part_meeting": part, "seat": None,
        "initials": initials.strip(),
    }  # fmt: skip
    return _with_initials(_written(meeting, person, section, role.strip() or person.of, told, by=by, at=now), by=by, at=now)


@operation
def stand_in(meeting: Meeting, seat: str, name: str, *, person: Person | None = None, of: str = "", initials: str = "", said: Presence = CAME, by: User) -> Attendance:
    """Write down that somebody came for a seat ("seat-3") who was not named for it, and that its holder sent apologies. Whether they may vote is another rule.

    Whoever was recorded without a seat is moved to it; what was recorded of the seat before is taken back. `of` is where somebody new is from.
    """
    meeting, now = locked_meeting(meeting), portal_now()
    require(refusals_to_record_attendance(meeting, Standing.at(by, now), now))
    room = room_of(meeting)
    place = room.place(seat)
    require(refusals_of_standing_in(place, person.name if person else name, person.pk if person else None))
    assert place is not None and place.holder is not None  # noqa: S101, PT018 (refused above)
    person = person or Person(name=name.strip(), affiliation=of.strip()).save_by(by, f"came to {meeting}", at=now)
    for row in room.others:
        if row.person_id == person.pk:
            _drop(row, by=by, at=now)
    known = room.initials() | ({person.pk: initials.strip()} if initials.strip() else {})
    made = _put_down(room, place, _in_place_of(place, place.holder, person, said.choice, said), known, by=by, at=now)[0]
    return _with_initials(made, by=by, at=now)


def _with_initials(row: Attendance, *, by: User, at: datetime) -> Attendance:
    """Proposed, where none were given; and nobody else's."""
    if not row.initials:
        row.initials = room_of(row.meeting).initials()[row.person_id]
        row.save_by(by, at=at)
    _require_unique_initials(row.meeting)
    return row


@operation
def take_report(
    meeting: Meeting, said: Mapping[str, Presence], newcomers: Sequence[tuple[str, Presence]], *, for_seats: Mapping[str, tuple[str, Presence]] | None = None, seen: str = "",
    by: User,
) -> Meeting:  # fmt: skip
    """Write down what the report of a call says: when each of these came and went, and who came that nobody expected; `for_seats` says who of them for which seat."""
    if not said and not newcomers and not for_seats:
        require([Refusal("Say of somebody in the report who they are.")])
    meeting = record_attendances(meeting, said, seen=seen, by=by)
    for seat, (name, each) in (for_seats or {}).items():
        stand_in(meeting, seat, name, said=each, by=by)
    for name, each in newcomers:
        add_attendee(meeting, name, Section.OTHERS, mode=each.choice or DIALLED_IN, joined_at=each.joined_at, left_at=each.left_at, part=each.part, by=by)
    return meeting
