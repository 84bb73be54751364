"""The deadlines that run: each kind is registered once, in the moved_by_holidays.py of the app whose it is.

A deadline is counted once and stored in its row, where it stays: a later change of the calendar moves none by itself. Here is asked
what a calendar would move: each is counted anew from the day it was counted from, and goes to a later day or stays where it is. The
verb that moves one is its noun's own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet

from records.clock import london_date
from records.dates import as_day
from records.locks import locked
from records.working_days import Calendar, Working


@dataclass(frozen=True)
class Deadline:
    """One kind of deadline, as it stands in every record for which it runs."""

    name: str  # "publication of minutes"
    running: Callable[[datetime], QuerySet]  # the records for which it runs at that moment
    due_at: Callable[[Any], datetime]
    counted: Callable[[Any], tuple[date, int] | None]  # from which day, and how many working days; none where somebody chose the day
    move: Callable[..., Any]  # the verb: move(record, working, why=, by=, at=)
    whose: Callable[[Any], Any]  # the group that is to keep it
    words: Callable[[Any], str]  # "publication of the minutes of DAG026"
    public: bool  # whether anybody may know of it


@dataclass(frozen=True)
class Later:
    """A running deadline that a calendar puts on a later day."""

    deadline: Deadline
    record: Model
    before: date
    working: Working

    def __str__(self) -> str:
        whose, what = self.deadline.whose(self.record), self.deadline.words(self.record)
        return f"{whose}, {what}: from {as_day(self.before)} to {as_day(self.working.end)}"

    def move(self, *, why: str, by: Any, at: datetime) -> None:
        self.deadline.move(self.record, self.working, why=why, by=by, at=at)


_deadlines: dict[str, Deadline] = {}


def register(*kinds: Deadline) -> None:
    """From an app's moved_by_holidays.py. Lower apps come first, so that rows are locked in their order."""
    _deadlines.update({kind.name: kind for kind in kinds})


def deadlines() -> list[Deadline]:
    return list(_deadlines.values())


def what_would_move(days: Calendar, now: datetime) -> list[Later]:
    """The running deadlines that this calendar would put on a later day."""
    return [later for kind in deadlines() for later in _later(kind, days, now)]


def _later(kind: Deadline, days: Calendar, now: datetime) -> Iterator[Later]:
    for record in kind.running(now).order_by("pk"):
        if counted := kind.counted(record):
            working, before = days.working(*counted), london_date(kind.due_at(record))
            if working.end > before:
                yield Later(kind, record, before, working)


def lock_what_runs(now: datetime) -> None:
    """Every record with a running deadline. Read the clock and look again afterwards: some wait may have ended what ran."""
    for kind in deadlines():
        list(locked(kind.running(now)).order_by("pk"))


def counted_from(working: dict) -> tuple[date, int]:
    """From which day, and how many working days: of a working as it is stored."""
    return date.fromisoformat(working["start"]), working["days"]
