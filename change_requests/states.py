"""Where a change request stands, in words: read from what happened, for page, list, desk and file alike."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from change_requests.lifecycle import AssessmentStatus, RequestStatus
from change_requests.models import Assessment, AssessmentKind, ChangeRequest, Determination, Implementation
from decisions.models import Outcome, Settlement
from records.clock import LONDON
from records.states import State

CODES = {
    "raised": "Raised", "assessing": "Out for assessment", "assessed": "Assessed", "issued": "Issued to Impact Assessment", "approved": "Approved", "scheduled": "Approved and scheduled", "implemented": "Implemented", "rejected": "Rejected", "open": "Still open after a decision",
    "on_hold": "On hold", "withdrawn": "Withdrawn", "named": "Named in papers only",
}  # fmt: skip

# Which state an outcome leaves a change request in. The rest leave it open: it comes back.
ENDS = {
    Outcome.APPROVED: "approved", Outcome.APPROVED_SUBJECT_TO: "approved", Outcome.BASELINED: "approved", Outcome.REJECTED: "rejected",
    Outcome.REJECTED_AS_EXCLUDED: "rejected", Outcome.WITHDRAWN: "withdrawn", Outcome.ISSUED: "issued",
}  # fmt: skip


def state_of(
    request: ChangeRequest, determinations: Sequence[Determination], assessments: Sequence[Assessment] = (), implementations: Sequence[Implementation] = (), *,
    planned: bool = False,
) -> State:  # fmt: skip
    """`determinations` and `assessments` are those that may be told, in order; so may releases that are only `planned`. What was done to the request since comes first."""
    if request.status == RequestStatus.DRAFT:
        return State("draft", "Draft")
    if request.status in (RequestStatus.WITHDRAWN, RequestStatus.ON_HOLD):
        return State(request.status, f"{request.get_status_display()}: {request.status_why}" if request.status_why else request.get_status_display())
    if determinations and is_settled(determinations):
        decided = _decided(determinations[-1])
        return _followed(decided, implementations, planned) if decided.code == "approved" and implementations else decided
    if assessments:
        return _assessed(assessments[-1])
    if determinations:
        return _decided(determinations[-1])
    if request.raised_on is None:
        return State("named", "Named in papers; the portal holds no more of it")
    return State("raised", f"Raised by {request.raiser}" if request.raiser else "Raised")


def _a(what: str) -> str:
    return what if what == "impact assessment" else f"an {what}"


def _assessed(assessment: Assessment) -> State:
    what, version = assessment.get_kind_display().lower(), assessment.version.called
    if assessment.status == AssessmentStatus.OPEN:
        until = cast(datetime, assessment.closes_at).astimezone(LONDON)
        return State("assessing", f"Out for {_a(what)} until {until:%-I:%M%p on %-d %b %Y}".replace("AM", "am").replace("PM", "pm"))
    return State("assessed", f"Assessed in {version}" if assessment.kind == AssessmentKind.IMPACT else f"Information was asked for about {version}")


def _decided(made: Determination) -> State:
    settlement = made.settlement
    outcome, _, because = settlement.get_outcome_display().partition(": ")
    decided = f"{outcome} by {settlement.decision.reference}" + (f": {because}" if because else "")
    version = f" in {made.version.called}" if made.version and settlement.outcome not in (Outcome.REJECTED, Outcome.REJECTED_AS_EXCLUDED) else ""
    return State(ENDS.get(Outcome(settlement.outcome), "open"), f"{decided}{version}")


def is_settled(determinations: Sequence[Determination]) -> bool:
    """Whether there is nothing more to decide of it."""
    last = determinations[-1].settlement.outcome if determinations else ""
    return bool(last) and ENDS.get(Outcome(last)) in ("approved", "rejected", "withdrawn")


def approves(settlement: Settlement) -> bool:
    return ENDS.get(Outcome(settlement.outcome)) == "approved"


def is_approved(determinations: Sequence[Determination]) -> bool:
    """As the last of them says."""
    return bool(determinations) and approves(determinations[-1].settlement)


def _followed(decided: State, implementations: Sequence[Implementation], planned: bool) -> State:
    """What is approved, and how far the design follows. From which day on it is implemented is for the clock to say: the words name the day."""
    left = [each for each in implementations if each.followed_in is None]
    if left:
        who = str(left[0].artefact) if len(implementations) == 1 else f"{len(left)} of {len(implementations)} artefacts"
        return State("approved", f"{decided.words}; {who} still to follow")
    releases = [each.planned_with if planned else each.issued_with for each in implementations]
    codes = " and ".join(sorted({release.code for release in releases if release}))
    if day := in_force_on(implementations):
        return State("scheduled", f"{decided.words}; in force from {day:%-d %b %Y}{f' with {codes}' if codes else ''}")
    if all(releases):
        return State("scheduled", f"{decided.words}; scheduled into {codes}")
    return State("approved", f"{decided.words}; implementation date to be decided")


def in_force_on(implementations: Sequence[Implementation]) -> date | None:
    """From which day all of it is in force; none while that is to be decided of any, or one of the artefacts has still to follow."""
    days = [each.in_force_on for each in implementations if each.followed_in]
    return max(filter(None, days)) if days and len(days) == len(implementations) and all(days) else None
