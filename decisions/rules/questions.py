"""Who may put, open, close and withdraw a question, and who may vote on it, when, and why not. Read-only: nothing here writes.

`refusals_to_X(record, standing, now)` looks at what exists, `refusals_of_X(…)` at what was typed.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from decisions.due import answer_until, correct_until
from decisions.lifecycle import QUESTION, DecisionStatus, QuestionStatus
from decisions.models import Attempt, Cast, Choice, Question, RollRow, WhyNot
from groups.models import Alternate, Group, Holding, Seat
from groups.standing import Standing
from meetings.rules import refusals_to_keep_the_record
from records.clock import LONDON
from records.rules import Refusal

LONGEST_COMMENT = 5000  # characters
LONGEST_WINDOW = 60  # working days
MOST_ATTEMPTS = 20  # kept of one person at one seat: the twenty-first says nothing new


def refusals_of_wording(question: Question) -> Iterator[Refusal]:
    if not question.wording.strip():
        yield Refusal("Say what is asked before it is opened.", field="wording")
    if question.asks_for_objections and question.window_days is not None:
        yield Refusal("Whether anybody objects is asked in the room: outside a meeting, put it as a vote.", field="window_days")
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
        at = f"{question.closes_at.astimezone(LONDON):%H:%M on %-d %b %Y}"
        yield Refusal(f"The window is frozen: the vote closes at {at}. Withdraw it, with a reason, if it cannot wait.", code="frozen")


def refusals_of_silence(rows: Iterable[RollRow], there: Collection[int] | None) -> Iterator[Refusal]:
    """Nobody consents by silence who was not confirmed as there (none: the room was confirmed by word of mouth)."""
    for row in rows:
        if there is not None and row.pk not in there:
            yield Refusal(f"The room has changed: the {row.constituency} seat is there now. Look once more, then record it.", code="meanwhile")


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
    at = f"{now.astimezone(LONDON):%H:%M:%S.%f}"[:-5]
    if question.closes_at and question.closes_at <= now:
        closed = f"{question.closes_at.astimezone(LONDON):%H:%M:%S on %-d %b %Y}"
        said = f"This vote is not open: it closed at {closed}. Your answer came at {at}; it was not recorded."
    else:
        said = f"This vote is not open: it is {question.get_status_display().lower()}. Your answer came at {at}; it was not recorded."
    yield Refusal(said, code=WhyNot.CLOSED)


def refusals_to_cast(row: RollRow, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Window and seat."""
    yield from refusals_of_window(row.question, now)
    yield from _refusals_of_seat(row, standing)


def _refusals_of_seat(row: RollRow, standing: Standing) -> Iterator[Refusal]:
    capacity = standing.votes_in(row.seat)
    alternates_vote = row.question.alternates_vote
    if not capacity or (capacity == Cast.Capacity.ALTERNATE and not alternates_vote):
        yield Refusal(why_not_yours(row, standing), status=403, code=WhyNot.NOT_YOURS)
    elif capacity == Cast.Capacity.ALTERNATE and not _is_held(row, standing):
        yield Refusal(
            f"Nobody holds the {row.constituency} seat today, so there is nobody to stand in for. Ask the PMO to record who holds it.",
            status=403, code=WhyNot.NOT_YOURS,
        )  # fmt: skip
    elif row.state == RollRow.State.ABSENT:
        yield Refusal(
            f"The {row.constituency} seat is recorded as not in attendance. Ask the secretariat to mark it present, then vote.",
            code=WhyNot.ABSENT,
        )
    elif capacity == Cast.Capacity.HOLDER and row.question.holder_yields and alternates_vote and _is_stood_in_for(row, standing):
        yield Refusal(
            f"An approved alternate stands in for the {row.constituency} seat: revoke that first, then vote.", code=WhyNot.YIELDED
        )


def _is_held(row: RollRow, standing: Standing) -> bool:
    return standing.once(f"held: {row.seat_id}", lambda: Holding.objects.on(standing.on).filter(seat=row.seat_id).exists())


def _is_stood_in_for(row: RollRow, standing: Standing) -> bool:
    """Whether the seat has an approved alternate that day."""
    return standing.once(f"stood in for: {row.seat_id}", lambda: Alternate.objects.standing_in(standing.on).filter(seat=row.seat_id).exists())


def why_not_yours(row: RollRow, standing: Standing) -> str:
    """What somebody who may not vote for a seat is told, and what to do about it."""
    return f"You may not vote for the {row.constituency} seat. {_what_to_do(row, standing)}"


def _what_to_do(row: RollRow, standing: Standing) -> str:
    if standing.votes_in(row.seat):
        return f"In {row.question.group} only the holders of seats vote: ask the seat's holder to."
    person = standing.user.person_id
    named = Alternate.objects.filter(seat=row.seat_id, person=person).order_by("-pk").first() if person else None
    if named is None:
        return "Its holder may, and an approved alternate: to stand in, ask the holder to name you."
    if named.revoked_at:
        until = f"{named.revoked_at.astimezone(LONDON):%H:%M:%S on %-d %b %Y}"
        return f"You were its alternate until {until}, when that was revoked. Ask the holder or the PMO, if that is wrong."
    if named.last_day and named.last_day < standing.on:
        return f"You were its alternate until {named.last_day:%-d %b %Y}. To go on, ask the holder to name you again."
    if named.approved_on is None:
        return "You are named as its alternate, but not approved: ask the PMO to record the constituency's approval."
    begins = max(named.first_day, named.approved_on)
    return f"You are its alternate from {begins:%-d %b %Y} on: vote from then, or ask the holder to vote."


def refusals_of_answer(question: Question, choice: str, comment: str) -> Iterator[Refusal]:
    if choice not in Choice.values:
        yield Refusal("Choose approve, reject or abstain.", field="choice", code="choice")
    if len(comment) > LONGEST_COMMENT:
        yield Refusal(f"Keep the comment under {LONGEST_COMMENT:,} characters; yours has {len(comment):,}.", field="comment", code="too-long")
    if "\0" in comment:
        yield Refusal("The comment holds a character that cannot be stored.", field="comment", code="character")
    if choice == Choice.REJECT and question.reason_for_rejecting and not comment.strip():
        yield Refusal("Say why you reject: the group asks for it.", field="comment", code="why")


def refusals_to_record_spoken(row: RollRow, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Whether the secretariat may enter a vote heard aloud."""
    yield from refusals_to_keep_the_record(standing, row.question.group)
    yield from refusals_of_window(row.question, now)
    if row.state == RollRow.State.VACANT:
        yield Refusal(f"The {row.constituency} seat is vacant: nobody can have spoken for it.")


def refusals_of_spoken(row: RollRow, given: list[datetime], seen: int | None) -> Iterator[Refusal]:
    """Not over a vote that the secretary was not shown.

    `given` is when the seat voted so far, `seen` how many of these votes the secretary was shown (none: not asked)."""
    if seen is not None and len(given) > seen:
        at = f"{given[-1].astimezone(LONDON):%H:%M:%S}"
        yield Refusal(
            f"A vote for the {row.constituency} seat arrived at {at}, before this one: nothing was recorded over it. "
            "If the seat has changed its mind aloud, record that now.",
            code="meanwhile",
        )  # fmt: skip


def may_be_recorded(row: RollRow, person_id: int | None) -> bool:
    """Whether one more refused vote of this person at this seat tells anything: the record cannot be flooded."""
    return Attempt.objects.filter(row=row, person=person_id).count() < MOST_ATTEMPTS


def refusals_to_mark(row: RollRow, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Whether a seat may be recorded as there or not there, while the roll is open."""
    question = row.question
    yield from refusals_to_keep_the_record(standing, question.group)
    if question.status != QuestionStatus.OPEN:
        yield Refusal(f"The {question} is {question.get_status_display().lower()}: its roll is not changed any more.")
    if row.state == RollRow.State.VACANT:
        yield Refusal(f"The {row.constituency} seat is vacant: it is neither here nor absent.")


def refusals_of_mark(row: RollRow, state: str) -> Iterator[Refusal]:
    """Never against a vote it gave."""
    if state == RollRow.State.ABSENT and row.casts.exists():
        yield Refusal(f"The {row.constituency} seat has voted, so it is not recorded as absent. Its vote stands, and may be changed until the close.", code="meanwhile")


def refusals_to_answer_for(cast: Cast, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """A vote given in the seat's name may be confirmed or disputed by its holder, within the group's days."""
    if standing.votes_in(cast.row.seat) != Cast.Capacity.HOLDER:
        yield Refusal(f"Only the holder of the {cast.row.constituency} seat may say whether this vote is right.", status=403)
    if cast.capacity == Cast.Capacity.HOLDER or cast.cast_by_id == standing.user.person_id:
        yield Refusal("You gave this vote yourself.")
    if hasattr(cast, "holder_answer"):
        yield Refusal("You have answered this already.")
    if now >= (end := answer_until(cast, standing.counting)):
        yield Refusal(f"It could be disputed until {end.astimezone(LONDON):%H:%M on %-d %b %Y}.")


def refusals_of_dispute(agrees: bool, text: str) -> Iterator[Refusal]:
    if not agrees and not text.strip():
        yield Refusal("Say what is wrong with it.", field="text")


def refusals_to_correct(row: RollRow, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """A silence recorded for a seat may be corrected by its holder."""
    if standing.votes_in(row.seat) != Cast.Capacity.HOLDER:
        yield Refusal(f"Only the holder of the {row.constituency} seat may say that its silence was none.", status=403)
    if row.result != RollRow.State.SILENT:
        yield Refusal(f"No silence is recorded for the {row.constituency} seat.")
        return
    if row.corrected:
        yield Refusal("You have said this already.")
    if now >= (end := correct_until(row, standing.counting)):
        yield Refusal(f"It could be corrected until {end.astimezone(LONDON):%H:%M on %-d %b %Y}.")


def refusals_of_correction(text: str) -> Iterator[Refusal]:
    if not text.strip():
        yield Refusal("Say what the seat objects to.", field="text")


def refusals_to_take_a_position(question: Question, seat: Seat, standing: Standing) -> Iterator[Refusal]:
    if not standing.votes_in(seat) or seat.group_id != question.group_id:
        yield Refusal(f"You do not sit in {seat}.", status=404)
    if question.status not in (QuestionStatus.DRAFT, QuestionStatus.OPEN):
        yield Refusal(f"The {question} is {question.get_status_display().lower()}.")
