"""A bank holiday proclaimed or withdrawn late: what it would move, and moving it once somebody has confirmed.

Stored deadlines never move by themselves, and never to an earlier day: whoever relied on a date may go on relying on it.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from groups.calendar import calendar
from groups.models import HolidayChange, User
from groups.operations import change_holiday
from groups.policies import closing_time
from ledger.operations import seal
from meetings import notices
from meetings.due import next_reminder
from meetings.lifecycle import MeetingStatus
from meetings.models import Meeting
from records.clock import london_moment, portal_now
from records.locks import locked
from records.models import Origin
from records.operations import operation
from records.working_days import Calendar, Working


@dataclass(frozen=True)
class Moved:
    """A running publication deadline that a holiday would put later."""

    meeting: Meeting
    before: date
    working: Working

    def __str__(self) -> str:
        return f"{self.meeting}: publication due {self.before:%a %-d %b %Y} would move to {self.working.end:%a %-d %b %Y}"


def with_change(days: Calendar, day: date, kind: str, name: str) -> Calendar:
    """The calendar as it would be."""
    if kind == HolidayChange.Kind.PROCLAIMED:
        return replace(days, proclaimed={**days.proclaimed, day: name})
    return replace(days, withdrawn=days.withdrawn | {day})


def what_would_move(days: Calendar, now: datetime) -> list[Moved]:
    """The running publication deadlines that this calendar would put later."""
    running = Meeting.objects.filter(
        status=MeetingStatus.HELD, origin=Origin.PORTAL, published_at=None, breach_recorded_at=None, publication_due_at__gt=now
    ).select_related("group")
    moved = []
    for meeting in running.order_by("publication_due_at"):
        stored: dict = meeting.publication_working or {}
        working = days.working(meeting.held_on, stored["days"])
        if working.end > meeting.publication_due_on:
            moved.append(Moved(meeting, meeting.publication_due_on, working))
    return moved


@operation
def record_holiday(day: date, kind: str, *, name: str, announced_on: date, by: User) -> list[Moved]:
    """Record the holiday and move what it moves: each in the ledger, on its page, and told to those concerned."""
    change_holiday(day, kind, name=name, announced_on=announced_on, by=by)
    now = portal_now()
    moved = what_would_move(calendar(), now)
    list(locked(Meeting.objects.filter(pk__in=[m.meeting.pk for m in moved])).order_by("pk"))  # all of them before the ledger
    for each in moved:
        _move(each, f"{name}, {day:%-d %B %Y}", by=by, now=now)
    return moved


def _move(moved: Moved, why: str, *, by: User, now: datetime) -> None:
    meeting = locked(Meeting.objects.select_related("group")).get(pk=moved.meeting.pk)
    due_at = london_moment(moved.working.end, closing_time(meeting.group, meeting.held_on))
    meeting.publication_due_at, meeting.publication_working = due_at, moved.working.as_json()
    meeting.next_reminder_at = next_reminder(due_at, now)
    meeting.save_by(by, f"publication deadline moved: {why}", at=now)
    seal("deadline moved", meeting, by=by, at=now, before=moved.before, why=why)
    notices.deadline_moved(meeting, moved.before, why, by=by)
