"""What is passed between groups, and concerns that follow a decision: raised, taken on, answered, judged, carried up."""

from datetime import date, datetime
from typing import cast

from decisions.models import Decision, Outcome
from decisions.operations.decisions import locked_decision
from dissent import notices
from dissent.due import answers_running, step_due
from dissent.lifecycle import REFERRAL
from dissent.models import Referral
from dissent.rules.referrals import (
    refusals_of_answer,
    refusals_of_carrier,
    refusals_of_concern,
    refusals_of_day_wanted,
    refusals_of_dispute,
    refusals_of_owner,
    refusals_of_referral,
    refusals_of_referred_decision,
    refusals_of_withdrawal,
    refusals_to_accept,
    refusals_to_answer,
    refusals_to_carry,
    refusals_to_dispute,
    refusals_to_raise_concern_for,
    refusals_to_refer,
    refusals_to_take_on,
    refusals_to_withdraw_referral,
    seat_above,
    steering_above,
)
from groups.calendar import hold_calendar
from groups.models import Group, Person, Seat, User
from groups.rules import refusals_to_move_deadline
from groups.standing import Standing
from ledger.operations import seal
from records.clock import london_date, portal_now
from records.editions import issue
from records.locks import locked
from records.operations import operation
from records.rules import require
from records.working_days import Working

PASSED_UP = "ToR, Decision Making v: the threshold for Ofgem is met, or no consensus can be reached"


def _locked(referral: Referral) -> Referral:
    found = Referral.objects.select_related("from_group", "to_group__parent", "raised_by_seat", "raised_by", "origin_decision")
    return locked(found).get(pk=referral.pk)


@operation
def raise_concern(decision: Decision, seat: Seat, text: str, *, by: User) -> Referral:
    """Raise a significant concern with a decision that has been taken: the group answers, or it is carried to the PSG.

    The decision stands meanwhile, until the Chair says otherwise.
    """
    hold_calendar()
    decision, now = locked_decision(decision), portal_now()
    today = london_date(now)
    require(refusals_to_raise_concern_for(decision, seat, Standing(by, today)), refusals_of_concern(text))
    referral = Referral(
        kind=Referral.Kind.CONCERN, from_group=decision.group, to_group=decision.group, raised_by_seat=seat, raised_by=by.person,
        raised_at=now, item=decision.item, origin_decision=decision, text=text.strip(), stands_meanwhile=True,
        due_on=step_due(decision.group, today),
    ).save_by(by, at=now)  # fmt: skip
    seal("concern raised", referral, by=by, at=now)
    _issue(referral, f"{seat.label} raised a significant concern.", by=by, at=now)
    notices.referred(referral, by=by)
    return referral


def _issue(referral: Referral, why: str, *, by: User, at: datetime) -> None:
    """What is public with a decision says how it stands: that from which it was put, and those with which it was answered."""
    for each in (*referral.earlier, referral):
        issue("decision", each.origin_decision_id, why, by=by, at=at)
        issue("decision", each.answer_decision_id, why, by=by, at=at)


@operation
def take_on(referral: Referral, owner: Person, *, stands_meanwhile: bool | None = None, by: User) -> Referral:
    """Say who will answer and, of a concern, whether the decision stands meanwhile: shown on the decision at once."""
    referral, now = _locked(referral), portal_now()
    standing = Standing.at(by, now)
    require(refusals_to_take_on(referral, standing, now), refusals_of_owner(referral, owner, standing))
    referral.owner = owner
    if referral.kind == Referral.Kind.CONCERN and stands_meanwhile is not None:
        referral.stands_meanwhile = stands_meanwhile
    referral.save_by(by, at=now)
    seal("taken on", referral, by=by, at=now)
    _issue(referral, f"{referral.to_group} took it on.", by=by, at=now)
    notices.taken_on(referral, by=by)
    return referral


@operation
def answer_referral(referral: Referral, answer: str, *, outcome: str = "", decision: Decision | None = None, by: User) -> Referral:
    """Answer what was put to the group. An answer to a concern that was carried up is shown with the concern it came from.

    A recommendation that is passed to the PSG goes there at once, as an escalation that is linked both ways.
    """
    hold_calendar()
    referral, now = _locked(referral), portal_now()
    require(refusals_to_answer(referral, Standing.at(by, now), now), refusals_of_answer(referral, answer, outcome, decision))
    referral.status, referral.answer, referral.answer_outcome = REFERRAL["answer"].target, answer.strip(), outcome
    referral.answer_decision, referral.answered_by, referral.answered_at = decision, by.person, now
    if outcome == Outcome.PASSED_TO_PSG:
        referral.carried_to = _passed_up(referral, by=by, now=now)
    referral.save_by(by, at=now)
    seal("answered", referral, by=by, at=now)
    _issue(referral, f"{referral.to_group} answered what was put to it.", by=by, at=now)
    notices.answered(referral, by=by)
    return referral


def _passed_up(referral: Referral, *, by: User, now) -> Referral:
    above = cast(Group, steering_above(referral.to_group))  # the rule refused where there is none
    there = Referral(
        kind=Referral.Kind.ESCALATION, from_group=referral.to_group, to_group=above, raised_by=by.person, raised_at=now,
        origin_decision=referral.origin_decision, text=referral.text, clause=PASSED_UP, due_on=step_due(above, london_date(now)),
    ).save_by(by, at=now)  # fmt: skip
    seal("referred", there, by=by, at=now)
    _issue(there, f"It was passed to {above}.", by=by, at=now)
    notices.referred(there, by=by)
    return there


@operation
def accept_answer(referral: Referral, *, by: User) -> Referral:
    """The seat that raised a concern is satisfied with the answer."""
    referral, now = _locked(referral), portal_now()
    require(refusals_to_accept(referral, Standing.at(by, now), now))
    referral.status = REFERRAL["accept"].target
    referral.save_by(by, at=now)
    seal("satisfied", referral, by=by, at=now)
    _issue(referral, "The answer to a concern was found to satisfy.", by=by, at=now)
    return referral


@operation
def dispute_answer(referral: Referral, why: str, *, by: User) -> Referral:
    """The seat that raised a concern is not satisfied with the answer."""
    referral, now = _locked(referral), portal_now()
    require(refusals_to_dispute(referral, Standing.at(by, now), now), refusals_of_dispute(why))
    referral.status, referral.not_satisfied_why, referral.disputed_at = REFERRAL["dispute"].target, why.strip(), now
    referral.save_by(by, why, at=now)
    seal("not satisfied", referral, by=by, at=now)
    _issue(referral, "The answer to a concern was found not to satisfy.", by=by, at=now)
    notices.not_satisfied(referral, by=by)
    return referral


@operation
def carry_up(referral: Referral, *, carrier: Seat | None = None, by: User) -> Referral:
    """Carry a concern to the group above. Returns the concern as it lies there, linked both ways.

    Where nobody represents a constituency in the group above, it goes there in the name of the seat that raised it.
    """
    hold_calendar()
    referral, now = _locked(referral), portal_now()
    standing = Standing.at(by, now)
    today = standing.on
    require(refusals_to_carry(referral, standing, now))
    require(refusals_of_carrier(referral, carrier, standing))
    above, carrier = cast(Group, referral.to_group.parent), carrier or seat_above(referral, today)
    there = Referral(
        kind=referral.kind, from_group=referral.to_group, to_group=above, raised_by_seat=carrier or referral.raised_by_seat,
        raised_by=by.person, raised_at=now, item=referral.item, origin_decision=referral.origin_decision, text=referral.text,
        stands_meanwhile=referral.stands_meanwhile, due_on=step_due(above, today),
    ).save_by(by, at=now)  # fmt: skip
    referral.status, referral.carrier, referral.carried_to = REFERRAL["carry_up"].target, carrier, there
    referral.save_by(by, at=now)
    seal("carried up", referral, by=by, at=now)
    seal("concern raised", there, by=by, at=now)
    _issue(referral, f"A concern was carried to {above}.", by=by, at=now)
    notices.referred(there, by=by)
    return there


@operation
def withdraw_referral(referral: Referral, *, why: str, by: User) -> Referral:
    """Take it back. It stays on record."""
    referral, now = _locked(referral), portal_now()
    require(refusals_to_withdraw_referral(referral, Standing.at(by, now), now), refusals_of_withdrawal(why))
    referral.status = REFERRAL["withdraw"].target
    referral.save_by(by, why.strip(), at=now)
    seal("withdrawn", referral, by=by, at=now, why=why.strip())
    _issue(referral, "What was put to a group was withdrawn.", by=by, at=now)
    notices.withdrawn(referral, why.strip(), by=by)
    return referral


@operation
def refer(
    source: Group, target: Group, kind: str, text: str, *, clause: str = "", decision: Decision | None = None, due_on: date | None = None,
    by: User,
) -> Referral:  # fmt: skip
    """Pass something up to another group: a recommendation or an escalation.

    It wants an answer by `due_on` (London's day); unsaid, in as many working days as the other group's policy gives a concern.
    """
    hold_calendar()
    now = portal_now()
    standing = Standing.at(by, now)
    require(refusals_to_refer(source, standing, now), refusals_of_referral(kind, source, target, text, clause, standing))
    require(refusals_of_referred_decision(source, decision), refusals_of_day_wanted(due_on, standing.on))
    referral = Referral(
        kind=kind, from_group=source, to_group=target, raised_by=by.person, raised_at=now, text=text.strip(), clause=clause.strip(),
        origin_decision=decision, due_on=due_on or step_due(target, standing.on),
    ).save_by(by, at=now)  # fmt: skip
    seal("referred", referral, by=by, at=now)
    _issue(referral, f"It was put to {target}.", by=by, at=now)
    notices.referred(referral, by=by)
    return referral


@operation
def move_answer(referral: Referral, working: Working, *, why: str, by: User, at: datetime) -> Referral:
    """Put the day by which it is to be answered on the later one that was counted anew."""
    referral = _locked(referral)
    before, runs = cast(date, referral.due_on), answers_running(at).filter(pk=referral.pk).exists()
    require(refusals_to_move_deadline(before, working.end, runs, Standing.at(by, at)))
    referral.due_on = working.end
    referral.save_by(by, f"day to answer moved: {why}", at=at)
    seal("deadline moved", referral, by=by, at=at, before=before, after=working.end, why=why)
    _issue(referral, "The day by which it is to be answered was moved.", by=by, at=at)
    notices.answer_moved(referral, before, working, why, by=by)
    return referral
