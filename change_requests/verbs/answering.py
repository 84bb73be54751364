"""What an organisation does about its own answers: have them approved by a second person, or not; and approve one."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from change_requests import operations
from change_requests.lifecycle import AssessmentStatus
from change_requests.links import rows_with_all
from change_requests.models import AssessmentRow
from change_requests.rules.approving import refusals_to_approve, refusals_to_need_no_approval, refusals_to_want_approval
from groups.models import Organisation
from groups.standing import Standing
from records.together import together
from records.verbs import Verb, register


def answering_page(organisation: Organisation) -> str:
    return reverse("change_requests:answering", args=[organisation.pk])


def find_organisation(pk: int, standing: Standing) -> Organisation | None:
    """For whoever answers for it."""
    return Organisation.objects.filter(pk=pk).first() if pk in standing.answers_for else None


@together
def rows_to_answer(standing: Standing) -> QuerySet[AssessmentRow] | None:
    """The rows of one's organisations, while they can be answered: the silent ones, and those of which an answer is put forward."""
    if not standing.answers_for:
        return None
    asks = Q(responses=None) | Q(draft__put_forward_at__isnull=False)
    own = rows_with_all().filter(asks, organisation__in=standing.answers_for, assessment__status=AssessmentStatus.OPEN).distinct()
    return own.order_by("assessment__closes_at", "pk")


def is_put_forward(row: AssessmentRow) -> bool:
    draft = getattr(row, "draft", None)
    return draft is not None and draft.put_forward_at is not None


def _to_approve(standing: Standing, now: datetime) -> list[AssessmentRow]:
    """What another person of one's organisations has put forward."""
    return [row for row in rows_to_answer(standing, now) if is_put_forward(row)]


def _after_wanting(organisation: Organisation) -> list[str]:
    return [
        f"Whoever writes an answer of {organisation} puts it forward; another person who answers for it, signed in, approves and sends it.",
        "It is so from now on, and for what is out already. What nobody has approved at the close is no answer.",
        "Everybody who answers for it is told.",
    ]


def _after_needing_none(organisation: Organisation) -> list[str]:
    return [
        f"Whoever answers for {organisation} does so alone, in what is issued from now on. What is out already is still approved by a second person.",
        "Everybody who answers for it is told.",
    ]


register(
    Verb(
        name="change_requests.approve", of=AssessmentRow, rule=refusals_to_approve, at=lambda row: f"{reverse('change_requests:answer', args=[row.pk])}?checked", waits=_to_approve,
        due=lambda row, standing: row.assessment.closes_at, label="Approve the answer",
        title=lambda row: f"Approve the answer of {row.organisation_name}: {row.assessment.get_kind_display().lower()} of {row.assessment.version}",
    ),
    Verb(
        name="change_requests.want_approval", of=Organisation, rule=refusals_to_want_approval, at=answering_page, act=operations.want_approval, find=find_organisation,
        look="secondary", label="Have answers approved by a second person", confirms=_after_wanting, done="From now on a second person approves each answer.",
    ),
    Verb(
        name="change_requests.need_no_approval", of=Organisation, rule=refusals_to_need_no_approval, at=answering_page, act=operations.need_no_approval,
        find=find_organisation, look="secondary", label="Answer without approval again", confirms=_after_needing_none, done="In what is issued from now on, one person answers alone.",
    ),
)  # fmt: skip
