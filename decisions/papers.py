"""The papers of a question between meetings as they are read: its own, and the documents of what is voted on; and what of them has not gone out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from decisions.lifecycle import QuestionStatus
from decisions.models import Question, QuestionCirculatedPaper, QuestionPaper
from files.models import Blob, Visibility
from files.packing import Cover
from groups.standing import Standing
from records.dates import as_moment
from records.subjects import describe


@dataclass(frozen=True)
class ToRead:
    """A paper that goes out, or has gone out."""

    title: str
    version: str
    name: str
    visibility: str
    blob: Blob
    paper: QuestionPaper | None = None

    @property
    def key(self) -> tuple[int, str]:
        return self.paper.pk if self.paper else 0, self.blob.sha256


def own_papers(question: Question) -> list[QuestionPaper]:
    rows = QuestionPaper.objects.filter(question=question, dropped=False).select_related("blob__clean_copy")
    found = list(rows.prefetch_related("blob__scans", "circulated__circulation").order_by("pk"))
    for each in found:
        each.question = question
    return found


def to_go_out(question: Question) -> list[ToRead]:
    """What the seats are to read: the question's papers, and the documents of what is voted on, here and on what rides on its form."""
    own = [ToRead(each.title, each.version, each.name, each.visibility, each.blob, each) for each in own_papers(question)]
    found = own + [each for asked in (question, *_riders(question)) for each in _documents(asked)]
    once = {each.key: each for each in reversed(found) if not each.blob.is_infected}
    return [each for each in found if once.get(each.key) is each]


def sent_with(question: Question) -> list[ToRead]:
    """What goes out as it is opened: nothing at a meeting, whose agenda has its papers."""
    return [] if question.in_the_room else to_go_out(question)


def _riders(question: Question) -> QuerySet[Question]:
    return question.follow_ups.exclude(status=QuestionStatus.WITHDRAWN).order_by("pk")


def _documents(question: Question) -> Iterator[ToRead]:
    about = describe(question.subject, question.version)
    for each in about.documents if about else ():
        yield ToRead(f"{question.on}: {each.title}", each.version, each.name, each.visibility, each.blob)


def not_gone_out(question: Question) -> list[ToRead]:
    """While it is open: papers that were added since, and documents that what is voted on has gained."""
    gone = {(paper or 0, sha) for paper, sha in circulated_of(question).values_list("paper", "sha256")}
    return [each for each in to_go_out(question) if each.key not in gone]


def seen(ready: Iterable[ToRead]) -> str:
    """What was looked at, as a form carries it: whoever circulates sees whether something else would go out by now."""
    return ",".join(f"{paper}-{sha[:12]}" for paper, sha in (each.key for each in ready))


def may_have_paper(paper: QuestionPaper, standing: Standing) -> bool:
    """Before it has gone out, Chair and secretariat; after that, whoever has a place in the group."""
    if paper.dropped:
        return False
    return standing.runs(paper.group) or (standing.belongs_to(paper.group) and paper.circulated.exists())


def shown_to(question: Question, standing: Standing) -> list[QuestionPaper]:
    """The question's own papers, as somebody may have them."""
    return own_papers(question) if standing.runs(question.group) else gone_out(question)


def gone_out(question: Question) -> list[QuestionPaper]:
    return [each for each in own_papers(question) if each.circulated.all()]


def came_after(paper: QuestionPaper, moment: datetime | None) -> bool:
    """Whether it went out only after that: after somebody had voted, say. Reads what is prefetched."""
    return moment is not None and all(each.circulation.at > moment for each in paper.circulated.all())


def told_to_everybody(question: Question) -> list[dict[str, Any]]:
    """What an edition of the decision says of them: of those that everybody may have, as they went out. Reads what is prefetched."""
    rows = [each for circulation in question.circulations.all() for each in circulation.papers.all()]
    return [
        {"title": each.title, "version": each.version, "out_at": each.circulation.at, **each.paper.told()}
        for each in rows if each.paper and not each.is_taken_off and each.visibility == Visibility.PUBLIC
    ]  # fmt: skip


# --- the pack


def circulated_of(question: Question) -> QuerySet[QuestionCirculatedPaper]:
    rows = QuestionCirculatedPaper.objects.filter(circulation__question=question).select_related("circulation", "blob__clean_copy", "paper")
    return rows.prefetch_related("blob__scans").order_by("circulation__n", "order")


def cover_of(question: Question) -> Cover:
    until = f"Asked between meetings, until {as_moment(question.closes_at)}" if question.closes_at else "Asked between meetings"
    return Cover(
        code=question.reference, over=f"{question.group.name} ({question.group.code})", name=f"Papers of the vote on {question.on or question.wording}", under=until,
        title=f"Papers of {question.reference}", part="paper", among="the papers of the vote",
    )  # fmt: skip
