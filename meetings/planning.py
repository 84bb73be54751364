"""Which number a meeting would have, and on which days a year of meetings would fall."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min, Q

from groups.models import Group
from meetings.lifecycle import MeetingStatus
from meetings.models import Meeting
from records.clock import london_moment
from records.working_days import Calendar, UnknownYear

LAST = -1  # the last such weekday of a month
LONGEST_SERIES = 24  # months


def next_number(group: Group) -> int:
    """One more than the highest; the number of a cancelled meeting is not given again."""
    return max((int(number.partition(".")[0]) for number in _numbers(group)), default=0) + 1


def next_planned(meeting: Meeting) -> Meeting | None:
    """The next meeting of its group after it, as far as one is planned."""
    later = Meeting.objects.filter(group=meeting.group, status=MeetingStatus.PLANNED, held_on__gt=meeting.held_on)
    return later.select_related("group").order_by("held_on", "pk").first()


def coming_after(meeting: Meeting) -> dict[str, date | None]:
    """The next planned day of each group after this meeting, by its code in small letters; that of its own group also by "meeting"."""
    later = Q(meetings__status=MeetingStatus.PLANNED, meetings__held_on__gt=meeting.held_on)
    found = {code.casefold(): day for code, day in Group.objects.order_by("code").annotate(coming=Min("meetings__held_on", filter=later)).values_list("code", "coming")}
    return found | {"meeting": found[meeting.group.code.casefold()]}


def announced_times(meeting: Meeting) -> tuple[datetime, datetime | None] | None:
    """When the next meeting begins and ends, as far as its day was announced at this one: at the same hours of London."""
    day = meeting.next_meeting_on
    if day is None or not meeting.time_known:
        return None
    starts = london_moment(day, meeting.starts_local.time())
    return starts, starts + (meeting.ends_at - meeting.starts_at) if meeting.ends_at else None


def extraordinary_number(group: Group, on: date) -> str:
    """ "20.1": after the meeting before it. Before there is any, the first."""
    before = group.meetings.filter(held_on__lte=on).order_by("-held_on", "-pk").values_list("number", flat=True).first()
    if before is None:
        return str(next_number(group))
    whole = before.partition(".")[0]
    parts = (int(part or 0) for number in _numbers(group) for head, _, part in [number.partition(".")] if head == whole)
    return f"{whole}.{max(parts, default=0) + 1}"


def proposed_number(group: Group, kind: str, on: date) -> str:
    return extraordinary_number(group, on) if kind == Meeting.Kind.EXTRAORDINARY else str(next_number(group))


def _numbers(group: Group) -> list[str]:
    return list(group.meetings.values_list("number", flat=True))


@dataclass(frozen=True)
class Fallen:
    """A day of a series: where the pattern puts it, or the next working day, and why; and whether the group meets that day already."""

    on: date
    instead_of: date | None
    why: str
    taken: str  # by the code of a meeting that day


def series(group: Group, first: date, months: int, week: int, weekday: int, days: Calendar) -> list[Fallen]:
    """So many meetings, one a month, none before `first`. May raise UnknownYear."""
    met = dict(group.meetings.exclude(status=MeetingStatus.CANCELLED).filter(held_on__gte=first).values_list("held_on", "code"))
    found: list[Fallen] = []
    year, month = first.year, first.month
    while len(found) < months:
        if (day := nth_weekday(year, month, week, weekday)) >= first:
            found.append(_fallen(day, days, met))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def no_working_day(meeting: Meeting, days: Calendar) -> str:
    """Of a meeting to come that falls on a weekend or a bank holiday of England and Wales, why it is no working day: it may be meant, and is said."""
    if meeting.status != MeetingStatus.PLANNED:
        return ""
    try:
        return days.why_not(meeting.held_on)
    except UnknownYear:
        return ""


def _fallen(day: date, days: Calendar, met: dict[date, str]) -> Fallen:
    why = days.why_not(day)
    on = days.add(day, 1) if why else day
    return Fallen(on, day if why else None, why, met.get(on, ""))


def nth_weekday(year: int, month: int, week: int, weekday: int) -> date:
    """The second Wednesday of a month, say; with `LAST`, the last one."""
    if week == LAST:
        end = date(year, month, monthrange(year, month)[1])
        return end - timedelta(days=(end.weekday() - weekday) % 7)
    start = date(year, month, 1)
    return start + timedelta(days=(weekday - start.weekday()) % 7 + 7 * (week - 1))
