"""Answering an assessment: by an account, by the organisation's link, or by mail that the secretariat writes down."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from change_requests import notices
from change_requests.models import Assessment, AssessmentRow, Audience, Response, ResponseDraft
from change_requests.rules.responding import (
    refusals_of_response,
    refusals_of_time,
    refusals_to_confirm,
    refusals_to_record_mailed,
    refusals_to_respond,
)
from groups.models import User
from groups.standing import Standing
from ledger.operations import seal
from records.clock import portal_now
from records.locks import hold_still, locked
from records.operations import operation
from records.rules import require

How = Response.How


def _locked(row: AssessmentRow) -> AssessmentRow:
    """The row, locked, and its assessment held as it is: neither closes nor moves while an answer is written."""
    assessment = Assessment.objects.select_related("version__change_request__group").get(pk=row.assessment_id)
    hold_still([assessment], "status", "opens_at", "closes_at", "results_published_at")
    row = locked(AssessmentRow.objects.select_related("organisation")).get(pk=row.pk)
    row.assessment = assessment
    return row


@operation
def note_opening(row: AssessmentRow) -> None:
    """That somebody of the organisation has looked at it: silent is not one thing."""
    row = _locked(row)
    if row.opened_at is None:
        row.opened_at = portal_now()
        row.save_by(User.objects.the_clock(), "opened", at=row.opened_at)


@operation
def keep_draft(row: AssessmentRow, body: dict[str, Any], *, by: User | None) -> ResponseDraft:
    """Keep what was typed, sound or not; by whoever has the link if nobody is signed in."""
    row, now = _locked(row), portal_now()
    require(refusals_of_time(row, now) if by is None else refusals_to_respond(row, Standing.at(by, now), now))
    draft = ResponseDraft.objects.filter(row=row).first() or ResponseDraft(row=row)
    draft.body = body
    return draft.save_by(by or User.objects.the_clock(), at=now)


@operation
def submit(row: AssessmentRow, said: dict[str, Any], *, name: str, by: User | None, key: UUID | None = None) -> Response:
    """Answer for the organisation. A later answer counts instead, until the close; each is told to everybody who answers for it."""
    row, now = _locked(row), portal_now()
    require(refusals_of_time(row, now) if by is None else refusals_to_respond(row, Standing.at(by, now), now))
    return _answer(row, said, name=name, how=How.ACCOUNT if by else How.LINK, by=by, key=key, now=now)


@operation
def record_mailed(row: AssessmentRow, said: dict[str, Any], *, name: str, by: User) -> Response:
    """Write down an answer that came by mail, in the name of whoever sent it. The organisation is told, and may answer anew."""
    row, now = _locked(row), portal_now()
    require(refusals_to_record_mailed(row, Standing.at(by, now), now))
    return _answer(row, said, name=name, how=How.MAILED, by=by, key=None, now=now)


@operation
def confirm(row: AssessmentRow, *, name: str, by: User | None) -> Response:
    """Say that the answer given to the assessment before stands for this one, too."""
    row, now = _locked(row), portal_now()
    require(refusals_of_time(row, now) if by is None else refusals_to_respond(row, Standing.at(by, now), now))
    earlier = earlier_answer(row)
    require(refusals_to_confirm(row, earlier, now))
    assert earlier is not None  # noqa: S101 (the rule above)
    said = {field: getattr(earlier, field) for field in Response.FIELDS} | {"confidence": earlier.confidence}
    return _answer(row, said, name=name, how=How.CONFIRMED, by=by, key=None, now=now)


def _answer(row: AssessmentRow, said: dict[str, Any], *, name: str, how: str, by: User | None, key: UUID | None, now: datetime) -> Response:
    if key and (known := Response.objects.filter(idempotency_key=key).first()):
        if known.row_id == row.pk:
            return known
        key = None  # the key of another form
    require(refusals_of_response(row, said, name))
    late, author = not row.assessment.is_open(now), by or User.objects.the_clock()
    texts = {field: (said.get(field) or "") for field in Response.FIELDS if field != "lead_time"}
    confidence = {field: audience for field, audience in said.get("confidence", {}).items() if audience != Audience.EVERYONE}
    n = row.responses.count() + 1
    response = Response(
        row=row, n=n, **texts, lead_time=said.get("lead_time"), confidence=confidence, submitted_by=by.person if by else None, submitted_name=name.strip(),
        how=how, late=late, idempotency_key=key or uuid4(),
    ).save_by(author)  # fmt: skip
    response.refresh_from_db()
    response.row = row
    seal("answered", response, by=author, at=now)
    notices.answered(response, by=author)
    return response


def earlier_answer(row: AssessmentRow) -> Response | None:
    """The answer that counts to the last assessment before of the same change request, of the same organisation for the same constituency."""
    request = row.assessment.version.change_request_id
    before = Response.objects.filter(
        row__assessment__version__change_request=request, row__assessment__n__lt=row.assessment.n, row__assessment__kind=row.assessment.kind,
        row__organisation=row.organisation_id, row__constituency=row.constituency_id,
    ).exclude(row__assessment__status="withdrawn")  # fmt: skip
    return before.select_related("row__assessment__version").order_by("-row__assessment__n", "-n").first()
