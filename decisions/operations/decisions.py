"""A decision from draft to publication."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from decisions import notices
from decisions.lifecycle import DECISION, DecisionStatus
from decisions.models import Decision, Maker, Reason, Settlement
from decisions.rules import (
    goes_against_the_advice,
    hold_limit,
    refusals_to_date,
    refusals_to_determine,
    refusals_to_hold,
    refusals_to_publish,
    refusals_to_release,
    refusals_to_table,
)
from decisions.subjects import Subject
from groups.models import Group, Person, User
from groups.numbering import mint, mint_past
from groups.standing import Standing
from ledger.operations import seal
from meetings.deadlines import publication_due
from meetings.models import AgendaItem, Meeting, MinutesEdition, Paragraph
from meetings.operations.meetings import as_secretary
from meetings.operations.minutes import freeze
from meetings.rules import refusals_of_closed_group
from records.clock import london_date, portal_now
from records.hooks import effects_above, refusals_from_above
from records.locks import locked
from records.models import Origin
from records.rules import require


def _locked(decision: Decision) -> Decision:
    """The decision with its meeting: the meeting locked first, and both read after the wait."""
    meeting_id = Decision.objects.values_list("meeting_id", flat=True).get(pk=decision.pk)
    meeting = locked(Meeting.objects.select_related("group")).get(pk=meeting_id) if meeting_id else None
    decision = locked(Decision.objects.select_related("group", "determined_by")).get(pk=decision.pk)
    decision.meeting = meeting
    return decision


@transaction.atomic
def draft(
    group: Group,
    title: str,
    wording: str,
    *,
    meeting: Meeting | None = None,
    item: AgendaItem | None = None,
    paragraph: Paragraph | None = None,
    maker: str = Maker.SRO,
    authority: str = "",
    basis: str = Decision.Basis.NOT_STATED,
    untabled_why: str = "",
    by: User,
) -> Decision:
    """Write down what is to be decided. Until it is determined it goes by its meeting: DAG026/7."""
    group = locked(Group.objects).get(pk=group.pk)
    as_secretary(by, group, portal_now())
    where = Decision.WhereTaken.MEETING if meeting else Decision.WhereTaken.EX_COMMITTEE
    n = mint(f"drafts:{meeting or group}", "decision")
    return Decision(
        group=group, meeting=meeting, item=item, paragraph=paragraph, reference=f"{meeting or group}/{n}", title=title,
        wording=wording, maker=maker, authority=authority, basis=basis, where_taken=where, untabled_why=untabled_why,
        recorded_by=by,
    ).save_by(by)  # fmt: skip


@transaction.atomic
def table(decision: Decision, *, by: User) -> Decision:
    """Put the decision to the group."""
    decision = _locked(decision)
    as_secretary(by, decision.group, portal_now())
    require(refusals_to_table(decision))
    decision.status = DECISION["table"].target
    return decision.save_by(by)


@transaction.atomic
def defer(decision: Decision, *, why: str, by: User) -> Decision:
    """Take the decision off the table, to come back to later."""
    return _take_off(decision, "defer", why=why, by=by)


@transaction.atomic
def withdraw(decision: Decision, *, why: str, by: User) -> Decision:
    return _take_off(decision, "withdraw", why=why, by=by)


def _take_off(decision: Decision, verb: str, *, why: str, by: User) -> Decision:
    decision = _locked(decision)
    as_secretary(by, decision.group, portal_now())
    require(DECISION.refusals(decision, verb))
    decision.status = DECISION[verb].target
    return decision.save_by(by, why)


@transaction.atomic
def determine(
    decision: Decision,
    subjects: list[Subject],
    *,
    reasons: Iterable[str] = (),
    determined_as: str = "Chair",
    on: date | None = None,
    after_the_meeting: bool = False,
    by: User,
) -> Decision:
    """The Chair decides: outcomes, and the numbered reasons that are published with them. The reference is minted here.

    Votes are advice (minutes of DAG026, item 7): no outcome is computed. `on` is the day it was decided
    (London), if not today. Raises Refused; of two who determine at once, the second is told of the first.
    """
    decision, now, reasons = _locked(decision), portal_now(), [r.strip() for r in reasons if r.strip()]
    standing = Standing(by, london_date(now))
    require(
        refusals_to_determine(decision, subjects, reasons, standing, now),
        refusals_to_date(decision, on or standing.on, standing.on),
        refusals_of_closed_group(decision.group, standing),
        refusals_from_above("decisions.determine", decision, subjects=subjects),
    )
    _number(decision, mint(f"group:{decision.group.code}", "decision"))
    decision.status, decision.decided_on = DECISION["determine"].target, on or london_date(now)
    decision.determined_by, decision.determined_by_name, decision.determined_as = by.person, str(by), determined_as
    decision.against_advice = goes_against_the_advice(decision, subjects)
    if after_the_meeting and decision.meeting:
        decision.where_taken = Decision.WhereTaken.AFTER
    if decision.meeting is None:
        decision.publication_due_at, working = publication_due(decision.group, decision.decided_on)
        decision.publication_working = working.as_json()
    decision.save_by(by, at=now)
    _settle(decision, subjects, reasons, by=by)
    effects_above("decisions.determine", decision, by=by, at=now)
    seal("determined", decision, by=by, at=now)
    notices.determined(decision, by=by)
    return decision


def _number(decision: Decision, n: int) -> None:
    decision.number, decision.reference = n, decision.group.decision_reference(n)


def _settle(decision: Decision, subjects: Iterable[Subject], reasons: Iterable[str], *, by: User) -> None:
    """Write subjects and reasons down. Only for what is read in is there anything to correct: then row by row, with a history."""
    for n, subject in enumerate(subjects, 1):
        row = decision.settlements.filter(n=n).first() or Settlement(decision=decision, n=n)
        row.subject_kind, row.subject_ref, row.subject_title = subject.kind, subject.ref, subject.title
        row.subject_version, row.outcome, row.conditions = subject.version, subject.outcome, subject.conditions
        row.save_by(by)
    for n, text in enumerate(reasons, 1):
        reason = decision.reasons.filter(n=n).first() or Reason(decision=decision, n=n)
        reason.text = text
        reason.save_by(by)


@transaction.atomic
def hold_back(decision: Decision, *, until: date, why: str, by: User) -> Decision:
    """Keep a decision from being published until a day; SRO, Ofgem and IPA are told, and the public that one is held."""
    decision, now = _locked(decision), portal_now()
    as_secretary(by, decision.group, now)
    require(refusals_to_hold(decision, until, why, london_date(now)))
    decision.held_until, decision.held_why = until, why
    decision.save_by(by, why, at=now)
    seal("held back", decision, by=by, at=now, until=until, why=why)
    notices.held_back(decision, by=by)
    return decision


@transaction.atomic
def release(decision: Decision, *, by: User, why: str = "") -> Decision:
    """End a hold. If its meeting is public already, the decision is published at once and the minutes get an addendum."""
    decision, now = _locked(decision), portal_now()
    as_secretary(by, decision.group, now)
    require(refusals_to_release(decision))
    return _release(decision, by=by, now=now, why=why)


@transaction.atomic
def release_when_due(decision: Decision) -> Decision:
    """What the clock does when the day until which it was held is over. Safe to run twice."""
    decision, now = _locked(decision), portal_now()
    if decision.held_until is None or decision.held_until > hold_limit(now):
        return decision
    return _release(decision, by=User.objects.the_clock(), now=now, why=f"held until {decision.held_until}")


def _release(decision: Decision, *, by: User, now, why: str) -> Decision:
    decision.held_until = decision.held_why = None
    decision.save_by(by, why, at=now)
    seal("released", decision, by=by, at=now, why=why)
    meeting = decision.meeting
    if decision.status == DecisionStatus.DETERMINED and meeting and meeting.published_at:
        _publish_alone(decision, f"{decision} was held back and is public now.", by=by, at=now)
    return decision


@transaction.atomic
def publish(decision: Decision, *, by: User) -> Decision:
    """Make one decision public; those of a meeting are published with its minutes."""
    decision, now = _locked(decision), portal_now()
    as_secretary(by, decision.group, now)
    require(refusals_to_publish(decision))
    return _publish_alone(decision, f"{decision} was decided after these minutes were published.", by=by, at=now)


def _publish_alone(decision: Decision, note: str, *, by: User, at) -> Decision:
    """Publish one decision; if the minutes of its meeting are public already, they get an addendum that has it."""
    make_public(decision, by=by, at=at)
    minutes = getattr(decision.meeting, "minutes", None)
    if minutes and minutes.published_at:
        minutes.meeting = decision.meeting
        freeze(minutes, MinutesEdition.Kind.ADDENDUM, note=note, by=by, now=at)
    return decision


def make_public(decision: Decision, *, by: User, at) -> Decision:
    decision.published_at, decision.published_by = at, by
    decision.save_by(by, at=at)
    seal("published", decision, by=by, at=at)
    return decision


@transaction.atomic
def publish_when_due(decision: Decision) -> Decision:
    """What the clock does at the hour. Safe to run twice."""
    decision, now = _locked(decision), portal_now()
    if any(refusals_to_publish(decision)):
        return decision
    note = f"{decision} was decided after these minutes were published."
    return _publish_alone(decision, note, by=User.objects.the_clock(), at=now)


@transaction.atomic
def record_past_decision(
    group: Group, reference: str, number: int, *, meeting: Meeting, item: AgendaItem | None, title: str, wording: str,
    maker: str, authority: str, basis: str, where_taken: str, decided_on: date, determined_by: Person | None,
    determined_as: str, subjects: list[Subject], reasons: list[str], by: User,
) -> Decision:  # fmt: skip
    """A decision as published papers tell it. A second paper about the same one adds to it, and doubles nothing."""
    decision = Decision.objects.filter(group=group, number=number).first()
    if decision is None:
        mint_past(f"group:{group.code}", "decision", number)
        decision = Decision(
            group=group, reference=reference, number=number, meeting=meeting, recorded_by=by, origin=Origin.IMPORTED,
            status=DecisionStatus.DETERMINED,
        )  # fmt: skip
    decision.item, decision.title, decision.wording = item or decision.item, title, wording
    decision.maker, decision.authority, decision.basis = maker, authority or decision.authority, basis
    decision.where_taken, decision.decided_on = where_taken, decided_on
    decision.determined_by, decision.determined_as = determined_by or decision.determined_by, determined_as or decision.determined_as
    decision.determined_by_name = decision.determined_by.name if decision.determined_by else ""
    decision.first_published_on = meeting.first_published_on
    if meeting.published_at and not decision.published_at:
        decision.published_at, decision.published_by = meeting.published_at, by
    decision.save_by(by, "read in")
    _settle(decision, subjects, reasons, by=by)
    return decision
