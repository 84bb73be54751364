"""The one clock: the database's.

`portal_now()` is an SQL function over `clock_timestamp()`, so that it moves on while a transaction
waits for a lock (PostgreSQL's `now()` stands still) and so that two machines with different clocks
never disagree about whether a vote was in time. Tests and rehearsals replace the function.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import DateTimeField, Func

LONDON = ZoneInfo("Europe/London")


class PortalNow(Func):
    """The same inside SQL: for a column the database fills in itself."""

    function = "portal_now"
    template = "%(function)s()"
    output_field = DateTimeField()


class ThisMoment(PortalNow):
    """For comparing rows with: asked once, however many there are."""

    template = "(SELECT %(function)s())"


def portal_now() -> datetime:
    """The moment it is, by the database (aware, UTC). Read it after the lock, not before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_now()")
        return cursor.fetchone()[0]


def london_date(moment: datetime) -> date:
    """The calendar day in London at that moment."""
    return moment.astimezone(LONDON).date()


def portal_today() -> date:
    """Today's date in London, by the database's clock."""
    return london_date(portal_now())


def london_moment(day: date, at: time) -> datetime:
    """That time of that day on London's clocks (aware)."""
    return datetime.combine(day, at, tzinfo=LONDON)


def is_on_the_clock(day: date, at: time) -> bool:
    """Whether London's clocks show that time on that day: on the last Sunday of March they go from 01:00 straight to 02:00."""
    return london_moment(day, at).astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == datetime.combine(day, at)
