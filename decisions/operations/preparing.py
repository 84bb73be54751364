"""The draft of a determination: prepared by the secretariat or the Chair, shared read-only, binding nobody."""

from typing import cast

from decisions.models import Decision, DeterminationDraft
from decisions.operations.decisions import locked_decision
from decisions.rules.decisions import refusals_to_prepare
from groups.models import Person, User
from groups.standing import Standing
from records.clock import portal_now
from records.operations import operation
from records.rules import require


@operation
def prepare(decision: Decision, body: dict, *, revision: int, by: User) -> DeterminationDraft:
    """Keep what was typed. `revision` is the draft's when the form was opened: whoever saves over somebody else is told (409)."""
    decision, now = locked_decision(decision), portal_now()
    draft = DeterminationDraft.objects.filter(decision=decision).first() or DeterminationDraft(decision=decision)
    require(refusals_to_prepare(decision, draft, revision, Standing.at(by, now)))
    draft.body, draft.prepared_by = body, cast(Person, by.person)
    return draft.save_by(by, at=now)


@operation
def share_draft(decision: Decision, shared: bool, *, by: User) -> DeterminationDraft:
    """Let assurance readers read the draft, or not any more."""
    decision, now = locked_decision(decision), portal_now()
    draft = DeterminationDraft.objects.filter(decision=decision).first() or DeterminationDraft(decision=decision, prepared_by=by.person)
    require(refusals_to_prepare(decision, draft, draft.revision, Standing.at(by, now)))
    draft.shared_with_assurance = shared
    return draft.save_by(by, at=now)
