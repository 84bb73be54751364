"""The draft of a determination: prepared by the secretariat or the Chair, shared read-only, binding nobody."""

from typing import cast

from decisions.models import Decision, DeterminationDraft
from decisions.operations.decisions import locked_decision
from decisions.rules import refusals_of_draft, refusals_to_prepare, refusals_to_share_draft
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
    require(refusals_to_prepare(decision, Standing.at(by, now), now), refusals_of_draft(draft, revision))
    draft.body, draft.prepared_by = body, cast(Person, by.person)
    return draft.save_by(by, at=now)


@operation
def share_draft(decision: Decision, *, by: User) -> DeterminationDraft:
    """Let assurance readers read the draft."""
    return _share(decision, True, by=by)


@operation
def stop_sharing_draft(decision: Decision, *, by: User) -> DeterminationDraft:
    return _share(decision, False, by=by)


def _share(decision: Decision, shared: bool, *, by: User) -> DeterminationDraft:
    decision, now = locked_decision(decision), portal_now()
    require(refusals_to_share_draft(decision, Standing.at(by, now), now, shared=not shared))
    draft = DeterminationDraft.objects.get(decision=decision)
    draft.shared_with_assurance = shared
    return draft.save_by(by, at=now)
