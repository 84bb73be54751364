"""The programme's working days: the library's holidays, and what was proclaimed or withdrawn late."""

from groups.models import HolidayChange
from records.working_days import Calendar


def calendar() -> Calendar:
    """The calendar as it stands. One query; counting with it asks no more."""
    changes = list(HolidayChange.objects.all())
    return Calendar(
        proclaimed={c.day: c.name for c in changes if c.kind == HolidayChange.Kind.PROCLAIMED},
        withdrawn=frozenset(c.day for c in changes if c.kind == HolidayChange.Kind.WITHDRAWN),
    )
