"""Who may raise a concern with a decision, answer it, carry it up, and refer between groups; when, and why not. Read-only: nothing here writes.

`refusals_to_X(record, standing, now)` looks at what exists, `refusals_of_X(…)` at what was typed.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q, QuerySet

from decisions.lifecycle import DecisionStatus
from decisions.models import Decision, Outcome
from dissent.due import say_by
from dissent.lifecycle import REFERRAL, ReferralStatus
from dissent.models import FIVE_ANSWERS, Referral
from dissent.rules.statements import by_one_of_the_seats, refusals_to_speak_for
from groups.models import Alternate, Group, Holding, Person, Seat, User
from groups.standing import Standing
from meetings.rules import refusals_of_closed_group
from records.dates import as_day
from records.rules import Refusal

Kind = Referral.Kind
OFGEM, STEERING, ADVISORY, WORKING = 1, 2, 3, 4  # the levels of governance


def has_a_chair_here(group: Group, on: date) -> bool:
    """Whether somebody chairs the group who can sign in. Ofgem, and perhaps the PSG, have nobody in the portal."""
    chairs = {"seat__group": group, "seat__role": Seat.Role.CHAIR}
    held = Holding.objects.on(on).filter(**chairs).values("person")
    stood_in = Alternate.objects.on(on).filter(**chairs, approved_on__lte=on, revoked_at=None).values("person")
    return User.objects.filter(Q(person__in=held) | Q(person__in=stood_in), is_active=True).exists()


def records_for(referral: Referral, standing: Standing) -> bool:
    """The secretariat, of the group itself or of one it came from, writes down what a body outside the portal answers."""
    keeps = referral.to_group_id != referral.from_group_id and any(standing.is_secretary_of(group) for group in referral.groups)
    return keeps and not _chaired_here(referral.to_group, standing)


def _chaired_here(group: Group, standing: Standing) -> bool:
    return standing.once(f"chaired here: {group}", lambda: has_a_chair_here(group, standing.on))


def may_read(referral: Referral, standing: Standing) -> bool:
    """Whoever has a place in a group it concerns, assurance readers among them."""
    return any(standing.belongs_to(group) for group in referral.groups)


def speaks_for(referral: Referral, standing: Standing) -> bool:
    """Sits in the seat that raised it, or in the one that carried it."""
    return any(standing.votes_in(seat) for seat in referral.seats)


# --- a significant concern with a decision


def refusals_to_raise_concern(decision: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from by_one_of_the_seats(refusals_to_raise_concern_for, decision, standing)


def refusals_to_raise_concern_for(decision: Decision, seat: Seat | None, standing: Standing) -> Iterator[Refusal]:
    """A significant concern with a decision comes through a constituency representative (ToR, Decision Making)."""
    yield from refusals_to_speak_for(seat, decision.group, standing)
    if decision.status != DecisionStatus.DETERMINED:
        yield Refusal(f"{decision} has not been determined: raise a concern about how it is being decided instead.", code="state")
    for later in decision.superseded_by.filter(status=DecisionStatus.DETERMINED):
        yield Refusal(f"{decision} was superseded by {later}: raise your concern with that one.", code="state")
    open_ones = decision.referrals.filter(kind=Kind.CONCERN, raised_by_seat=seat)
    if seat and any(r.is_open for r in open_ones):
        yield Refusal(f"A concern of {seat.label} with {decision} is open already.")


def refusals_of_concern(text: str) -> Iterator[Refusal]:
    if not text.strip():
        yield Refusal("Say what your concern is.", field="text")


def refusals_to_accept(referral: Referral, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Whoever may dispute an answer may accept it: what refuses this refuses both."""
    yield from _refusals_to_judge(referral, "accept", standing)


def refusals_to_dispute(referral: Referral, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from _refusals_to_judge(referral, "dispute", standing)
    if referral.to_group.parent_id is None:
        yield Refusal(f"There is no group above {referral.to_group}: its answer is the last.")


def refusals_of_dispute(why: str) -> Iterator[Refusal]:
    if not why.strip():
        yield Refusal("Say why the answer does not satisfy.", field="why")


def _refusals_to_judge(referral: Referral, verb: str, standing: Standing) -> Iterator[Refusal]:
    """Whether an answer satisfies is for the seats that put it there to say, in as many working days as it had to be answered."""
    if not speaks_for(referral, standing):
        yield Refusal("Only the seat that raised it, or carried it, may say whether the answer satisfies.", status=403)
    if referral.kind != Kind.CONCERN:
        yield Refusal("Only the answer to a significant concern satisfies somebody or does not.")
    yield from REFERRAL.refusals(referral, verb)
    if referral.status == ReferralStatus.ANSWERED and (last := say_by(referral, standing.counting)) and standing.on > last:
        yield Refusal(f"Until {as_day(last)} it could be said whether the answer satisfies. It stands.", code="late")


def refusals_to_carry(referral: Referral, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Up to the group above, through a representative there: of the same constituency, or another where it has none.

    The group that is asked answers first: until its last day only its Chair or secretariat may pass the concern on unanswered.
    """
    above, mine, theirs = referral.to_group.parent, speaks_for(referral, standing), standing.runs(referral.to_group)
    if referral.kind != Kind.CONCERN:
        yield Refusal("Only a significant concern is carried up.")
    yield from REFERRAL.refusals(referral, "carry_up")
    if above is None:
        yield Refusal(f"There is no group above {referral.to_group}.")
        return
    if above.level == OFGEM:
        if not any(escalates_to_ofgem(group, standing) for group in referral.groups):
            yield Refusal("To Ofgem the SRO or the Independent Programme Assurance takes it (ToR, Level 1).", status=403)
    elif not (mine or theirs):
        yield Refusal("Only the seat that raised it, the Chair or the secretariat may carry it up.", status=403)
    elif not theirs and referral.status == ReferralStatus.RAISED and referral.due_on and standing.on <= referral.due_on:
        yield Refusal(f"{referral.to_group} has until {as_day(referral.due_on)} to answer: it can be carried up after that.", code="early")
    yield from refusals_of_closed_group(above, standing)


def refusals_of_carrier(referral: Referral, carrier: Seat | None, standing: Standing) -> Iterator[Refusal]:
    """Through whom it goes: only asked where it may go at all."""
    above = referral.to_group.parent
    if above is None:
        return
    there = carriers(above, standing.on)
    own = seat_above(referral, standing.on)
    if carrier is None:
        if there and own is None:
            yield Refusal(f"Choose a representative in {above} who carries it.", field="carrier")
    elif carrier not in there:
        yield Refusal(f"{carrier.label} does not represent anybody in {above} today.", field="carrier")
    elif own and carrier != own:
        yield Refusal(f"{own.label} has a seat in {above}: it goes through that one.", field="carrier")


def carriers(above: Group | None, on: date) -> list[Seat]:
    """The constituency representatives of a group who sit that day."""
    held = Holding.objects.on(on).values("seat")
    return list(Seat.objects.on(on).filter(group=above, role=Seat.Role.MEMBER, pk__in=held)) if above else []


def seat_above(referral: Referral, on: date) -> Seat | None:
    """The seat of the same constituency in the group above, if somebody sits in one there."""
    mine = {seat.constituency_id for seat in referral.seats[:1]}
    return next((seat for seat in carriers(referral.to_group.parent, on) if seat.constituency_id in mine), None)


# --- every referral


def refusals_to_take_on(referral: Referral, standing: Standing, now: datetime) -> Iterator[Refusal]:
    if not (standing.runs(referral.to_group) or records_for(referral, standing)):
        yield Refusal(f"Only the Chair or the secretariat of {referral.to_group} may say who answers this.", status=403)
    yield from refusals_of_closed_group(referral.to_group, standing)
    if referral.status != ReferralStatus.RAISED:
        yield Refusal(f"The {referral} is {referral.get_status_display().lower()}.", code="state")


def refusals_of_owner(referral: Referral, owner: Person | None, standing: Standing) -> Iterator[Refusal]:
    if owner is None:
        yield Refusal("Say who answers.", field="owner")
    elif owner.pk == referral.raised_by_id or Holding.objects.on(standing.on).filter(seat__in=referral.seats, person=owner).exists():
        yield Refusal(f"{owner} raised this, or sits in the seat that did: somebody else answers.", field="owner")


def refusals_to_answer(referral: Referral, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """The Chair answers for a group; the secretariat records the answer of a body that has no Chair here, such as Ofgem."""
    group = referral.to_group
    if not (standing.chairs(group) or records_for(referral, standing)):
        yield Refusal(f"Only the Chair of {group} may answer this.", status=403)
    yield from refusals_of_closed_group(group, standing)
    yield from REFERRAL.refusals(referral, "answer")


def refusals_of_answer(referral: Referral, answer: str, outcome: str, decision: Decision | None) -> Iterator[Refusal]:
    group = referral.to_group
    if not answer.strip():
        yield Refusal("Write the answer.", field="answer")
    if referral.kind == Kind.RECOMMENDATION and outcome not in FIVE_ANSWERS:
        yield Refusal(
            "A recommendation is accepted, rejected, sent back, accepted subject to more work, or passed to the PSG (ToR i to v).",
            field="outcome",
        )
    elif referral.kind != Kind.RECOMMENDATION and outcome:
        yield Refusal("Only a recommendation is answered with one of the five answers (ToR i to v).", field="outcome")
    elif outcome == Outcome.PASSED_TO_PSG and steering_above(group) is None:
        yield Refusal(f"There is no steering group above {group} to pass it to.", field="outcome")
    if decision and decision.pk == referral.origin_decision_id:
        yield Refusal(f"{decision} is what this is about: another decision answers it, or none.", field="decision")
    elif decision and not may_answer(referral).filter(pk=decision.pk).exists():
        yield Refusal(f"{decision} is no decision of {group} that has been taken.", field="decision")


def may_answer(referral: Referral) -> QuerySet[Decision]:
    """The decisions of the group that may be its answer."""
    return Decision.objects.filter(group=referral.to_group_id, status=DecisionStatus.DETERMINED).exclude(referrals=referral)


def steering_above(group: Group) -> Group | None:
    """The group above at the level of the PSG."""
    return group.parent if group.parent and group.parent.level == STEERING else None


def refusals_to_withdraw_referral(referral: Referral, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """A concern is its seat's to take back, and nobody else's; what a group referred, its Chair's or secretariat's."""
    if referral.kind == Kind.CONCERN:
        if not speaks_for(referral, standing):
            yield Refusal("Only the seat that raised the concern may withdraw it.", status=403)
    elif not standing.runs(referral.from_group):
        yield Refusal(f"Only the Chair or the secretariat of {referral.from_group} may withdraw this.", status=403)
    yield from REFERRAL.refusals(referral, "withdraw")


def refusals_of_withdrawal(why: str) -> Iterator[Refusal]:
    if not why.strip():
        yield Refusal("Say why it is withdrawn.", field="why")


# --- from one group to another


def refusals_of_referral(
    kind: str, source: Group, target: Group | None, text: str, clause: str, standing: Standing
) -> Iterator[Refusal]:
    """Working groups recommend to the level above them; escalations go up. To Ofgem only the SRO or the IPA."""
    yield from _refusals_to_refer_for(source, target, standing)
    if kind not in kinds_from(source):
        yield Refusal(f"{source} may {_joined(kinds_from(source))}: choose one of these.", field="kind")
    if target is None:
        yield Refusal("Choose the group it goes to.", field="to_group")
    elif target not in targets(kind, source, standing.on):
        yield Refusal(_why_not_there(kind, source, target, standing.on), field="to_group")
    if not text.strip():
        yield Refusal("Say what is referred.", field="text")
    if kind == Kind.ESCALATION and not clause.strip():
        yield Refusal("Give the clause of the terms of reference it rests on.", field="clause")


def refusals_of_referred_decision(source: Group, decision: Decision | None) -> Iterator[Refusal]:
    """What a group refers is its own to refer."""
    if decision and not may_be_referred(source).filter(pk=decision.pk).exists():
        yield Refusal(f"{decision} is no decision of {source}, or was withdrawn: choose another, or none.", field="decision")


def may_be_referred(source: Group) -> QuerySet[Decision]:
    """The decisions that what comes from this group may be about."""
    return Decision.objects.filter(group=source).exclude(status=DecisionStatus.WITHDRAWN)


def refusals_of_day_wanted(due_on: date | None, on: date) -> Iterator[Refusal]:
    if due_on and due_on < on:
        yield Refusal("That day is over: give one to come, or none.", field="due_on")


def _refusals_to_refer_for(source: Group, target: Group | None, standing: Standing) -> Iterator[Refusal]:
    to_ofgem = target is not None and target.level == OFGEM
    if to_ofgem and not escalates_to_ofgem(source, standing):
        yield Refusal("To Ofgem the SRO (as Chair) or the Independent Programme Assurance escalates (ToR, Level 1).", status=403)
    elif not to_ofgem and not standing.runs(source):
        yield Refusal(f"Only the Chair or the secretariat of {source} may refer something for it.", status=403)


def escalates_to_ofgem(source: Group, standing: Standing) -> bool:
    """The SRO chairs the PSG and, in person or by a delegate, the advisory groups. The Chair of a working group is not the SRO."""
    return source.level in (STEERING, ADVISORY) and (standing.chairs(source) or standing.assures(source))


def kinds_for(source: Group, standing: Standing) -> list[Referral.Kind]:
    """What the person may refer for the group now. The assurer of a group only escalates, and only to Ofgem."""
    if any(refusals_of_closed_group(source, standing)):
        return []
    if standing.runs(source):
        return kinds_from(source)
    return [Kind.ESCALATION] if escalates_to_ofgem(source, standing) else []


def refusals_to_refer(source: Group, standing: Standing, now: datetime) -> Iterator[Refusal]:
    if not kinds_for(source, standing):
        yield Refusal(f"Only the Chair or the secretariat of {source} may refer something for it.", status=403)
    yield from refusals_of_closed_group(source, standing)


def kinds_from(source: Group) -> list[Referral.Kind]:
    """A working group recommends; nobody else does. Above Ofgem there is nobody to escalate to."""
    if source.level == WORKING:
        return [Kind.RECOMMENDATION, Kind.ESCALATION]
    return [] if source.level == OFGEM else [Kind.ESCALATION]


def targets(kind: str, source: Group, on: date) -> list[Group]:
    """The open groups to which something of this kind may go."""
    groups = Group.objects.exclude(pk=source.pk).exclude(closed_on__lte=on)
    if kind == Kind.RECOMMENDATION:
        return list(groups.filter(level=ADVISORY))
    if kind == Kind.ESCALATION:
        to_ofgem = Q(level=OFGEM) if source.level in (STEERING, ADVISORY) else Q(pk=None)
        return list(groups.filter(to_ofgem | Q(level__gt=OFGEM, level__lt=source.level)))
    return []


def _why_not_there(kind: str, source: Group, target: Group, on: date) -> str:
    if target == source:
        return "Choose another group."
    if target.closed_on and target.closed_on <= on:
        return f"{target} closed on {as_day(target.closed_on)}."
    if kind == Kind.RECOMMENDATION:
        return f"A recommendation goes to the advisory group above: {target} is none."
    return f"An escalation goes up: {target} is not above {source}, or not for {source} to go to."


def _joined(kinds: list[Referral.Kind]) -> str:
    words = {Kind.RECOMMENDATION: "recommend", Kind.ESCALATION: "escalate"}
    return " or ".join(words[kind] for kind in kinds)
