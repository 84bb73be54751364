"""Who may attach papers to an agenda, hand them in and circulate them, and why not."""

from collections.abc import Iterator
from datetime import date, datetime

from groups.models import Person
from groups.standing import Standing
from meetings.lifecycle import MOST_VERSIONS, ItemStatus, MeetingStatus
from meetings.models import AgendaItem, Meeting, Paper
from meetings.papers import not_circulated_yet
from meetings.rules.meetings import refusals_once_published, refusals_to_keep_the_record
from records.clock import london_date
from records.dates import as_day
from records.rules import Refusal


def refusals_to_add_paper(item: AgendaItem, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Also once the meeting is held: a paper may have been shown in the room. What the first edition of the minutes stands on stays."""
    yield from refusals_to_keep_the_record(standing, item.meeting.group)
    yield from _refusals_of_item(item)


def _refusals_of_item(item: AgendaItem) -> Iterator[Refusal]:
    if item.meeting.status == MeetingStatus.CANCELLED:
        yield Refusal(f"{item.meeting} is cancelled.", code="state")
    if item.status == ItemStatus.TAKEN_OFF:
        yield Refusal(f"“{item.title}” was taken off the agenda.", code="state")
    yield from refusals_once_published(item.meeting)


def refusals_to_change_paper(paper: Paper, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_add_paper(paper.item, standing, now)
    yield from _refusals_of_dropped(paper)


def _refusals_of_dropped(paper: Paper) -> Iterator[Refusal]:
    if paper.dropped:
        yield Refusal(f"“{paper.title}” was taken off.", code="state")


def refusals_to_hand_in_by_link(paper: Paper, now: datetime) -> Iterator[Refusal]:
    """Until the meeting begins; after that the secretariat attaches it."""
    yield from _refusals_of_item(paper.item)
    yield from _refusals_of_dropped(paper)
    if paper.meeting.starts_at <= now:
        yield Refusal(f"{paper.meeting} has begun. Send the paper to its secretariat.", code="state")


def refusals_of_paper(
    item: AgendaItem, title: str, *, handed_in: bool, owed_by: str = "", owed_by_person: Person | None = None, due_on: date | None = None
) -> Iterator[Refusal]:
    if not title.strip():
        yield Refusal("Say what the paper is called.", field="title")
    if not handed_in and not owed_by.strip() and owed_by_person is None:
        yield Refusal("Choose a file; or, if the paper is to follow, say who brings it.", field="owed_by")
    if due_on and due_on > item.meeting.held_on:
        yield Refusal(f"{item.meeting} is on {as_day(item.meeting.held_on)}: a paper is due by then.", field="due_on")


def refusals_of_asking_for(meeting: Meeting, due_on: date | None, of_the_meeting: date | None, now: datetime) -> Iterator[Refusal]:
    """Of a paper that is to follow: by when, once the day of all papers of the meeting is past."""
    today = london_date(now)
    if meeting.status != MeetingStatus.PLANNED or meeting.starts_at <= now:
        return
    if due_on is None and of_the_meeting and of_the_meeting < today:
        yield Refusal(f"The day on which papers were due, {as_day(of_the_meeting)}, is past: say by when this one is to come.", field="due_on")
    elif due_on and due_on < today:
        yield Refusal(f"{as_day(due_on)} is past: say by when the paper is to come.", field="due_on")


def refusals_of_handing_in(paper: Paper, name: str) -> Iterator[Refusal]:
    if not name.strip():
        yield Refusal("Give your name: it stands beside the paper.", field="name")
    if paper.files.count() >= MOST_VERSIONS:
        yield Refusal(f"There are {MOST_VERSIONS} versions of this paper: that is enough.", field="file")


def refusals_to_circulate_papers(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Also once it has begun: a paper may have been handed round in the room."""
    yield from refusals_to_keep_the_record(standing, meeting.group)
    yield from refusals_once_published(meeting)
    if meeting.status == MeetingStatus.CANCELLED:
        yield Refusal(f"{meeting} is cancelled: its papers are not circulated any more.", code="state")
    elif not not_circulated_yet(meeting):
        yield Refusal(f"There is nothing to circulate for {meeting}: every paper that is there has gone out.", code="state")


def refusals_of_circulating(meeting: Meeting, why: str, *, left: int, wanted: int, begun: bool = False) -> Iterator[Refusal]:
    if begun and left < wanted and not why.strip():
        yield Refusal(f"{meeting} has begun, and papers go out {in_working_days(wanted)} before: say why these come only now.", field="why")
    elif left < wanted and not why.strip():
        yield Refusal(f"{meeting} is {in_working_days(left)} away, and papers go out {in_working_days(wanted)} before: say why these are late.", field="why")


def in_working_days(n: int) -> str:
    return f"{n} working day{'' if n == 1 else 's'}"
