"""The programme's working days: the library's holidays, and what was proclaimed or withdrawn late."""

from datetime import date, datetime, time
from functools import cached_property

from django.db import connection

from groups.models import Group, HolidayChange
from groups.policies import Key, Policies
from records.clock import london_date, london_moment
from records.prepared import PreparedRecords
from records.working_days import Calendar, Working

_CHANGES = PreparedRecords(lambda: HolidayChange.objects.all())


def calendar(at: datetime | None = None) -> Calendar:
    """The calendar as it stands, or as it stood then. One query; counting with it asks no more."""
    changes = list(HolidayChange.history.filter(history_date__lte=at)) if at else _CHANGES.records()
    return Calendar(
        proclaimed={c.day: c.name for c in changes if c.kind == HolidayChange.Kind.PROCLAIMED},
        withdrawn=frozenset(c.day for c in changes if c.kind == HolidayChange.Kind.WITHDRAWN),
    )


_LOCK = 0xCA1E  # the advisory lock of the calendar


def hold_calendar() -> None:
    """Keep the calendar as it is until the transaction ends. To be asked first of all by whoever counts a deadline and stores it.

    Before any row is locked, since whoever changes the calendar goes on to lock what runs; and before the clock is read, so that
    what is stored is as the calendar stood at that moment.
    """
    _lock("pg_advisory_xact_lock_shared")


def lock_calendar() -> None:
    """Wait for everybody who holds it. What they counted is there then, and can be moved; who comes later counts with the change."""
    _lock("pg_advisory_xact_lock")


def _lock(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [_LOCK])


class Counting:
    """Calendar and policies, each read once: whoever counts many deadlines asks the database no more often than for one."""

    @cached_property
    def days(self) -> Calendar:
        return calendar()

    @cached_property
    def policies(self) -> Policies:
        return Policies()

    def closing_time(self, group: Group | None, on: date) -> time:
        """The time of day, on London's clocks, at which windows close and publications fall due."""
        return time.fromisoformat(self.policies.value(group, Key.CLOSING_TIME, on))

    def deadline(self, group: Group | None, start: date, days: int) -> tuple[datetime, Working]:
        """The group's closing time (London) on the n-th working day after `start`, with the working to show."""
        working = self.days.working(start, days)
        return self.end(group, working), working

    def end(self, group: Group | None, working: Working) -> datetime:
        """The group's closing time (London) on the last day of the working."""
        return london_moment(working.end, self.closing_time(group, working.start))

    def by_policy(self, group: Group | None, start: date, key: Key) -> tuple[datetime, Working]:
        """The same for as many working days as the group's policy said on that day."""
        return self.deadline(group, start, int(self.policies.value(group, key, start)))

    def left(self, today: date, moment: datetime | None) -> int | None:
        """How many working days are left until that moment's day in London; negative when it is over."""
        return self.days.between(today, london_date(moment)) if moment else None


def deadline(group: Group | None, start: date, days: int) -> tuple[datetime, Working]:
    """The group's closing time (London) on the n-th working day after `start`, with the working to show."""
    return Counting().deadline(group, start, days)
