"""Where a change request stands, in words: read from what happened, for page, list, desk and file alike."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from django.db.models import OuterRef, QuerySet, Subquery

from change_requests.lifecycle import AssessmentStatus, RequestStatus
from change_requests.models import Assessment, AssessmentKind, ChangeRequest, Determination, Implementation, PastAssessment
from decisions.models import Outcome, Settlement
from meetings.for_decision import ForDecision
from records.clock import LONDON
from records.dates import as_day, as_moment
from records.states import State

CODES = {
    "raised": "Raised", "assessing": "Out for assessment", "assessed": "Assessed", "for_decision": "For decision at a meeting", "issued": "Issued to Impact Assessment", "approved": "Approved", "scheduled": "Approved and scheduled", "implemented": "Implemented", "rejected": "Rejected", "open": "Still open after a decision",
    "on_hold": "On hold", "withdrawn": "Withdrawn", "named": "Named in papers only",
}  # fmt: skip

# Which state an outcome leaves a change request in. The rest leave it open: it comes back.
ENDS: dict[str, str] = {
    Outcome.APPROVED: "approved", Outcome.APPROVED_SUBJECT_TO: "approved", Outcome.BASELINED: "approved", Outcome.REJECTED: "rejected",
    Outcome.REJECTED_AS_EXCLUDED: "rejected", Outcome.WITHDRAWN: "withdrawn", Outcome.ISSUED: "issued",
}  # fmt: skip


def state_of(
    request: ChangeRequest, determinations: Sequence[Determination], assessments: Sequence[Assessment] = (), implementations: Sequence[Implementation] = (), *,
    planned: bool = False, past: Sequence[PastAssessment] = (), for_decision: ForDecision | None = None,
) -> State:  # fmt: skip
    """`past` are assessments that were loaded. `determinations` and `assessments` are those that may be told, in order; so may releases that are only `planned`, and on which agenda it is.

    What was done to the request since comes first. While it is out for assessment, that is where it stands, whichever agenda it is on.
    """
    if request.status == RequestStatus.DRAFT:
        return State("draft", "Draft")
    if request.status in (RequestStatus.WITHDRAWN, RequestStatus.ON_HOLD):
        return State(request.status, f"{request.get_status_display()}: {request.status_why}" if request.status_why else request.get_status_display())
    if determinations and is_settled(determinations):
        decided = _decided(determinations[-1])
        return _followed(decided, implementations, planned) if decided.code == "approved" and implementations else decided
    if for_decision and not is_running(assessments):
        return for_decision.state
    if assessments:
        return _assessed(assessments[-1])
    if determinations:
        return _decided(determinations[-1])
    if past:
        return State("assessed", f"Assessed in {past[-1].version_in_words}, as its source states")
    if request.raised_on is None:
        return State("named", "Named in papers; the portal holds no more of it")
    return State("raised", f"Raised by {request.raiser}" if request.raiser else "Raised")


def _assessed(assessment: Assessment) -> State:
    if assessment.status == AssessmentStatus.OPEN:
        until = cast(datetime, assessment.closes_at).astimezone(LONDON)
        return State("assessing", f"Out for {AssessmentKind(assessment.kind).is_out_for} until {as_moment(until)}")
    version = assessment.version.called
    return State("assessed", f"Assessed in {version}" if assessment.kind == AssessmentKind.IMPACT else f"Information was asked for about {version}")


def _decided(made: Determination) -> State:
    settlement = made.settlement
    outcome, _, because = settlement.get_outcome_display().partition(": ")
    decided = f"{outcome} by {settlement.decision.reference}" + (f": {because}" if because else "")
    version = f" in {made.version.called}" if made.version and settlement.outcome not in (Outcome.REJECTED, Outcome.REJECTED_AS_EXCLUDED) else ""
    return State(ENDS.get(settlement.outcome, "open"), f"{decided}{version}")


def is_running(assessments: Sequence[Assessment]) -> bool:
    """Whether the last of them is open."""
    return bool(assessments) and assessments[-1].status == AssessmentStatus.OPEN


def is_settled(determinations: Sequence[Determination]) -> bool:
    """Whether there is nothing more to decide of it."""
    return bool(determinations) and determinations[-1].settlement.outcome in SETTLING


SETTLING = [outcome for outcome, code in ENDS.items() if code in ("approved", "rejected", "withdrawn")]


def with_last_outcome(requests: QuerySet[ChangeRequest]) -> QuerySet[ChangeRequest]:
    """Each with the outcome of its last decision that is published: settled, if that is one of SETTLING."""
    made = Determination.objects.filter(change_request=OuterRef("pk"), settlement__decision__published_at__isnull=False)
    return requests.annotate(last_outcome=Subquery(made.order_by("-pk").values("settlement__outcome")[:1]))


def approves(settlement: Settlement) -> bool:
    return ENDS.get(settlement.outcome) == "approved"


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
    names = " and ".join(sorted({release.reference for release in releases if release}))
    if day := in_force_on(implementations):
        return State("scheduled", f"{decided.words}; in force from {as_day(day)}{f' with {names}' if names else ''}")
    if all(releases):
        return State("scheduled", f"{decided.words}; scheduled into {names}")
    return State("approved", f"{decided.words}; implementation date to be decided")


def in_force_on(implementations: Sequence[Implementation]) -> date | None:
    """From which day all of it is in force; none while that is to be decided of any, or one of the artefacts has still to follow."""
    days = [each.in_force_on for each in implementations if each.followed_in]
    return max(filter(None, days)) if days and len(days) == len(implementations) and all(days) else None
