"""Who may say how an action stands, and who takes that up."""

from collections.abc import Iterator
from datetime import date, datetime, time

from groups.models import Person
from groups.standing import Standing
from meetings.lifecycle import MOST_REPORTS_A_DAY, ActionStatus
from meetings.models import Action, ActionReport
from meetings.owners import owners_of, owns
from meetings.rules.meetings import refusals_to_keep_the_record
from records.clock import london_date, london_moment
from records.rules import Refusal

Kind = ActionReport.Kind


def refusals_to_report(action: Action, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Its owner, by their account."""
    if not owns(standing, action):
        yield Refusal(f"Only who owns {action} says how it stands.", status=403)
    yield from refusals_of_state(action)


def refusals_to_report_by_link(action: Action, person: Person | None) -> Iterator[Refusal]:
    """Its owner, by the link that was mailed to them: it is theirs no more once the action is somebody else's."""
    if person not in owners_of(action):
        yield Refusal(f"{action} is not yours any more.", status=403)
    yield from refusals_of_state(action)


def refusals_of_state(action: Action) -> Iterator[Refusal]:
    if action.status != ActionStatus.OPEN:
        yield Refusal(f"{action} is {action.get_status_display().lower()}.", code="state")
    if not Action.objects.told_to_members().filter(pk=action.pk).exists():
        yield Refusal(f"The minutes that gave {action} have not gone out yet.", code="state")
    if action.reports.filter(answer=None).exclude(kind=Kind.NOTE).exists():
        yield Refusal(f"It was said already how {action} stands: the secretariat has still to take that up.", code="state")


def refusals_of_report(action: Action, kind: str, text: str, asked_for: date | None, today: date) -> Iterator[Refusal]:
    if kind not in Kind.values:
        yield Refusal("Choose how it stands.", field="kind")
    if not text.strip():
        what = {Kind.DONE: "Say by what it can be seen.", Kind.ANOTHER_DAY: "Say why it needs another day."}
        yield Refusal(what.get(Kind(kind), "Say how it stands.") if kind in Kind.values else "Say how it stands.", field="text")
    if kind == Kind.ANOTHER_DAY and (asked_for is None or asked_for <= today):
        yield Refusal("Give a day that is still to come.", field="asked_for")


def refusals_of_too_many_reports(action: Action, now: datetime) -> Iterator[Refusal]:
    """A link can be pressed without end, and each time the secretariat is mailed. What was answered counts no more."""
    today = london_moment(london_date(now), time.min)
    if action.reports.filter(answer=None, made_at__gte=today).count() >= MOST_REPORTS_A_DAY:
        yield Refusal(f"{action} has had {MOST_REPORTS_A_DAY} reports today, and that is enough for a day. Say the rest tomorrow, or write to the secretariat.", code="state")


def refusals_to_answer_report(report: ActionReport, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, report.action.group)
    if hasattr(report, "answer"):
        yield Refusal("It was answered already.", code="state")
    elif report.kind == Kind.NOTE:
        yield Refusal("It asks for nothing.", code="state")
    elif report.action.status != ActionStatus.OPEN:
        yield Refusal(f"{report.action} is {report.action.get_status_display().lower()} by now.", code="state")


def refusals_of_report_answer(taken_up: bool, why: str) -> Iterator[Refusal]:
    if not taken_up and not why.strip():
        yield Refusal("Say why not: its owner is told.", field="why")
