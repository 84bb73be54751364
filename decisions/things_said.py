"""What somebody can do now about concerns and referrals, and what of it waits for them. The rules decide; nothing else does."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse

from decisions.due import moment_of, next_day
from decisions.lifecycle import ConcernStatus, ReferralStatus
from decisions.models import Decision, ProceduralConcern, Referral
from decisions.rules.referrals import (
    escalates_to_ofgem,
    kinds_from,
    refusals_to_accept,
    refusals_to_answer,
    refusals_to_carry,
    refusals_to_dispute,
    refusals_to_raise_concern,
    refusals_to_take_on,
    refusals_to_withdraw_referral,
)
from decisions.rules.said import refusals_to_advise, refusals_to_raise_procedural, refusals_to_rule, refusals_to_state
from groups.models import Group, Seat
from groups.standing import Standing
from meetings.rules import refusals_of_closed_group

Kind, Status = Referral.Kind, ReferralStatus
SOMETHING = "x"  # what somebody might type


class Waiting(NamedTuple):
    """One thing that can be done now and is not done: by when (the group's closing time that day), and where."""

    verb: str
    title: str
    group: Group
    due_at: datetime | None
    url: str


def beyond_the_form(reasons: Iterable[str]) -> list[str]:
    """The reasons that nothing typed could mend."""
    return [reason for reason in reasons if not getattr(reason, "field", "")]


def seats_of(group: Group, standing: Standing) -> list[Seat]:
    """The seats of a group that the person speaks for."""
    return list(Seat.objects.on(standing.on).filter(pk__in=standing.voting_seat_ids, group=group).order_by("order", "pk"))


# --- a decision


def seats_that_may(rule, decision: Decision, standing: Standing) -> list[Seat]:
    """The person's seats for which the rule would let them say something of the decision."""
    return [seat for seat in seats_of(decision.group, standing) if not beyond_the_form(rule(decision, seat, SOMETHING, standing))]


def verbs_on(decision: Decision, standing: Standing) -> set[str]:
    """What the person may say of the decision now: "advise", "state", "procedure", "concern"."""
    spoken = {"state": refusals_to_state, "procedure": refusals_to_raise_procedural, "concern": refusals_to_raise_concern}
    may = {verb for verb, rule in spoken.items() if seats_that_may(rule, decision, standing)}
    if not beyond_the_form(refusals_to_advise(decision, "", SOMETHING, standing.on, standing)):
        may.add("advise")
    return may


# --- a concern or referral


def verbs_for(referral: Referral, standing: Standing) -> dict[str, str]:
    """What the person may do to it now, each with the words on its button, the most usual first."""
    above = referral.to_group.parent
    rules = {
        "answer_referral": ("Answer it", refusals_to_answer(referral, SOMETHING, "", standing)),
        "take_on": ("Say who answers" if referral.owner_id is None else "Change who answers", refusals_to_take_on(referral, None, standing)),
        "judge": ("Say whether the answer satisfies", refusals_to_judge(referral, standing)),
        "carry_up": (f"Carry it to {above}", refusals_to_carry(referral, None, standing)),
        "withdraw_referral": ("Withdraw it", refusals_to_withdraw_referral(referral, SOMETHING, standing)),
    }
    return {verb: label for verb, (label, reasons) in rules.items() if not beyond_the_form(reasons)}


def refusals_to_judge(referral: Referral, standing: Standing) -> list[str]:
    """Why neither may be said: that the answer satisfies, nor that it does not."""
    accept, dispute = refusals_to_accept(referral, standing), refusals_to_dispute(referral, SOMETHING, standing)
    return beyond_the_form(accept) and beyond_the_form(dispute)


def kinds_for(source: Group, standing: Standing) -> list[Referral.Kind]:
    """What the person may refer for the group now. The assurer of a group only escalates, and only to Ofgem."""
    if any(refusals_of_closed_group(source, standing)):
        return []
    if standing.chairs(source) or standing.is_secretary_of(source):
        return kinds_from(source)
    return [Kind.ESCALATION] if escalates_to_ofgem(source, standing) else []


# --- what waits


def waiting(standing: Standing, now: datetime) -> Iterator[Waiting]:
    """Everything of this kind that waits for the person: if and only if the rules let them do it now."""
    for concern in _concerns(standing):
        if not beyond_the_form(refusals_to_rule(concern, SOMETHING, standing)):
            title = f"Rule on the concern of {concern.seat.label} about how {concern.decision} is being decided"
            yield Waiting("rule", title, concern.decision.group, None, reverse("decisions:rule", args=[concern.pk]))
    for referral in _referrals(standing):
        verb = _next_verb(referral, verbs_for(referral, standing))
        if verb:
            yield Waiting(verb, _title(verb, referral), referral.to_group, _due(referral), _address(verb, referral))


def _concerns(standing: Standing) -> QuerySet:
    raised = ProceduralConcern.objects.filter(status=ConcernStatus.RAISED).select_related("decision__group", "seat")
    return raised.filter(decision__group__in=standing.group_ids).order_by("pk")


def _referrals(standing: Standing) -> QuerySet:
    live = Q(status__in=[Status.RAISED, Status.NOT_SATISFIED]) | Q(status=Status.ANSWERED, kind=Kind.CONCERN)
    found = Referral.objects.filter(live).exclude(kind=Kind.DELEGATION)
    if not standing.reads_everywhere:
        near = standing.readable_group_ids
        below = Q(carried_from__from_group__in=near) | Q(carried_from__carried_from__from_group__in=near)
        found = found.filter(Q(to_group__in=near) | Q(from_group__in=near) | below).distinct()
    return found.select_related("to_group__parent", "from_group", "raised_by_seat", "origin_decision", "owner").order_by("pk")


def _next_verb(referral: Referral, may: dict[str, str]) -> str:
    """One thing a referral: first somebody is named, then it is answered, judged, carried up."""
    order = ["answer_referral" if referral.owner_id else "take_on", "answer_referral", "judge"]
    overdue = referral.status == Status.NOT_SATISFIED or not {"answer_referral", "take_on"} & may.keys()
    return next((verb for verb in (*order, *(["carry_up"] if overdue else [])) if verb in may), "")


def _title(verb: str, referral: Referral) -> str:
    about = f" with {referral.origin_decision}" if referral.kind == Kind.CONCERN else f" from {referral.from_group}"
    seat = f" of {referral.raised_by_seat.label}" if referral.raised_by_seat else ""
    what = f"the {referral.get_kind_display().lower()}{seat}{about}"
    return {
        "take_on": f"Say who answers {what}",
        "answer_referral": f"Answer {what}",
        "judge": f"Say whether the answer to {what} satisfies",
        "carry_up": f"Carry {what} to {referral.to_group.parent}",
    }[verb]


def _address(verb: str, referral: Referral) -> str:
    return reverse(f"decisions:{'dispute_answer' if verb == 'judge' else verb}", args=[referral.pk])


def _due(referral: Referral) -> datetime | None:
    return moment_of(referral.to_group, next_day(referral))
