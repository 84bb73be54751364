"""Questions about assessments: on the desk of those who can answer them."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from change_requests.lifecycle import AssessmentStatus
from change_requests.models import Clarification
from change_requests.rules.clarifying import refusals_to_clarify
from change_requests.verbs.assessments import find_assessment
from groups.standing import Standing
from records.together import together
from records.verbs import Verb, register

WITH_ALL = ("assessment__version__change_request__group", "assessment__version__change_request__raised_by", "row")


def find_clarification(pk: int, standing: Standing) -> Clarification | None:
    """For whoever may know of the assessment."""
    found = Clarification.objects.select_related(*WITH_ALL).filter(pk=pk).first()
    return found if found and find_assessment(found.assessment_id, standing) else None


@together
def _asked(standing: Standing) -> QuerySet[Clarification] | None:
    """Asked and not answered: of one's groups, or about what one's organisation has raised."""
    groups, raised = standing.kept_group_ids, standing.raises_for
    near = Q(assessment__version__change_request__group__in=groups) | Q(assessment__version__change_request__raised_by__in=raised)
    waiting = Clarification.objects.filter(near, answered_at=None, assessment__status=AssessmentStatus.OPEN).select_related(*WITH_ALL)
    return waiting.order_by("assessment__closes_at", "pk") if groups or raised else None


def _to_clarify(standing: Standing, now: datetime) -> list[Clarification]:
    """While it can be answered."""
    return [each for each in _asked(standing, now) if each.assessment.is_open(now)]


register(
    Verb(
        name="change_requests.clarify", of=Clarification, rule=refusals_to_clarify, at=lambda each: reverse("change_requests:clarify", args=[each.pk]), waits=_to_clarify,
        look="link", due=lambda each, standing: each.assessment.closes_at, label=lambda each: "Put the answer right" if each.answer else "Answer it",
        title=lambda each: f"Answer a question about the {each.assessment}",
    ),
)  # fmt: skip
