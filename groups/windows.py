"""Until when a window of a group is open, and when whoever is silent in it is reminded.

The moment is worked out once, when it is opened or given more time, and stored with its working: the group's closing time (17:00 in
London, unless a policy says otherwise) on the n-th working day after the day it was opened.
"""

from datetime import datetime, time

from groups.calendar import Counting
from groups.models import Group
from records.clock import london_date, london_moment
from records.windows import Window
from records.working_days import Working

BEFORE_THE_CLOSE = (2, 1, 0)  # working days before the last day at which the silent are reminded; and at half time
MORNING = time(9)


def closes_at(group: Group, opened: datetime, days: int) -> tuple[datetime, Working]:
    """When a window closes that was opened then and runs for so many working days, and how that was counted."""
    return Counting().deadline(group, london_date(opened), days)


def next_reminder(window: Window, after: datetime, counting: Counting | None = None) -> datetime | None:
    """The first reminder later than `after`: at half time, and two, one and no working days before the last. Those missed are skipped."""
    counting = counting or Counting()
    first, last = london_date(window.opens_at), london_date(window.closes_at)  # type: ignore[arg-type]
    days = [counting.days.add(first, (window.window_days or 0) // 2), *(counting.days.add(last, -n) for n in BEFORE_THE_CLOSE)]
    moments = sorted(london_moment(day, MORNING) for day in days if first < day <= last)
    return next((moment for moment in moments if moment > after), None)
