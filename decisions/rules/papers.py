"""Who may put papers with a question between meetings, take them off and send more, and why not. Read-only: nothing here writes."""

from collections.abc import Iterator
from datetime import datetime

from decisions.lifecycle import MOST_PAPERS, QuestionStatus
from decisions.models import Question, QuestionPaper
from decisions.papers import not_gone_out
from groups.standing import Standing
from meetings.rules import refusals_to_keep_the_record
from records.rules import Refusal


def refusals_to_add_paper(question: Question, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Until the vote is over."""
    yield from refusals_to_keep_the_record(standing, question.group)
    yield from _refusals_of_place(question)
    if question.status == QuestionStatus.WITHDRAWN:
        yield Refusal("The question is withdrawn: put it again, and its papers come along.", code="state")
    elif question.status not in (QuestionStatus.DRAFT, QuestionStatus.OPEN) or (question.closes_at and question.closes_at <= now):
        yield Refusal("The vote is over: what the seats had before them stays as it is.", code="state")


def _refusals_of_place(question: Question) -> Iterator[Refusal]:
    if question.follows_id:
        yield Refusal(f"It rides on the form of another question: its papers are those of the {question.follows}.", code="state")
    elif question.in_the_room:
        yield Refusal("It is put at a meeting: its papers are those of the agenda.", code="state")


def refusals_of_paper(question: Question, title: str) -> Iterator[Refusal]:
    if not title.strip():
        yield Refusal("Say what the paper is called.", field="title")
    if question.papers.filter(dropped=False).count() >= MOST_PAPERS:
        yield Refusal(f"There are {MOST_PAPERS} papers with this question: that is enough.", field="file")


def refusals_to_drop_paper(paper: QuestionPaper, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Also after it has gone out, until the decision is public: it may have been the wrong one."""
    yield from refusals_to_keep_the_record(standing, paper.group)
    if paper.dropped:
        yield Refusal(f"“{paper.title}” was taken off.", code="state")
    if paper.question.decision and paper.question.decision.published_at:
        yield Refusal(f"{paper.question.decision} is public, and says what the seats had before them.", code="state")


def refusals_to_circulate(question: Question, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """A supplement. What is there when the vote is opened goes out with it."""
    yield from refusals_to_keep_the_record(standing, question.group)
    yield from _refusals_of_place(question)
    if question.status == QuestionStatus.DRAFT:
        yield Refusal("Its papers go out when the vote is opened.", code="state")
    elif not question.is_open(now):
        yield Refusal("The vote is over: nothing is sent to the seats any more.", code="state")
    elif not not_gone_out(question):
        yield Refusal("Every paper that is there, and that may be handed out, has gone out.", code="state")


def refusals_of_circulating(question: Question, why: str) -> Iterator[Refusal]:
    """None went out at all with the vote: then these are the first, and late all the same."""
    if not why.strip():
        yield Refusal("The vote is open: say why these come only now. Whoever has voted may change the vote.", field="why")
