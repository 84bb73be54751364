"""Owners say how their actions stand; the secretariat takes it up, or says why not."""

from datetime import date, time

from groups.models import Person, User
from groups.standing import Standing
from meetings import notices
from meetings.models import Action, ActionReport, ReportAnswer
from meetings.operations.actions import change_action, complete_action
from meetings.rules.reports import (
    refusals_of_report,
    refusals_of_report_answer,
    refusals_of_too_many_reports,
    refusals_to_answer_report,
    refusals_to_report,
    refusals_to_report_by_link,
)
from records.clock import london_date, london_moment, portal_now
from records.locks import locked
from records.operations import operation
from records.rules import require


def _locked(action: Action) -> Action:
    return locked(Action.objects.select_related("group", "meeting", "owner_person")).get(pk=action.pk)


@operation
def report_on_action(action: Action, kind: str, text: str, *, asked_for: date | None = None, person: Person | None = None, by: User | None) -> ActionReport:
    """The owner says how it stands: by their account, or as `person` by the link that was mailed to them. The secretariat is told."""
    action, now = _locked(action), portal_now()
    who = by.person if by else person
    require(refusals_to_report(action, Standing.at(by, now), now) if by else refusals_to_report_by_link(action, who))
    require(refusals_of_report(action, kind, text, asked_for, london_date(now)))
    if same := action.reports.filter(made_by=who, kind=kind, text=text.strip(), made_at__gte=london_moment(london_date(now), time.min), answer=None).first():
        return same  # sent twice
    require(refusals_of_too_many_reports(action, now))
    made = ActionReport(
        action=action, kind=kind, text=text.strip(), asked_for=asked_for if kind == ActionReport.Kind.ANOTHER_DAY else None, made_by=who, made_at=now,
    ).save_by(by or User.objects.the_clock())  # fmt: skip
    notices.action_reported(made, by=by or User.objects.the_clock())
    return made


@operation
def answer_report(report: ActionReport, *, taken_up: bool, why: str = "", by: User) -> ReportAnswer:
    """Take it up: the action is done then, or due on the day that was asked for. Or say why not. Its owner is told."""
    action, now = _locked(report.action), portal_now()
    report = ActionReport.objects.select_related("made_by").get(pk=report.pk)
    report.action = action
    require(refusals_to_answer_report(report, Standing.at(by, now), now), refusals_of_report_answer(taken_up, why))
    made = ReportAnswer(report=report, taken_up=taken_up, why=why.strip(), answered_at=now).save_by(by)
    if taken_up and report.kind == ActionReport.Kind.DONE:
        complete_action(action, on=london_date(report.made_at), why=report.text[:300], by=by)
    elif taken_up:
        change_action(
            action, text=action.text, owner=action.owner, due_on=report.asked_for, due_kind=Action.DueKind.DATE,
            why=f"its owner asked for it: {report.text}"[:300], by=by,
        )  # fmt: skip
    notices.report_answered(made, by=by)
    return made
