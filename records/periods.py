"""Periods of days: from a first day to a last one, or open-ended."""

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from records.dates import as_day


def period(first: date, last: date | None = None) -> DateRange:
    """From the first day to the last, both included; without a last day it runs on."""
    return DateRange(first, last + timedelta(days=1) if last else None, "[)")


def last_day(during: DateRange) -> date | None:
    """The last day of the period; None while it runs on."""
    return during.upper - timedelta(days=1) if during.upper else None


def in_words(during: DateRange) -> str:
    """ "since 1 Nov 2021", or "1 Nov 2021 to 30 Apr 2022"."""
    last = last_day(during)
    return f"{as_day(during.lower)} to {as_day(last)}" if last else f"since {as_day(during.lower)}"


def days_in_words(first: date, last: date | None, occasion: str = "") -> str:
    """ "REH004, 27 Nov 2026", "20 Nov 2026 to 30 Nov 2026", "20 Nov 2026 until further notice"."""
    if occasion:
        return f"{occasion}, {as_day(first)}"
    if last is None:
        return f"{as_day(first)} until further notice"
    return as_day(first) if last == first else f"{as_day(first)} to {as_day(last)}"


def period_of(first: str, before: str | None) -> DateRange:
    """A period as editions keep it: from a day, and until before another one."""
    return DateRange(date.fromisoformat(first), date.fromisoformat(before) if before else None, "[)")
