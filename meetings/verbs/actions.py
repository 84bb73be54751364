"""What can be done to an action, and with what its owner says of it."""

from datetime import datetime, time

from django.db.models import QuerySet
from django.urls import reverse

from groups.standing import Standing
from meetings import operations
from meetings.lifecycle import ActionStatus
from meetings.models import Action, ActionReport
from meetings.owners import owned_by
from meetings.rules import (
    may_read_actions,
    refusals_to_change_action,
    refusals_to_move_action,
    refusals_to_review_action,
    refusals_to_take_off_action,
)
from meetings.rules.reports import refusals_to_answer_report, refusals_to_report
from records.clock import london_moment
from records.together import together
from records.verbs import Verb, register
from records.working_days import KNOWN_YEARS


def _find_action(pk: int, standing: Standing) -> Action | None:
    found = Action.objects.select_related("group", "meeting__minutes").filter(pk=pk).first()
    return found if found and may_read_actions(standing, found) else None


def _moving(verb: str):
    return lambda action, standing, now: refusals_to_move_action(action, verb, standing)


def _action_page(name: str = "action"):
    return lambda action: reverse(f"meetings:{name}", args=[action.pk])


@together
def _mine_to_do(standing: Standing) -> QuerySet[Action]:
    """Open actions that are one's own: by name, as everyone with a seat, or by one's seat or organisation."""
    mine = Action.objects.filter(owned_by(standing), status=ActionStatus.OPEN).told_to_members()
    return mine.select_related("group", "meeting__minutes", "owner_person").order_by("pk")


def _by_its_day(action: Action, standing: Standing) -> datetime | None:
    return london_moment(action.due_on, time(23, 59)) if action.due_on and action.due_on.year in KNOWN_YEARS else None


@together
def _reports(standing: Standing) -> QuerySet[ActionReport] | None:
    """Not answered yet, of groups whose record one keeps."""
    if not standing.is_a_secretary:
        return None
    rows = ActionReport.objects.filter(answer=None, action__status=ActionStatus.OPEN).exclude(kind=ActionReport.Kind.NOTE)
    rows = rows.select_related("made_by", "action__group", "action__meeting__minutes").order_by("pk")
    return rows if standing.reads_everywhere else rows.filter(action__group__in=standing.readable_group_ids)


def action_page(action: Action) -> str:
    return reverse("meetings:action", args=[action.pk])


register(
    Verb(
        name="meetings.complete_action", of=Action, rule=_moving("complete"), at=_action_page("complete_action"), label="It is done",
    ),
    Verb(
        name="meetings.report_on_action", of=Action, rule=refusals_to_report, at=_action_page("report_on_action"), waits=_mine_to_do,
        label="Say how it stands", title=lambda action: f"{action.called}: {action.text[:80]}", due=_by_its_day,
    ),
    Verb(
        name="meetings.answer_report", of=ActionReport, rule=refusals_to_answer_report, at=lambda report: reverse("meetings:answer_report", args=[report.pk]),
        label=lambda report: f"Answer what {report.made_by} says of {report.action}", waits=_reports,
    ),
    Verb(
        name="meetings.review_action", of=Action, rule=refusals_to_review_action, at=_action_page("review_action"), look="secondary",
        label="Record what was said of it",
    ),
    Verb(
        name="meetings.change_action", of=Action, rule=refusals_to_change_action, at=_action_page("change_action"), look="secondary",
        label="Change it, or its date",
    ),
    Verb(
        name="meetings.reopen_action", of=Action, rule=_moving("reopen"), at=_action_page("reopen_action"), look="secondary", label="Reopen it",
    ),
    Verb(name="meetings.drop_action", of=Action, rule=_moving("drop"), at=_action_page("drop_action"), look="link", label="Drop it"),
    Verb(
        name="meetings.take_off_action", of=Action, rule=refusals_to_take_off_action, at=_action_page(), act=operations.take_off_action,
        find=_find_action, look="link", label="It was raised by mistake", done=lambda action: f"“{action.text}” is taken off.",
        confirms=lambda action: [f"“{action.text}” goes from the draft minutes and the log. Its history stays."],
        then=lambda action: reverse("desk:minute", args=[action.meeting.code]) if action.meeting else reverse("desk:home"),
    ),
)  # fmt: skip
