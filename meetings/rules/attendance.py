"""Who may write down who came, until when, and what can be true of it."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from groups.standing import Standing
from meetings.attending import (
    ABSENT,
    APOLOGIES,
    AS_RECORDED,
    DIALLED_IN,
    PRESENT,
    TAKEN_BACK,
    Place,
    Presence,
    Room,
    Section,
    came_in_fact,
)
from meetings.lifecycle import MeetingStatus, MinutesStatus
from meetings.models import Meeting
from meetings.rules.meetings import refusals_once_published, refusals_to_keep_the_record
from records.rules import Refusal
from records.typed import refusal_of_letters

OF_A_SEAT = ("", PRESENT, DIALLED_IN, APOLOGIES, ABSENT)
OF_SOMEBODY_ELSE = (PRESENT, DIALLED_IN, APOLOGIES, TAKEN_BACK)


def refusals_to_record_attendance(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Apologies come in before the meeting; what is recorded can be corrected until the first edition of the minutes prints it."""
    yield from refusals_to_keep_the_record(standing, meeting.group)
    if meeting.status == MeetingStatus.CANCELLED:
        yield Refusal(f"{meeting} is cancelled: nobody came.", code="state")
    minutes = getattr(meeting, "minutes", None)
    if minutes and minutes.status in (MinutesStatus.SENT, MinutesStatus.CLEARED):
        yield Refusal(f"The Chair has the minutes of {meeting}, and who came is part of them: return them to draft to change it.", code="state")
    yield from refusals_once_published(meeting)


def refusals_of_seat(place: Place, said: Presence, items: int) -> Iterator[Refusal]:
    """Whoever came is written down, approved as an alternate by that day or not: whether they may vote is another rule, and asked of the day, too."""
    if said.choice == AS_RECORDED == place.as_recorded().choice:
        return
    if said.choice not in OF_A_SEAT and place.alternate(said.choice) is None:
        yield Refusal(f"Whoever came for {place.seat.label} was not named as its alternate for that day.", field=place.key)
    elif said.choice and place.holder is None:
        yield Refusal(f"Nobody held {place.seat.label} that day: it was vacant.", field=place.key)
    yield from refusals_of_part(place.key, said, items)


def refusals_of_part(key: str, said: Presence, items: int) -> Iterator[Refusal]:
    if key.startswith("other-") and said.choice not in OF_SOMEBODY_ELSE:
        yield Refusal("Say how they were there.", field=key)
    for name, number in (("from", said.from_item), ("to", said.to_item)):
        if number is not None and not 1 <= number <= items:
            yield Refusal(f"There is no item {number} on the agenda.", field=f"{key}-{name}")
    if said.from_item and said.to_item and said.from_item > said.to_item:
        yield Refusal(f"From item {said.from_item} to item {said.to_item} is backwards.", field=f"{key}-to")


def refusals_of_initials(initials: Mapping[int, str], names: Mapping[int, str]) -> Iterator[Refusal]:
    """The minutes know people by them. It is said beside each of the two."""
    known: dict[str, int] = {}
    for person, letters in initials.items():
        if letters and letters in known:
            for one, other in ((known[letters], person), (person, known[letters])):
                yield Refusal(f"{letters} would be both {names[one]} and {names[other]}.", field=f"initials-{one}")
        known.setdefault(letters, person)


def refusals_of_standing_in(place: Place | None, name: str, person: int | None) -> Iterator[Refusal]:
    """Somebody who was not named came for the seat. Approved or not, they were there: what they may not is said elsewhere."""
    if person is None and (refusal := refusal_of_letters(name)):
        yield Refusal(refusal, field="name")
    if not name.strip():
        yield Refusal("Say who came.", field="name")
    if place is None:
        yield Refusal("Say for which seat they came.", field="seat")
    elif place.holder is None:
        yield Refusal(f"Nobody held {place.seat.label} that day: it was vacant.", field="seat")
    elif person == place.holder.pk:
        yield Refusal(f"{place.holder.name} holds {place.seat.label}: say in the list that they came.", field="name")
    elif place.came and came_in_fact(place.came):
        yield Refusal(f"{place.came.printed_name} is recorded as having come for {place.seat.label}: say first in the list that they did not.", field="seat")


def refusals_of_attendee(room: Room, name: str, section: str, person: int | None) -> Iterator[Refusal]:
    if person is None and (refusal := refusal_of_letters(name)):
        yield Refusal(refusal, field="name")
    if not name.strip():
        yield Refusal("Say who came.", field="name")
    if section not in Section.values or section == Section.APOLOGIES:
        yield Refusal("Say among whom they are listed.", field="section")
    there = {row.person_id for row in room.others} | {row.person_id for place in room.places for row in place.recorded}
    if person in there:
        yield Refusal(f"{name} is recorded already: change it in the list.", field="name")
