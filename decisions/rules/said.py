"""Who may raise, rule on, answer and carry what is said of a decision, when, and why not. Read-only: nothing here writes."""

from collections.abc import Iterator
from datetime import date

from decisions.lifecycle import CONCERN, REFERRAL, DecisionStatus, ReferralStatus
from decisions.models import Decision, Outcome, ProceduralConcern, Referral
from groups.models import Group, Seat
from groups.standing import Standing
from meetings.rules import refusals_of_closed_group
from records.rules import Refusal

# ToR, Decision Making i to v.
FIVE_ANSWERS = (
    Outcome.APPROVED, Outcome.REJECTED, Outcome.SENT_BACK, Outcome.APPROVED_SUBJECT_TO, Outcome.PASSED_TO_PSG,
)  # fmt: skip
LIVE = (DecisionStatus.TABLED, DecisionStatus.DETERMINED)


def _refusals_to_speak_for(seat: Seat, group: Group, standing: Standing) -> Iterator[str]:
    if not standing.votes_in(seat) or seat.group_id != group.pk:
        yield Refusal(f"You do not sit in a seat of {group} that could say this.", status=403)


def refusals_to_advise(decision: Decision, text: str, standing: Standing) -> Iterator[str]:
    """Advice of Ofgem, IPA, LDP or Programme is written down by the Chair or the secretariat; advisers write nothing."""
    if not (standing.chairs(decision.group) or standing.is_secretary_of(decision.group)):
        yield Refusal(f"Only the Chair of {decision.group} or the secretariat may record advice.", status=403)
    if decision.status not in (DecisionStatus.DRAFT, DecisionStatus.TABLED):
        yield Refusal(f"{decision} is {decision.get_status_display().lower()}: advice comes before the decision.")
    if not text.strip():
        yield Refusal("Write down what was said.", field="text")


def refusals_to_state(decision: Decision, seat: Seat, text: str, standing: Standing) -> Iterator[str]:
    yield from _refusals_to_speak_for(seat, decision.group, standing)
    if decision.status not in LIVE:
        yield Refusal(f"{decision} is {decision.get_status_display().lower()}: there is nothing to state a position on.")
    if decision.statements.filter(seat=seat).exists():
        yield Refusal(f"{seat.label} has stated its position on {decision} already: it is published unedited, so it is not changed.")
    if not text.strip():
        yield Refusal("Write your position.", field="text")


def refusals_to_raise_procedural(decision: Decision, seat: Seat, text: str, standing: Standing) -> Iterator[str]:
    yield from _refusals_to_speak_for(seat, decision.group, standing)
    if decision.status not in (DecisionStatus.DRAFT, DecisionStatus.TABLED):
        yield Refusal(f"{decision} is {decision.get_status_display().lower()}: raise a significant concern with the decision instead.")
    if not text.strip():
        yield Refusal("Say what is wrong with how it is being decided.", field="text")


def refusals_to_rule(concern: ProceduralConcern, text: str, standing: Standing) -> Iterator[str]:
    if not standing.chairs(concern.decision.group):
        yield Refusal(f"Only the Chair of {concern.decision.group} rules on this.", status=403)
    yield from CONCERN.refusals(concern, "rule")
    if not text.strip():
        yield Refusal("Give the ruling: it is minuted.", field="text")


def refusals_to_raise_concern(decision: Decision, seat: Seat, text: str, standing: Standing) -> Iterator[str]:
    """A significant concern with a decision comes through a constituency representative (ToR, Decision Making)."""
    yield from _refusals_to_speak_for(seat, decision.group, standing)
    if decision.status != DecisionStatus.DETERMINED:
        yield Refusal(f"{decision} has not been determined: raise a concern about how it is being decided instead.")
    open_ones = decision.referrals.filter(kind=Referral.Kind.CONCERN, raised_by_seat=seat)
    if any(r.is_open for r in open_ones):
        yield Refusal(f"A concern of {seat.label} with {decision} is open already.")
    if not text.strip():
        yield Refusal("Say what your concern is.", field="text")


def refusals_to_take_on(referral: Referral, standing: Standing) -> Iterator[str]:
    if not answers_for(referral.to_group, standing):
        yield Refusal(f"Only the Chair or the secretariat of {referral.to_group} may say who answers this.", status=403)
    if referral.status != ReferralStatus.RAISED:
        yield Refusal(f"The {referral} is {referral.get_status_display().lower()}.")


def answers_for(group: Group, standing: Standing) -> bool:
    return standing.chairs(group) or standing.is_secretary_of(group)


def refusals_to_answer(referral: Referral, answer: str, outcome: str, standing: Standing) -> Iterator[str]:
    """The Chair answers for a group; the secretariat records the answer of a group that has no Chair here, such as Ofgem."""
    group = referral.to_group
    chaired = group.seats.filter(role=Seat.Role.CHAIR).exists()
    if not (standing.chairs(group) or (not chaired and standing.is_secretary_of(group))):
        yield Refusal(f"Only the Chair of {group} may answer this.", status=403)
    yield from refusals_of_closed_group(group, standing)
    if referral.kind == Referral.Kind.DELEGATION:
        yield Refusal("A delegation is not answered: it is used, or withdrawn.")
    yield from REFERRAL.refusals(referral, "answer")
    if not answer.strip():
        yield Refusal("Write the answer.", field="answer")
    if referral.kind == Referral.Kind.RECOMMENDATION and outcome not in FIVE_ANSWERS:
        yield Refusal(
            "A recommendation is accepted, rejected, sent back, accepted subject to more work, or passed to the PSG (ToR i to v).",
            field="outcome",
        )


def refusals_to_dispute(referral: Referral, why: str, standing: Standing) -> Iterator[str]:
    if not speaks_for(referral, standing):
        yield Refusal("Only the seat that raised it may say whether the answer satisfies.", status=403)
    yield from REFERRAL.refusals(referral, "dispute")
    if referral.kind != Referral.Kind.CONCERN:
        yield Refusal("Only the answer to a significant concern can be disputed.")
    if not why.strip():
        yield Refusal("Say why the answer does not satisfy.", field="why")


def speaks_for(referral: Referral, standing: Standing) -> bool:
    return bool(referral.raised_by_seat and standing.votes_in(referral.raised_by_seat))


def refusals_to_carry(referral: Referral, carrier: Seat | None, standing: Standing) -> Iterator[str]:
    """Up to the group above, through a representative there: of the same constituency, or another where it has none."""
    above = referral.to_group.parent
    if not (speaks_for(referral, standing) or answers_for(referral.to_group, standing)):
        yield Refusal("Only the seat that raised it, the Chair or the secretariat may carry it up.", status=403)
    yield from REFERRAL.refusals(referral, "carry_up")
    if referral.kind != Referral.Kind.CONCERN:
        yield Refusal("Only a significant concern is carried up.")
    if above is None:
        yield Refusal(f"There is no group above {referral.to_group}.")
    elif carrier is not None and carrier.group_id != above.pk:
        yield Refusal(f"{carrier.label} has no seat in {above}.", field="carrier")


def refusals_to_withdraw_referral(referral: Referral, standing: Standing) -> Iterator[str]:
    if not (speaks_for(referral, standing) or standing.is_secretary_of(referral.from_group)):
        yield Refusal("Only whoever raised it, or the secretariat, may withdraw it.", status=403)
    yield from REFERRAL.refusals(referral, "withdraw")


def refusals_to_refer(
    kind: str, source: Group, target: Group, text: str, scope: str, first: date | None, last: date | None, clause: str, standing: Standing
) -> Iterator[str]:
    """Recommendations and escalations go up, delegations down. To Ofgem (Level 1) the SRO or the IPA escalates."""
    to_ofgem = target.level == 1
    if to_ofgem and not (standing.chairs(source) or standing.assures(source)):
        yield Refusal("To Ofgem the SRO (as Chair) or the Independent Programme Assurance escalates (ToR, Level 1).", status=403)
    elif not to_ofgem and not answers_for(source, standing):
        yield Refusal(f"Only the Chair or the secretariat of {source} may refer something for it.", status=403)
    if kind not in (Referral.Kind.RECOMMENDATION, Referral.Kind.ESCALATION, Referral.Kind.DELEGATION):
        yield Refusal("Choose a recommendation, an escalation or a delegation.", field="kind")
    if source == target:
        yield Refusal("Choose another group.", field="to_group")
    elif kind == Referral.Kind.DELEGATION and target.level < source.level:
        yield Refusal(f"{source} cannot delegate upwards, to {target}.", field="to_group")
    elif kind in (Referral.Kind.RECOMMENDATION, Referral.Kind.ESCALATION) and target.level >= source.level:
        yield Refusal(f"A {Referral.Kind(kind).label.lower()} goes up: {target} is not above {source}.", field="to_group")
    if not text.strip():
        yield Refusal("Say what is referred.", field="text")
    if kind == Referral.Kind.DELEGATION and not (scope.strip() and first and last):
        yield Refusal("Say what is delegated, from when and until when.", field="scope")
    if first and last and last < first:
        yield Refusal("The last day is before the first.", field="last")
    if kind in (Referral.Kind.ESCALATION, Referral.Kind.DELEGATION) and not clause.strip():
        yield Refusal("Give the clause of the terms of reference it rests on.", field="clause")
