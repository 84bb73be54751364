"""Putting a question to the seats, voting on it, closing it."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from decisions.lifecycle import QUESTION, QuestionStatus
from decisions.models import Cast, Decision, Question, RollRow
from decisions.rules import goes_against_the_advice, refusals_to_cast, refusals_to_open
from groups.models import Group, Holding, Seat, User
from groups.standing import Standing
from ledger.operations import seal
from meetings.models import AgendaItem, Paragraph
from meetings.operations.meetings import as_secretary
from records.clock import london_date, portal_now
from records.locks import locked
from records.models import Origin
from records.rules import Refusal, require


@transaction.atomic
def put_question(
    group: Group,
    wording: str,
    *,
    subject: str = "",
    version: str = "",
    item: AgendaItem | None = None,
    decision: Decision | None = None,
    paragraph: Paragraph | None = None,
    closes_at: datetime | None = None,
    by: User,
) -> Question:
    """Draft what will be asked of the seats: the wording, and exactly what is voted on (CR018, version 1.8)."""
    as_secretary(by, group, portal_now())
    return Question(
        group=group, wording=wording, subject=subject, version=version, item=item, decision=decision, paragraph=paragraph,
        closes_at=closes_at,
    ).save_by(by)  # fmt: skip


def _locked(question: Question) -> Question:
    decision_id = Question.objects.values_list("decision_id", flat=True).get(pk=question.pk)
    if decision_id:  # a decision is locked before its questions
        locked(Decision.objects.filter(pk=decision_id)).first()
    return locked(Question.objects.select_related("group", "decision")).get(pk=question.pk)


@transaction.atomic
def open_question(question: Question, *, by: User) -> Question:
    """Open it, and write the roll: every voting seat in force, vacant ones too, with names as they are today."""
    question, now = _locked(question), portal_now()
    as_secretary(by, question.group, now)
    require(refusals_to_open(question, now))
    question.status, question.opens_at = QUESTION["open"].target, now
    question.save_by(by, at=now)
    _write_roll(question, london_date(now), by=by)
    seal("opened", question, by=by, at=now)
    return question


def _write_roll(question: Question, today, *, by: User) -> None:
    seats = Seat.objects.on(today).filter(group=question.group, role=Seat.Role.MEMBER).select_related("constituency")
    holders = {h.seat_id: h.person.name for h in Holding.objects.on(today).filter(seat__in=seats).select_related("person")}
    for n, seat in enumerate(seats.order_by("order", "pk"), 1):
        RollRow(
            question=question, seat=seat, order=n, constituency=seat.label, holder=holders.get(seat.pk, ""),
            state=RollRow.State.EXPECTED if seat.pk in holders else RollRow.State.VACANT,
        ).save_by(by)  # fmt: skip


@transaction.atomic
def cast_vote(row: RollRow, choice: str, *, comment: str = "", key: UUID | None = None, by: User) -> Cast:
    """Vote for a seat, or change its vote: the latest before the close counts, and every one is kept.

    The same idempotency key gives the same receipt. Raises Refused when the question is not open by the
    database's clock, or the seat is not the voter's.
    """
    key = key or uuid4()
    question = _locked(Question(pk=row.question_id))
    row = locked(RollRow.objects.select_related("seat")).get(pk=row.pk)
    row.question = question
    if earlier := Cast.objects.filter(idempotency_key=key).first():
        require(_refusals_to_repeat(earlier, row, choice, comment))
        return earlier
    now = portal_now()
    standing = Standing(by, london_date(now))
    require(refusals_to_cast(row, choice, comment, standing, now))
    cast = Cast(
        row=row, n=row.casts.count() + 1, choice=choice, comment=comment, cast_by=by.person, recorded_at=now,
        capacity=standing.votes_in(row.seat), idempotency_key=key,
    ).save_by(by)  # fmt: skip
    cast.refresh_from_db()
    seal("voted" if cast.n == 1 else "changed vote", cast, by=by, at=cast.recorded_at)
    return cast


def _refusals_to_repeat(earlier: Cast, row: RollRow, choice: str, comment: str):
    if (earlier.row_id, earlier.choice, earlier.comment) != (row.pk, choice, comment):
        yield Refusal("This form was sent before, with another answer: open the vote again to change yours.", code="replayed")


@transaction.atomic
def mark_absent(row: RollRow, *, by: User) -> RollRow:
    """Record that the seat was not there to be asked. Never words put in its mouth: a state of the row."""
    question = _locked(Question(pk=row.question_id))
    as_secretary(by, question.group, portal_now())
    row = locked(RollRow.objects).get(pk=row.pk)
    require(_refusals_to_mark(question))
    row.state = RollRow.State.ABSENT
    return row.save_by(by)


def _refusals_to_mark(question: Question):
    if question.status != QuestionStatus.OPEN:
        yield Refusal(f"The {question} is {question.get_status_display().lower()}: its roll is not changed any more.")


@transaction.atomic
def close(question: Question, *, by: User) -> Question:
    """Close a question now (in the room), and keep the count."""
    question, now = _locked(question), portal_now()
    as_secretary(by, question.group, now)
    require(QUESTION.refusals(question, "close"))
    return _close(question, min(question.closes_at or now, now), by=by, now=now)


@transaction.atomic
def close_when_due(question: Question) -> Question:
    """What the clock does when the window is over. Closing twice changes nothing; lateness shows in the two moments."""
    question, now = _locked(question), portal_now()
    if question.status != QuestionStatus.OPEN or question.closes_at is None or question.closes_at > now:
        return question
    return _close(question, question.closes_at, by=User.objects.the_clock(), now=now)


def _close(question: Question, closes_at: datetime, *, by: User, now: datetime) -> Question:
    question.status, question.closes_at, question.close_recorded_at = QUESTION["close"].target, closes_at, now
    question.tally = question.recount()
    question.save_by(by, at=now)
    seal("closed", question, by=by, at=now, tally=question.tally)
    return question


@transaction.atomic
def withdraw_question(question: Question, *, why: str, by: User) -> Question:
    question, now = _locked(question), portal_now()
    as_secretary(by, question.group, now)
    require(QUESTION.refusals(question, "withdraw"))
    question.status, question.withdrawn_why = QUESTION["withdraw"].target, why
    question.save_by(by, why)
    seal("withdrawn", question, by=by, at=now, why=why)
    return question


@transaction.atomic
def record_past_question(
    item: AgendaItem, wording: str, *, paragraph: Paragraph | None, decision: Decision | None, subject: str, version: str,
    held_at: datetime, rows: list[dict], by: User,
) -> Question:  # fmt: skip
    """A vote as published minutes tell it: what each seat said, and that a seat was absent. No ledger entry says "voted"."""
    question = Question(
        group=item.meeting.group, item=item, paragraph=paragraph, decision=decision, wording=wording, subject=subject,
        version=version, status=QuestionStatus.CLOSED, opens_at=held_at, origin=Origin.IMPORTED,
    ).save_by(by, "read in")  # fmt: skip
    for n, told in enumerate(rows, 1):
        row = RollRow(
            question=question, seat=told["seat"], order=n, constituency=told["constituency"], state=told["state"],
            state_words=told["state_words"],
        ).save_by(by, "read in")  # fmt: skip
        if told["choice"]:
            Cast(
                row=row, n=1, choice=told["choice"], comment=told["comment"], capacity=Cast.Capacity.IMPORTED,
                recorded_at=held_at, idempotency_key=uuid4(),
            ).save_by(by)  # fmt: skip
    _compare_with_decision(question, by=by)
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
        if row and told["choice"] and (cast is None or (cast.choice, cast.comment) != (told["choice"], told["comment"])):
            Cast(
                row=row, n=cast.n + 1 if cast else 1, choice=told["choice"], comment=told["comment"],
                capacity=Cast.Capacity.IMPORTED, recorded_at=cast_at, idempotency_key=uuid4(),
            ).save_by(by)  # fmt: skip
    _compare_with_decision(question, by=by)
    return question


def _compare_with_decision(question: Question, *, by: User) -> None:
    """Whether the decision went against this advice, now that both are known."""
    if decision := question.decision:
        decision.against_advice = goes_against_the_advice(decision, decision.settlements.all())
        decision.save_by(by, "read in")
