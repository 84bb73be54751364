"""Who may answer an assessment, when, and why not. Read-only: nothing here writes."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from change_requests.lifecycle import AssessmentStatus
from change_requests.models import AssessmentRow, Audience, Response
from groups.standing import Standing
from meetings.rules import refusals_to_keep_the_record
from records.rules import Refusal
from records.windows import closing

LONGEST_NAME = 160
Leave = AssessmentRow.Leave


def refusals_to_see(row: AssessmentRow, standing: Standing) -> Iterator[Refusal]:
    """For whoever does not answer for the organisation there is no such form."""
    if row.organisation_id not in standing.answers_for:
        yield Refusal("There is no such assessment.", status=404)


def refusals_to_respond(row: AssessmentRow, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_see(row, standing)
    yield from refusals_of_time(row, now)


def refusals_of_time(row: AssessmentRow, now: datetime) -> Iterator[Refusal]:
    """In its window, or late by the secretariat's leave."""
    assessment = row.assessment
    if assessment.status == AssessmentStatus.WITHDRAWN:
        yield Refusal(f"The {assessment} was withdrawn: {assessment.withdrawn_why}", code="over")
    elif assessment.results_published_at:
        yield Refusal("What came of it is published: no more answers are taken.", code="over")
    elif not assessment.is_open(now) and row.late_leave != Leave.GIVEN:
        yield Refusal(f"It closed at {closing(assessment)}: ask the secretariat for leave to answer late.", code="over")


def refusals_of_response(row: AssessmentRow, said: dict[str, Any], name: str) -> Iterator[Refusal]:
    position = said.get("position", "")
    if position not in Response.Position.values:
        yield Refusal("Choose the position of your organisation.", field="position")
    if said.get("impact") and said["impact"] not in Response.Impact.values:
        yield Refusal("Choose how large the impact is.", field="impact")
    if position in (Response.Position.OBJECT, Response.Position.WITH_COMMENTS) and not said.get("comments", "").strip():
        yield Refusal("Say what you object to, or comment on.", field="comments")
    if row.assessment.question and position not in ("", Response.Position.NO_IMPACT) and not said.get("answer", "").strip():
        yield Refusal("Answer the question that is asked in particular; “none” is an answer.", field="answer")
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        yield Refusal("Give your name.", field="name")
    if any(audience not in Audience.values or field not in Response.FIELDS for field, audience in said.get("confidence", {}).items()):
        yield Refusal("Choose who may read it.", field="confidence")


def refusals_to_confirm(row: AssessmentRow, earlier: Response | None, now: datetime) -> Iterator[Refusal]:
    yield from refusals_of_time(row, now)
    if earlier is None:
        yield Refusal(f"{row.organisation_name} has given no answer before that could be confirmed.")
    elif row.assessment.question.strip() not in ("", earlier.row.assessment.question.strip()):
        yield Refusal("Another question is asked in particular than before: answer that one.")
    if row.counted:
        yield Refusal(f"{row.organisation_name} has answered already.")


def refusals_to_record_mailed(row: AssessmentRow, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, row.group)
    yield from refusals_of_time(row, now)


def refusals_to_send_link(row: AssessmentRow, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """While it can be answered: for another person, or when the link came into wrong hands."""
    yield from refusals_to_keep_the_record(standing, row.group)
    yield from refusals_of_time(row, now)


def refusals_to_give_leave(row: AssessmentRow, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, row.group)
    assessment = row.assessment
    if assessment.is_open(now):
        yield Refusal(f"The {assessment} is open: nobody needs leave.", code="state")
    elif assessment.status == AssessmentStatus.WITHDRAWN or assessment.results_published_at:
        yield from refusals_of_time(row, now)
    if row.late_leave:
        yield Refusal(f"Leave to answer late was {row.get_late_leave_display().lower()} already: {row.late_why}")
