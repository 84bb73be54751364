"""The programme's working days: the library's holidays, and what was proclaimed or withdrawn late."""

from datetime import date, datetime

from groups.models import Group, HolidayChange
from groups.policies import closing_time
from records.clock import london_moment
from records.working_days import Calendar, Working


def calendar() -> Calendar:
    """The calendar as it stands. One query; counting with it asks no more."""
    changes = list(HolidayChange.objects.all())
    return Calendar(
        proclaimed={c.day: c.name for c in changes if c.kind == HolidayChange.Kind.PROCLAIMED},
        withdrawn=frozenset(c.day for c in changes if c.kind == HolidayChange.Kind.WITHDRAWN),
    )


def deadline(group: Group | None, start: date, days: int) -> tuple[datetime, Working]:
    """The group's closing time (London) on the n-th working day after `start`, with the working to show."""
    working = calendar().working(start, days)
    return london_moment(working.end, closing_time(group, start)), working
