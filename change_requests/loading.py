"""Assessments that were kept in spreadsheets: what each line states, and whether it can be loaded. Nothing is written here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from change_requests.finding import reference_of
from change_requests.models import AssessmentKind, ChangeRequest, PastAnswer, PastAssessment, Response
from change_requests.rules.loading import refusals_of_assessment, refusals_of_line, refusals_to_load_beside
from groups.models import Group
from groups.models.people import normalised
from records.forms import DayField
from records.importing import NOT_STATED, Line, Looked, table_in, value_of, yes_or_no
from records.typed import whole_number
from records.versions import key_of_version

NEEDED = ("change request", "organisation")
NAMES = ("change request", "title", "version", "under", "organisation", "constituency", "by")
COLUMNS = (
    "change request", "title", "version", "kind", "opened", "closed", "working days", "question", "under", "organisation", "constituency", "answered", "answered on",
    "position", "impact", "cost", "effort", "lead time", "effect on test dates", "alternatives", "comments", "answer", "by", "late", "confidential",
)  # fmt: skip
TEXTS = {
    "cost": "cost", "effort": "effort", "lead time": "lead_time", "effect on test dates": "test_dates", "alternatives": "alternatives", "comments": "comments",
    "answer": "answer", "by": "given_by",
}  # fmt: skip
OF_ALL = {"title": "title", "working days": "days", "question": "question", "under": "authority"}  # said of the assessment, on any of its lines


@dataclass
class Stated:
    """One assessment, as its lines state it."""

    reference: str
    version: str
    kind: str
    opened_on: date | None
    closed_on: date | None
    lines: list[Line] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    answers: list[dict[str, Any]] = field(default_factory=list)
    refusals: dict[int, list[str]] = field(default_factory=dict)
    passed_over: bool = False

    @property
    def is_to_be_loaded(self) -> bool:
        return not self.passed_over and bool(self.answers) and not self.refusals

    @property
    def numbers(self) -> list[int]:
        return [line.n for line in self.lines]

    def refuse(self, n: int, *sentences: str) -> None:
        if sentences:
            self.refusals.setdefault(n, []).extend(sentences)


@dataclass
class Spreadsheet:
    """What a table says, looked at."""

    lines: list[Looked]
    assessments: list[Stated]

    @property
    def wanted(self) -> list[Stated]:
        return [each for each in self.assessments if each.is_to_be_loaded]

    @property
    def refused(self) -> list[Looked]:
        return [each for each in self.lines if each.refusals]

    def in_words(self, loaded: str) -> str:
        """ "2 assessments of 1 change request, with 31 organisations, loaded; 4 lines are there already; 1 line is refused."."""
        n, of, asked = len(self.wanted), len({each.reference for each in self.wanted}), sum(len(each.answers) for each in self.wanted)
        told = [f"{n} assessment{'' if n == 1 else 's'} of {of} change request{'' if of == 1 else 's'}, with {asked} organisation{'' if asked == 1 else 's'}, {loaded}"]
        for count, words in ((len([each for each in self.lines if each.passed_over]), "there already"), (len(self.refused), "refused")):
            told += [f"{count} line{' is' if count == 1 else 's are'} {words}"] if count else []
        return "; ".join(told) + "."


def spreadsheet_in(text: str, group: Group, today: date) -> Spreadsheet:
    """Look at a table of answers. Raises Refused if it is no such table."""
    lines = table_in(text, COLUMNS, NEEDED, names=NAMES)
    found: dict[tuple, Stated] = {}
    for line in lines:
        _add(found, line, today)
    known = {each.reference: each for each in _known({each.reference for each in found.values()})}
    for stated in found.values():
        stated.refuse(stated.lines[0].n, *map(str, refusals_of_assessment(stated.about, [(each["organisation"], each["constituency"]) for each in stated.answers])))
        _compare_with_the_portal(stated, known.get(stated.reference), group)
    return Spreadsheet(list(_looked(lines, found.values())), list(found.values()))


def _known(references: set[str]) -> Iterable[ChangeRequest]:
    told = ("versions__assessments", "past_assessments__answers", "past_assessments__version")
    return ChangeRequest.objects.filter(reference__in=references).select_related("group").prefetch_related(*told)


def _add(found: dict[tuple, Stated], line: Line, today: date) -> None:
    cells, refusals = line.cells, [line.refusal] if line.refusal else []
    opened, closed, answered_on = (_day(cells[name], refusals) for name in ("opened", "closed", "answered on"))
    kind = value_of(cells["kind"], AssessmentKind.choices)
    refusals += map(str, refusals_of_line(cells, opened, closed, [day for day in (opened, closed, answered_on) if day], today))
    reference, version = reference_of(cells["change request"]), "" if cells["version"].casefold() == NOT_STATED else cells["version"]
    stated = found.setdefault((reference, *(key_of_version(version) or ()), kind, opened, closed), Stated(reference, version, kind or "", opened, closed))
    stated.lines.append(line)
    for name in OF_ALL:
        if cells[name] and stated.about.get(name, cells[name]) != cells[name]:
            refusals.append(f"Another line of this assessment says otherwise under “{name}”.")
        stated.about[name] = stated.about.get(name) or cells[name]
    stated.refuse(line.n, *refusals)
    if not refusals:
        stated.answers.append(_answer(line, answered_on))


def _day(cell: str, refusals: list[str]) -> date | None:
    if cell.casefold() == NOT_STATED:
        return None
    try:
        return DayField(required=False).clean(cell)
    except ValidationError as error:
        refusals.append(f"“{cell}” is no day that can be read: {error.messages[0]}")
        return None


def _answer(line: Line, answered_on: date | None) -> dict[str, Any]:
    """As it is stated. That an organisation answered follows from what it said, and from nothing else."""
    cells = line.cells
    said: dict[str, Any] = {own: cells[name] for name, own in TEXTS.items()}
    said |= {"position": value_of(cells["position"], Response.Position.choices) or "", "impact": value_of(cells["impact"], Response.Impact.choices) or ""}
    answered = yes_or_no(cells["answered"])
    if answered is None and (answered_on or any(said[name] for name in ("position", "impact", *PastAnswer.TEXTS))):
        answered = True
    return said | {
        "line": line.n, "organisation": cells["organisation"], "constituency": cells["constituency"], "answered": answered, "answered_on": answered_on,
        "late": yes_or_no(cells["late"]), "confidential": yes_or_no(cells["confidential"]),
    }  # fmt: skip


def _compare_with_the_portal(stated: Stated, request: ChangeRequest | None, group: Group) -> None:
    before = request and next((each for each in request.past_assessments.all() if _is_the_same(each, stated)), None)
    if before and _facts_of(before) == _facts_in(stated):
        stated.passed_over = not stated.refusals
    elif before:
        stated.refuse(stated.lines[0].n, f"The {before} was loaded before with other answers or facts: what was loaded stays as it is.")
    elif stated.reference:
        stated.refuse(stated.lines[0].n, *map(str, refusals_to_load_beside(request, stated.reference, stated.version, stated.kind, group)))


def _is_the_same(before: PastAssessment, stated: Stated) -> bool:
    key = before.version.key if before.version else None
    return (key, before.kind, before.opened_on, before.closed_on) == (key_of_version(stated.version), stated.kind, stated.opened_on, stated.closed_on)


def _facts_of(before: PastAssessment) -> tuple:
    return (before.days, before.question, before.authority), sorted(_comparable({name: getattr(each, name) for name in PastAnswer.sealed_fields}) for each in before.answers.all())


def _facts_in(stated: Stated) -> tuple:
    about = stated.about
    return (whole_number(about["working days"]) or None, about["question"], about["under"]), sorted(map(_comparable, stated.answers))


def _comparable(answer: dict[str, Any]) -> list[str]:
    """On which line it stands makes no difference: the table may have been sorted."""
    return [normalised(answer["organisation"]), *(str(answer[name]) for name in PastAnswer.sealed_fields if name != "line")]


def _looked(lines: Iterable[Line], assessments: Iterable[Stated]) -> Iterator[Looked]:
    of = {n: each for each in assessments for n in each.numbers}
    for line in lines:
        stated = of[line.n]
        if stated.refusals:
            others = f"Line {next(iter(stated.refusals))}, of the same assessment, is refused: an assessment is loaded whole, or not at all."
            yield Looked(line.n, tuple(stated.refusals.get(line.n, [others])))
        else:
            yield Looked(line.n, passed_over="It is there already." if stated.passed_over else "")
