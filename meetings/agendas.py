"""An agenda as it is read: its order, its running clock, how the meeting keeps to it, and how it stands against what was published of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from meetings.lifecycle import LONGEST_MEETING, ItemStatus, MeetingStatus
from meetings.models import AgendaItem, Meeting, Paragraph
from meetings.papers import Read, to_read, told_to_everybody
from records.dates import as_clock


def order_of(items: Iterable[AgendaItem]) -> str:
    """The order of the items, as a form carries it: whoever puts them in order sees whether somebody else has meanwhile."""
    return ",".join(str(item.pk) for item in items)


def as_published(meeting: Meeting) -> list[dict[str, Any]]:
    """What the public is told of each item. That one is late is said only of those that are; its minutes, papers, and what it is about, where there are some."""
    return [_told(row) for row in to_read(meeting)]


def _told(row: Read) -> dict[str, Any]:
    item = row.item
    told: dict[str, Any] = {"title": item.title, "purpose": item.get_purpose_display() if item.purpose else "", "presenter": item.presenter}
    papers, about = told_to_everybody(row), [each.told() for each in row.about if each.is_public]
    told |= {"minutes": item.minutes_allowed} if item.minutes_allowed else {}
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


def under_discussion(meeting: Meeting, items: Sequence[AgendaItem]) -> AgendaItem | None:
    """Of the items on its agenda, the one in which something was written last; before anything is, the first."""
    last = Paragraph.history.filter(item__meeting=meeting).order_by("-history_date", "-history_id").values_list("item_id", flat=True).first()
    return next((each for each in items if each.pk == last), items[0] if items else None)


@dataclass(frozen=True)
class Pace:
    """How a meeting that runs keeps to its agenda."""

    behind: int  # minutes; below nought it is ahead
    until: datetime
    over: bool  # it should have ended
    will_not_fit: list[AgendaItem]

    @property
    def sentence(self) -> str:
        """ "35 minutes behind: items 8 to 12 will not fit before 13:30."."""
        ends = as_clock(self.until)
        if self.over:
            return f"It was to end at {ends}." + (f" Not reached: {_numbers_of(self.will_not_fit)}." if self.will_not_fit else "")
        late = f"{abs(self.behind)} minute{'' if abs(self.behind) == 1 else 's'} {'behind' if self.behind > 0 else 'ahead'}" if self.behind else "On time"
        return f"{late}: {_numbers_of(self.will_not_fit)} will not fit before {ends}." if self.will_not_fit else f"{late}. It ends at {ends}."


def pace_of(meeting: Meeting, now: datetime, items: Sequence[AgendaItem], here: AgendaItem | None) -> Pace | None:
    """None unless it runs, and both when it ends and how long its items take is said. What comes behind the item under discussion is taken one after the other."""
    until = meeting.ends_at
    if until is None or here is None or meeting.status != MeetingStatus.PLANNED or not meeting.starts_at <= now <= meeting.starts_at + LONGEST_MEETING:
        return None
    clock = running_clock(meeting, items)
    row = next(each for each in clock.rows if each.item.pk == here.pk)
    if not any(each.minutes_allowed for each in items):
        return None
    behind = _minutes(now - row.ends) if now > row.ends else min(0, _minutes(now - row.begins))
    at, outside = max(now, row.ends if behind >= 0 else now + (row.ends - row.begins)), []
    for each in items:
        if each.status == ItemStatus.TABLED and (each.number or 0) > (here.number or 0):
            at += timedelta(minutes=each.minutes_allowed or 0)
            if at > until:
                outside.append(each)
    return Pace(behind, until, now > until, outside)


def _numbers_of(items: Sequence[AgendaItem]) -> str:
    """ "item 8", "items 8 to 12", "items 8, 9 and 12"."""
    numbers = [each.number or 0 for each in items]
    if len(numbers) == 1:
        return f"item {numbers[0]}"
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"items {numbers[0]} to {numbers[-1]}"
    return f"items {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
