"""Who comes to a meeting, as members say beforehand; and reminding those who have said nothing, once."""

from datetime import datetime
from typing import cast

from groups.models import Alternate, Person, Seat, User
from groups.standing import Standing
from meetings import notices
from meetings.models import Meeting, MeetingReply, RepliesAsked, ReplyChoice
from meetings.operations.locking import locked_meeting
from meetings.replying import held_by, to_remind
from meetings.rules.replies import refusals_of_reply, refusals_of_time_to_reply, refusals_to_reply
from records.clock import portal_now
from records.operations import operation
from records.rules import Refusal, require


@operation
def reply(meeting: Meeting, seat: Seat, choice: str, *, alternate: Alternate | None = None, by: User) -> MeetingReply:
    """Say who comes for a seat one holds. Said again, it takes the place of what was said before."""
    meeting, now = locked_meeting(meeting), portal_now()
    require(refusals_to_reply(meeting, Standing.at(by, now), now))
    return _said(meeting, seat, choice, alternate, cast(Person, by.person), by=by, at=now)  # who holds a seat is somebody


@operation
def reply_by_link(meeting: Meeting, person: Person, seat: Seat, choice: str, *, alternate: Alternate | None = None) -> MeetingReply:
    """The same by the link in somebody's mail: whoever has it speaks for them."""
    meeting, now = locked_meeting(meeting), portal_now()
    require(_refusals_without_a_seat(meeting, person), refusals_of_time_to_reply(meeting))
    return _said(meeting, seat, choice, alternate, person, by=User.objects.the_clock(), at=now, by_link=True)


def _refusals_without_a_seat(meeting: Meeting, person: Person):
    if not held_by(person.pk, meeting):
        yield Refusal(f"{person} holds no seat in {meeting.group} on the day of {meeting}.", status=404)


def _said(meeting: Meeting, seat: Seat, choice: str, alternate: Alternate | None, person: Person, *, by: User, at: datetime, by_link: bool = False) -> MeetingReply:
    require(refusals_of_reply(meeting, seat, held_by(person.pk, meeting), choice, alternate))
    row = MeetingReply.objects.filter(meeting=meeting, seat=seat).first() or MeetingReply(meeting=meeting, seat=seat)
    row.choice, row.alternate, row.by_link = choice, alternate if choice == ReplyChoice.ALTERNATE else None, by_link
    row.said_by, row.said_at, row.to_begin_at = person, at, meeting.starts_at
    return row.save_by(by, f"by the link of {person}" if by_link else "", at=at)


@operation
def ask_for_replies(meeting: Meeting) -> Meeting:
    """Remind whoever has not said whether they come. Safe to repeat: each is reminded once for each time the meeting was to begin."""
    meeting, by = locked_meeting(meeting), User.objects.the_clock()
    told = {"meeting": meeting, "to_begin_at": meeting.starts_at}
    if any(refusals_of_time_to_reply(meeting)) or RepliesAsked.objects.filter(**told).exists():
        return meeting
    if people := to_remind(meeting, portal_now()):
        RepliesAsked(**told).save_by(by)
        notices.reply_reminder(meeting, people, by=by)
    return meeting
