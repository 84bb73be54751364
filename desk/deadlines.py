"""The deadline board: every deadline that runs or has passed unmet in the groups one belongs to, with how it was counted."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions.due import EMBARGOES_END
from decisions.lifecycle import DecisionStatus, QuestionStatus
from decisions.models import Decision, Question
from groups.models import Group
from groups.policies import Key
from groups.signed_in import SignedIn, standing_of
from groups.standing import Standing
from meetings.back_plan import waiting_step
from meetings.due import headlines_in_words, publication_in_words
from meetings.lifecycle import ActionStatus, MeetingStatus, MinutesStep
from meetings.models import Action, HeadlineReport, Meeting, Minutes, Paper
from meetings.papers import due_at
from meetings.papers_awaited import missed, none_has_gone_out, papers_due_at
from records.clock import london_date, london_moment, portal_now
from records.models import Origin
from records.moved_by_holidays import Deadline, counted_from, deadlines
from records.pages import paged
from records.working_days import UnknownYear

END_OF_DAY = time(23, 59)


class Running(NamedTuple):
    """One line of the board."""

    due_at: datetime
    what: str
    group: Group
    url: str
    counted: str  # how, in a sentence; empty where somebody chose the day
    left: int | None
    late: bool
    all_day: bool = False  # only its day was said


PAGES: dict[str, Callable[[Any, Standing], str]] = {
    "publication of minutes": lambda meeting, _: reverse("desk:meeting", args=[meeting.code]),
    "publication of headline reports": lambda report, standing: _headlines_page(report, standing),
    "publication of ex-committee decisions": lambda decision, _: reverse("decisions:decision", args=[decision.pk]),
    "close of reviews": lambda review, _: reverse("artefacts:review", args=[review.pk]),
    "close of assessments": lambda assessment, _: reverse("change_requests:assessment", args=[assessment.pk]),
    "answer to a concern or referral": lambda referral, _: reverse("dissent:referral", args=[referral.pk]),
}


@require_safe
def board(request: SignedIn) -> HttpResponse:
    """Late ones first, then by their hour."""
    standing, now = standing_of(request), portal_now()
    rows = sorted(running(standing, now), key=lambda row: (row.due_at, row.what))
    groups = sorted({row.group.code for row in rows})
    chosen = request.GET.get("group", "")
    chosen = chosen if chosen in groups else ""
    page = paged([row for row in rows if chosen in ("", row.group.code)], request.GET.get("page"), group=chosen)
    context = {"nav": "desk", "page": page, "groups": groups, "chosen": chosen, "late": sum(row.late for row in rows)}
    return render(request, "desk/deadlines.html", context)


def running(standing: Standing, now: datetime) -> Iterator[Running]:
    """What may be known of by this person; as many queries whatever runs."""
    for kind in deadlines():
        yield from _counted(kind, standing, now)
    yield from _steps_of_minutes(standing, now)
    yield from _late_publications(standing, now)
    yield from _late_headlines(standing, now)
    yield from _papers(standing, now)
    yield from _votes(standing, now)
    yield from _promises(standing, now)
    yield from _embargoes(standing, now)
    yield from _actions(standing, now)


def _counted(kind: Deadline, standing: Standing, now: datetime) -> Iterator[Running]:
    for record in kind.running(now):
        group = kind.whose(record)
        if standing.belongs_to(group):
            yield _line(standing, now, kind.due_at(record), kind.words(record), group, PAGES[kind.name](record, standing), _sentence(standing, kind.counted(record)))


def _sentence(standing: Standing, counted: tuple[Any, int] | None) -> str:
    try:
        return standing.counting.days.working(*counted).sentence() if counted else ""
    except UnknownYear:
        return ""


def _line(standing: Standing, now: datetime, due_at: datetime, what: str, group: Group, url: str, counted: str = "") -> Running:
    try:
        left = standing.counting.left(standing.on, due_at)
    except UnknownYear:  # a day far away, chosen by somebody
        left = None
    return Running(due_at, what, group, url, counted, left, due_at <= now)


def _mine(rows: Iterable[Any], standing: Standing) -> Iterator[Any]:
    return (row for row in rows if standing.belongs_to(row.group))


def _late_publications(standing: Standing, now: datetime) -> Iterator[Running]:
    late = Meeting.objects.filter(status=MeetingStatus.HELD, published_at=None, publication_due_at__lte=now).select_related("group")
    for meeting in _mine(late, standing):
        sentence = _sentence(standing, counted_from(meeting.publication_working)) if meeting.publication_working else ""
        yield _line(standing, now, meeting.publication_due_at, publication_in_words(meeting), meeting.group, reverse("desk:meeting", args=[meeting.code]), sentence)


def _steps_of_minutes(standing: Standing, now: datetime) -> Iterator[Running]:
    """Of minutes that are written: the step that is waited for, for those who answer for them; that members comment, for members."""
    written = Minutes.objects.filter(meeting__status=MeetingStatus.HELD, meeting__published_at=None, meeting__origin=Origin.PORTAL).select_related("meeting__group")
    for minutes in written:
        meeting = minutes.meeting
        step = waiting_step(meeting, standing.counting, now) if standing.belongs_to(meeting.group) else None
        if step and (standing.looks_behind(meeting.group) or step.name == MinutesStep.COMMENT):
            what = f"minutes of {meeting}: {step.what}"
            yield _line(standing, now, step.due_at, what, meeting.group, reverse("desk:meeting", args=[meeting.code]), _sentence(standing, (meeting.held_on, step.day)))


def _late_headlines(standing: Standing, now: datetime) -> Iterator[Running]:
    late = HeadlineReport.objects.filter(published_at=None, meeting__published_at=None, due_at__lte=now).select_related("meeting__group")
    for report in late:
        if report.due_at and standing.belongs_to(report.meeting.group):
            sentence = _sentence(standing, counted_from(report.working)) if report.working else ""
            yield _line(standing, now, report.due_at, headlines_in_words(report), report.meeting.group, _headlines_page(report, standing), sentence)


def _headlines_page(report: HeadlineReport, standing: Standing) -> str:
    """Where whoever keeps the record publishes it; for others, the meeting."""
    name = "meetings:publish_headlines" if standing.is_secretary_of(report.meeting.group) else "desk:meeting"
    return reverse(name, args=[report.meeting.code])


def _papers(standing: Standing, now: datetime) -> Iterator[Running]:
    """By when papers go out, until any have; once the day has passed, where it is on record that there were some. And those that somebody still owes, for whoever runs the group."""
    coming = none_has_gone_out().filter(status=MeetingStatus.PLANNED, starts_at__gt=now, items__number__isnull=False).distinct()
    for meeting in _mine(coming.annotate(missed=missed()), standing):
        ends = papers_due_at(meeting, standing.counting)
        if ends and (ends > now or meeting.missed):
            yield _line(standing, now, ends, f"papers of {meeting} go out", meeting.group, reverse("meetings:papers", args=[meeting.code]), _days_of_papers(meeting, standing))
    owed = Paper.objects.filter(dropped=False, files=None, item__meeting__status=MeetingStatus.PLANNED, item__meeting__starts_at__gt=now)
    for paper in owed.select_related("item__meeting__group", "owed_by_person"):
        if standing.runs(paper.group) and (ends_at := due_at(paper, standing.counting)):
            who = f", from {paper.owed_by_person}" if paper.owed_by_person else ""
            sentence = "" if paper.due_on else _days_of_papers(paper.meeting, standing)
            yield _line(standing, now, ends_at, f"paper “{paper.title}” for {paper.meeting}{who}", paper.group, reverse("meetings:papers", args=[paper.meeting.code]), sentence)


def _days_of_papers(meeting: Meeting, standing: Standing) -> str:
    return _sentence(standing, (meeting.held_on, -int(standing.counting.policies.value(meeting.group, Key.PAPERS, meeting.held_on))))


def _votes(standing: Standing, now: datetime) -> Iterator[Running]:
    asked = Question.objects.filter(status=QuestionStatus.OPEN, follows=None, closes_at__gt=now).select_related("group", "decision")
    for question in _mine(asked, standing):
        what, working = f"close of the vote on {question.on or question.reference}", question.window_working
        sentence = _sentence(standing, counted_from(working)) if working else ""
        yield _line(standing, now, question.closes_at, what, question.group, reverse("decisions:question", args=[question.pk]), sentence)


def _promises(standing: Standing, now: datetime) -> Iterator[Running]:
    awaited = Decision.objects.filter(status=DecisionStatus.TABLED, promised_by__isnull=False).select_related("group", "meeting")
    for decision in _mine(awaited, standing):
        yield _line(standing, now, decision.promised_by, f"the Chair’s decision on {decision.title}", decision.group, reverse("decisions:decision", args=[decision.pk]))


def _embargoes(standing: Standing, now: datetime) -> Iterator[Running]:
    """Those who prepare decisions know of it."""
    embargoed = Decision.objects.filter(embargoed_until__isnull=False, published_at=None).select_related("group", "meeting")
    for decision in embargoed:
        if standing.runs(decision.group) and decision.embargoed_until:
            ends = london_moment(decision.embargoed_until, time(EMBARGOES_END))
            yield _line(standing, now, ends, f"end of the embargo on {decision}", decision.group, reverse("decisions:decision", args=[decision.pk]))


def _actions(standing: Standing, now: datetime) -> Iterator[Running]:
    """Members know of what was told to them; who runs the group, of all."""
    dated = Action.objects.standing().filter(status=ActionStatus.OPEN, due_on__isnull=False).filter(~Q(origin="imported")).select_related("group", "meeting")
    if not standing.reads_everywhere:
        dated = dated.filter(group__in=standing.readable_group_ids)
    for action in _mine(dated.annotate(told=Exists(Action.objects.told_to_members().filter(pk=OuterRef("pk")))), standing):
        if action.told or standing.is_secretary_of(action.group):
            ends = london_moment(action.due_on, END_OF_DAY)
            late = action.due_on < london_date(now)
            url = reverse("meetings:action", args=[action.pk])
            yield _line(standing, now, ends, f"{action.called}, {action.owner}: {action.text[:120]}", action.group, url)._replace(late=late, all_day=True)
