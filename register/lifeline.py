"""What happened to a record, in the order of its days: as a line with a point for each, and as a list that says the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from records.clock import london_date

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

    @classmethod
    def of(cls, events: Iterable[Event]) -> "Lifeline":
        return cls(sorted(events, key=lambda event: event.on))

    @property
    def first(self) -> date:
        return self.events[0].on

    @property
    def last(self) -> date:
        return self.events[-1].on

    @property
    def days(self) -> int:
        return (self.last - self.first).days if self.events else 0

    @property
    def points(self) -> list[Point]:
        """Spaced by their days. None where all happened on one: there would be no line."""
        if not self.days:
            return []
        scale = (WIDTH - 2 * MARGIN) / self.days
        return [Point(round(MARGIN + (event.on - self.first).days * scale, 1), event.kind, event.title) for event in self.events]

    @property
    def in_words(self) -> str:
        """For whoever does not see the drawing; the list beside it says the rest."""
        return f"{len(self.events)} events in {self.days} days, from {self.first:%-d %B %Y} to {self.last:%-d %B %Y}"
