"""Assessments: opened, given more time, closed by the clock, put into themes, published."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import cast
from uuid import uuid4

from change_requests import notices
from change_requests.due import assessments_running, days_by_policy
from change_requests.going_out import going_out
from change_requests.lifecycle import ASSESSMENT, AssessmentStatus
from change_requests.models import (
    AnsweringRule,
    Assessment,
    AssessmentKind,
    AssessmentRow,
    Attachment,
    ChangeRequestVersion,
    Extension,
    Theme,
)
from change_requests.operations.requests import locked_version
from change_requests.roll import organisations_asked
from change_requests.rules.assessments import (
    refusals_of_assessment,
    refusals_of_reply,
    refusals_of_theme,
    refusals_of_why,
    refusals_to_assess,
    refusals_to_extend,
    refusals_to_publish_results,
    refusals_to_remind,
    refusals_to_reply,
    refusals_to_withdraw_assessment,
    refusals_to_write_theme,
)
from change_requests.rules.requests import named_attachments
from change_requests.rules.responding import Leave, refusals_to_give_leave, refusals_to_send_link
from decisions.models import Decision
from files.models import Visibility
from groups.calendar import Counting, hold_calendar
from groups.models import Person, User
from groups.recipients import respondents_for, respondents_of
from groups.rules import refusals_to_move_deadline
from groups.standing import Standing
from groups.windows import closes_at, next_reminder
from ledger.operations import seal
from records.clock import london_date, portal_now
from records.editions import issue
from records.locks import locked
from records.opened import Stale
from records.operations import operation
from records.rules import require
from records.windows import refusals_of_extension
from records.working_days import Working


def locked_assessment(pk: int) -> Assessment:
    """The assessment, locked; its version and change request are only read, since they stay as they are."""
    rows = Assessment.objects.select_related("version__change_request__group", "version__change_request__raised_by")
    return locked(rows).get(pk=pk)


@operation
def open_assessment(
    version: ChangeRequestVersion, *, kind: str, days: int | None = None, days_why: str = "", question: str = "", decision: Decision | None = None,
    authority: str = "", looked_at: str | None = None, by: User,
) -> Assessment:  # fmt: skip
    """Put a version to the organisations it concerns. The roll is written with names as they are today, and everybody on it is told.

    It closes at the group's closing time (17:00 in London) on the last of its working days, whoever is there to close it. `looked_at` is what
    was to go out when the page was opened that asks: if that is something else now, Stale.
    """
    hold_calendar()
    version, now = locked_version(version), portal_now()
    today, policy_days = london_date(now), days_by_policy(version, london_date(now))
    days = policy_days if days is None else days
    require(refusals_to_assess(version, Standing.at(by, now), now))
    require(refusals_of_assessment(version, kind, days, policy_days, days_why, authority, decision, today))
    if looked_at is not None and looked_at != going_out(version, now, today, days).digest:
        raise Stale(version)
    closes, working = closes_at(version.group, now, days)
    n = Assessment.objects.filter(version__change_request=version.change_request_id).count() + 1
    assessment = Assessment(
        version=version, n=n, kind=kind, question=question.strip(), decision=decision, authority=authority.strip(), opens_at=now, window_days=days,
        window_working=working.as_json(), closes_at=closes, days_why=days_why.strip() if days != policy_days else "",
        sends=[{"n": each.n, "title": each.title, "sha256": _hash_of(each)} for each in named_attachments(version)],
    )  # fmt: skip
    assessment.next_reminder_at = next_reminder(assessment, now)
    assessment.save_by(by, at=now)
    rows = _write_roll(assessment, today, by=by, at=now)
    seal("opened", assessment, by=by, at=now)
    issue("change_request", version.change_request_id, f"{version.called.capitalize()} was put out for {AssessmentKind(kind).is_out_for}.", by=by, at=now)
    notices.assessment_opened(assessment, rows, by=by)
    return assessment


def _hash_of(attachment: Attachment) -> str | None:
    """Of the file that goes with it, if everybody may have that: of another one the hash would tell."""
    file = attachment.files.filter(dropped=False, visibility=Visibility.PUBLIC).select_related("blob__clean_copy").first()
    return file.digest if file else None


def _write_roll(assessment: Assessment, today: date, *, by: User, at: datetime) -> list[AssessmentRow]:
    asked = organisations_asked(assessment.version, today)
    people = respondents_of([organisation.pk for _, organisation in asked])
    approved = set(AnsweringRule.objects.filter(organisation__in=[each.pk for _, each in asked], needs_approval=True).values_list("organisation", flat=True))
    rows = []
    for order, (constituency, organisation) in enumerate(asked, 1):
        addresses = [person.email for person in people.get(organisation.pk, []) if person.email]
        rows.append(
            AssessmentRow(
                assessment=assessment, order=order, organisation=organisation, constituency=constituency, organisation_name=organisation.name,
                constituency_name=constituency.name, told=addresses, told_at=at if addresses else None,
                needs_approval=organisation.pk in approved,
            ).save_by(by, at=at)
        )  # fmt: skip
    return rows


@operation
def extend(assessment: Assessment, days: int, *, why: str, by: User) -> Assessment:
    """Give it more time: so many working days in all. Everybody who was asked is told, and the page says so."""
    hold_calendar()
    assessment, now = locked_assessment(assessment.pk), portal_now()
    require(refusals_to_extend(assessment, Standing.at(by, now), now))
    closes, working = closes_at(assessment.group, cast(datetime, assessment.opens_at), min(days, 1000))
    require(refusals_of_extension(assessment, days, closes, why))
    longer = Extension(assessment=assessment, before=cast(datetime, assessment.closes_at), after=closes, days=days, why=why.strip(), made_at=now).save_by(by)
    seal("given more time", longer, by=by, at=now)
    return _moved(assessment, closes, days, working, why.strip(), told="was given more time", by=by, at=now)


def _moved(assessment: Assessment, closes: datetime, days: int, working: Working, why: str, *, told: str, by: User, at: datetime) -> Assessment:
    assessment.closes_at, assessment.window_days, assessment.window_working = closes, days, working.as_json()
    assessment.next_reminder_at = next_reminder(assessment, at)
    assessment.save_by(by, why, at=at)
    seal("extended", assessment, by=by, at=at, why=why)
    issue("change_request", assessment.version.change_request_id, f"The {assessment} {told}.", by=by, at=at)
    notices.assessment_extended(assessment, why, by=by)
    return assessment


@operation
def move_close(assessment: Assessment, working: Working, *, why: str, by: User, at: datetime) -> Assessment:
    """Put the close on the later day that was counted anew, after a holiday was proclaimed late."""
    assessment = locked_assessment(assessment.pk)
    before, runs = london_date(cast(datetime, assessment.closes_at)), assessments_running(at).filter(pk=assessment.pk).exists()
    require(refusals_to_move_deadline(before, working.end, runs, Standing.at(by, at)))
    return _moved(assessment, Counting().end(assessment.group, working), assessment.window_days or 0, working, why, told=f"closes later: {why}", by=by, at=at)


@operation
def close_when_due(assessment: Assessment) -> Assessment:
    """What the clock does when the window is over. Closing twice changes nothing; lateness shows in the two moments."""
    assessment, now = locked_assessment(assessment.pk), portal_now()
    if assessment.status != AssessmentStatus.OPEN or not assessment.is_past(now):
        return assessment
    clock = User.objects.the_clock()
    assessment.status, assessment.close_recorded_at, assessment.next_reminder_at = ASSESSMENT["close"].target, now, None
    assessment.save_by(clock, "its window is over", at=now)
    seal("closed", assessment, by=clock, at=now)
    issue("change_request", assessment.version.change_request_id, f"The {assessment} was closed.", by=clock, at=now)
    notices.assessment_closed(assessment, by=clock)
    return assessment


@operation
def withdraw_assessment(assessment: Assessment, *, why: str, by: User) -> Assessment:
    """Take it back while it is open: no answer to it counts. Everybody who was asked is told why."""
    assessment, now = locked_assessment(assessment.pk), portal_now()
    require(refusals_to_withdraw_assessment(assessment, Standing.at(by, now), now), refusals_of_why(why))
    assessment.status, assessment.withdrawn_why, assessment.next_reminder_at = ASSESSMENT["withdraw"].target, why.strip(), None
    assessment.save_by(by, why, at=now)
    seal("withdrawn", assessment, by=by, at=now, why=why.strip())
    issue("change_request", assessment.version.change_request_id, f"The {assessment} was withdrawn.", by=by, at=now)
    notices.assessment_withdrawn(assessment, by=by)
    return assessment


@operation
def remind(assessment: Assessment) -> Assessment:
    """Remind the silent, and them alone: each person gets one mail a day, of everything that waits for them. Safe to run twice."""
    assessment, now = locked_assessment(assessment.pk), portal_now()
    clock = User.objects.the_clock()
    if not assessment.is_open(now) or assessment.next_reminder_at is None or assessment.next_reminder_at > now:
        return assessment
    notices.waiting_for_answers(assessment, now, by=clock)
    assessment.next_reminder_at = next_reminder(assessment, now)
    return assessment.save_by(clock, "reminded", at=now)


@operation
def remind_now(assessment: Assessment, *, by: User) -> Assessment:
    """The same at once, whatever the clock has still to do; whoever was reminded today is not reminded again."""
    assessment, now = locked_assessment(assessment.pk), portal_now()
    require(refusals_to_remind(assessment, Standing.at(by, now), now))
    notices.waiting_for_answers(assessment, now, by=by)
    return assessment.save_by(by, "reminded before the clock did", at=now)


@operation
def send_link(row: AssessmentRow, *, by: User) -> AssessmentRow:
    """Send whoever answers for the organisation a new link. The one before leads nowhere from now on."""
    assessment = locked_assessment(row.assessment_id)
    row, now = locked(AssessmentRow.objects).get(pk=row.pk), portal_now()
    row.assessment = assessment
    require(refusals_to_send_link(row, Standing.at(by, now), now))
    people = respondents_for(row.organisation_id)
    row.nonce, row.told, row.told_at = uuid4(), [person.email for person in people if person.email], now
    row.save_by(by, "a new link", at=now)
    notices.link(row, people, by=by)
    return row


# --- late, by leave


@operation
def give_leave(row: AssessmentRow, *, why: str, by: User) -> AssessmentRow:
    """Let an organisation answer after the close. Its answer is marked as late."""
    return _leave(row, Leave.GIVEN, why=why, by=by)


@operation
def refuse_leave(row: AssessmentRow, *, why: str, by: User) -> AssessmentRow:
    """Write down that a late answer was not taken, and why."""
    return _leave(row, Leave.REFUSED, why=why, by=by)


def _leave(row: AssessmentRow, leave: str, *, why: str, by: User) -> AssessmentRow:
    assessment = locked_assessment(row.assessment_id)
    row, now = locked(AssessmentRow.objects).get(pk=row.pk), portal_now()
    row.assessment = assessment
    require(refusals_to_give_leave(row, Standing.at(by, now), now), refusals_of_why(why))
    row.late_leave, row.late_why = leave, why.strip()
    row.save_by(by, why, at=now)
    seal(f"leave {leave}", assessment, by=by, at=now, organisation=row.organisation_name, why=why.strip())
    notices.leave(row, by=by)
    return row


# --- what came of it


@operation
def write_theme(assessment: Assessment, title: str, *, text: str = "", rows: Iterable[int], theme: Theme | None = None, by: User) -> Theme:
    """Say what several answers have in common. `theme` is the one that is written anew, if it is not a new one."""
    assessment, now = locked_assessment(assessment.pk), portal_now()
    rows = sorted(set(rows))
    answered = assessment.roll.filter(responses__isnull=False).distinct().values_list("pk", flat=True)
    require(refusals_to_write_theme(assessment, Standing.at(by, now), now), refusals_of_theme(title, rows, answered))
    made = locked(Theme.objects).get(pk=theme.pk) if theme else Theme(assessment=assessment, n=assessment.themes.count() + 1)
    made.assessment, made.title, made.text, made.rows = assessment, title.strip(), text.strip(), rows
    made.save_by(by, at=now)
    seal("written", made, by=by, at=now)
    return made


@operation
def reply_to_theme(theme: Theme, text: str, *, by: User) -> Theme:
    """What the raiser says to it. It is published with what came of the assessment."""
    assessment, now = locked_assessment(theme.assessment_id), portal_now()
    theme = locked(Theme.objects).get(pk=theme.pk)
    theme.assessment = assessment
    require(refusals_to_reply(theme, Standing.at(by, now), now), refusals_of_reply(text))
    theme.reply, theme.replied_at = text.strip(), now
    theme.save_by(by, at=now)
    seal("replied", theme, by=by, at=now)
    if assessment.results_published_at:
        issue("change_request", assessment.version.change_request_id, f"The raiser replied to “{theme.title}”.", by=by, at=now)
    return theme


@operation
def publish_results(assessment: Assessment, *, by: User) -> Assessment:
    """Publish what came of it: counts, themes with their replies, and of each answer what its organisation lets everyone read."""
    assessment, now = locked_assessment(assessment.pk), portal_now()
    require(refusals_to_publish_results(assessment, Standing.at(by, now), now))
    assessment.results_published_at, assessment.results_published_by = now, cast(Person, by.person)
    assessment.save_by(by, at=now)
    seal("results published", assessment, by=by, at=now)
    issue("change_request", assessment.version.change_request_id, f"What came of the {assessment} was published.", by=by, at=now)
    notices.results_published(assessment, by=by)
    notices.what_became(assessment.version.change_request, by=by)  # if it was decided before
    return assessment
