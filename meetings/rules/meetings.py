"""Who may plan, move, cancel and hold a meeting, and why not."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from groups.models import Group
from groups.standing import Standing
from meetings.lifecycle import LONGEST_MEETING, MEETING, MeetingStatus
from meetings.models import Meeting
from meetings.recipients import not_invited_yet
from records.dates import as_day, as_moment
from records.rules import Refusal


def refusals_to_keep_the_record(standing: Standing, group: Group) -> Iterator[Refusal]:
    """The secretariat schedules, records attendance, writes minutes and keeps the action log (ToR: the PMO does)."""
    if not standing.is_secretary_of(group):
        yield Refusal(f"Only the secretariat of {group} may do this.", status=403)
    yield from refusals_of_closed_group(group, standing)


def refusals_of_closed_group(group: Group, standing: Standing) -> Iterator[Refusal]:
    if group.closed_on and group.closed_on <= standing.on:
        yield Refusal(f"{group} closed on {as_day(group.closed_on)}: its record can be read, not changed.", code="closed")


def refusals_to_schedule(group: Group, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, group)


def refusals_of_number(group: Group, number: str) -> Iterator[Refusal]:
    if not re.fullmatch(r"\d{1,4}(\.\d{1,2})?", number, re.ASCII):
        yield Refusal("A meeting's number is a number, such as 26, or 20.1 for an extraordinary one.", field="number")
    elif Meeting.objects.filter(group=group, number=number).exists() or Meeting.objects.filter(code=group.meeting_code(number)).exists():
        yield Refusal(f"There is a meeting {group} {number} already.", field="number")


def refusals_of_times(starts_at: datetime, ends_at: datetime | None) -> Iterator[Refusal]:
    """A meeting may go on over midnight; it ends after it begins, and within twelve hours."""
    if ends_at is None:
        return
    if ends_at <= starts_at:
        yield Refusal("It would end before it begins.", field="ends")
    elif ends_at - starts_at > LONGEST_MEETING:
        yield Refusal(f"It would end at {as_moment(ends_at)}: a meeting ends within twelve hours.", field="ends")


def refusals_of_series(group: Group, times: Sequence[tuple[datetime, datetime | None]]) -> Iterator[Refusal]:
    if not times:
        yield Refusal("Tick at least one day.", field="days")
    for starts_at, ends_at in times:
        yield from refusals_of_times(starts_at, ends_at)
    starts = [starts_at for starts_at, _ in times]
    if len(set(starts)) < len(starts):
        yield Refusal("Two of these meetings would begin at the same time.", field="days")


def _refusals_unless_planned(meeting: Meeting, verb: str) -> Iterator[Refusal]:
    if meeting.status != MeetingStatus.PLANNED:
        yield Refusal(f"{meeting} is {meeting.get_status_display().lower()}: too late to {verb} it.", code="state")


def refusals_to_invite(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, meeting.group)
    yield from _refusals_unless_planned(meeting, "invite anybody to")
    if meeting.starts_at <= now:
        yield Refusal(f"{meeting} has begun: nobody can be invited to it any more.")
    if meeting.invited_at and not not_invited_yet(meeting):
        yield Refusal(f"Everyone who has a seat has been invited to {meeting}.")


def refusals_to_change_meeting(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, meeting.group)
    yield from _refusals_unless_planned(meeting, "change")


def refusals_to_move(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, meeting.group)
    yield from _refusals_unless_planned(meeting, "move")


def refusals_of_move(meeting: Meeting, starts_at: datetime, ends_at: datetime | None) -> Iterator[Refusal]:
    if (starts_at, ends_at) == (meeting.starts_at, meeting.ends_at):
        yield Refusal(f"That is when {meeting} is already.", field="day")


def refusals_of_reason(why: str) -> Iterator[Refusal]:
    if not why.strip():
        yield Refusal("Say why: whoever was invited is told.", field="why")


def refusals_to_hold(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, meeting.group)
    yield from MEETING.refusals(meeting, "hold")
    if meeting.held_on > standing.on:
        yield Refusal(f"{meeting} is on {as_day(meeting.held_on)}: it cannot have been held yet.")


def refusals_to_cancel(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, meeting.group)
    yield from MEETING.refusals(meeting, "cancel")


def refusals_to_announce_next(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, meeting.group)
    if meeting.status != MeetingStatus.HELD:
        yield Refusal(f"{meeting} has not been held: nothing was announced at it.", code="state")
    yield from refusals_once_published(meeting)


def refusals_of_next_meeting(meeting: Meeting, on: date | None) -> Iterator[Refusal]:
    if on and on <= meeting.held_on:
        yield Refusal(f"{meeting} was on {as_day(meeting.held_on)}: the next meeting is later.", field="on")


def refusals_once_published(meeting: Meeting) -> Iterator[Refusal]:
    """What the first edition of the minutes printed stays as it is printed: agenda, attendance, next meeting."""
    if meeting.published_at:
        yield Refusal(f"The minutes of {meeting} are published: what they say of this stays as it is.", code="published")
