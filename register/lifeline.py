"""What happened to a record, in the order of its days: as a line with a point for each, and as a list that says the same."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from records.clock import london_date
from records.dates import as_day

WIDTH, MARGIN = 720, 14  # of the drawing, in its own units


@dataclass(frozen=True)
class Event:
    """One thing that happened. `kind` gives its point a shape and a colour; it is said in words besides."""

    on: date
    kind: str  # "made", "spoken", "decided"
    title: str
    text: str = ""
    url: str = ""


def london_day(moment: str) -> date:
    """The day in London of a moment as bodies have it."""
    return london_date(datetime.fromisoformat(moment))


@dataclass(frozen=True)
class Band:
    """A time in which somebody had it: a stretch under the line. It is listed in words besides."""

    since: date
    until: date
    kind: str
    title: str
    x: float = 0
    width: float = 0

    @property
    def days(self) -> int:
        return (self.until - self.since).days

    @property
    def in_words(self) -> str:
        return f"{as_day(self.since)} to {as_day(self.until)}"


@dataclass(frozen=True)
class Point:
    x: float
    kind: str
    title: str

    @property
    def left(self) -> float:
        """Of a square."""
        return self.x - 8


@dataclass(frozen=True)
class Lifeline:
    events: list[Event]
    had: list[Band] = field(default_factory=list)

    @classmethod
    def of(cls, events: Iterable[Event], had: Iterable[Band] = ()) -> "Lifeline":
        """`had` are stretches of time, no two of them at once; the line goes on to the end of the last."""
        return cls(sorted(events, key=lambda event: event.on), sorted(had, key=lambda band: band.since))

    @property
    def first(self) -> date:
        return min(self.events[0].on, self.had[0].since) if self.had else self.events[0].on

    @property
    def last(self) -> date:
        return max(self.events[-1].on, self.had[-1].until) if self.had else self.events[-1].on

    @property
    def days(self) -> int:
        return (self.last - self.first).days if self.events else 0

    @property
    def points(self) -> list[Point]:
        """Spaced by their days. None where all happened on one: there would be no line."""
        if not self.days:
            return []
        return [Point(self._x(event.on), event.kind, event.title) for event in self.events]

    @property
    def bands(self) -> list[Band]:
        """Where each stretch lies."""
        if not self.days:
            return []
        return [replace(band, x=self._x(band.since), width=round(self._x(band.until) - self._x(band.since), 1)) for band in self.had]

    def _x(self, on: date) -> float:
        return round(MARGIN + (on - self.first).days * (WIDTH - 2 * MARGIN) / self.days, 1)

    @property
    def in_words(self) -> str:
        """For whoever does not see the drawing; the list beside it says the rest."""
        return f"{len(self.events)} events in {self.days} days, from {as_day(self.first)} to {as_day(self.last)}"
