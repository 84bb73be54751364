"""Where a change request stands, in words: read from what happened, for page, list, desk and file alike."""

from collections.abc import Sequence

from change_requests.lifecycle import RequestStatus
from change_requests.models import ChangeRequest, Determination
from decisions.models import Outcome
from records.states import State

CODES = {
    "raised": "Raised", "issued": "Issued to Impact Assessment", "approved": "Approved", "rejected": "Rejected", "open": "Still open after a decision",
    "on_hold": "On hold", "withdrawn": "Withdrawn", "named": "Named in papers only",
}  # fmt: skip

# Which state an outcome leaves a change request in. The rest leave it open: it comes back.
ENDS = {
    Outcome.APPROVED: "approved", Outcome.APPROVED_SUBJECT_TO: "approved", Outcome.BASELINED: "approved", Outcome.REJECTED: "rejected",
    Outcome.REJECTED_AS_EXCLUDED: "rejected", Outcome.WITHDRAWN: "withdrawn", Outcome.ISSUED: "issued",
}  # fmt: skip


def state_of(request: ChangeRequest, determinations: Sequence[Determination]) -> State:
    """`determinations` are those that may be told, in the order in which they were made. What was done to the request since comes first."""
    if request.status == RequestStatus.DRAFT:
        return State("draft", "Draft")
    if request.status in (RequestStatus.WITHDRAWN, RequestStatus.ON_HOLD):
        return State(request.status, f"{request.get_status_display()}: {request.status_why}" if request.status_why else request.get_status_display())
    if determinations:
        return _decided(determinations[-1])
    if request.raised_on is None:
        return State("named", "Named in papers; the portal holds no more of it")
    return State("raised", f"Raised by {request.raiser}" if request.raiser else "Raised")


def _decided(made: Determination) -> State:
    settlement = made.settlement
    outcome, _, because = settlement.get_outcome_display().partition(": ")
    decided = f"{outcome} by {settlement.decision.reference}" + (f": {because}" if because else "")
    version = f" in {made.version.called}" if made.version and settlement.outcome not in (Outcome.REJECTED, Outcome.REJECTED_AS_EXCLUDED) else ""
    return State(ENDS.get(Outcome(settlement.outcome), "open"), f"{decided}{version}")


def is_settled(determinations: Sequence[Determination]) -> bool:
    """Whether there is nothing more to decide of it."""
    last = determinations[-1].settlement.outcome if determinations else ""
    return ENDS.get(last) in ("approved", "rejected", "withdrawn")
