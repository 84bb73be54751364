"""Decisions and votes as published papers tell them. Lifecycles are skipped, constraints are not; no ledger entry says "voted"."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from decisions.lifecycle import DecisionStatus, QuestionStatus
from decisions.models import AS_WORDED, Cast, Choice, Decision, Question, Reason, RollRow, Settlement
from decisions.operations.decisions import settle
from decisions.rules import goes_against_the_advice
from decisions.subjects import Subject
from groups.models import Group, Person, User
from groups.numbering import mint_past
from meetings.models import AgendaItem, Meeting, Paragraph
from meetings.operations.past import MENDED
from records.clock import portal_now
from records.editions import issue
from records.hooks import effects_above
from records.models import Origin
from records.operations import operation

TAKEN_OUT = "Taken out: "  # before what a decision is about that the corrected papers do not have
NOT_IN_IT_NOW, NO_REASON_NOW = "not in the corrected paper", "(Not in the corrected minutes.)"
NO_REASONS = (NO_REASON_NOW, "(It was misread: the minutes do not have it.)")
NOT_IN_IT = "not_in_it"  # in place of an outcome: the paper does not name the subject at all
READ_IN = "It was read in from published papers."


@operation
def record_past_decision(
    group: Group, reference: str, number: int, *, meeting: Meeting, item: AgendaItem | None, title: str, wording: str,
    maker: str, authority: str, basis: str, where_taken: str, decided_on: date, determined_by: Person | None,
    determined_as: str, subjects: list[Subject], reasons: list[str], corrected: bool = False, by: User,
) -> Decision:  # fmt: skip
    """A decision as published papers tell it. A second paper about the same one adds to it, and doubles nothing.

    Where it is a correction, what the paper does not have any more is taken out.
    """
    decision = Decision.objects.filter(group=group, number=number).first()
    if decision is None:
        mint_past(f"group:{group.code}", "decision", number)
        decision = Decision(
            group=group, reference=reference, number=number, meeting=meeting, recorded_by=by, origin=Origin.IMPORTED,
            status=DecisionStatus.DETERMINED,
        )  # fmt: skip
    decision.item, decision.title, decision.wording = item or decision.item, title, wording
    kept = None if corrected else decision  # what a fuller paper only leaves out stands
    decision.maker, decision.authority, decision.basis = maker, authority or (kept.authority if kept else ""), basis
    decision.where_taken, decision.decided_on = where_taken, decided_on
    if determined_by or corrected:
        decision.determined_by, decision.determined_as = determined_by, determined_as
    decision.determined_by_name = decision.determined_by.name if decision.determined_by else ""
    decision.first_published_on = meeting.first_published_on
    if meeting.published_at and not decision.published_at:
        decision.published_at, decision.published_by = meeting.published_at, by
    decision.save_by(by, "read in")
    settle(decision, subjects, reasons, by=by)
    if corrected:
        _take_out_the_rest(decision, len(subjects), len(reasons), by=by)
    issue("decision", decision.pk, READ_IN, by=by)
    effects_above("decisions.record_past_decision", decision, by=by)
    return decision


def _take_out_the_rest(decision: Decision, subjects: int, reasons: int, *, by: User) -> None:
    """What an earlier paper had and the corrected one has not: no outcome stands of it, and the reason says what became of it."""
    for settlement in decision.settlements.filter(n__gt=subjects).exclude(outcome=AS_WORDED):
        settlement.outcome, settlement.conditions = AS_WORDED, ""
        settlement.save_by(by, NOT_IN_IT_NOW)
    for reason in decision.reasons.filter(n__gt=reasons):
        reason.text = NO_REASON_NOW
        reason.save_by(by, NOT_IN_IT_NOW)


@operation
def take_out_past_decision(decision: Decision, *, why: str, by: User) -> Decision:
    """One that the corrected papers do not have: its page stays, says so, and no outcome stands."""
    decision.title, decision.wording = f"{TAKEN_OUT}{decision.title}"[:300], f"{why} It read: {decision.wording}"
    decision.save_by(by, why)
    _take_out_the_rest(decision, 0, decision.reasons.count(), by=by)
    issue("decision", decision.pk, why, by=by)
    effects_above("decisions.record_past_decision", decision, by=by)
    return decision


def can_be_corrected(question: Question, told: dict[str, str]) -> bool:
    """Whether the roll that is told differs only in what seats that voted said. A row cannot lose its vote, nor a roll its rows."""
    rows = {row.constituency: row.result for row in question.roll.prefetch_related("casts")}
    return rows.keys() == told.keys() and all(now == rows[seat] or {now, rows[seat]} <= {*Choice.values} for seat, now in told.items())


@operation
def take_out_past_question(question: Question, *, why: str, by: User) -> Question:
    """A vote that the corrected papers do not have, or have with other rows: it counts no more."""
    decision = question.decision
    question.status, question.withdrawn_why, question.paragraph, question.decision = QuestionStatus.WITHDRAWN, why[:300], None, None
    question.save_by(by, why)
    if decision:
        decision.against_advice = goes_against_the_advice(decision, decision.settlements.all())
        decision.save_by(by, why)
        issue("decision", decision.pk, why, by=by)
        effects_above("decisions.record_past_decision", decision, by=by)
    return question


@operation
def record_past_question(
    item: AgendaItem, wording: str, *, paragraph: Paragraph | None, decision: Decision | None, subject: str, version: str,
    held_at: datetime, rows: list[dict], why: str = "read in", by: User,
) -> Question:  # fmt: skip
    """A vote as published minutes tell it: what each seat said, and that a seat was absent. No ledger entry says "voted"."""
    question = Question(
        group=item.meeting.group, item=item, paragraph=paragraph, decision=decision, wording=wording, subject=subject,
        version=version, status=QuestionStatus.CLOSED, opens_at=held_at, origin=Origin.IMPORTED,
    ).save_by(by, why)  # fmt: skip
    for n, told in enumerate(rows, 1):
        _record_row(RollRow(question=question, order=n), told, held_at, why, by=by)
    _compare_with_decision(question.decision, why=READ_IN if why == "read in" else why, by=by)
    return question


def _record_row(row: RollRow, told: dict, at: datetime, why: str, *, by: User) -> None:
    """The row as it is told, and the vote of its seat, unless that is what counts already."""
    before = row.counted if row.pk else None
    if row.pk is None or any(getattr(row, name) != told[name] for name in ("seat", "constituency", "state", "state_words")):
        row.seat, row.constituency, row.state, row.state_words = told["seat"], told["constituency"], told["state"], told["state_words"]
        row.save_by(by, why)
    if told["choice"] and (before is None or (before.choice, before.comment) != (told["choice"], told["comment"])):
        Cast(
            row=row, n=before.n + 1 if before else 1, choice=told["choice"], comment=told["comment"], capacity=Cast.Capacity.IMPORTED, recorded_at=at,
            idempotency_key=uuid4(),
        ).save_by(by)  # fmt: skip


@operation
def correct_past_vote(
    question: Question, *, subject: str, version: str, wording: str, decision: Decision | None, rows: list[tuple[RollRow | None, dict]], why: str, by: User,
) -> Question:  # fmt: skip
    """What was misread of a vote, mended: what was asked, on which decision it advises, and what each seat said; a row that was missed comes last.

    No row is lost and none loses its vote: where the paper has less, the whole vote is taken out, and put down anew in its place.
    """
    why, before, at = f"{MENDED}{why}", question.decision, question.opens_at or portal_now()
    kept = {row.pk: told for row, told in rows if row}
    if any(row.pk not in kept or (row.counted and not kept[row.pk]["choice"]) for row in question.roll.prefetch_related("casts")):
        item, place = AgendaItem.objects.select_related("meeting__group").get(questions=question), question.paragraph
        take_out_past_question(question, why=why, by=by)
        if decision:
            decision.refresh_from_db()  # it was saved with the vote that is gone
        return record_past_question(
            item, wording, paragraph=place, decision=decision, subject=subject, version=version, held_at=at, rows=[told for _, told in rows], why=why, by=by,
        )  # fmt: skip
    question.subject, question.version, question.wording, question.decision = subject, version, wording, decision
    question.save_by(by, why)
    last = max((row.order for row, _ in rows if row), default=0)
    for n, (row, told) in enumerate(rows, last + 1):
        _record_row(row or RollRow(question=question, order=n), told, at, why, by=by)
    for each in (before, decision) if before != decision else (decision,):
        _compare_with_decision(each, why=why, by=by)
    return question


def correct_past_question(question: Question, *, paragraph: Paragraph | None, rows: list[dict], by: User) -> Question:
    """A newer paper about the same vote: where it tells a row otherwise, that counts, and what was read before is kept."""
    if question.paragraph != paragraph:
        question.paragraph = paragraph
        question.save_by(by, "read in again")
    cast_at = question.opens_at or portal_now()
    known = {row.constituency: row for row in question.roll.prefetch_related("casts")}
    for told in rows:
        row = known.get(told["constituency"])
        cast = row.counted if row else None
        if row and cast is None and row.state_words != told["state_words"]:
            row.state_words = told["state_words"]
            row.save_by(by, "read in again")
        if row and told["choice"] and (cast is None or (cast.choice, cast.comment) != (told["choice"], told["comment"])):
            Cast(
                row=row, n=cast.n + 1 if cast else 1, choice=told["choice"], comment=told["comment"],
                capacity=Cast.Capacity.IMPORTED, recorded_at=cast_at, idempotency_key=uuid4(),
            ).save_by(by)  # fmt: skip
    _compare_with_decision(question.decision, why=READ_IN, by=by)
    return question


def _compare_with_decision(decision: Decision | None, *, why: str, by: User) -> None:
    """Whether the decision went against this advice, now that both are known."""
    if decision:
        decision.against_advice = goes_against_the_advice(decision, decision.settlements.all())
        decision.save_by(by, "read in" if why == READ_IN else why)
        issue("decision", decision.pk, why, by=by)
        if why != READ_IN:
            effects_above("decisions.record_past_decision", decision, by=by)


@operation
def correct_past_decision(
    decision: Decision, *, outcomes: dict[int, tuple[str, str]], votes: dict[int, str], reasons: dict[int, str], decided_on: date,
    named: dict[int, tuple[str, str, str]], whose: tuple[str, str] | None = None, stated: dict[str, Any] | None = None, why: str, by: User,
) -> Decision:  # fmt: skip
    """What was misread of it, mended. The wording is the paper's, and stays; so do the votes as they were read, beneath those that count."""
    _mend_subjects(decision, outcomes, named, why=why, by=by)
    for row in RollRow.objects.filter(question__decision=decision, pk__in=votes).select_related("question").prefetch_related("casts").order_by("pk"):
        if row.result != votes[row.pk]:
            row.question.save_by(by, f"{MENDED}{why}")
            before = row.counted
            Cast(
                row=row, n=before.n + 1 if before else 1, choice=votes[row.pk], comment=before.comment if before else "", capacity=Cast.Capacity.IMPORTED,
                recorded_at=portal_now(), idempotency_key=uuid4(),
            ).save_by(by)  # fmt: skip
    known = {each.n: each for each in decision.reasons.all()}
    for n, text in reasons.items():
        reason = known.get(n) or Reason(decision=decision, n=n)
        told = text.strip() or (reason.text if reason.text in NO_REASONS else NO_REASONS[-1])
        if reason.text != told:
            reason.text = told
            reason.save_by(by, why)
    decision.decided_on = decided_on
    decision.maker, decision.basis = whose or (decision.maker, decision.basis)
    for name, value in (stated or {}).items():
        setattr(decision, name, value)
    decision.against_advice = goes_against_the_advice(decision, decision.settlements.all())
    decision.save_by(by, why)
    issue("decision", decision.pk, f"{MENDED}{why}", by=by)
    effects_above("decisions.record_past_decision", decision, by=by)
    return decision


def _mend_subjects(decision: Decision, outcomes: dict[int, tuple[str, str]], named: dict[int, tuple[str, str, str]], *, why: str, by: User) -> None:
    """Each as it is to read: kind, reference and version, and what became of it. Of one that was made up no outcome stands."""
    known = {each.n: each for each in decision.settlements.all()}
    for n in sorted(outcomes.keys() | named.keys()):
        row = known.get(n) or Settlement(decision=decision, n=n)
        outcome, conditions = outcomes.get(n, (row.outcome, row.conditions))
        if outcome == NOT_IN_IT:
            row.outcome, row.conditions = AS_WORDED, ""
            row.save_by(by, f"{NOT_IN_IT_NOW}: {why}")
            continue
        if n in named:
            if row.subject_ref and row.subject_ref != named[n][1]:
                row.subject_title = ""  # it was that of another
            row.subject_kind, row.subject_ref, row.subject_version = named[n]
        row.outcome, row.conditions = outcome, conditions
        row.save_by(by, why)
