"""What can be said of a decision, and done to a concern or referral: buttons, and what waits on the desk."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.urls import reverse

from decisions.models import Decision
from dissent.due import next_step_due, referral_in_words
from dissent.lifecycle import ConcernStatus, ReferralStatus
from dissent.models import ProceduralConcern, Referral
from dissent.rules.referrals import (
    refusals_to_accept,
    refusals_to_answer,
    refusals_to_carry,
    refusals_to_raise_concern,
    refusals_to_take_on,
    refusals_to_withdraw_referral,
)
from dissent.rules.statements import refusals_to_raise_procedural, refusals_to_rule, refusals_to_state
from groups.models import Group, Seat
from groups.standing import Standing
from records.together import together
from records.verbs import Verb, register, verb_named

Kind, Status = Referral.Kind, ReferralStatus


def _page(name: str):
    return lambda record: reverse(f"dissent:{name}", args=[record.pk])


@together
def _unruled(standing: Standing) -> QuerySet[ProceduralConcern] | None:
    chaired = [place.group_id for place in standing.places if place.what == Seat.Role.CHAIR]
    raised = ProceduralConcern.objects.filter(status=ConcernStatus.RAISED, decision__group__in=chaired)
    return raised.select_related("decision__group", "seat").order_by("pk") if chaired else None


@together
def _lying(standing: Standing) -> QuerySet[Referral]:
    """The concerns and referrals that the person may know of and that ask something of somebody."""
    live = Q(status__in=[Status.RAISED, Status.NOT_SATISFIED]) | Q(status=Status.ANSWERED, kind=Kind.CONCERN)
    found = Referral.objects.filter(live)
    if not standing.reads_everywhere:
        near = standing.readable_group_ids
        below = Q(carried_from__from_group__in=near) | Q(carried_from__carried_from__from_group__in=near)
        found = found.filter(Q(to_group__in=near) | Q(from_group__in=near) | below).distinct()
    told = ("to_group__parent", "from_group", "raised_by_seat", "origin_decision", "owner")
    return found.select_related(*told).order_by("pk")


def _with_chain(standing: Standing, now: datetime) -> list[Referral]:
    """Most lie where they were raised: what the others came from is asked for those alone, once."""
    found = _lying(standing, now)
    prefetch_related_objects([r for r in found if r.from_group_id != r.to_group_id], "carried_from__carried_from__carried_from")
    return found


def _next_step(referral: Referral, standing: Standing, now: datetime) -> str:
    """One thing a referral: first somebody is named, then it is answered, judged, carried up."""
    may = [name for name in ("answer_referral", "take_on", "judge", "carry_up") if _verb(name).may(referral, standing, now)]
    first = ["answer_referral"] if referral.owner_id else ["take_on", "answer_referral"]
    overdue = referral.status == Status.NOT_SATISFIED or not {"answer_referral", "take_on"} & set(may)
    return next((name for name in (*first, "judge", *(["carry_up"] if overdue else [])) if name in may), "")


def _verb(short: str) -> Verb:
    verb = verb_named(f"dissent.{short}")
    assert verb is not None, short  # noqa: S101 (registered below)
    return verb


def _waiting(short: str):
    def waits(standing: Standing, now: datetime) -> Iterator[Referral]:
        return (referral for referral in _with_chain(standing, now) if _next_step(referral, standing, now) == short)

    return waits


def _due(referral: Referral, standing: Standing) -> datetime | None:
    return next_step_due(referral, standing.counting)


def _where(referral: Referral) -> Group:
    return referral.to_group


register(
    Verb(name="dissent.concern", of=Decision, rule=refusals_to_raise_concern, at=_page("concern"), look="secondary", label="Raise a significant concern"),
    Verb(
        name="dissent.procedure", of=Decision, rule=refusals_to_raise_procedural, at=_page("procedural_concern"), look="secondary",
        label="Raise a concern about procedure",
    ),
    Verb(
        name="dissent.state", of=Decision, rule=refusals_to_state, at=_page("statement"), look="link",
        label="State your seat’s position, published unedited",
    ),
    Verb(
        name="dissent.rule", of=ProceduralConcern, rule=refusals_to_rule, at=_page("rule"), waits=_unruled, group=lambda concern: concern.decision.group,
        label=lambda concern: f"Rule on the concern of {concern.seat.label} about how {concern.decision} is being decided",
    ),
    Verb(
        name="dissent.answer_referral", of=Referral, rule=refusals_to_answer, at=_page("answer_referral"), label="Answer it",
        waits=_waiting("answer_referral"), group=_where, due=_due, title=lambda r: f"Answer {referral_in_words(r)}",
    ),
    Verb(
        name="dissent.take_on", of=Referral, rule=refusals_to_take_on, at=_page("take_on"), waits=_waiting("take_on"), group=_where, due=_due,
        label=lambda r: "Say who answers" if r.owner_id is None else "Change who answers", title=lambda r: f"Say who answers {referral_in_words(r)}",
    ),
    Verb(
        name="dissent.judge", of=Referral, rule=refusals_to_accept, at=_page("dispute_answer"), label="Say whether the answer satisfies",
        waits=_waiting("judge"), group=_where, due=_due, title=lambda r: f"Say whether the answer to {referral_in_words(r)} satisfies",
    ),
    Verb(
        name="dissent.carry_up", of=Referral, rule=refusals_to_carry, at=_page("carry_up"), label=lambda r: f"Carry it to {r.to_group.parent}",
        waits=_waiting("carry_up"), group=_where, due=_due, title=lambda r: f"Carry {referral_in_words(r)} to {r.to_group.parent}",
    ),
    Verb(name="dissent.withdraw_referral", of=Referral, rule=refusals_to_withdraw_referral, at=_page("withdraw_referral"), label="Withdraw it"),
)  # fmt: skip
