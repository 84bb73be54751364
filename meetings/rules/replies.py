"""Who may say who comes for a seat, until when, and what can be said."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from groups.models import Alternate, Seat
from groups.standing import Standing
from meetings.lifecycle import MeetingStatus
from meetings.models import Meeting, ReplyChoice
from meetings.replying import held_by
from records.rules import Refusal


def refusals_to_reply(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Whoever holds a seat on the day says it for the seat; an alternate is sent, and does not send themselves."""
    if not held_by(getattr(standing.user, "person_id", None), meeting):
        yield Refusal(f"Only whoever holds a seat in {meeting.group} on the day of {meeting} says who comes for it.", status=403)
    yield from refusals_of_time_to_reply(meeting)


def refusals_of_time_to_reply(meeting: Meeting) -> Iterator[Refusal]:
    """Until it is recorded as held: who is late may still say so."""
    if meeting.status != MeetingStatus.PLANNED:
        yield Refusal(f"{meeting} is {meeting.get_status_display().lower()}: nothing more is to be said of who comes.", code="state")
    elif meeting.invited_at is None:
        yield Refusal(f"Nobody has been invited to {meeting} yet.")


def refusals_of_reply(meeting: Meeting, seat: Seat, own: Sequence[Seat], choice: str, alternate: Alternate | None) -> Iterator[Refusal]:
    if seat not in own:
        yield Refusal("That is not a seat of yours on that day.", field="seat")
    if choice not in ReplyChoice.values:
        yield Refusal("Say whether you come.", field="choice")
    elif choice == ReplyChoice.ALTERNATE and alternate is None:
        yield Refusal("Say which alternate comes.", field="choice")
    elif alternate and (alternate.seat_id != seat.pk or alternate.revoked_at or not alternate.in_force_on(meeting.held_on)):
        yield Refusal(f"{alternate.person} is no alternate for {seat.label} on the day of {meeting}.", field="choice")
