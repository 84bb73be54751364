"""An organisation's own second pair of eyes: its rule, and an answer put forward for approval. Approving it is giving it (`submit`)."""

from typing import cast

from change_requests import notices
from change_requests.lifecycle import AssessmentStatus
from change_requests.models import AnsweringRule, AssessmentRow, Colleague, ResponseDraft
from change_requests.operations.responding import locked_row
from change_requests.rules.approving import (
    draft_of,
    refusals_to_need_no_approval,
    refusals_to_put_forward,
    refusals_to_want_approval,
)
from groups.models import Organisation, User
from groups.standing import Standing
from records.clock import portal_now
from records.locks import locked
from records.opened import Stale
from records.operations import operation
from records.rules import require


@operation
def want_approval(organisation: Organisation, *, by: User) -> Organisation:
    """Have each answer of the organisation approved by a second of its people: from now on, and of what it is asked already."""
    now = portal_now()
    require(refusals_to_want_approval(organisation, Standing.at(by, now), now))
    open_rows = AssessmentRow.objects.filter(organisation=organisation, assessment__status=AssessmentStatus.OPEN, needs_approval=False).order_by("pk")
    for row in open_rows:
        row = locked_row(row)
        row.needs_approval = True
        row.save_by(by, "its answers are approved", at=now)
    return _said(organisation, True, by=by)


@operation
def need_no_approval(organisation: Organisation, *, by: User) -> Organisation:
    """Let one person answer alone again, in what is asked from now on. What it was asked before stays as it was: nobody approves alone by switching it off."""
    now = portal_now()
    require(refusals_to_need_no_approval(organisation, Standing.at(by, now), now))
    return _said(organisation, False, by=by)


def _said(organisation: Organisation, needs: bool, *, by: User) -> Organisation:
    rule = locked(AnsweringRule.objects.filter(organisation=organisation)).first() or AnsweringRule(organisation=organisation)
    rule.needs_approval = needs
    rule.save_by(by)
    notices.answering_rule(rule, by=by)
    return organisation


@operation
def put_forward(row: AssessmentRow, *, name: str, revision: int | None = None, colleague: Colleague | None = None, by: User | None) -> ResponseDraft:
    """Say that the draft is ready, so that another person of the organisation looks at it and gives it. `revision` is the draft's that was looked at."""
    row, now = locked_row(row), portal_now()
    draft = draft_of(row)
    require(refusals_to_put_forward(row, draft, Standing.at(by, now) if by else None, colleague, now))
    draft = cast(ResponseDraft, draft)
    if revision is not None and revision != draft.revision:
        raise Stale(draft)
    author = by or User.objects.the_clock()
    draft.put_forward_by, draft.put_forward_name, draft.put_forward_at = by.person if by else None, name.strip(), now
    draft.save_by(author, "put forward", at=now)
    notices.answer_put_forward(row, draft, by=author)
    return draft
