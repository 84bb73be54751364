"""Papers that are to go out before a meeting: by when, whether any have, and whose day passed without. Read-only.

One day by policy, counted back from the day of the meeting whenever it is asked: a meeting that is moved has another, a cancelled one and one that was
read in have none. What was missed is a row (`PapersAwaited`).
"""

from datetime import datetime
from itertools import takewhile
from typing import NamedTuple

from django.db.models import Exists, Min, OuterRef, QuerySet

from files.models import Visibility
from groups.calendar import Counting
from meetings.due import MORNING
from meetings.lifecycle import MeetingStatus
from meetings.models import AgendaItem, Circulation, Meeting, Paper, PapersAwaited
from meetings.papers import papers_due_on, to_read
from records.clock import london_moment
from records.models import Origin


class Awaited(NamedTuple):
    """That papers are to go out today, or were to on a day that has passed; and none has."""

    due_at: datetime
    missed: bool


class Out(NamedTuple):
    """How it stands with the papers of a meeting, for its page."""

    due_at: datetime | None
    out_at: datetime | None  # when the first went out, before it began
    missed: bool

    @property
    def are_late(self) -> bool:
        return self.missed and self.out_at is None


def papers_due_at(meeting: Meeting, counting: Counting) -> datetime | None:
    """The group's closing time on the last day; the beginning of the meeting, if that is earlier."""
    day = papers_due_on(meeting, counting)
    return min(london_moment(day, counting.closing_time(meeting.group, day)), meeting.starts_at) if day else None


def none_has_gone_out() -> QuerySet[Meeting]:
    """Meetings of the portal whose record is open still, of which no papers went out. Also those that began meanwhile: what was missed was missed."""
    live = Meeting.objects.filter(status__in=[MeetingStatus.PLANNED, MeetingStatus.HELD], origin=Origin.PORTAL, published_at=None)
    return live.exclude(Exists(Circulation.objects.filter(meeting=OuterRef("pk")))).select_related("group")


def missed(meeting: str = "pk", held_on: str = "held_on") -> Exists:
    """Whether it is recorded that the day of its papers passed: the day that they have now."""
    return Exists(PapersAwaited.objects.filter(meeting=OuterRef(meeting), to_be_held_on=OuterRef(held_on), missed=True))


def awaited(meeting: Meeting, counting: Counting, now: datetime) -> Awaited | None:
    """What is to be told of its papers now, and was not. On the day only while it runs: nobody is reminded once it has passed."""
    day, due_at = papers_due_on(meeting, counting), papers_due_at(meeting, counting)
    if day is None or due_at is None or now < min(london_moment(day, MORNING), due_at):
        return None
    found = Awaited(due_at, due_at <= now)
    if PapersAwaited.objects.filter(meeting=meeting, to_be_held_on=meeting.held_on, missed=found.missed).exists():
        return None
    return found if _since(meeting) <= due_at and _there_were_papers(meeting, counting, due_at) else None


def _there_were_papers(meeting: Meeting, counting: Counting, by: datetime) -> bool:
    """Or some were owed, by that hour: what came only after it was not missed. What is for the PMO and assurance alone never goes out."""
    rows = to_read(meeting, counting)
    papers = [each.paper.pk for row in rows for each in row.papers if _goes_out(each.paper.visibility)]
    about = [row.item.pk for row in rows if any(_goes_out(each.visibility) for told in row.about for each in told.documents)]
    was_there = Paper.history.filter(id__in=papers, history_date__lte=by).exists()
    return was_there or AgendaItem.history.filter(id__in=about, history_date__lte=by).exists()


def _goes_out(visibility: str) -> bool:
    return visibility != Visibility.PMO_AND_ASSURANCE


def _since(meeting: Meeting) -> datetime:
    """Since when it is to be held on that day: papers of a meeting that was moved nearer were not missed on a day nobody went by."""
    rows = Meeting.history.filter(id=meeting.pk).order_by("-history_date", "-history_id").values_list("held_on", "history_date")
    *_, (_, since) = takewhile(lambda row: row[0] == meeting.held_on, rows)
    return since


def how_papers_stand(meeting: Meeting, counting: Counting) -> Out | None:
    """None where nobody waits for any: it is cancelled, or was read in."""
    if meeting.origin != Origin.PORTAL or meeting.status == MeetingStatus.CANCELLED:
        return None
    first, was_missed = Meeting.objects.filter(pk=meeting.pk).annotate(first=Min("circulations__at"), missed=missed()).values_list("first", "missed").get()
    return Out(papers_due_at(meeting, counting), first if first and first < meeting.starts_at else None, was_missed)
