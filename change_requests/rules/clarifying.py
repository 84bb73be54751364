"""Who may ask about an assessment, and who answers to everybody; when, and why not. Read-only: nothing here writes."""

from collections.abc import Iterator
from datetime import datetime

from change_requests.lifecycle import MOST_QUESTIONS_WAITING
from change_requests.models import Assessment, AssessmentRow, Clarification
from change_requests.rules.assessments import may_see_answers
from change_requests.rules.requests import keeps
from change_requests.rules.responding import LONGEST_NAME, refusals_to_see
from groups.standing import Standing
from meetings.rules import refusals_of_closed_group
from records.rules import Refusal
from records.windows import closing, over


def refusals_to_ask(row: AssessmentRow, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Whoever answers for an organisation that was asked."""
    yield from refusals_to_see(row, standing)
    yield from refusals_of_asking_now(row, now)


def refusals_of_asking_now(row: AssessmentRow, now: datetime) -> Iterator[Refusal]:
    assessment = row.assessment
    if not assessment.is_open(now):
        yield Refusal(f"The {assessment} closed at {closing(assessment)}: nothing more is asked about it.", code="over")
    elif row.clarifications.filter(answered_at=None).count() >= MOST_QUESTIONS_WAITING:
        yield Refusal(f"{MOST_QUESTIONS_WAITING} questions of {row.organisation_name} wait for their answers: ask again when one is answered.")


def refusals_of_question(question: str, name: str) -> Iterator[Refusal]:
    if not question.strip():
        yield Refusal("Write your question.", field="question")
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        yield Refusal("Give your name.", field="name")


def may_know_who_asked(assessment: Assessment, standing: Standing) -> bool:
    """Those who read every answer in full; the raiser answers without knowing it."""
    return may_see_answers(assessment, standing)


def refusals_to_clarify(clarification: Clarification, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """The secretariat, or whoever raised the change request; while organisations are answering, and until everybody was told."""
    assessment = clarification.assessment
    request = assessment.version.change_request
    if not keeps(request, standing):
        yield Refusal(f"Only {request.raiser or 'whoever raised it'} or the secretariat answers what is asked about {request}.", status=403)
    yield from refusals_of_closed_group(request.group, standing)
    if not assessment.is_open(now):
        yield Refusal(f"The {assessment} is {over(assessment)}: an answer would come too late for whoever asked.", code="state")
    if clarification.told_at:
        yield Refusal("Everybody who was asked was told the answer already: it stays as it is.", code="state")


def refusals_of_clarification(as_told: str, answer: str) -> Iterator[Refusal]:
    if not as_told.strip():
        yield Refusal("Write the question as everybody should read it.", field="as_told")
    if not answer.strip():
        yield Refusal("Write the answer.", field="answer")
