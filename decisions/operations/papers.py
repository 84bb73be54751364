"""The papers of a question between meetings: added, taken off; sent to the seats with the vote, and in supplements; bound into one."""

from collections.abc import Iterable
from datetime import datetime

from decisions import notices
from decisions.models import (
    Question,
    QuestionCirculatedPaper,
    QuestionCirculation,
    QuestionPack,
    QuestionPaper,
    QuestionRecipient,
)
from decisions.operations.locking import locked_question
from decisions.papers import ToRead, circulated_of, cover_of, not_gone_out, seen, sent_with
from decisions.rules.papers import (
    refusals_of_circulating,
    refusals_of_paper,
    refusals_to_add_paper,
    refusals_to_circulate,
    refusals_to_drop_paper,
)
from files.models import Visibility
from files.operations import Upload, keep, name_of
from files.packing import bind
from groups.models import User
from groups.standing import Standing, before_looking
from ledger.operations import seal
from records.clock import portal_now
from records.locks import locked
from records.opened import Stale
from records.operations import operation
from records.rules import require


@operation
def add_question_paper(question: Question, title: str, upload: Upload | None, *, version: str = "", visibility: str = Visibility.PUBLIC, by: User) -> QuestionPaper:
    """Put a paper with a question. It goes out when the vote is opened; added to one that is open, when a supplement is circulated."""
    require(before_looking(refusals_to_add_paper, question, by=by))
    blob = keep(upload, by=by)
    question, now = locked_question(question), portal_now()
    require(refusals_to_add_paper(question, Standing.at(by, now), now), refusals_of_paper(question, title))
    return QuestionPaper(
        question=question, title=title.strip(), version=version.strip(), visibility=visibility, blob=blob, name=name_of(upload), handed_in_at=now
    ).save_by(by, at=now)


@operation
def drop_question_paper(paper: QuestionPaper, *, by: User) -> QuestionPaper:
    """Take a paper off. It stays on record, and in the record of what went out; nobody is handed it any more, and a sheet takes its place in the pack."""
    question = locked_question(paper.question)
    paper, now = locked(QuestionPaper.objects).get(pk=paper.pk), portal_now()
    paper.question = question
    require(refusals_to_drop_paper(paper, Standing.at(by, now), now))
    paper.dropped = True
    paper.save_by(by, "taken off", at=now)
    if paper.circulated.exists():
        _ask_for_pack(question, by=by, at=now)
    return paper


def carry_question_papers(before: Question, question: Question, *, by: User) -> None:
    """With a question that is put again go its papers, to go out with it anew."""
    for each in before.papers.filter(dropped=False).select_related("blob").order_by("pk"):
        QuestionPaper(
            question=question, title=each.title, version=each.version, visibility=each.visibility, blob=each.blob, name=each.name, handed_in_at=each.handed_in_at
        ).save_by(by, f"came with the {before}, which was put again")  # fmt: skip


def send_with_the_vote(question: Question, *, by: User, at: datetime) -> list[ToRead]:
    """What goes out as the vote is opened, to everybody who is asked; in that transaction. At a meeting nothing does: the agenda has its papers."""
    ready = sent_with(question)
    if ready:
        _sent(question, ready, "", by=by, at=at)
    return ready


@operation
def circulate_question_papers(question: Question, *, why: str, looked_at: str | None = None, by: User) -> QuestionCirculation:
    """Send whoever is asked what has come since the vote was opened. What was sent to whom, and when, is sealed.

    `looked_at` is what was to go out when the page was opened: if that is something else now, Stale.
    """
    question, now = locked_question(question), portal_now()
    require(refusals_to_circulate(question, Standing.at(by, now), now))
    ready = not_gone_out(question)
    if looked_at is not None and looked_at != seen(ready):
        raise Stale(question)
    require(refusals_of_circulating(question, why))
    made = _sent(question, ready, why.strip(), by=by, at=now)
    notices.papers_of_vote(made, ready, by=by)
    return made


def _sent(question: Question, ready: list[ToRead], why: str, *, by: User, at: datetime) -> QuestionCirculation:
    made = QuestionCirculation(question=question, n=question.circulations.count() + 1, at=at, why=why).save_by(by)
    _written_down(made, ready, circulated_of(question).count(), by=by)
    for person in notices.asked(question):
        QuestionRecipient(circulation=made, person=person, name=person.name, mailed=bool(person.email)).save_by(by)
    seal("circulated", made, by=by, at=at)
    _ask_for_pack(question, by=by, at=at)
    return made


def _written_down(circulation: QuestionCirculation, ready: Iterable[ToRead], before: int, *, by: User) -> None:
    for order, each in enumerate(ready, before + 1):
        QuestionCirculatedPaper(
            circulation=circulation, order=order, title=each.title[:300], version=each.version[:60], name=each.name, visibility=each.visibility, blob=each.blob,
            sha256=each.blob.sha256, digest=each.blob.served.sha256, paper=each.paper,
        ).save_by(by)  # fmt: skip


def _ask_for_pack(question: Question, *, by: User, at: datetime) -> QuestionPack:
    """Have the worker bind the papers, or bind them anew."""
    pack = locked(QuestionPack.objects.filter(question=question)).first()
    if pack is None:
        return QuestionPack(question=question).save_by(by, at=at)
    pack.wanted += 1
    return pack.save_by(by, "papers changed", at=at)


@operation
def make_question_pack(pack: QuestionPack) -> QuestionPack:
    """Bind what was sent to the seats. Asked for meanwhile once more, it is made once more."""
    return bind(pack, list(circulated_of(pack.question)), cover_of(pack.question), by=User.objects.the_clock())
