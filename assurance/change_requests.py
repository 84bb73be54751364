"""The change requests of a group on one list: in which version each was assessed, voted on and decided, and who was asked and answered."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from assurance.past import PastCounted, past_of
from assurance.trail import trails_of_requests
from change_requests.finding import reference_of
from change_requests.lifecycle import AssessmentStatus
from change_requests.models import Assessment, AssessmentRow, Audience, ChangeRequest
from change_requests.silence import Silence, bounced_among, how_silent
from change_requests.states import is_approved
from decisions.lifecycle import QuestionStatus
from decisions.models import Question
from groups.models import Group
from records.clock import london_date
from records.process import NO, UNKNOWN, YES, Line
from records.versions import in_words

SAMPLE = 10
AT_ONCE = 100  # of a table
NOT_STATED = "version not stated"
HEADINGS = (
    "change request", "title", "assessed", "voted on", "decided", "same version throughout", "artefacts still to follow", "process followed", "process not followed", "process not recorded", "assessment", "opened", "closes", "working days", "why so many", "given more time",
    "asked", "answered in time", "late", "refused late", "with something in confidence", "silent, nobody told", "silent, mail came back", "silent, not opened", "silent, opened",
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
    past: list[PastCounted] = field(default_factory=list)
    to_follow: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def same(self) -> str:
        """Whether what was decided is what was assessed and voted on, as far as it was; empty before anything is decided."""
        if not self.decided:
            return ""
        before = [versions[-1] for versions in (self.assessed, self.voted) if versions]
        return "not recorded" if not before or NOT_STATED in (*before, self.decided[-1]) else "yes" if set(before) == {self.decided[-1]} else "no"

    @property
    def cells(self) -> list[str]:
        return [self.request.reference, self.request.title, *("; ".join(each) for each in (self.assessed, self.voted, self.decided)), self.same, "; ".join(self.to_follow), *map(self._steps, (YES, NO, UNKNOWN))]

    def _steps(self, answer: str) -> str:
        """The questions that are answered so, each once."""
        return "; ".join(dict.fromkeys(line.question for line in self.lines if line.answer == answer))


def listed(group: Group) -> list[int]:
    """The keys of all that are public, the newest number first."""
    return list(ChangeRequest.objects.filter(group=group, published_at__isnull=False).order_by("-number", "-pk").values_list("pk", flat=True))


def followed(group: Group, keys: Collection[int]) -> list[Followed]:
    """Those of these keys, the newest number first. So many queries, however many there are."""
    rows = ChangeRequest.objects.filter(pk__in=keys).prefetch_related(
        "determinations__version", "determinations__settlement__decision", "implementations__artefact", "implementations__version",
    )  # fmt: skip
    told = {each.pk: Followed(each) for each in rows.order_by("-number", "-pk")}
    for pk, past in past_of(told).items():
        told[pk].past = past
        for loaded in past:
            _add(told[pk].assessed, loaded.assessment.version_in_words)
    answered: dict[tuple[int, str], set[tuple[int, int]]] = defaultdict(set)  # by change request and kind: who answered an earlier one
    assessments = _assessments(list(told))
    bounced = bounced_among(row for assessment in assessments for row in assessment.roll.all() if row.counted is None)
    for assessment in assessments:
        each = told[assessment.version.change_request_id]
        before = answered[each.request.pk, assessment.kind]
        each.assessments.append(_counted(assessment, before, bounced))
        if assessment.status != AssessmentStatus.WITHDRAWN:
            _add(each.assessed, assessment.version.called)
            before |= {_who(row) for row in assessment.roll.all() if row.counted}
    votes = _voted(group, {each.request.reference for each in told.values()})
    for each in told.values():
        for version in votes[each.request.reference]:
            _add(each.voted, version)
        for made in sorted(each.request.determinations.all(), key=lambda made: made.pk):
            if made.settlement.decision.published_at:
                _add(each.decided, made.version.called if made.version else NOT_STATED)
        each.to_follow = _still_to_follow(each.request)
    return list(told.values())


def with_lines(group: Group, keys: Collection[int]) -> list[Followed]:
    """Those of these keys, each with its steps of "Was process followed?"."""
    told = followed(group, keys)
    for each, lines in zip(told, trails_of_requests([each.request for each in told], everything=True), strict=True):
        each.lines = lines
    return told


def _still_to_follow(request: ChangeRequest) -> list[str]:
    """The artefacts no version of which carries it yet, once it is public that it is approved."""
    told = sorted((made for made in request.determinations.all() if made.settlement.decision.published_at), key=lambda made: made.pk)
    return [str(each.artefact) for each in request.implementations.all() if each.followed_in is None] if is_approved(told) else []


def sample(keys: list[int], word: str) -> list[int]:
    """Ten of them by chance, and the same ten for the same word while there are no more of them: an auditor keeps the word, and nobody else chose."""
    chosen = Random(word).sample(keys, min(SAMPLE, len(keys)))  # noqa: S311 (it has to be drawn again)
    return [each for each in keys if each in chosen]


def _who(row: AssessmentRow) -> tuple[int, int]:
    return row.organisation_id, row.constituency_id


def _add(versions: list[str], version: str) -> None:
    if version not in versions:
        versions.append(version)


def _assessments(requests: list[int]) -> list[Assessment]:
    rows = Assessment.objects.filter(version__change_request__in=requests).select_related("version__change_request")
    return list(rows.prefetch_related("roll__responses", "extensions").order_by("version__change_request", "n"))


def _voted(group: Group, references: Collection[str]) -> dict[str, list[str]]:
    """Reference -> the versions that were voted on in that group, or are."""
    found: dict[str, list[str]] = defaultdict(list)
    asked = Question.objects.filter(group=group).exclude(status__in=(QuestionStatus.DRAFT, QuestionStatus.WITHDRAWN)).order_by("pk")
    for subject, version in asked.values_list("subject", "version"):
        if (reference := reference_of(subject)) in references:
            found[reference].append(in_words(version) if version else NOT_STATED)
    return found


def _counted(assessment: Assessment, before: set[tuple[int, int]], bounced: set[int]) -> Counted:
    rows = list(assessment.roll.all())
    answers = [answer for row in rows if (answer := row.counted)]
    return Counted(
        assessment, asked=len(rows), in_time=sum(not each.late for each in answers), late=sum(each.late for each in answers),
        refused=sum(row.late_leave == AssessmentRow.Leave.REFUSED for row in rows),
        confidential=sum(any(audience == Audience.PROGRAMME for audience in each.confidence.values()) for each in answers), silent=_silent(rows, before, bounced),
    )  # fmt: skip


def _silent(rows: list[AssessmentRow], before: set[tuple[int, int]], bounced: set[int]) -> dict[str, int]:
    """Silent is not one thing: by kind, in the order of the headings. `before`: who answered an earlier one; `bounced`: whose mails came back."""
    found = Counter(how_silent(row, before=_who(row) in before, bounced=bounced) for row in rows if row.counted is None)
    return {words: found[kind] for kind, words in SILENT.items()}


SILENT = {
    Silence.NO_CONTACT: "nobody told", Silence.BOUNCED: "mail came back", Silence.UNOPENED: "not opened", Silence.OPENED: "opened", Silence.BEFORE: "answered before",
}  # fmt: skip


def table(group: Group, keys: list[int]) -> Iterator[list[Any]]:
    """One line for each assessment; one of its own for what was never assessed. Read some at a time: nobody waits for all, and memory holds no more."""
    yield [*HEADINGS]
    for each in (each for n in range(0, len(keys), AT_ONCE) for each in with_lines(group, keys[n : n + AT_ONCE])):
        yield from ([*each.cells, *counted.cells] for counted in each.past)
        yield from ([*each.cells, *counted.cells] for counted in each.assessments)
        if not (each.past or each.assessments):
            yield [*each.cells, *[""] * (len(HEADINGS) - len(each.cells))]
