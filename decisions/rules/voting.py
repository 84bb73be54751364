"""Who may vote on a question, for whom, when, and why not; and who may answer for a vote or correct a silence. Read-only: nothing here writes."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from decisions.due import answer_until, correct_until
from decisions.lifecycle import MOST_ATTEMPTS, QuestionStatus
from decisions.models import Attempt, Cast, Choice, Question, RollRow, WhyNot
from decisions.rules.questions import refusals_of_window
from groups.models import Alternate, Holding, Seat
from groups.standing import Standing
from meetings.rules import refusals_to_keep_the_record
from records.dates import as_day, as_moment, as_second, as_seconds
from records.rules import Refusal

LONGEST_COMMENT = 5000  # characters


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
        until = as_second(named.revoked_at)
        return f"You were its alternate until {until}, when that was revoked. Ask the holder or the PMO, if that is wrong."
    if named.last_day and named.last_day < standing.on:
        return f"You were its alternate until {as_day(named.last_day)}. To go on, ask the holder to name you again."
    if named.approved_on is None:
        return "You are named as its alternate, but not approved: ask the PMO to record the constituency's approval."
    begins = max(named.first_day, named.approved_on)
    return f"You are its alternate from {as_day(begins)} on: vote from then, or ask the holder to vote."


def joined_by_or(words: Mapping[str, str]) -> str:
    """ "approve, reject or abstain"."""
    *most, last = (word.lower() for word in words.values())
    return f"{', '.join(most)} or {last}"


def refusals_of_answer(question: Question, choice: str, comment: str) -> Iterator[Refusal]:
    if choice not in Choice.values:
        yield Refusal(f"Choose {joined_by_or(question.words)}.", field="choice", code="choice")
    if len(comment) > LONGEST_COMMENT:
        yield Refusal(f"Keep the comment under {LONGEST_COMMENT:,} characters; yours has {len(comment):,}.", field="comment", code="too-long")
    if "\0" in comment:
        yield Refusal("The comment holds a character that cannot be stored.", field="comment", code="character")
    if choice == Choice.REJECT and question.reason_for_rejecting and not comment.strip():
        yield Refusal(f"Say why you {'say no' if question.asks_yes_or_no else 'reject'}: the group asks for it.", field="comment", code="why")


def refusals_to_record_spoken(row: RollRow, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Whether the secretariat may enter a vote heard aloud."""
    yield from refusals_to_keep_the_record(standing, row.question.group)
    yield from refusals_of_window(row.question, now)
    if row.state == RollRow.State.VACANT:
        yield Refusal(f"The {row.constituency} seat is vacant: nobody can have spoken for it.")


def refusals_of_spoken(row: RollRow, given: list[datetime], seen: int | None) -> Iterator[Refusal]:
    """Not over a vote that the secretary was not shown; nor, where the seats vote from afar, over one that the seat gave itself.

    `given` is when the seat voted so far, `seen` how many of these votes the secretary was shown (none: none).
    """
    if given and row.question.window_days and row.casts.latest("n").capacity != Cast.Capacity.PMO_ON_BEHALF:
        yield Refusal(f"The {row.constituency} seat has voted for itself, and can change its vote until the window closes: nothing is recorded over it.", code="own")
    elif given and len(given) > (seen or 0):
        at = as_seconds(given[-1])
        yield Refusal(
            f"A vote for the {row.constituency} seat arrived at {at}, before this one: nothing was recorded over it. "
            "If the seat has changed its mind aloud, record that now.",
            code="meanwhile",
        )  # fmt: skip
    elif (seen or 0) > len(given):
        yield Refusal(f"The {row.constituency} seat has not voted as often as that: look at the roll again.", code="seen")


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
    """A vote that the secretariat entered for the seat may be confirmed or disputed by its holder, within the group's days. An alternate
    speaks for the seat in their own right."""
    if standing.votes_in(cast.row.seat) != Cast.Capacity.HOLDER:
        yield Refusal(f"Only the holder of the {cast.row.constituency} seat may say whether this vote is right.", status=403)
    if cast.capacity == Cast.Capacity.HOLDER or cast.cast_by_id == standing.user.person_id:
        yield Refusal("You gave this vote yourself.")
    elif cast.capacity == Cast.Capacity.ALTERNATE:
        yield Refusal(f"{cast.cast_by} voted as an approved alternate of the seat: nothing is to be confirmed.{_anew(cast.row)}")
    elif cast.capacity == Cast.Capacity.IMPORTED:
        yield Refusal("This vote was read in from published minutes: ask the secretariat to correct those.")
    if hasattr(cast, "holder_answer"):
        yield Refusal("You have answered this already.")
    if now >= (end := answer_until(cast, standing.counting)):
        yield Refusal(f"It could be disputed until {as_moment(end)}.")


def _anew(row: RollRow) -> str:
    is_open = row.question.status == QuestionStatus.OPEN and not row.question.holder_yields
    return " You can vote anew while the vote is open." if is_open else ""


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
        yield Refusal(f"It could be corrected until {as_moment(end)}.")


def refusals_of_correction(text: str) -> Iterator[Refusal]:
    if not text.strip():
        yield Refusal("Say what the seat objects to.", field="text")


def refusals_to_take_a_position(question: Question, seat: Seat, standing: Standing) -> Iterator[Refusal]:
    if not standing.votes_in(seat) or seat.group_id != question.group_id:
        yield Refusal(f"You do not sit in {seat}.", status=404)
    if question.status not in (QuestionStatus.DRAFT, QuestionStatus.OPEN):
        yield Refusal(f"The {question} is {question.get_status_display().lower()}.")
