"""Who may send a mail about a meeting again, and when what it says is so no more."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime

from groups.calendar import Counting
from groups.standing import Standing
from meetings.back_plan import waiting_step
from meetings.lifecycle import MeetingStatus
from meetings.models import HeadlineReport, Meeting
from meetings.papers_awaited import papers_due_at
from meetings.rules.meetings import refusals_to_keep_the_record
from notifications.models import Notice
from notifications.operations import AGAIN
from notifications.rules import refusals_while_it_waits
from records.clock import london_date
from records.dates import as_day
from records.rules import Refusal


def refusals_to_send_again(meeting: Meeting, notice: Notice, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, meeting.group)
    if notice.reference != meeting.code:
        yield Refusal(f"That is no mail about {meeting}.", status=404)
    yield from refusals_while_it_waits(notice)
    yield from refusals_of_what_is_over(meeting, notice.key, now)


def refusals_of_what_is_over(meeting: Meeting, key: str, now: datetime) -> Iterator[Refusal]:
    """What a reminder says is so no more, whoever got it."""
    said = AGAIN.sub("", key).removeprefix(f"{meeting}-")
    for pattern, over in _REMINDERS.items():
        if found := pattern.fullmatch(said):
            yield from (Refusal(why, code="state") for why in over(meeting, found[1], now))
            return


def _asking_to_circulate(meeting: Meeting, day: str, now: datetime) -> Iterator[str]:
    due_at = papers_due_at(meeting, Counting())
    if meeting.circulations.exists():
        yield "It says that no papers have gone out, and some have."
    elif meeting.status != MeetingStatus.PLANNED or day != meeting.held_on.isoformat() or due_at is None or due_at <= now:
        yield "It says that papers are to go out today, and that day is over."


def _not_circulated(meeting: Meeting, day: str, now: datetime) -> Iterator[str]:
    if meeting.circulations.exists():
        yield "It says that no papers have gone out, and some have."
    else:
        yield from _before_it(meeting, day == meeting.held_on.isoformat(), now)


def _asking_who_comes(meeting: Meeting, moment: str, now: datetime) -> Iterator[str]:
    yield from _before_it(meeting, moment == f"{meeting.starts_at:%Y%m%d%H%M}", now)


def _before_it(meeting: Meeting, is_that_day: bool, now: datetime) -> Iterator[str]:
    if meeting.status == MeetingStatus.CANCELLED:
        yield f"It is about what is to come before {meeting}, which is cancelled."
    elif not is_that_day:
        yield f"It is about what is to come before {meeting}, which was to begin at another time then."
    elif meeting.starts_at <= now:
        yield f"It is about what is to come before {meeting}, which has begun."


def _counting_days(meeting: Meeting, day: str, now: datetime) -> Iterator[str]:
    if meeting.published_at:
        yield f"It says that the minutes are not public: they are since {as_day(meeting.published_at)}."
    elif day and day != london_date(now).isoformat():
        yield f"It counts the days that were left on {as_day(day)}."


def _headlines(meeting: Meeting, day: str, now: datetime) -> Iterator[str]:
    report = HeadlineReport.objects.filter(meeting=meeting).first()
    if report and report.published_at:
        yield f"It says that the headline report is not public: it is since {as_day(report.published_at)}."
    elif day and day != london_date(now).isoformat():
        yield f"It counts the days that were left on {as_day(day)}."


def _step(meeting: Meeting, said: str, now: datetime) -> Iterator[str]:
    step, name = waiting_step(meeting, Counting(), now), said.removesuffix("-late")
    if step is None or step.name != name:
        yield "It is about a step of the minutes that is not waited for any more."
    elif name == said and step.is_late(now):
        yield "It says that a step of the minutes is to be done today, and that day is over."


_REMINDERS: dict[re.Pattern[str], Callable[[Meeting, str, datetime], Iterator[str]]] = {
    re.compile(r"circulate-(\d{4}-\d\d-\d\d)"): _asking_to_circulate,
    re.compile(r"not-circulated-(\d{4}-\d\d-\d\d)"): _not_circulated,
    re.compile(r"reply-(\d{12})"): _asking_who_comes,
    re.compile(r"remind-(\d{4}-\d\d-\d\d)"): _counting_days,
    re.compile(r"missed()"): _counting_days,
    re.compile(r"headlines-due-(\d{4}-\d\d-\d\d)"): _headlines,
    re.compile(r"headlines-missed()"): _headlines,
    re.compile(r"step-(.+)"): _step,
}


def refusals_of_dead_links(notice: Notice, words: str | None) -> Iterator[Refusal]:
    if words is None:
        told = "Send them the invitation again, name them again as who brings the paper, or as who owns the action: then they get a link that is good."
        yield Refusal(f"It carries a link that is not {notice.person or notice.address}'s any more. {told}", code="state")
