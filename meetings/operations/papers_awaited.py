"""The clock reminds the secretariat that papers are to go out, and records that their day passed without."""

from datetime import datetime

from groups.calendar import Counting
from groups.models import User
from meetings import notices
from meetings.models import Meeting, PapersAwaited
from meetings.operations.locking import locked_meeting
from meetings.papers import not_circulated_yet, to_follow, to_read
from meetings.papers_awaited import Awaited, awaited, none_has_gone_out
from records.clock import portal_now
from records.editions import issue
from records.operations import operation


@operation
def remind_of_circulating(meeting: Meeting) -> Meeting:
    """On the morning of the day. Once for each day the meeting is to be held on; safe to repeat."""
    return _noted(meeting, missed=False)


@operation
def note_papers_missed(meeting: Meeting) -> Meeting:
    """Once the day has passed: it is recorded, and Chair and secretariat are told while papers can still be read before the meeting. Safe to repeat."""
    return _noted(meeting, missed=True)


def _noted(meeting: Meeting, *, missed: bool) -> Meeting:
    meeting = locked_meeting(meeting)
    clock, now, counting = User.objects.the_clock(), portal_now(), Counting()
    found = awaited(meeting, counting, now) if none_has_gone_out().filter(pk=meeting.pk).exists() else None
    if found is None or found.missed != missed:
        return meeting
    PapersAwaited(meeting=meeting, to_be_held_on=meeting.held_on, missed=missed, due_at=found.due_at, noted_at=now).save_by(clock)
    for decision in meeting.decisions.filter(published_at__isnull=False):  # by the hour, before the minutes; “Was process followed?” of it says so
        issue("decision", decision.pk, f"That no papers of {meeting} went out in time was recorded.", by=clock, at=now)
    if meeting.starts_at > now:
        _tell(meeting, found, counting, by=clock, at=now)
    return meeting


def _tell(meeting: Meeting, found: Awaited, counting: Counting, *, by: User, at: datetime) -> None:
    rows = to_read(meeting, counting)
    told = notices.papers_missed if found.missed else notices.papers_to_go_out
    told(meeting, found.due_at, not_circulated_yet(meeting, rows), to_follow(rows), by=by, at=at)
