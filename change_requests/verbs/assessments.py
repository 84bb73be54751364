"""What can be done to assessments, the rows of their rolls, and their themes."""

from datetime import datetime

from django.urls import reverse

from change_requests import operations
from change_requests.lifecycle import AssessmentStatus, RequestStatus, VersionStatus
from change_requests.links import rows_with_all
from change_requests.models import Assessment, AssessmentRow, ChangeRequestVersion, Theme
from change_requests.rules.assessments import (
    may_see_answers,
    refusals_to_assess,
    refusals_to_extend,
    refusals_to_publish_results,
    refusals_to_reply,
    refusals_to_withdraw_assessment,
    refusals_to_write_theme,
)
from change_requests.rules.requests import keeps
from change_requests.rules.responding import (
    refusals_to_give_leave,
    refusals_to_record_mailed,
    refusals_to_respond,
    refusals_to_send_link,
)
from decisions.lifecycle import QuestionStatus
from decisions.models import Question
from groups.standing import Standing
from records.verbs import Verb, register

WITH_ALL = ("version__change_request__group", "version__change_request__raised_by", "decision")


def page(assessment: Assessment) -> str:
    return reverse("change_requests:assessment", args=[assessment.pk])


def find_assessment(pk: int, standing: Standing) -> Assessment | None:
    """For whoever has a place in the group, and whoever raised the change request."""
    found = Assessment.objects.select_related(*WITH_ALL).filter(pk=pk).first()
    if found is None:
        return None
    return found if standing.belongs_to(found.group) or keeps(found.version.change_request, standing) else None


def find_row(pk: int, standing: Standing) -> AssessmentRow | None:
    """One organisation of the roll, for whoever may read who was silent."""
    found = rows_with_all().filter(pk=pk).first()
    return found if found and may_see_answers(found.assessment, standing) else None


def _to_answer(standing: Standing, now: datetime) -> list[AssessmentRow]:
    """The rows of one's organisations that are silent, while they can be answered."""
    if not standing.answers_for:
        return []
    own = rows_with_all().filter(organisation__in=standing.answers_for, assessment__status=AssessmentStatus.OPEN, responses=None)
    return list(own.order_by("assessment__closes_at", "pk"))


def _to_publish(standing: Standing, now: datetime) -> list[Assessment]:
    groups = standing.kept_group_ids
    closed = Assessment.objects.filter(version__change_request__group__in=groups, status=AssessmentStatus.CLOSED, results_published_at=None)
    return list(closed.select_related(*WITH_ALL).prefetch_related("themes", "roll__responses").order_by("closes_at")) if groups else []


def _to_issue(standing: Standing, now: datetime) -> list[ChangeRequestVersion]:
    """Of what was raised to one's groups: the newest version, if nothing was asked about the change request yet, and it is not voted on."""
    groups = standing.kept_group_ids
    if not groups:
        return []
    fixed = ChangeRequestVersion.objects.filter(change_request__group__in=groups, change_request__status=RequestStatus.RAISED, status=VersionStatus.FIXED, origin="portal")
    asked = Assessment.objects.exclude(status=AssessmentStatus.WITHDRAWN).values("version__change_request")
    voted_on = Question.objects.exclude(status=QuestionStatus.WITHDRAWN).values("subject")
    silent = fixed.exclude(change_request__in=asked).exclude(change_request__determinations__isnull=False).exclude(change_request__reference__in=voted_on)
    return list(silent.select_related("change_request__group", "change_request__raised_by").prefetch_related("attachments", "files__blob").order_by("change_request_id", "-key").distinct("change_request_id"))


def _to_reply(standing: Standing, now: datetime) -> list[Theme]:
    if not standing.raises_for:
        return []
    open_ones = Theme.objects.filter(assessment__version__change_request__raised_by__in=standing.raises_for, reply="", dropped=False)
    return list(open_ones.select_related(*(f"assessment__{name}" for name in WITH_ALL[:2])).order_by("pk"))


def _after_publishing(assessment: Assessment) -> list[str]:
    return [
        "The counts of each constituency, the themes and their replies are public at once; and of each answer what its organisation lets everyone read.",
        "No more answers are taken, late ones neither. Everybody who was asked is told what became of the answers.",
    ]


def _after_sending(row: AssessmentRow) -> list[str]:
    return [
        "Links that were sent before lead nowhere from then on.",
        "Whoever is appointed to answer for the organisation today is sent the new one. If nobody is, nobody gets it.",
    ]


def _form(name: str):
    return lambda record: reverse(f"change_requests:{name}", args=[record.pk])


register(
    Verb(
        name="change_requests.assess", of=ChangeRequestVersion, rule=refusals_to_assess, at=_form("assess"), label=lambda version: f"Put {version.called} to assessment",
        waits=_to_issue, title=lambda version: f"Put {version} to assessment",
    ),
    Verb(
        name="change_requests.answer", of=AssessmentRow, rule=refusals_to_respond, at=_form("answer"), waits=_to_answer, due=lambda row, standing: row.assessment.closes_at,
        label=lambda row: f"Answer for {row.organisation_name}: {row.assessment.get_kind_display().lower()} of {row.assessment.version}",
    ),
    Verb(
        name="change_requests.record_mailed", of=AssessmentRow, rule=refusals_to_record_mailed, at=_form("mailed"), look="link",
        label="Record an answer that came by mail",
    ),
    Verb(
        name="change_requests.send_link", of=AssessmentRow, rule=refusals_to_send_link, at=lambda row: page(row.assessment), act=operations.send_link, find=find_row,
        look="link", label="Send a new link", title=lambda row: f"Send {row.organisation_name} a new link", confirms=_after_sending,
        done=lambda row: f"{row.organisation_name} has a new link.", then=lambda row: page(row.assessment),
    ),
    Verb(name="change_requests.leave", of=AssessmentRow, rule=refusals_to_give_leave, at=_form("leave"), look="link", label="A late answer: take it or not"),
    Verb(
        name="change_requests.write_theme", of=Assessment, rule=refusals_to_write_theme, at=_form("theme"), label="Write a theme", look="secondary",
    ),
    Verb(
        name="change_requests.publish_results", of=Assessment, rule=refusals_to_publish_results, at=page, act=operations.publish_results, find=find_assessment,
        label="Publish what came of it", confirms=_after_publishing, waits=_to_publish, title=lambda assessment: f"Publish what came of the {assessment}",
        done="What came of it is public.",
    ),
    Verb(name="change_requests.extend", of=Assessment, rule=refusals_to_extend, at=_form("extend"), look="secondary", label="Give it more time"),
    Verb(
        name="change_requests.withdraw_assessment", of=Assessment, rule=refusals_to_withdraw_assessment, at=_form("withdraw_assessment"), look="link",
        label="Withdraw the assessment",
    ),
    Verb(
        name="change_requests.change_theme", of=Theme, rule=lambda theme, *asked: refusals_to_write_theme(theme.assessment, *asked), at=_form("change_theme"),
        look="link", label="Change the theme",
    ),
    Verb(
        name="change_requests.reply", of=Theme, rule=refusals_to_reply, at=_form("reply"), look="link", waits=_to_reply,
        label=lambda theme: "Change the reply" if theme.reply else "Reply to it", title=lambda theme: f"Reply to “{theme.title}”",
    ),
)  # fmt: skip
