"""Who may put, open, close and withdraw a question, when, and why not. Read-only: nothing here writes.

`refusals_to_X(record, standing, now)` looks at what exists, `refusals_of_X(…)` at what was typed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from decisions.in_the_room import Away
from decisions.lifecycle import LONGEST_WINDOW, QUESTION, DecisionStatus, QuestionStatus
from decisions.models import Question, RollRow, WhyNot
from groups.models import Group
from groups.standing import Standing
from meetings.rules import refusals_to_keep_the_record
from records.dates import as_moment, as_second, as_tenths
from records.hooks import refusals_from_above
from records.rules import Refusal


def refusals_of_wording(question: Question) -> Iterator[Refusal]:
    if not question.wording.strip():
        yield Refusal("Say what is asked before it is opened.", field="wording")
    if question.asks_for_objections and question.window_days is not None:
        yield Refusal("Whether anybody objects is asked in the room: outside a meeting, put it as a vote.", field="window_days")
    if question.in_the_room and question.pk and question.papers.filter(dropped=False).exists():
        yield Refusal("It has papers of its own, as a vote outside a meeting has: take them off first. At a meeting the agenda has them.", field="window_days")
    if question.follows and question.follows.asks_for_objections:
        yield Refusal("Only a vote has a second question: ask for objections to each on its own.", field="window_days")
    if question.window_days is not None and not 1 <= question.window_days <= LONGEST_WINDOW:
        yield Refusal(f"A vote stays open for 1 to {LONGEST_WINDOW} working days.", field="window_days")


def refusals_to_put_question(group: Group, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, group)


def _refusals_to_run(question: Question, standing: Standing) -> Iterator[Refusal]:
    """The secretariat runs a vote; what rides on another question's form goes with that one."""
    yield from refusals_to_keep_the_record(standing, question.group)
    if question.follows_id:
        yield Refusal(f"It rides on the form of another question: change, open, close and withdraw the {question.follows}.")


def refusals_to_change(question: Question, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Wording, seats and window freeze when it opens."""
    yield from _refusals_to_run(question, standing)
    if question.status != QuestionStatus.DRAFT:
        yield Refusal(
            f"The {question} is {question.get_status_display().lower()}: what is asked, of whom and until when is frozen. "
            "Withdraw it and put it again, with a reason.",
            code="frozen",
        )


def refusals_to_open(question: Question, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from _refusals_to_run(question, standing)
    yield from what_forbids_opening(question, now)


def refusals_of_opening(question: Question) -> Iterator[Refusal]:
    """What was written in the draft, as the apps above look at it: which version of a change request is voted on, say."""
    yield from refusals_from_above("decisions.open_question.typed", question)


def what_forbids_opening(question: Question, now: datetime) -> Iterator[Refusal]:
    """The same of what rides on its form, and opens with it."""
    yield from QUESTION.refusals(question, "open")
    yield from refusals_of_wording(question)
    if question.decision and question.decision.status == DecisionStatus.DETERMINED:
        yield Refusal(f"{question.decision} has been determined already: there is nothing to advise on.")
    if question.decision and question.decision.status == DecisionStatus.WITHDRAWN:
        yield Refusal(f"{question.decision} has been withdrawn: there is nothing to advise on.")
    if question.closes_at and question.closes_at <= now:
        yield Refusal("It would close before it opens.", field="closes_at")


def refusals_to_call_the_roll(question: Question, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, question.group)
    yield from refusals_of_window(question, now)


def refusals_to_close(question: Question, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """In the room the secretariat closes; a window once opened closes when it said it would."""
    yield from _refusals_to_run(question, standing)
    yield from QUESTION.refusals(question, "close")
    if question.closes_at and now < question.closes_at:
        at = as_moment(question.closes_at)
        yield Refusal(f"The window is frozen: the vote closes at {at}. Withdraw it, with a reason, if it cannot wait.", code="frozen")


def refusals_of_a_changed_room(unspoken: Iterable[RollRow], by_the_record: Collection[int], seen: Collection[int]) -> Iterator[Refusal]:
    """Nobody consents by silence in another room than the one that was confirmed."""
    for row in unspoken:
        if (row.pk in by_the_record) != (row.pk in seen):
            stands = "is there now" if row.pk in by_the_record else "is not there now, by what is recorded"
            yield Refusal(f"The room has changed: the {row.constituency} seat {stands}. Look once more, then record it.", code="meanwhile")


def refusals_of_presence(unspoken: Iterable[RollRow], away: Mapping[int, Away], there: Collection[int]) -> Iterator[Refusal]:
    """Whom the attendance has not at the meeting, nobody takes to be silent there."""
    for row in unspoken:
        told = away.get(row.seat_id or 0)
        if row.pk in there and told and told.recorded:
            yield Refusal(f"By the attendance of the meeting nobody came for the {row.constituency} seat. Correct the attendance first, if somebody is there.", code="away")


def refusals_to_withdraw(question: Question, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from _refusals_to_run(question, standing)
    yield from QUESTION.refusals(question, "withdraw")
    if question.closes_at and question.closes_at <= now:
        yield Refusal("The vote is over: its count stands.")


def refusals_of_withdrawing(why: str) -> Iterator[Refusal]:
    if not why.strip():
        yield Refusal("Say why it is withdrawn: the seats are told.", field="why")


def refusals_to_put_again(question: Question, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from _refusals_to_run(question, standing)
    if question.status != QuestionStatus.WITHDRAWN:
        yield Refusal(f"Withdraw the {question} first: then it can be put again.")
    if Question.objects.filter(replaces=question).exists():
        yield Refusal(f"The {question} has been put again already.")
    if question.decision and question.decision.status in (DecisionStatus.DETERMINED, DecisionStatus.WITHDRAWN):
        yield Refusal(f"{question.decision} is {question.decision.get_status_display().lower()}: there is nothing to advise on.")


def refusals_of_window(question: Question, now: datetime) -> Iterator[Refusal]:
    """The window is the database's: open from its first moment, closed from its last."""
    if question.is_open(now):
        return
    at = as_tenths(now)
    if question.closes_at and question.closes_at <= now:
        closed = as_second(question.closes_at)
        said = f"This vote is not open: it closed at {closed}. Your answer came at {at}; it was not recorded."
    else:
        said = f"This vote is not open: it is {question.get_status_display().lower()}. Your answer came at {at}; it was not recorded."
    yield Refusal(said, code=WhyNot.CLOSED)
