"""By when a meeting's headline report and minutes are public, and when its secretariat is reminded of that.

ToR, Decision Making: "Decisions and outputs of the DAG will be published within 10 working days of
the meeting." The moment is worked out once, when the meeting is held, and stored with its working.
"""

from datetime import date, datetime, time

from django.db.models import QuerySet

from groups.calendar import calendar, deadline
from groups.models import Group
from groups.policies import Key, working_days
from meetings.lifecycle import MeetingStatus
from meetings.models import HeadlineReport, Meeting
from records.clock import london_date, london_moment
from records.models import Origin
from records.working_days import UnknownYear, Working

# Working days before the last day at which the secretariat is reminded, at this time of the morning in London.
REMINDERS = (5, 2, 1, 0)
MORNING = time(9)
CHASES = (0, 5, 10)  # working days after its day at which the owner of an action is reminded, at the same time; with the last one the Chair is told


def publication_due(group: Group | None, held_on: date) -> tuple[datetime, Working]:
    """When what happened on that day must be public: the n-th working day after it, at the group's closing time in London."""
    return deadline(group, held_on, working_days(group, Key.PUBLICATION, held_on))


def publications_running(now: datetime) -> QuerySet[Meeting]:
    """Held, not public yet, and the hour still to come."""
    awaited = Meeting.objects.filter(status=MeetingStatus.HELD, origin=Origin.PORTAL, published_at=None, breach_recorded_at=None)
    return awaited.filter(publication_due_at__gt=now).select_related("group")


def publication_in_words(meeting: Meeting) -> str:
    return f"publication of the minutes and decisions of {meeting}"


def headlines_due(group: Group | None, held_on: date) -> tuple[datetime, Working]:
    """When the headline report must be public, counted in the same way."""
    return deadline(group, held_on, working_days(group, Key.HEADLINES, held_on))


def headlines_running(now: datetime) -> QuerySet[HeadlineReport]:
    """Not public yet, nor the minutes, and the hour still to come."""
    awaited = HeadlineReport.objects.filter(published_at=None, breach_recorded_at=None, meeting__published_at=None, due_at__gt=now)
    return awaited.select_related("meeting__group")


def headlines_in_words(report: HeadlineReport) -> str:
    return f"publication of the headline report of {report.meeting}"


def next_reminder(due_at: datetime, after: datetime) -> datetime | None:
    """The first reminder later than `after`; those whose moment has passed are skipped."""
    days, last = calendar(), london_date(due_at)
    moments = (london_moment(days.add(last, -n), MORNING) for n in REMINDERS)
    return next((moment for moment in moments if moment > after), None)


def _chases(due_on: date) -> list[datetime]:
    try:
        days = calendar()
        return [london_moment(days.add(due_on, n), MORNING) for n in CHASES]
    except UnknownYear:  # a day far away, chosen by somebody: nobody is reminded of it before its year is known
        return []


def next_chase(due_on: date, after: datetime) -> datetime | None:
    """When the owner of an action due that day is reminded next; None after the last time."""
    return next((moment for moment in _chases(due_on) if moment > after), None)


LOOKED_AT_BEFORE = 2  # working days before a meeting at which what is to be done as soon as possible is looked at again
LOOKED_FOR_AGAIN = 5  # working days until it is asked again whether a meeting is planned


def reminder_before(meeting: Meeting) -> datetime:
    """When the owner of an action due "as soon as possible" is reminded that the meeting looks at it again."""
    return london_moment(calendar().add(meeting.held_on, -LOOKED_AT_BEFORE), MORNING)


def next_look(meeting: Meeting | None, after: datetime) -> datetime:
    """When it is to be seen next whether such a reminder is due: before that meeting, or, where none is planned, within a week."""
    if meeting is not None and (moment := reminder_before(meeting)) > after:
        return moment
    day = meeting.held_on if meeting else london_date(after)
    return london_moment(calendar().add(day, 1 if meeting else LOOKED_FOR_AGAIN), MORNING)


def chases_after(due_on: date, now: datetime) -> int:
    """How many working days after its day the reminder is that stands now: 0, 5 or 10."""
    passed = [n for n, moment in zip(CHASES, _chases(due_on), strict=False) if moment <= now]
    return passed[-1] if passed else 0
