"""Putting a question to the seats, and closing it."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from decisions import notices
from decisions.in_the_room import away_from, is_unspoken, taken_to_be_there
from decisions.lifecycle import QUESTION, QuestionStatus
from decisions.models import Decision, Question, RollRow
from decisions.operations.locking import locked_question
from decisions.operations.papers import carry_question_papers, send_with_the_vote
from decisions.papers import seen, sent_with
from decisions.rules.questions import (
    refusals_of_a_changed_room,
    refusals_of_opening,
    refusals_of_presence,
    refusals_of_withdrawing,
    refusals_of_wording,
    refusals_to_change,
    refusals_to_close,
    refusals_to_open,
    refusals_to_put_again,
    refusals_to_put_question,
    refusals_to_withdraw,
    what_forbids_opening,
)
from groups.calendar import deadline
from groups.models import Group, Holding, Seat, User
from groups.policies import Key, policies
from groups.standing import Standing
from ledger.operations import seal
from meetings.models import AgendaItem, Paragraph
from records.clock import london_date, portal_now
from records.editions import issue
from records.locks import locked
from records.opened import Stale
from records.operations import operation
from records.rules import require

CHANGEABLE = (
    "wording", "subject", "version", "consulted_version", "changed_since", "if_not_approved", "window_days", "follows",
    "basis",
)  # fmt: skip


@operation
def put_question(
    group: Group,
    wording: str,
    *,
    item: AgendaItem | None = None,
    decision: Decision | None = None,
    paragraph: Paragraph | None = None,
    closes_at: datetime | None = None,
    by: User,
    **asked: Any,
) -> Question:
    """Draft what will be asked of the seats: the wording, and exactly what is voted on (CR018, version 1.8).

    `asked` may also say the version consulted on, what changed since, what stands if it is not approved, the question
    whose form it rides on (`follows`), and `window_days`: working days it stays open; without them it is put in the room.
    """
    now = portal_now()
    question = Question(
        group=group, wording=wording, item=item, decision=decision, paragraph=paragraph, closes_at=closes_at, **asked
    )
    unsound = (r for r in refusals_of_wording(question) if getattr(r, "field", "") == "window_days")
    require(refusals_to_put_question(group, Standing.at(by, now), now), unsound)
    return question.save_by(by)


@operation
def change_question(question: Question, *, by: User, **asked: Any) -> Question:
    """Word a draft otherwise. Once it is open it is frozen."""
    question, now = locked_question(question), portal_now()
    require(refusals_to_change(question, Standing.at(by, now), now))
    return worded(question, by=by, **asked)


def worded(question: Question, *, by: User, **asked: Any) -> Question:
    """Saved with these words, if they are sound. Whether it may be changed has been asked: of what rides on a form, of that form."""
    for name in CHANGEABLE:
        setattr(question, name, asked.get(name, getattr(question, name)))
    require(refusals_of_wording(question))
    return question.save_by(by)


@operation
def open_question(question: Question, *, looked_at: str | None = None, by: User) -> Question:
    """Open it, and write the roll: every voting seat in force, vacant ones too, with names as they are today.

    The group's policies are frozen onto it. Ex-committee it closes at the group's closing time (17:00 London) after
    its working days, and its papers go out with it; in the room when somebody closes it. Whoever sits in a seat is told.
    What follows it opens with it.

    `looked_at` are the papers that were to go out when the page was opened: if they are others now, Stale.
    """
    question, now = locked_question(question), portal_now()
    require(refusals_to_open(question, Standing.at(by, now), now), refusals_of_opening(question))
    if looked_at is not None and looked_at != seen(sent_with(question)):
        raise Stale(question)
    riders = list(locked(Question.objects.filter(follows=question, status=QuestionStatus.DRAFT)).order_by("pk"))
    _open(question, by=by, now=now)
    for rider in riders:
        rider.window_days, rider.group, rider.closes_at = question.window_days, question.group, question.closes_at
        require(what_forbids_opening(rider, now), refusals_of_opening(rider))
        _open(rider, by=by, now=now)
    notices.opened(question, send_with_the_vote(question, by=by, at=now), by=by)
    return question


def _open(question: Question, *, by: User, now: datetime) -> None:
    today = london_date(now)
    question.status, question.opens_at = QUESTION["open"].target, now
    if question.window_days:
        question.closes_at, working = deadline(question.group, today, question.window_days)
        question.window_working = working.as_json()
    house = policies(question.group, today)
    question.reason_for_rejecting = house[Key.REASON_FOR_REJECTING] == "yes"
    question.tally_hidden = house[Key.TALLY_HIDDEN] == "yes"
    question.alternates_vote = house[Key.ALTERNATES] == "yes"
    question.holder_yields = house[Key.HOLDER_YIELDS] == "yes"
    question.save_by(by, at=now)
    _write_roll(question, today, by=by)
    seal("opened", question, by=by, at=now)


def _write_roll(question: Question, today, *, by: User) -> None:
    seats = Seat.objects.on(today).filter(group=question.group, role=Seat.Role.MEMBER).select_related("constituency")
    holders = {h.seat_id: h.person.name for h in Holding.objects.on(today).filter(seat__in=seats).select_related("person")}
    away = {seat for seat, told in away_from(question, portal_now()).items() if told.recorded}
    for n, seat in enumerate(seats.order_by("order", "pk"), 1):
        RollRow(
            question=question, seat=seat, order=n, constituency=seat.label, holder=holders.get(seat.pk, ""),
            state=RollRow.State.VACANT if seat.pk not in holders else RollRow.State.ABSENT if seat.pk in away else RollRow.State.EXPECTED,
        ).save_by(by)  # fmt: skip


@operation
def close(question: Question, *, there: Collection[int] | None = None, seen: Collection[int] | None = None, by: User) -> Question:
    """Close a question now (in the room), and keep the count. What rode on it closes with it.

    Where the room was asked for objections, `there` are the rows of the roll that were confirmed as there and silent (none: as the
    record has it), and `seen` those that the record had there when that was confirmed: of nobody else is silence taken for consent.
    """
    question, now = locked_question(question), portal_now()
    unspoken, away = _unspoken(question), away_from(question, now)
    by_the_record = taken_to_be_there(unspoken, away)
    present = by_the_record if there is None else set(there)
    require(
        refusals_to_close(question, Standing.at(by, now), now),
        refusals_of_a_changed_room(unspoken, by_the_record, present if seen is None else seen),
        refusals_of_presence(unspoken, away, present),
    )
    for row in unspoken:
        _said_nothing(row, row.pk in present, by=by)
    for rider in list(locked(Question.objects.filter(follows=question, status=QuestionStatus.OPEN)).order_by("pk")):
        _close(rider, min(rider.closes_at or now, now), by=by, now=now)
    closed = _close(question, min(question.closes_at or now, now), by=by, now=now)
    if silent := [row for row in unspoken if row.state == RollRow.State.SILENT]:
        notices.silent(closed, silent, at=now, by=by)
    return closed


def _unspoken(question: Question) -> list[RollRow]:
    """The seats that said nothing when the room was asked, whoever is there."""
    if not question.asks_for_objections:
        return []
    return [row for row in locked(question.roll.filter(casts=None)).order_by("pk").prefetch_related("casts") if is_unspoken(row)]


def _said_nothing(row: RollRow, was_there: bool, *, by: User) -> None:
    """A seat that was there does not object, and one that was not is absent: a state of its row, not a vote."""
    if was_there:
        row.state = RollRow.State.SILENT
        row.save_by(by, "said nothing when asked for objections")
    elif row.state != RollRow.State.ABSENT:
        row.state = RollRow.State.ABSENT
        row.save_by(by, "not there when asked for objections")


@operation
def close_when_due(question: Question) -> Question:
    """What the clock does when the window is over. Closing twice changes nothing; lateness shows in the two moments."""
    question, now = locked_question(question), portal_now()
    if question.status != QuestionStatus.OPEN or question.closes_at is None or question.closes_at > now:
        return question
    return _close(question, question.closes_at, by=User.objects.the_clock(), now=now)


def _close(question: Question, closes_at: datetime, *, by: User, now: datetime) -> Question:
    question.status, question.closes_at, question.close_recorded_at = QUESTION["close"].target, closes_at, now
    question.tally = question.recount()
    question.save_by(by, at=now)
    seal("closed", question, by=by, at=now, tally=question.tally)
    issue("decision", question.decision_id, "A vote was closed and counted.", by=by, at=now)
    notices.closed(question, by=by)
    return question


@operation
def withdraw_question(question: Question, *, why: str, by: User) -> Question:
    """Take a question back, with what rides on it. Its roll and votes are kept; whoever it was put to is told why."""
    question, now = locked_question(question), portal_now()
    require(refusals_to_withdraw(question, Standing.at(by, now), now), refusals_of_withdrawing(why))
    was_open = question.status == QuestionStatus.OPEN
    riders = Question.objects.filter(follows=question, status__in=QUESTION["withdraw"].origins)
    take_back((question, *locked(riders).order_by("pk")), why=why, by=by, at=now)
    if was_open:
        notices.question_withdrawn(question, by=by)
    return question


def take_back(questions: Iterable[Question], *, why: str, by: User, at: datetime) -> None:
    """Locked ones. Whether they may be withdrawn has been asked."""
    for each in questions:
        each.status, each.withdrawn_why = QUESTION["withdraw"].target, why
        each.save_by(by, why, at=at)
        seal("withdrawn", each, by=by, at=at, why=why)


@operation
def put_again(question: Question, *, by: User) -> Question:
    """A withdrawn question as a new draft, linked to the old one, to be changed and opened afresh."""
    question, now = locked_question(question), portal_now()
    require(refusals_to_put_again(question, Standing.at(by, now), now))
    again = _copied(question, by=by)
    carry_question_papers(question, again, by=by)
    for rider in question.follow_ups.filter(status=QuestionStatus.WITHDRAWN, withdrawn_why=question.withdrawn_why):
        _copied(rider, follows=again, by=by)
    return again


def _copied(question: Question, *, follows: Question | None = None, by: User) -> Question:
    asked = {name: getattr(question, name) for name in CHANGEABLE if name != "follows"}
    place, question.paragraph = question.paragraph, None  # its place in the minute passes to the new one
    question.save_by(by, "put again")
    return Question(
        group=question.group, item=question.item, decision=question.decision, paragraph=place, replaces=question,
        follows=follows, **asked,
    ).save_by(by, f"put again: {question.withdrawn_why}")  # fmt: skip
