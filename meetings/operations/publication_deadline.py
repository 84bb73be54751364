"""A meeting's publication and its hour: the clock reminds, publishes, or records the breach; a late holiday moves the hour."""

from datetime import datetime
from typing import cast

from groups.calendar import Counting
from groups.models import User
from groups.rules import refusals_to_move_deadline
from groups.standing import Standing
from ledger.operations import seal
from meetings import notices
from meetings.due import next_reminder, publications_running
from meetings.models import Meeting, Minutes
from meetings.operations.locking import locked_meeting
from meetings.operations.minutes import publish_locked
from meetings.rules import findings_before_publishing, what_forbids_publishing
from records.clock import portal_now
from records.editions import issue
from records.locks import locked
from records.operations import operation
from records.rules import require
from records.working_days import Working


@operation
def meet_the_publication_deadline(meeting: Meeting) -> Meeting:
    """At the hour: publish what may be published and say what was found; else record the breach and tell Chair and SRO.

    Safe to run twice: a published meeting is left alone, a breach is recorded once.
    """
    meeting = locked_meeting(meeting)
    clock, now = User.objects.the_clock(), portal_now()
    if meeting.published_at or meeting.publication_due_at is None or meeting.publication_due_at > now:
        return meeting
    minutes = locked(Minutes.objects).get(meeting=meeting)
    minutes.meeting = meeting
    if not (reasons := list(what_forbids_publishing(minutes))):
        publish_locked(minutes, by=clock, now=now)
        notices.published_by_the_clock(minutes, list(findings_before_publishing(minutes)), by=clock)
    elif meeting.breach_recorded_at is None:
        meeting.breach_recorded_at, meeting.breach_why, meeting.next_reminder_at = now, " ".join(reasons), None
        meeting.save_by(clock, "the publication deadline passed", at=now)
        issue("meeting", meeting.pk, "The day by which its minutes were to be public has passed.", by=clock, at=now)
        notices.publication_missed(meeting, reasons, by=clock)
    return meeting


@operation
def remind_of_publication(meeting: Meeting) -> Meeting:
    """Remind the secretariat how many working days are left. After a pause one reminder stands for all that were missed."""
    meeting = locked_meeting(meeting)
    clock, now = User.objects.the_clock(), portal_now()
    if meeting.published_at or meeting.next_reminder_at is None or meeting.next_reminder_at > now:
        return meeting
    notices.publication_reminder(meeting, now, by=clock)
    meeting.next_reminder_at = next_reminder(cast(datetime, meeting.publication_due_at), now)
    return meeting.save_by(clock, "reminded", at=now)


@operation
def move_publication(meeting: Meeting, working: Working, *, why: str, by: User, at: datetime) -> Meeting:
    """Put the hour of publication on the later day that was counted anew, and the reminders with it."""
    meeting = locked_meeting(meeting)
    before, runs = meeting.publication_due_on, publications_running(at).filter(pk=meeting.pk).exists()
    require(refusals_to_move_deadline(before, working.end, runs, Standing.at(by, at)))
    meeting.publication_due_at, meeting.publication_working = Counting().end(meeting.group, working), working.as_json()
    meeting.next_reminder_at = next_reminder(meeting.publication_due_at, at)
    meeting.save_by(by, f"publication deadline moved: {why}", at=at)
    seal("deadline moved", meeting, by=by, at=at, before=before, after=working.end, why=why)
    issue("meeting", meeting.pk, f"The day by which its minutes are to be public was moved: {why}.", by=by, at=at)
    notices.publication_moved(meeting, before, working, why, by=by)
    return meeting
