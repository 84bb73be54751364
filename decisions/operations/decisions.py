"""A decision from draft to determination."""

from collections.abc import Iterable
from datetime import date, datetime

from decisions import notices
from decisions.lifecycle import DECISION
from decisions.models import Decision, Direction, Maker, Reason, Reply, Settlement
from decisions.rules import (
    goes_against_the_advice,
    refusals_of_determination,
    refusals_of_level,
    refusals_of_promise,
    refusals_of_why_untabled,
    refusals_to_determine,
    refusals_to_draft,
    refusals_to_promise,
    refusals_to_say_why_untabled,
    refusals_to_state_level,
    refusals_to_supersede,
    refusals_to_table,
    refusals_to_take_off,
    refusals_to_withdraw,
    what_it_rests_on,
)
from decisions.rules.replies import overruled_rows
from decisions.subjects import Subject, Terms
from groups.calendar import hold_calendar
from groups.models import Group, User
from groups.numbering import mint
from groups.standing import Standing
from ledger.operations import seal
from meetings.due import publication_due
from meetings.models import AgendaItem, Meeting, Paragraph
from records.clock import portal_now
from records.hooks import effects_above
from records.locks import locked
from records.operations import operation
from records.rules import require


def locked_decision(decision: Decision) -> Decision:
    """The decision with its meeting: the meeting locked first, and both read after the wait."""
    meeting_id = Decision.objects.values_list("meeting_id", flat=True).get(pk=decision.pk)
    meeting = locked(Meeting.objects.select_related("group")).get(pk=meeting_id) if meeting_id else None
    decision = locked(Decision.objects.select_related("group", "determined_by")).get(pk=decision.pk)
    decision.meeting = meeting
    return decision


@operation
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
    if_not_approved: str = "",
    excludes: str = "",
    supersedes: Decision | None = None,
    by: User,
) -> Decision:
    """Write down what is to be decided. Until it is determined it goes by its meeting: DAG026/7.

    `supersedes` is an earlier decision that this one revises: it stands until this one is determined.
    """
    group = locked(Group.objects).get(pk=group.pk)
    now = portal_now()
    require(refusals_to_draft(group, Standing.at(by, now), now), refusals_to_supersede(supersedes) if supersedes else ())
    where = Decision.WhereTaken.MEETING if meeting else Decision.WhereTaken.EX_COMMITTEE
    n = mint(f"drafts:{meeting or group}", "decision")
    return Decision(
        group=group, meeting=meeting, item=item, paragraph=paragraph, reference=f"{meeting or group}/{n}", title=title,
        wording=wording, maker=maker, authority=authority, basis=basis, where_taken=where, untabled_why=untabled_why,
        if_not_approved=if_not_approved, excludes=excludes, supersedes=supersedes, recorded_by=by,
    ).save_by(by)  # fmt: skip


@operation
def state_level(decision: Decision, level: int, *, clause: str, said_by: str, by: User) -> Decision:
    """Record whose decision it is (1 Ofgem, 2 PSG, 3 the group), by which clause of the terms of reference, and who says so."""
    decision, now = locked_decision(decision), portal_now()
    require(refusals_to_state_level(decision, Standing.at(by, now), now), refusals_of_level(level, clause, said_by))
    decision.level, decision.level_clause, decision.level_said_by = level, clause, said_by
    return decision.save_by(by, at=now)


@operation
def promise(decision: Decision, promised_by: datetime, *, by: User) -> Decision:
    """Say by when the Chair will decide, while it is awaited: shown where the vote is shown."""
    decision, now = locked_decision(decision), portal_now()
    require(refusals_to_promise(decision, Standing.at(by, now), now), refusals_of_promise(promised_by, now))
    decision.promised_by = promised_by
    return decision.save_by(by, at=now)


@operation
def say_why_untabled(decision: Decision, why: str, *, by: User) -> Decision:
    """Record why it is taken on an item that was not tabled for decision. It is sealed with the determination, and changed no more."""
    decision, now = locked_decision(decision), portal_now()
    require(refusals_to_say_why_untabled(decision, Standing.at(by, now), now), refusals_of_why_untabled(why))
    decision.untabled_why = why.strip()
    return decision.save_by(by, at=now)


@operation
def table(decision: Decision, *, by: User) -> Decision:
    """Put the decision to the group."""
    decision, now = locked_decision(decision), portal_now()
    require(refusals_to_table(decision, Standing.at(by, now), now))
    decision.status = DECISION["table"].target
    return decision.save_by(by)


@operation
def defer(decision: Decision, *, why: str, by: User) -> Decision:
    """Take the decision off the table, to come back to later."""
    decision, now = locked_decision(decision), portal_now()
    return _take_off(decision, "defer", Standing.at(by, now), why=why, by=by)


@operation
def withdraw(decision: Decision, *, why: str, by: User) -> Decision:
    """Take back what was drafted or tabled by mistake. Raises Refused while a vote on it is prepared or open."""
    decision, now = locked_decision(decision), portal_now()
    standing = Standing.at(by, now)
    require(refusals_to_withdraw(decision, standing, now))
    return _take_off(decision, "withdraw", standing, why=why, by=by)


def _take_off(decision: Decision, verb: str, standing: Standing, *, why: str, by: User) -> Decision:
    require(refusals_to_take_off(decision, verb, standing))
    decision.status = DECISION[verb].target
    return decision.save_by(by, why)


@operation
def determine(decision: Decision, terms: Terms, *, by: User) -> Decision:
    """The Chair decides: outcomes, and the numbered reasons that are published with them. The reference is minted here.

    Votes are advice (minutes of DAG026, item 7): no outcome is computed. Raises Refused; of two who determine at once, the second
    is told of the first.
    """
    hold_calendar()
    decision, now = locked_decision(decision), portal_now()
    standing = Standing.at(by, now)
    require(refusals_to_determine(decision, standing, now), refusals_of_determination(decision, terms, standing))
    _number(decision, mint(f"group:{decision.group.code}", "decision"))
    decision.status, decision.decided_on, decision.determined_at = DECISION["determine"].target, terms.on or standing.on, now
    decision.determined_by, decision.determined_by_name, decision.determined_as = by.person, str(by), terms.determined_as
    decision.against_advice = goes_against_the_advice(decision, terms.subjects)
    decision.basis = what_it_rests_on(decision)
    _take_terms(decision, terms, on=decision.decided_on)
    if decision.meeting is None:
        decision.publication_due_at, working = publication_due(decision.group, decision.decided_on)
        decision.publication_working = working.as_json()
    decision.save_by(by, at=now)
    settle(decision, terms.subjects, [r.strip() for r in terms.reasons if r.strip()], by=by)
    _direct_and_reply(decision, terms, by=by)
    effects_above("decisions.determine", decision, by=by, at=now)
    seal("determined", decision, by=by, at=now)
    notices.determined(decision, by=by)
    return decision


def _number(decision: Decision, n: int) -> None:
    decision.number, decision.reference = n, decision.group.decision_reference(n)


def _take_terms(decision: Decision, terms: Terms, *, on: date) -> None:
    decision.wording = terms.wording.strip() or decision.wording
    decision.authority = terms.authority or decision.authority
    decision.consensus, decision.not_passed_up_why = terms.consensus, terms.not_passed_up_why
    decision.if_not_approved = terms.if_not_approved or decision.if_not_approved
    decision.what_this_means = terms.what_this_means or decision.what_this_means
    decision.review_on = terms.review_on
    if decision.meeting and (terms.after_the_meeting or on > decision.meeting.held_on):
        decision.where_taken = Decision.WhereTaken.AFTER


def settle(decision: Decision, subjects: Iterable[Subject], reasons: Iterable[str], *, by: User) -> None:
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


def _direct_and_reply(decision: Decision, terms: Terms, *, by: User) -> None:
    """Directions, and a reply to each seat that advised otherwise: where none is given, "not answered" is what is kept."""
    for n, text in enumerate(filter(None, (d.strip() for d in terms.directions)), 1):
        Direction(decision=decision, n=n, text=text).save_by(by)
    for row in overruled_rows(decision, terms.subjects):
        Reply(decision=decision, row=row, text=terms.replies.get(row.pk, "").strip()).save_by(by)
