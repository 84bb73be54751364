"""A bank holiday proclaimed or withdrawn late: the calendar with it, and recording it with all that it moves."""

from dataclasses import replace
from datetime import date

from groups.calendar import calendar
from groups.models import HolidayChange, User
from groups.operations import change_holiday
from records.clock import portal_now
from records.dates import as_day
from records.moved_by_holidays import Later, lock_what_runs, what_would_move
from records.operations import operation
from records.working_days import Calendar


def with_change(days: Calendar, day: date, kind: str, name: str) -> Calendar:
    """The calendar as it would be."""
    if kind == HolidayChange.Kind.PROCLAIMED:
        return replace(days, proclaimed={**days.proclaimed, day: name})
    return replace(days, withdrawn=days.withdrawn | {day})


@operation
def record_holiday(day: date, kind: str, *, name: str, announced_on: date, by: User) -> list[Later]:
    """Record the holiday and move every running deadline that it moves: each in the ledger, and told to those concerned.

    What is being counted meanwhile is waited for, and moved if it was counted without the holiday (`hold_calendar`).
    """
    change_holiday(day, kind, name=name, announced_on=announced_on, by=by)
    now = portal_now()  # behind the calendar's lock
    lock_what_runs(now)  # all of them before the first entry in the ledger
    moved = what_would_move(calendar(), now)
    for each in moved:
        each.move(why=f"{name}, {as_day(day)}", by=by, at=now)
    return moved
