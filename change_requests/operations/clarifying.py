"""Questions about an assessment while it runs: asked by one, answered to all who were asked."""

from typing import cast
from uuid import UUID, uuid4

from change_requests import notices
from change_requests.due import clarifications_to_tell
from change_requests.models import Assessment, AssessmentRow, Clarification
from change_requests.operations.assessing import locked_assessment
from change_requests.rules.clarifying import (
    refusals_of_asking_now,
    refusals_of_clarification,
    refusals_of_question,
    refusals_to_ask,
    refusals_to_clarify,
)
from groups.models import Person, User
from groups.standing import Standing
from ledger.operations import seal
from records.clock import portal_now
from records.locks import locked
from records.operations import operation
from records.rules import require


@operation
def ask(row: AssessmentRow, question: str, *, name: str, by: User | None, key: UUID | None = None) -> Clarification:
    """Ask about what is put to the organisation; by whoever has its link if nobody is signed in. Whoever answers is told."""
    assessment = locked_assessment(row.assessment_id)
    row, now = AssessmentRow.objects.get(pk=row.pk), portal_now()
    row.assessment = assessment
    if key and (known := Clarification.objects.filter(idempotency_key=key).first()):
        if (known.row_id, known.question) == (row.pk, question.strip()):
            return known
        key = None  # the key of another form, or of this one gone back to and changed: another question
    require(refusals_of_asking_now(row, now) if by is None else refusals_to_ask(row, Standing.at(by, now), now), refusals_of_question(question, name))
    author = by or User.objects.the_clock()
    made = Clarification(
        assessment=assessment, n=assessment.clarifications.count() + 1, row=row, question=question.strip(), asked_by=by.person if by else None,
        asked_name=name.strip(), asked_at=now, idempotency_key=key or uuid4(),
    ).save_by(author, at=now)  # fmt: skip
    seal("asked", made, by=author, at=now)
    notices.clarification_asked(made, by=author)
    return made


@operation
def clarify(clarification: Clarification, *, as_told: str, answer: str, by: User) -> Clarification:
    """Answer it. The clock tells everybody who was asked: once, and what was answered meanwhile with it. Until then it can be put right."""
    assessment = locked_assessment(clarification.assessment_id)
    clarification, now = locked(Clarification.objects).get(pk=clarification.pk), portal_now()
    clarification.assessment = assessment
    require(refusals_to_clarify(clarification, Standing.at(by, now), now), refusals_of_clarification(as_told, answer))
    clarification.as_told, clarification.answer = as_told.strip(), answer.strip()
    clarification.answered_by, clarification.answered_at = cast(Person, by.person), now
    clarification.save_by(by, at=now)
    seal("answered", clarification, by=by, at=now)
    return clarification


@operation
def tell_clarifications(assessment: Assessment) -> Assessment:
    """Tell everybody on the roll what was answered and is not told yet: in one mail a day, but for the last day. Safe to run twice."""
    assessment, now = locked_assessment(assessment.pk), portal_now()
    if not clarifications_to_tell(now).filter(pk=assessment.pk).exists():
        return assessment
    clock = User.objects.the_clock()
    answered = list(locked(Clarification.objects.filter(assessment=assessment, answered_at__isnull=False, told_at=None).order_by("n")))
    for each in answered:
        each.told_at = now
        each.save_by(clock, "told", at=now)
    notices.clarifications_told(assessment, answered, by=clock)
    return assessment
