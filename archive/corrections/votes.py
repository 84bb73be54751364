"""What a newer paper says otherwise of votes."""

from collections.abc import Iterator

from archive.corrections.change import Change, Papers, apart, became
from archive.recording import roll_of, row_told
from archive.voted import votes_of, was_mended
from decisions.lifecycle import QuestionStatus
from decisions.models import Question, RollRow
from meetings.operations.past import MENDED
from minutes_reader import Vote, VoteRow
from records.models import Origin

UNHEARD = dict(RollRow.State.choices)


def changes_of_votes(papers: Papers) -> Iterator[Change]:
    left = list(papers.reading.votes)
    for question in votes_of(papers.meeting).prefetch_related("roll__casts"):
        number = question.item.number if question.item else None
        vote = next((each for each in left if each.item_number == number and (each.on or "") == question.subject), None)
        if vote is None:
            yield Change(f"The vote on {question.on} is not in it any more.", decision=question.decision, question=question, gone=True)
            yield from _mended(question)
            continue
        left.remove(vote)
        found = [*_asked(question, vote, papers), *_rows(question, vote, papers)]
        yield from (Change(sentence, decision=question.decision, question=question) for sentence in found)
        if found:
            yield from _mended(question)
    yield from _again(left, papers)


def _mended(question: Question) -> Iterator[Change]:
    if was_mended(question):
        yield Change(f"The vote on {question.on} was corrected by hand before. What differs here takes the place of that.", decision=question.decision, question=question)


def _again(left: list[Vote], papers: Papers) -> Iterator[Change]:
    """What somebody took out by hand, or put down otherwise, and the paper has."""
    gone = Question.objects.filter(item__meeting=papers.meeting, origin=Origin.IMPORTED, status=QuestionStatus.WITHDRAWN, withdrawn_why__startswith=MENDED)
    known = {(question.item.number, question.subject): question for question in gone.select_related("item") if question.item}
    for vote in left:
        if question := known.get((vote.item_number, vote.on or "")):
            yield Change(f"The vote on {question.on} was taken out by hand, and is in it again.", question=question)


def _asked(question: Question, vote: Vote, papers: Papers) -> Iterator[str]:
    for what, then, now in (("what was asked", question.wording, vote.wording or ""), ("the version", question.version, vote.version or "")):
        if papers.turns(then, now):
            yield became(f"The vote on {question.on}", what, then, now)


def _rows(question: Question, vote: Vote, papers: Papers) -> Iterator[str]:
    told, words = roll_of(vote), {row.constituency[:160]: row for row in vote.rows}
    for row in question.roll.all():
        then, now = row.result, told.pop(row.constituency, None)
        if now is None:
            yield f"The vote on {question.on}: {row.constituency} has no row any more."
        elif now != then:
            yield f"The vote on {question.on}: {row.constituency} was “{_said(then)}”, and is “{_said(now)}”."
        yield from _comment(question, row, words.get(row.constituency), papers)
    for constituency in told:
        yield f"The vote on {question.on}: {constituency} has a row now."


def _comment(question: Question, row: RollRow, told: VoteRow | None, papers: Papers) -> Iterator[str]:
    """What the seat said with its vote, or what the paper says of why it has none."""
    if told is None:
        return
    now = row_told(told)
    then = row.counted.comment if row.counted else row.state_words
    if papers.turns(then, words := now["comment"] if now["choice"] else now["state_words"]):
        before, after = apart(then, words)
        yield f"The vote on {question.on}: {row.constituency} said “{before or '-'}”, and says “{after or '-'}”."


def _said(result: str) -> str:
    return UNHEARD.get(result, result).lower()
