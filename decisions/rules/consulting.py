"""Who may consult a constituency, and who may reply, when, and why not. Read-only: nothing here writes."""

from collections.abc import Iterator
from datetime import datetime

from decisions.lifecycle import QuestionStatus
from decisions.models import Consultee, Question
from groups.models import Seat
from groups.standing import Standing
from records.rules import Refusal

LONGEST_REPLY = 5000  # characters


def refusals_to_consult(question: Question, seat: Seat, brief: str, standing: Standing, now: datetime) -> Iterator[str]:
    """Private to the seat: for anybody else it does not exist."""
    if not standing.votes_in(seat) or seat.group_id != question.group_id:
        yield Refusal("There is no such consultation.", status=404)
    yield from _refusals_of_time(question, now)
    if not brief.strip():
        yield Refusal("Write what you ask, in plain words.", field="brief")


def _refusals_of_time(question: Question, now: datetime) -> Iterator[str]:
    """From the draft on, until the vote is over."""
    if question.status != QuestionStatus.DRAFT and not question.is_open(now):
        yield Refusal(f"The vote on {question.on or 'this'} is over: a reply would come too late.", code="over")


def refusals_to_ask(consultee: Consultee, standing: Standing, now: datetime) -> Iterator[str]:
    if not standing.votes_in(consultee.consultation.seat):
        yield Refusal("There is no such consultation.", status=404)
    if consultee.replied_at:
        yield Refusal(f"{consultee.organisation} has replied already.")
    yield from _refusals_of_time(consultee.consultation.question, now)


def refusals_to_reply(consultee: Consultee, view: str, text: str, name: str, now: datetime) -> Iterator[str]:
    if consultee.replied_at:
        yield Refusal(f"{consultee.organisation} has replied already: a link is good for one reply.", code="replied")
    yield from _refusals_of_time(consultee.consultation.question, now)
    if view not in Consultee.View.values:
        yield Refusal("Choose in favour, against, or no view.", field="view")
    if not name.strip():
        yield Refusal("Give your name.", field="name")
    if len(text) > LONGEST_REPLY or "\0" in text:
        yield Refusal(f"Keep the reply under {LONGEST_REPLY:,} characters.", field="text")
