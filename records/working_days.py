"""Working days in England and Wales: Monday to Friday, less bank holidays.

The day of the event is day 0; `+n` is the n-th working day strictly after it, `-n` strictly before;
"within 10 working days" is met on the 10th. A pure function over a calendar: holidays come from the
`holidays` library, plus what `groups.HolidayChange` says was proclaimed (or withdrawn) late.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import holidays

from records.dates import as_day
from records.rules import Refused

# The years for which the library has been compared with the published list of bank holidays
# (England and Wales agree in all of them). Outside them nothing is guessed.
KNOWN_YEARS = range(2015, 2031)


class UnknownYear(Refused):
    """The bank holidays of this year are not on file: add them, then ask again."""

    def __init__(self, year: int):
        known = f"{KNOWN_YEARS[0]} to {KNOWN_YEARS[-1]}"
        super().__init__([f"The bank holidays of {year} are not on file (known: {known}), so working days cannot be counted there."])


@cache
def bank_holidays(year: int) -> dict[date, str]:
    """The bank holidays of England and Wales in that year, by name. Raises UnknownYear."""
    if year not in KNOWN_YEARS:
        raise UnknownYear(year)
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year, expand=False).items())


@dataclass(frozen=True)
class Step:
    """One day on the way from the start to the answer."""

    day: date
    counted: bool
    why: str  # "Saturday", "Good Friday", or "" for a day that counts


@dataclass(frozen=True)
class Working:
    """An answer with its working: which days were counted and which were skipped, and why."""

    start: date
    days: int
    end: date
    steps: tuple[Step, ...]

    @property
    def skipped_holidays(self) -> list[Step]:
        return [s for s in self.steps if not s.counted and s.why not in ("Saturday", "Sunday")]

    def sentence(self) -> str:
        """The answer as a sentence, for a page or an e-mail."""
        holidays_named = ", ".join(f"{s.why} ({as_day(s.day)})" for s in self.skipped_holidays)
        between = f"skipping {holidays_named}" if holidays_named else "no bank holidays in between"
        way = "after" if self.days >= 0 else "before"
        count = abs(self.days)
        return (
            f"{count} working day{'' if count == 1 else 's'} {way} {as_day(self.start)} "
            f"is {as_day(self.end)} ({between})."
        )

    def as_json(self) -> dict:
        return {
            "start": self.start.isoformat(),
            "days": self.days,
            "end": self.end.isoformat(),
            "steps": [{"day": s.day.isoformat(), "counted": s.counted, "why": s.why} for s in self.steps],
        }


@dataclass(frozen=True)
class Calendar:
    """Bank holidays from the library, less those withdrawn, plus those proclaimed late."""

    proclaimed: dict[date, str] = field(default_factory=dict)
    withdrawn: frozenset[date] = frozenset()

    def why_not(self, day: date) -> str:
        """Why the day is not a working day; empty if it is one. Raises UnknownYear."""
        library = bank_holidays(day.year)
        if day.weekday() >= 5:
            return f"{day:%A}"
        if day in self.proclaimed:
            return self.proclaimed[day]
        return "" if day in self.withdrawn else library.get(day, "")

    def is_working_day(self, day: date) -> bool:
        return not self.why_not(day)

    def add(self, start: date, days: int) -> date:
        """The date `days` working days from `start` (negative: before). Raises UnknownYear."""
        return self.working(start, days).end

    def working(self, start: date, days: int) -> Working:
        """The same with every day accounted for. Zero days is the start itself, whatever day it is."""
        step, day, steps, left = timedelta(days=1 if days >= 0 else -1), start, [], abs(days)
        self.why_not(start)  # an unknown year is refused even when nothing is counted
        while left:
            day += step
            why = self.why_not(day)
            steps.append(Step(day, not why, why))
            left -= not why
        return Working(start, days, day, tuple(steps))

    def between(self, start: date, end: date) -> int:
        """How many working days after `start` the day `end` is (negative if before it)."""
        if end < start:
            return -self.between(end, start)
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
