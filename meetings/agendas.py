"""An agenda as it is read: its order, its running clock, and how it stands against what was published of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from meetings.models import AgendaItem, Meeting
from meetings.papers import Read, to_read, told_to_everybody


def order_of(items: Iterable[AgendaItem]) -> str:
    """The order of the items, as a form carries it: whoever puts them in order sees whether somebody else has meanwhile."""
    return ",".join(str(item.pk) for item in items)


def as_published(meeting: Meeting) -> list[dict[str, Any]]:
    """What the public is told of each item. That one is late is said only of those that are; papers, and what it is about, where there are some."""
    return [_told(row) for row in to_read(meeting)]


def _told(row: Read) -> dict[str, Any]:
    item = row.item
    told = {"title": item.title, "purpose": item.get_purpose_display() if item.purpose else "", "presenter": item.presenter}
    papers, about = told_to_everybody(row), [each.told() for each in row.about if each.is_public]
    return told | ({"late": True} if item.late else {}) | ({"papers": papers} if papers else {}) | ({"about": about} if about else {})


def is_public_as_it_stands(meeting: Meeting) -> bool:
    return meeting.published_agenda is not None and meeting.published_agenda == as_published(meeting)


@dataclass(frozen=True)
class Timed:
    """An item with the time at which it would begin and end, if every item before it took the minutes it is allowed."""

    item: AgendaItem
    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Clock:
    """The whole agenda against the time there is."""

    rows: list[Timed]
    begins: datetime
    ends: datetime
    until: datetime | None
    untimed: int  # items for which no time is allowed

    @property
    def over(self) -> int:
        """By how many minutes it is too long."""
        return max(0, _minutes(self.ends - self.until)) if self.until else 0

    @property
    def spare(self) -> int:
        """How many minutes are left."""
        return max(0, _minutes(self.until - self.ends)) if self.until else 0


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


def running_clock(meeting: Meeting, items: Iterable[AgendaItem]) -> Clock:
    rows, at = [], meeting.starts_at
    for item in items:
        ends = at + timedelta(minutes=item.minutes_allowed or 0)
        rows.append(Timed(item, at, ends))
        at = ends
    return Clock(rows, meeting.starts_at, at, meeting.ends_at, sum(not row.item.minutes_allowed for row in rows))
