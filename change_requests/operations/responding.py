"""Answering an assessment: by an account, by the organisation's link, or by mail that the secretariat writes down."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4, uuid5

from change_requests import notices
from change_requests.models import (
    Answered,
    Approval,
    Assessment,
    AssessmentRow,
    Audience,
    Colleague,
    MailedOriginal,
    OffRollAnswer,
    Response,
    ResponseDraft,
)
from change_requests.operations.assessing import locked_assessment
from change_requests.rules.approving import draft_of, refusals_of_sending
from change_requests.rules.colleagues import refusals_by_colleague
from change_requests.rules.responding import (
    may_answer_too,
    refusals_of_also,
    refusals_of_many,
    refusals_of_response,
    refusals_of_sender,
    refusals_of_team,
    refusals_of_time,
    refusals_to_answer_off_roll,
    refusals_to_confirm,
    refusals_to_record_mailed,
    refusals_to_respond,
)
from files.models import Visibility
from files.operations import Upload, keep, name_of
from groups.models import Person, User
from groups.standing import Standing, before_looking
from ledger.operations import seal
from records.clock import portal_now
from records.locks import hold_still, locked
from records.operations import operation
from records.rules import require

How = Response.How


def locked_row(row: AssessmentRow) -> AssessmentRow:
    """The row, locked, and its assessment held as it is: neither closes nor moves while an answer is written."""
    assessment = Assessment.objects.select_related("version__change_request__group").get(pk=row.assessment_id)
    hold_still([assessment], "status", "opens_at", "closes_at", "results_published_at")
    row = locked(AssessmentRow.objects.select_related("organisation")).get(pk=row.pk)
    row.assessment = assessment
    return row


@operation
def note_opening(row: AssessmentRow) -> None:
    """That somebody of the organisation has looked at it: silent is not one thing."""
    row = locked_row(row)
    if row.opened_at is None:
        row.opened_at = portal_now()
        row.save_by(User.objects.the_clock(), "opened", at=row.opened_at)


@operation
def keep_draft(row: AssessmentRow, body: dict[str, Any], *, by: User | None) -> ResponseDraft:
    """Keep what was typed, sound or not; by whoever has the link if nobody is signed in."""
    row, now = locked_row(row), portal_now()
    require(refusals_of_time(row, now) if by is None else refusals_to_respond(row, Standing.at(by, now), now))
    draft = ResponseDraft.objects.filter(row=row).first() or ResponseDraft(row=row)
    if draft.pk and draft.body == body:
        return draft
    draft.body = body
    _no_longer_put_forward(draft)
    return draft.save_by(by or User.objects.the_clock(), at=now)


def _no_longer_put_forward(draft: ResponseDraft) -> None:
    draft.put_forward_by, draft.put_forward_name, draft.put_forward_at = None, "", None


@operation
def submit(
    row: AssessmentRow, said: dict[str, Any], *, name: str, also: Sequence[AssessmentRow] = (), colleague: Colleague | None = None, revision: int | None = None,
    by: User | None, key: UUID | None = None,
) -> Response:  # fmt: skip
    """Answer for the organisation. A later answer counts instead, until the close; each is told to everybody who answers for it.

    `also` are rows of the same roll for which the same is answered: each has an answer of its own then. Where the organisation wants its
    answers approved, this is the approval, of the draft at that `revision`, by another person than has put it forward.
    """
    rows = _all_locked([row, *also])
    row, now = rows[0], portal_now()
    standing = Standing.at(by, now) if by else None
    require(refusals_of_time(row, now) if standing is None else refusals_to_respond(row, standing, now))
    require(refusals_of_also(row, also, may_answer_too(row, standing) if also else ()), *(refusals_of_time(each, now) for each in rows[1:]))
    if key and (known := Response.objects.filter(idempotency_key=key, row=row).first()):
        return known
    draft = draft_of(row)
    require(refusals_by_colleague(colleague), refusals_of_sending(rows, draft, by.person_id if by else None, revision))
    how = How.ACCOUNT if by else How.COLLEAGUE if colleague else How.LINK
    return _answer_for(rows, said, name=name, how=how, by=by, key=key, now=now, colleague=colleague, approved=draft if row.needs_approval else None)


def _all_locked(rows: Sequence[AssessmentRow]) -> list[AssessmentRow]:
    """In their order on the roll, and given back as they came."""
    there = {each.pk: locked_row(each) for each in sorted(rows, key=lambda each: each.pk)}
    return [there[each.pk] for each in rows]


@operation
def record_mailed(
    row: AssessmentRow, said: dict[str, Any], *, name: str, also: Sequence[AssessmentRow] = (), original: Upload | None = None, sent_from: str = "", by: User
) -> Response:  # fmt: skip
    """Write down an answer that came by mail, in the name of whoever sent it, for all whom it names. Each organisation is told, and may answer anew.

    The mail itself, or what was attached to it, is kept as its `original`; the address that it was `sent_from` gets a receipt, too.
    """
    require(before_looking(refusals_to_record_mailed, row, by=by), refusals_of_sender(sent_from))
    blob = keep(original, by=by) if original else None
    rows = _all_locked([row, *also])
    row, now = rows[0], portal_now()
    standing = Standing.at(by, now)
    require(*(refusals_to_record_mailed(each, standing, now) for each in rows), refusals_of_also(row, also, row.assessment.roll.all()))
    given = _answer_for(rows, said, name=name, how=How.MAILED, by=by, key=None, now=now, sent_from=sent_from.strip())
    if blob and original:
        kept = MailedOriginal(response=given, blob=blob, name=name_of(original), visibility=Visibility.PMO_AND_ASSURANCE).save_by(by, at=now)
        seal("kept", kept, by=by, at=now)
    return given


@operation
def answer_off_roll(assessment: Assessment, team: str, said: dict[str, Any], *, name: str, by: User) -> OffRollAnswer:
    """Answer for somebody who is not on the roll, such as a Programme team. It is counted apart; a later one of the same name counts instead."""
    assessment, now = locked_assessment(assessment.pk), portal_now()
    standing = Standing.at(by, now)
    require(refusals_to_answer_off_roll(assessment, standing, now))
    keeps = standing.is_secretary_of(assessment.group)
    require(refusals_of_team(assessment, team, standing), refusals_of_response(AssessmentRow(assessment=assessment), said, name, written_down=keeps))
    made = OffRollAnswer(
        assessment=assessment, n=assessment.off_roll.count() + 1, team=team.strip(), **_as_said(said), submitted_by=by.person, submitted_name=name.strip(),
        how=How.MAILED if keeps else How.ACCOUNT, late=not assessment.is_open(now),
    ).save_by(by)  # fmt: skip
    made.refresh_from_db()
    seal("answered", made, by=by, at=now)
    return made


@operation
def confirm(row: AssessmentRow, *, name: str, by: User | None) -> Response:
    """Say that the answer given to the assessment before stands for this one, too."""
    row, now = locked_row(row), portal_now()
    require(refusals_of_time(row, now) if by is None else refusals_to_respond(row, Standing.at(by, now), now))
    earlier = earlier_answer(row)
    require(refusals_to_confirm(row, earlier, now))
    assert earlier is not None  # noqa: S101 (the rule above)
    said = {field: getattr(earlier, field) for field in Response.FIELDS} | {"confidence": earlier.confidence}
    return _answer_for([row], said, name=name, how=How.CONFIRMED, by=by, key=None, now=now)


def _answer_for(
    rows: list[AssessmentRow], said: dict[str, Any], *, name: str, how: str, by: User | None, key: UUID | None, now: datetime, colleague: Colleague | None = None,
    approved: ResponseDraft | None = None, sent_from: str = "",
) -> Response:  # fmt: skip
    """The first row's answer, and the same for the others. Whoever answers for several of them is told of all in one mail."""
    first = _answer(rows[0], said, name=name, how=how, by=by, key=key, now=now)
    others = [
        _answer(row, said, name=name, how=how, by=by, key=uuid5(key, str(row.pk)) if key else None, now=now, given_with=first) for row in rows[1:]
    ]  # fmt: skip
    if approved and by:
        for each in (first, *others):
            _approve(each, approved, by=by, at=now)
        _no_longer_put_forward(approved)
        approved.save_by(by, "approved", at=now)
    notices.answered([first, *others], by=by or User.objects.the_clock(), colleague=colleague, sent_from=sent_from)
    return first


def _approve(response: Response, draft: ResponseDraft, *, by: User, at: datetime) -> None:
    made = Approval(
        response=response, put_forward_by=draft.put_forward_by, put_forward_name=draft.put_forward_name, approved_by=cast(Person, by.person), approved_at=at,
    ).save_by(by)  # fmt: skip
    seal("approved", made, by=by, at=at)


def _answer(
    row: AssessmentRow, said: dict[str, Any], *, name: str, how: str, by: User | None, key: UUID | None, now: datetime, given_with: Response | None = None
) -> Response:  # fmt: skip
    if key and (known := Response.objects.filter(idempotency_key=key).first()):
        if known.row_id == row.pk:
            return known
        key = None  # the key of another form
    require(refusals_of_response(row, said, name, written_down=how == How.MAILED), () if how == How.MAILED else refusals_of_many(row, by.person if by else None, now))
    late, author = not row.assessment.is_open(now), by or User.objects.the_clock()
    response = Response(
        row=row, n=row.responses.count() + 1, **_as_said(said), submitted_by=by.person if by else None, submitted_name=name.strip(), how=how, late=late,
        given_with=given_with, idempotency_key=key or uuid4(),
    ).save_by(author)  # fmt: skip
    response.refresh_from_db()
    response.row = row
    seal("answered", response, by=author, at=now)
    return response


def _as_said(said: dict[str, Any]) -> dict[str, Any]:
    """The fields of an answer; who may read which is kept where that is not everyone."""
    texts = {field: (said.get(field) or "") for field in Answered.FIELDS if field != "lead_time"}
    confidence = {field: audience for field, audience in said.get("confidence", {}).items() if audience != Audience.EVERYONE}
    return texts | {"lead_time": said.get("lead_time"), "confidence": confidence}


def earlier_answer(row: AssessmentRow) -> Response | None:
    """The answer that counts to the last assessment before of the same change request, of the same organisation for the same constituency."""
    request = row.assessment.version.change_request_id
    before = Response.objects.filter(
        row__assessment__version__change_request=request, row__assessment__n__lt=row.assessment.n, row__assessment__kind=row.assessment.kind,
        row__organisation=row.organisation_id, row__constituency=row.constituency_id,
    ).exclude(row__assessment__status="withdrawn")  # fmt: skip
    return before.select_related("row__assessment__version").order_by("-row__assessment__n", "-n").first()
