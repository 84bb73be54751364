"""Dissent's part of the edition of a decision: what was said against it and what answered that, and what the decision rests on.

All of it is public with the decision, and what is said later gives another edition. Seats are named, not who sat in them.
"""

from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.text import capfirst

from decisions.models import Decision, Delegation, Reply, RollRow
from dissent.due import answered_on
from dissent.lifecycle import ReferralStatus
from dissent.models import ProceduralConcern, Referral, Statement
from dissent.states import STANDS, Step, carried, histories, life_of, raised_against, state_of, the, told_by
from records.clock import london_date
from records.dates import as_day
from records.editions import Body, part_of
from records.periods import in_words

Kind, Status = Referral.Kind, ReferralStatus
REFERRED = ("from_group", "to_group", "raised_by_seat", "carrier", "answer_decision")
VERBED = {Kind.RECOMMENDATION: "recommended it", Kind.ESCALATION: "escalated it"}


def lookups() -> tuple[str | Prefetch, ...]:
    referrals = Referral.objects.select_related(*REFERRED).order_by("pk")
    return (
        Prefetch("statements", Statement.objects.select_related("seat").order_by("pk")),
        Prefetch("procedural_concerns", ProceduralConcern.objects.select_related("seat", "ruling").order_by("pk")),
        "replies",
        Prefetch("referrals", referrals),
        Prefetch("answers", referrals.prefetch_related(Prefetch("carried_to", referrals))),
    )


@part_of("decision", "dissent", lookups)
def dissent_of(decision: Decision) -> Body:
    prefetch_related_objects([decision], *lookups())  # whatever is not read yet
    raised = raised_against(decision)
    answered = list(decision.answers.all())
    rows = {row.pk: row for question in decision.questions.all() for row in question.roll.all()}
    told = histories([*raised, *answered, *(r.carried_to for r in (*raised, *answered) if r.carried_to)])
    return {
        "statements": [{"seat": s.seat.label, "on": london_date(s.made_at), "text": s.text} for s in decision.statements.all()],
        "procedural_concerns": [_procedural(concern) for concern in decision.procedural_concerns.all()],
        "replies": [_reply(reply, rows[reply.row_id]) for reply in decision.replies.all() if reply.row_id in rows],
        "concerns": _concerns(raised, told),
        "referred": [_referred(r) for r in raised if r.kind != Kind.CONCERN and r.pk not in carried(raised)],
        "rests_on": [*(_delegated(d) for d in _delegations(decision)), *(_rests_on(r) for r in answered)],
    }


def _procedural(concern: ProceduralConcern) -> dict[str, Any]:
    ruled = concern.ruling.given_on if concern.ruling else None
    return {"seat": concern.seat.label, "on": london_date(concern.raised_at), "text": concern.text, "ruling": concern.answer or None, "ruled_on": ruled}


def _reply(reply: Reply, row: RollRow) -> dict[str, Any]:
    """A rejecting point and what the Chair says to it; without words, that it is not answered."""
    point = row.counted.comment if row.counted else ""
    return {"constituency": row.constituency, "point": point or None, "reply": reply.text or None}


# --- significant concerns


def _concerns(raised: list[Referral], told: dict[int, list]) -> list[dict[str, Any]]:
    """One life each, from the group that decided up to wherever it was carried."""
    first = [r for r in raised if r.kind == Kind.CONCERN and r.pk not in carried(raised)]
    return [_concern(r, life_of(r, told)) for r in first]


def _concern(concern: Referral, life: list[Step]) -> dict[str, Any]:
    lies = concern.last
    return {
        "seat": concern.raised_by_seat.label if concern.raised_by_seat else "",
        "on": london_date(concern.raised_at),
        "text": concern.text,
        "is_open": concern.is_open,
        "state": state_of(concern)[0],
        "stands_meanwhile": lies.stands_meanwhile if concern.is_open else None,
        "banner": _banner(concern) if concern.is_open else None,
        "life": [_told(step) for step in life],
    }


def _banner(concern: Referral) -> str:
    """ "A significant concern was raised on Wed 12 Jul 2023; the decision stands meanwhile. The DAG answers by Wed 26 Jul 2023."."""
    lies, stands = concern.last, STANDS[concern.last.stands_meanwhile]
    said = f"A significant concern was raised on {as_day(concern.raised_at)}"
    said += f"; {stands[0].lower()}{stands[1:]}" if stands else "."
    if lies.status == Status.NOT_SATISFIED:
        return f"{said} It was answered on {as_day(answered_on(lies))}, and the answer does not satisfy {told_by(lies)}."
    who = the(lies.to_group)
    carried = f" It was carried to {who} on {as_day(lies.raised_at)}." if lies is not concern else ""
    due = f" {who[0].upper()}{who[1:]} answers by {as_day(lies.due_on)}." if lies.due_on else ""
    return f"{said}{carried}{due}"


def _told(step: Step) -> dict[str, Any]:
    return {"on": london_date(step.at), "title": step.title, "text": step.text, "note": step.note}


# --- what it rests on, and what was passed on from it


def _delegations(decision: Decision) -> list[Delegation]:
    """What was delegated to the group for the day of the decision, where the decision needed it (at level 2), less what had been
    withdrawn before that day."""
    if decision.level != 2 or decision.decided_on is None:
        return []
    given = Delegation.objects.on(decision.decided_on).filter(to_group=decision.group_id).select_related("from_group", "to_group").order_by("pk")
    return [d for d in given if d.withdrawn_at is None or london_date(d.withdrawn_at) >= decision.decided_on]


def _delegated(delegation: Delegation) -> dict[str, Any]:
    given = f"{capfirst(the(delegation.from_group))} delegated it on {as_day(delegation.given_at)}"
    return {
        "kind": "delegation",
        "from": delegation.from_group.code,
        "to": delegation.to_group.code,
        "sentence": f"{given}, {in_words(delegation.during)}.",
        "text": delegation.text,
        "scope": delegation.scope,
        "clause": delegation.clause,
        "state": "Withdrawn since" if delegation.withdrawn_at else "",
        "answer": None,
        "answer_in_words": None,
        "answered_with": None,
    }


def _rests_on(referral: Referral) -> dict[str, Any]:
    said = f"{capfirst(the(referral.from_group))} {VERBED.get(Kind(referral.kind), 'raised it')} on {as_day(referral.raised_at)}"
    return _passed(referral, f"{said}.")


def _referred(referral: Referral) -> dict[str, Any]:
    what = {Kind.RECOMMENDATION: "Recommended", Kind.ESCALATION: "Escalated"}[Kind(referral.kind)]
    return _passed(referral, f"{what} to {the(referral.to_group)} on {as_day(referral.raised_at)}.")


def _passed(referral: Referral, sentence: str) -> dict[str, Any]:
    decided = referral.answer_decision if referral.answer_decision and referral.answer_decision.published_at else None
    return {
        "kind": referral.kind,
        "from": referral.from_group.code,
        "to": referral.to_group.code,
        "sentence": sentence,
        "text": referral.text,
        "scope": None,
        "clause": referral.clause or None,
        "state": "Withdrawn since" if referral.status == Status.WITHDRAWN else state_of(referral)[0],
        "answer": referral.answer or None,
        "answer_in_words": referral.answer_in_words or None,
        "answered_with": decided.reference if decided else None,
    }
