"""A catalogue of artefacts as it is kept in a table: what each line says of one, what refuses it, and what taking it in would change.

Nothing is written here. The table of a library (`loading.py`) says the same of an artefact, under the same headings.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from artefacts.finding import find_artefact, number_and_name
from artefacts.models import Artefact, Phase
from artefacts.rules.loading import refusals_of_described
from groups.models import Group
from records.importing import Line, table_in, value_of, words_in

COLUMNS = ("number", "name", "kind", "phase", "streams", "other names")
Cells = Mapping[str, str]


@dataclass
class Described:
    """One artefact, as a line describes it: what its entry in the catalogue would say, and which of that is new."""

    n: int
    number: str
    name: str
    artefact: Artefact | None
    changes: dict[str, Any] = field(default_factory=dict)
    refusals: tuple[str, ...] = ()

    @property
    def cited(self) -> str:
        return f"{self.number} {self.name}".strip()


@dataclass
class Catalogue:
    """All lines, looked at."""

    lines: list[Described]

    @property
    def refused(self) -> list[Described]:
        return [line for line in self.lines if line.refusals]

    @property
    def added(self) -> list[Described]:
        return [line for line in self.lines if not line.refusals and line.artefact is None]

    @property
    def described(self) -> list[Described]:
        return [line for line in self.lines if not line.refusals and line.artefact and line.changes]

    def in_words(self, loaded: str) -> str:
        """ "35 lines: 31 artefacts added; 4 described anew; 1 line is refused.", once it is loaded."""
        told = [f"{len(lines)} {words}" for lines, words in ((self.added, "to be added"), (self.described, "to be described anew"), (self.refused, "refused")) if lines]
        if loaded == "loaded":
            told = [each.replace("to be ", "") for each in told]
        return f"{len(self.lines)} line{'' if len(self.lines) == 1 else 's'}: {'; '.join(told) or 'as on record'}."


def catalogue_in(text: str, group: Group) -> Catalogue:
    """What the table says, beside what is on record. Raises Refused if it is no such table."""
    rows = table_in(text, COLUMNS, ("name",), names=("number", "name", "kind", "other names"))
    known = list(Artefact.objects.filter(group=group))
    lines = [_described(row, known) for row in rows]
    times = Counter(line.cited.casefold() for line in lines)
    for line in lines:
        if line.cited and times[line.cited.casefold()] > 1:
            line.refusals = (*line.refusals, f"{line.cited} stands in the table more than once.")
    return Catalogue(lines)


def named_in(cells: Cells) -> tuple[str, str]:
    """The number and the name of its artefact; the number may stand before the name."""
    return (cells["number"], cells["name"]) if cells["number"] else number_and_name(cells["name"])


def described_in(cells: Cells) -> dict[str, Any]:
    """What a line says of its artefact beside number and name."""
    return {
        "sub_type": cells["kind"], "phase": value_of(cells["phase"], Phase.choices, Phase.NOT_STATED),
        "streams": words_in(cells["streams"]), "aliases": words_in(cells["other names"]),
    }  # fmt: skip


def _described(row: Line, known: list[Artefact]) -> Described:
    number, name = named_in(row.cells)
    refusals = (row.refusal,) if row.refusal else tuple(map(str, refusals_of_described(row.cells)))
    if refusals:
        return Described(row.n, number, name, None, refusals=refusals)
    line = Described(row.n, number if name else "", name or number, find_artefact(f"{number} {name}".strip(), known))
    line.refusals = tuple(_refusals_of_naming(line, known))
    line.changes = dict(_differing(line.artefact, described_in(row.cells)))
    return line


def _refusals_of_naming(line: Described, known: list[Artefact]) -> Iterator[str]:
    """What is cited stays as it is cited."""
    if line.artefact is None and line.number and (same := find_artefact(line.name, known)):
        yield f"{same} is in the catalogue without the number {line.number}: under what an artefact is cited stays as it is."


def _differing(artefact: Artefact | None, said: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What a line does not say stays; and no name under which papers cite an artefact is taken away."""
    for name, value in said.items():
        before = getattr(artefact, name) if artefact else None
        if name == "aliases" and artefact:
            value = [*artefact.aliases, *(each for each in value if each not in artefact.aliases and each != artefact.name)]
        if value and value != before and value != Phase.NOT_STATED:
            yield name, value
