"""The headline report of a meeting: begun when it is held, published and corrected by the secretariat; the clock reminds, and records that it is late."""

from datetime import datetime
from typing import cast

from groups.calendar import Counting
from groups.models import User
from groups.rules import refusals_to_move_deadline
from groups.standing import Standing
from ledger.operations import seal
from meetings import notices
from meetings.due import headlines_due, headlines_running, next_reminder
from meetings.headlines import headlines_of, looked_at, report_of
from meetings.models import HeadlineReport, Meeting
from meetings.operations.locking import locked_meeting
from meetings.rules import refusals_of_headlines, refusals_to_publish_headlines
from records.clock import london_date, portal_now
from records.editions import issue
from records.locks import locked
from records.opened import Stale
from records.operations import operation
from records.rules import require
from records.working_days import Working


def begin_headlines(meeting: Meeting, *, by: User, at: datetime) -> HeadlineReport:
    """Of a locked meeting that is just being held: by when its report is due."""
    due_at, working = headlines_due(meeting.group, meeting.held_on)
    report = HeadlineReport(meeting=meeting, due_at=due_at, working=working.as_json(), next_reminder_at=next_reminder(due_at, at)).save_by(by, at=at)
    seal("headlines due", report, by=by, at=at)
    return report


def _locked_report(meeting: Meeting, *, by: User, at: datetime) -> HeadlineReport:
    """Of a locked meeting; one that was held when there were no reports gets one, without a day by which it is due."""
    report = report_of(meeting) or HeadlineReport(meeting=meeting).save_by(by, at=at)
    report = locked(HeadlineReport.objects).get(pk=report.pk)
    report.meeting = meeting
    return report


@operation
def write_headlines(meeting: Meeting, words: str, *, by: User) -> HeadlineReport:
    """Keep the words of one's own that stand above it. What is public stays as it is until the report is published."""
    meeting, now = locked_meeting(meeting), portal_now()
    require(refusals_to_publish_headlines(meeting, Standing.at(by, now), now))
    report = _locked_report(meeting, by=by, at=now)
    report.words = words.strip()
    return report.save_by(by, at=now)


@operation
def publish_headlines(meeting: Meeting, words: str = "", *, note: str = "", seen: str | None = None, by: User) -> HeadlineReport:
    """Make public what came of the meeting, as its record says it now, and tell the members. Published before, it is corrected: a new edition.

    `seen` is what was to be said when the page was opened: if the record says something else now, Stale.
    """
    meeting, now = locked_meeting(meeting), portal_now()
    require(refusals_to_publish_headlines(meeting, Standing.at(by, now), now))
    report, told = _locked_report(meeting, by=by, at=now), headlines_of(meeting, words)
    if seen is not None and seen != looked_at(told):
        raise Stale(meeting)
    require(refusals_of_headlines(report, told, note))
    again = report.published_at is not None
    report.words, report.told, report.next_reminder_at = words.strip(), told, None
    report.published_at, report.published_by = report.published_at or now, report.published_by or by
    report.save_by(by, note.strip(), at=now)
    issue("headline_report", report.pk, note.strip() if again else "It was published.", by=by, at=now)
    issue("meeting", meeting.pk, f"Its headline report was {'corrected' if again else 'published'}.", by=by, at=now)
    notices.headlines_published(report, note.strip() if again else "", by=by, at=now)
    return report


# --- what the clock does


def _running(report: HeadlineReport) -> tuple[HeadlineReport, Meeting]:
    """The report locked, after its meeting."""
    meeting = locked_meeting(Meeting(pk=report.meeting_id))
    report = locked(HeadlineReport.objects).get(pk=report.pk)
    report.meeting = meeting
    return report, meeting


@operation
def remind_of_headlines(report: HeadlineReport) -> HeadlineReport:
    """Remind the secretariat that it is due. After a pause one reminder stands for all that were missed."""
    report, meeting = _running(report)
    clock, now = User.objects.the_clock(), portal_now()
    if report.published_at or meeting.published_at or report.next_reminder_at is None or report.next_reminder_at > now:
        return report
    notices.headlines_reminder(report, now, by=clock)
    report.next_reminder_at = next_reminder(cast(datetime, report.due_at), now)
    return report.save_by(clock, "reminded", at=now)


@operation
def note_late_headlines(report: HeadlineReport) -> HeadlineReport:
    """At the hour: record that it is late, and tell Chair and secretariat. Safe to run twice. The clock publishes no report: nobody has looked at it."""
    report, meeting = _running(report)
    clock, now = User.objects.the_clock(), portal_now()
    if report.published_at or meeting.published_at or report.breach_recorded_at or report.due_at is None or report.due_at > now:
        return report
    report.breach_recorded_at, report.next_reminder_at = now, None
    report.save_by(clock, "the deadline passed", at=now)
    issue("meeting", meeting.pk, "The day by which its headline report was to be public has passed.", by=clock, at=now)
    notices.headlines_missed(report, by=clock)
    return report


@operation
def move_headlines(report: HeadlineReport, working: Working, *, why: str, by: User, at: datetime) -> HeadlineReport:
    """Put its hour on the later day that was counted anew, and the reminders with it."""
    report, meeting = _running(report)
    runs = headlines_running(at).filter(pk=report.pk).exists()
    before = london_date(cast(datetime, report.due_at))
    require(refusals_to_move_deadline(before, working.end, runs, Standing.at(by, at)))
    report.due_at, report.working = Counting().end(meeting.group, working), working.as_json()
    report.next_reminder_at = next_reminder(report.due_at, at)
    report.save_by(by, f"deadline moved: {why}", at=at)
    seal("deadline moved", report, by=by, at=at, before=before, after=working.end, why=why)
    issue("meeting", meeting.pk, f"The day by which its headline report is to be public was moved: {why}.", by=by, at=at)
    notices.headlines_moved(report, before, working, why, by=by)
    return report
