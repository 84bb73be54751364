"""The change requests of a group on one list: in which version each was assessed, voted on and decided, and who was asked and answered."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from change_requests.finding import reference_of
from change_requests.lifecycle import AssessmentStatus
from change_requests.models import Assessment, AssessmentRow, Audience, ChangeRequest
from change_requests.states import is_approved
from decisions.lifecycle import QuestionStatus
from decisions.models import Question
from groups.models import Group
from records.clock import london_date
from records.versions import in_words

SAMPLE = 10
HEADINGS = (
    "change request", "title", "assessed", "voted on", "decided", "same version throughout", "artefacts still to follow", "assessment", "opened", "closes", "working days", "why so many", "given more time",
    "asked", "answered in time", "late", "refused late", "with something in confidence", "silent, nobody told", "silent, not opened", "silent, opened",
    "silent, answered before", "results published",
)  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """One assessment in figures. What is counted are rows of its roll: an organisation of two constituencies is asked twice."""

    assessment: Assessment
    asked: int
    in_time: int
    late: int
    refused: int
    confidential: int
    silent: dict[str, int]

    @property
    def cells(self) -> list[Any]:
        told = self.assessment
        opened, closes = (london_date(moment) if moment else "" for moment in (told.opens_at, told.closes_at))
        more = "; ".join(f"to {london_date(each.after)}: {each.why}" for each in told.extensions.all())
        withdrawn = f", withdrawn: {told.withdrawn_why}" if told.status == AssessmentStatus.WITHDRAWN else ""
        return [
            f"{told.get_kind_display()} {told.n}, {told.version.called}{withdrawn}", opened, closes, told.window_days, told.days_why, more, self.asked, self.in_time, self.late,
            self.refused, self.confidential, *self.silent.values(), london_date(told.results_published_at) if told.results_published_at else "",
        ]  # fmt: skip


@dataclass
class Followed:
    """One change request through its assessments, votes and decisions: the versions, each once, in order."""

    request: ChangeRequest
    assessed: list[str] = field(default_factory=list)
    voted: list[str] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)
    assessments: list[Counted] = field(default_factory=list)
    to_follow: list[str] = field(default_factory=list)

    @property
    def same(self) -> str:
        """Whether what was decided is what was assessed and voted on, as far as it was; empty before anything is decided."""
        if not self.decided:
            return ""
        before = [versions[-1] for versions in (self.assessed, self.voted) if versions]
        return "not recorded" if not before else "yes" if set(before) == {self.decided[-1]} else "no"

    @property
    def cells(self) -> list[str]:
        return [self.request.reference, self.request.title, *("; ".join(each) for each in (self.assessed, self.voted, self.decided)), self.same, "; ".join(self.to_follow)]


def followed(group: Group) -> list[Followed]:
    """All that are public, the newest number first. So many queries, however many there are."""
    rows = ChangeRequest.objects.filter(group=group, published_at__isnull=False).prefetch_related(
        "determinations__version", "determinations__settlement__decision", "implementations__artefact", "implementations__version",
    )  # fmt: skip
    told = {each.pk: Followed(each) for each in rows.order_by("-number")}
    answered: dict[tuple[int, str], set[tuple[int, int]]] = defaultdict(set)  # by change request and kind: who answered an earlier one
    for assessment in _assessments(list(told)):
        each = told[assessment.version.change_request_id]
        before = answered[each.request.pk, assessment.kind]
        each.assessments.append(_counted(assessment, before))
        if assessment.status != AssessmentStatus.WITHDRAWN:
            _add(each.assessed, assessment.version.called)
            before |= {_who(row) for row in assessment.roll.all() if row.counted}
    votes = _voted(group)
    for each in told.values():
        for version in votes[each.request.reference]:
            _add(each.voted, version)
        for made in sorted(each.request.determinations.all(), key=lambda made: made.pk):
            if made.settlement.decision.published_at:
                _add(each.decided, made.version.called if made.version else "version not stated")
        each.to_follow = _still_to_follow(each.request)
    return list(told.values())


def _still_to_follow(request: ChangeRequest) -> list[str]:
    """The artefacts no version of which carries it yet, once it is public that it is approved."""
    told = sorted((made for made in request.determinations.all() if made.settlement.decision.published_at), key=lambda made: made.pk)
    return [str(each.artefact) for each in request.implementations.all() if each.followed_in is None] if is_approved(told) else []


def sample(told: list[Followed], word: str) -> list[Followed]:
    """Ten of them by chance, and the same ten for the same word while there are no more of them: an auditor keeps the word, and nobody else chose."""
    chosen = Random(word).sample(told, min(SAMPLE, len(told)))  # noqa: S311 (it has to be drawn again)
    return [each for each in told if each in chosen]


def _who(row: AssessmentRow) -> tuple[int, int]:
    return row.organisation_id, row.constituency_id


def _add(versions: list[str], version: str) -> None:
    if version not in versions:
        versions.append(version)


def _assessments(requests: list[int]) -> list[Assessment]:
    rows = Assessment.objects.filter(version__change_request__in=requests).select_related("version__change_request")
    return list(rows.prefetch_related("roll__responses", "extensions").order_by("version__change_request", "n"))


def _voted(group: Group) -> dict[str, list[str]]:
    """Reference -> the versions that were voted on in that group, or are."""
    found: dict[str, list[str]] = defaultdict(list)
    asked = Question.objects.filter(group=group).exclude(status__in=(QuestionStatus.DRAFT, QuestionStatus.WITHDRAWN)).order_by("pk")
    for subject, version in asked.values_list("subject", "version"):
        if reference := reference_of(subject):
            found[reference].append(in_words(version) if version else "version not stated")
    return found


def _counted(assessment: Assessment, before: set[tuple[int, int]]) -> Counted:
    rows = list(assessment.roll.all())
    answers = [answer for row in rows if (answer := row.counted)]
    return Counted(
        assessment, asked=len(rows), in_time=sum(not each.late for each in answers), late=sum(each.late for each in answers),
        refused=sum(row.late_leave == AssessmentRow.Leave.REFUSED for row in rows),
        confidential=sum(any(audience == Audience.PROGRAMME for audience in each.confidence.values()) for each in answers), silent=_silent(rows, before),
    )  # fmt: skip


def _silent(rows: list[AssessmentRow], before: set[tuple[int, int]]) -> dict[str, int]:
    """Silent is not one thing: by kind, in the order of the headings. `before`: who answered an earlier one."""
    everyone = [row for row in rows if row.counted is None]
    silent = [row for row in everyone if _who(row) not in before]
    return {
        "nobody told": sum(row.told_at is None and row.opened_at is None for row in silent),
        "not opened": sum(row.told_at is not None and row.opened_at is None for row in silent),
        "opened": sum(row.opened_at is not None for row in silent),
        "answered before": len(everyone) - len(silent),
    }


def table(told: list[Followed]) -> Iterator[list[Any]]:
    """One line for each assessment; one of its own for what was never assessed."""
    yield [*HEADINGS]
    for each in told:
        for counted in each.assessments:
            yield [*each.cells, *counted.cells]
        if not each.assessments:
            yield [*each.cells, *[""] * (len(HEADINGS) - len(each.cells))]
