"""Which artefacts describe which business process of a programme, and how many processes a baselined one describes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from artefacts.models import Process, ProcessDocument
from ledger.withdrawn import without, words_withdrawn
from register.models import Shelf

COLUMNS = ("group", "process", "name", "stream", "part of", "artefact", "state", "baselined by", "covered", "address")


@dataclass(frozen=True)
class Described:
    """A process, and the artefacts that describe it, as far as they are public."""

    group: str
    reference: str
    name: str
    stream: str
    parent: str
    artefacts: tuple[Shelf, ...]

    @property
    def is_covered(self) -> bool:
        """A published decision has baselined one of them."""
        return any(row.facets["decisions"] for row in self.artefacts)


@dataclass(frozen=True)
class Stream:
    """The processes of one work stream."""

    name: str
    processes: list[Described]

    @property
    def covered(self) -> int:
        return sum(each.is_covered for each in self.processes)


@dataclass(frozen=True)
class Matrix:
    """The processes of one group, stream by stream."""

    group: Shelf
    streams: list[Stream]

    @property
    def n(self) -> int:
        return sum(len(stream.processes) for stream in self.streams)

    @property
    def covered(self) -> int:
        return sum(stream.covered for stream in self.streams)


def matrices(groups: dict[str, Shelf]) -> list[Matrix]:
    """Of every group that has a list, those that are no practice first. Four queries, however many there are."""
    described = processes()
    found = [Matrix(group, list(_streams([each for each in described if each.group == code]))) for code, group in sorted(groups.items())]
    return sorted((each for each in found if each.n), key=lambda each: (bool(each.group.facets.get("fictional")), each.group.reference))


def processes() -> list[Described]:
    """By group, stream and reference."""
    rows = Process.objects.filter(dropped=False).select_related("group", "parent").order_by("group_id", "stream", "reference", "pk")
    words = words_withdrawn()
    shelf = {row.record_pk: row for row in Shelf.objects.of("artefact").filter(record_pk__in=ProcessDocument.objects.filter(dropped=False).values("artefact")).defer("words")}
    told: dict[int, list[Shelf]] = {}
    for process, artefact in ProcessDocument.objects.filter(dropped=False).values_list("process", "artefact"):
        if artefact in shelf:
            told.setdefault(process, []).append(shelf[artefact])
    return [_described(each, told.get(each.pk, []), words) for each in rows]


def _described(process: Process, artefacts: list[Shelf], words: list[str]) -> Described:
    parent = process.parent.reference if process.parent and not process.parent.dropped else ""
    shown = tuple(sorted(artefacts, key=lambda row: row.title.casefold()))
    return Described(process.group.code, process.reference, without(process.name, words), process.stream, parent, shown)


def _streams(described: Iterable[Described]) -> Iterator[Stream]:
    found: dict[str, list[Described]] = {}
    for each in described:
        found.setdefault(each.stream, []).append(each)
    yield from (Stream(name, own) for name, own in found.items())


def table(described: Iterable[Described]) -> Iterator[list[Any]]:
    """One line for each artefact of each process; one of its own for what none describes."""
    yield [*COLUMNS]
    for each in described:
        told = [each.group, each.reference, each.name, each.stream, each.parent]
        covered = "yes" if each.is_covered else "no"
        for row in each.artefacts:
            yield [*told, row.title, row.summary, "; ".join(row.facets["decisions"]), covered, settings.PORTAL_BASE_URL + row.address]
        if not each.artefacts:
            yield [*told, "", "", "", covered, ""]
