"""Who is there when a room is asked whether anybody objects. Attendance leads: of no seat is silence taken for consent that was not there."""

from datetime import datetime
from typing import NamedTuple

from decisions.models import Question, RollRow
from meetings.attending import APOLOGIES, Place, came_in_fact, room_of
from meetings.models import Meeting
from records.dates import as_clock


class Away(NamedTuple):
    """Why a seat is not taken to be there; and whether that is recorded of the whole meeting, or only so as far as is known."""

    why: str
    recorded: bool


def meeting_of(question: Question) -> Meeting | None:
    """The meeting whose room is asked."""
    if question.item:
        return question.item.meeting
    return question.decision.meeting if question.decision else None


def away_from(question: Question, now: datetime) -> dict[int, Away]:
    """By seat, those nobody is known to be there for at that moment: by the attendance as it is recorded now, or else as was replied."""
    return said_to_be_away(question, now) if question.asks_for_objections else {}


def said_to_be_away(question: Question, now: datetime) -> dict[int, Away]:
    """The same whatever is asked. A roll call is told of it, and calls them all the same: whoever answers is there."""
    meeting = meeting_of(question)
    if meeting is None:
        return {}
    number = question.item.number if question.item else None
    return {place.seat.pk: away for place in room_of(meeting).places if (away := _away(place, number, now))}


def there_when_closed(question: Question) -> set[int]:
    """The seats that by the attendance somebody had come for, and was there, when the vote was closed."""
    meeting = meeting_of(question)
    if meeting is None or question.closes_at is None:
        return set()
    number, at = question.item.number if question.item else None, question.closes_at
    return {place.seat.pk for place in room_of(meeting).places if place.came and not _away(place, number, at)}


def _away(place: Place, item: int | None, now: datetime) -> Away | None:
    came = place.came
    if came is None:
        return Away("Sent apologies beforehand", False) if place.expected() == APOLOGIES else None
    if not came_in_fact(came):
        return Away("By the attendance, nobody came", True)
    if place.holder and (why := place.may_not(came)):
        return Away(f"By the attendance, {came.printed_name} came, who {why}", False)
    if came.from_item and item and item < came.from_item:
        return Away(f"By the attendance, there from item {came.from_item}", False)
    if came.to_item and item and item > came.to_item:
        return Away(f"By the attendance, there until item {came.to_item}", False)
    if came.joined_at and came.joined_at > now:
        return Away(f"By the attendance, there from {as_clock(came.joined_at)}", False)
    if came.left_at and came.left_at <= now:
        return Away(f"By the attendance, left at {as_clock(came.left_at)}", False)
    return None


def is_unspoken(row: RollRow) -> bool:
    """A seat somebody holds that has said nothing."""
    return row.counted is None and row.state in (RollRow.State.EXPECTED, RollRow.State.ABSENT)


def taken_to_be_there(rows: list[RollRow], away: dict[int, Away]) -> set[int]:
    """Of the rows that said nothing, those that are there by what is recorded: on the roll, and before it by the attendance."""
    return {row.pk for row in rows if is_unspoken(row) and row.state == RollRow.State.EXPECTED and row.seat_id not in away}
