"""By when a meeting's minutes are public, and when its secretariat is reminded of that.

ToR, Decision Making: "Decisions and outputs of the DAG will be published within 10 working days of
the meeting." The moment is worked out once, when the meeting is held, and stored with its working.
"""

from datetime import date, datetime, time

from groups.calendar import calendar, deadline
from groups.models import Group
from groups.policies import Key, working_days
from records.clock import london_date, london_moment
from records.working_days import Working

# Working days before the last day at which the secretariat is reminded, at this time of the morning in London.
REMINDERS = (5, 2, 1, 0)
MORNING = time(9)


def publication_due(group: Group | None, held_on: date) -> tuple[datetime, Working]:
    """When what happened on that day must be public: the n-th working day after it, at the group's closing time in London."""
    return deadline(group, held_on, working_days(group, Key.PUBLICATION, held_on))


def next_reminder(due_at: datetime, after: datetime) -> datetime | None:
    """The first reminder later than `after`; those whose moment has passed are skipped."""
    days, last = calendar(), london_date(due_at)
    moments = (london_moment(days.add(last, -n), MORNING) for n in REMINDERS)
    return next((moment for moment in moments if moment > after), None)
