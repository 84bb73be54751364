"""A list of processes as it is kept in a table: what each line says, what refuses it, and what loading it would change."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from artefacts.finding import find_artefact
from artefacts.models import Artefact, Process
from groups.models import Group
from records.importing import Line, table_in

COLUMNS = ("reference", "name", "stream", "parent", "artefacts")
LENGTHS = {"reference": 40, "name": 200, "stream": 80}


@dataclass
class Listed:
    """One process as the table names it."""

    n: int
    reference: str
    name: str
    stream: str
    parent: str
    artefacts: tuple[Artefact, ...]
    refusals: tuple[str, ...] = ()


@dataclass
class ProcessList:
    """All of it, and what loading it changes."""

    lines: list[Listed]
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    @property
    def refused(self) -> list[Listed]:
        return [line for line in self.lines if line.refusals]

    def in_words(self) -> str:
        parts = [f"{len(self.lines)} process{'es' if len(self.lines) != 1 else ''} in the table"]
        parts += [f"{len(names)} {word} ({', '.join(names[:5])}{' …' if len(names) > 5 else ''})" for names, word in self._what() if names]
        return f"{'; '.join(parts)}{'' if any(names for names, _ in self._what()) else ', as on record'}."

    def _what(self) -> list[tuple[list[str], str]]:
        return [(self.added, "added"), (self.changed, "changed"), (self.dropped, "no longer in it")]


def list_in(text: str, group: Group) -> ProcessList:
    """What the table says, beside what is on record. Raises Refused if it is no such table."""
    rows = table_in(text, COLUMNS, ("reference", "name"), names=("reference", "name", "parent"))
    references = Counter(row.cells["reference"].casefold() for row in rows)
    catalogue = list(Artefact.objects.filter(group=group))
    told = ProcessList([_listed(row, references, catalogue) for row in rows])
    _refuse_circles(told.lines)
    known = {process.reference.casefold(): process for process in of_group(group)}
    for line in told.lines:
        process = known.get(line.reference.casefold())
        if process is None or process.dropped:
            told.added.append(line.reference)
        elif as_told(process) != as_listed(line):
            told.changed.append(line.reference)
    told.dropped = [process.reference for key, process in known.items() if not process.dropped and key not in references]
    return told


def of_group(group: Group) -> list[Process]:
    return list(Process.objects.filter(group=group).select_related("parent").prefetch_related("documents").order_by("reference"))


def as_told(process: Process) -> tuple:
    """What a line of the table would have to say for nothing to change."""
    documents = {each.artefact_id for each in process.documents.all() if not each.dropped}
    return (process.reference, process.name, process.stream, process.parent.reference.casefold() if process.parent else "", documents)


def as_listed(line: Listed) -> tuple:
    return (line.reference, line.name, line.stream, line.parent.casefold(), {each.pk for each in line.artefacts})


def _listed(row: Line, references: Mapping[str, int], catalogue: list[Artefact]) -> Listed:
    cells = {name: " ".join(cell.split()) for name, cell in row.cells.items()}
    cited = [each.strip() for each in cells["artefacts"].split(";") if each.strip()]
    found = {each: find_artefact(each, catalogue) for each in cited}
    refusals = (row.refusal,) if row.refusal else tuple(_refusals(cells, references, found))
    return Listed(row.n, cells["reference"], cells["name"], cells["stream"], cells["parent"], tuple(filter(None, found.values())), refusals)


def _refusals(cells: dict[str, str], references: Mapping[str, int], found: Mapping[str, Artefact | None]) -> Iterator[str]:
    if not cells["reference"] or not cells["name"]:
        yield "A process needs a reference and a name."
    if references[cells["reference"].casefold()] > 1:
        yield f"{cells['reference']} stands in the table more than once."
    for name, longest in LENGTHS.items():
        if len(cells[name]) > longest:
            yield f"The {name} has more than {longest} characters."
    if cells["parent"] and cells["parent"].casefold() not in references:
        yield f"It is part of {cells['parent']}, which is not in the table."
    for cited, artefact in found.items():
        if artefact is None:
            yield f"No artefact of the catalogue is cited as {cited}, or several are."


def _refuse_circles(lines: Iterable[Listed]) -> None:
    """Nothing is part of itself, through whatever others."""
    above = {line.reference.casefold(): line.parent.casefold() for line in lines}
    for line in lines:
        at, seen = line.parent.casefold(), set[str]()
        while at and at not in seen and at != line.reference.casefold():
            seen.add(at)
            at = above.get(at, "")
        if at and at == line.reference.casefold():
            line.refusals = (*line.refusals, f"{line.reference} would be part of itself.")
