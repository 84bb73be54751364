"""A library that was kept elsewhere, as a table and a folder: what each line states, and whether it can be loaded. Nothing is written here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ValidationError

from artefacts.catalogue import described_in, named_in
from artefacts.finding import find_artefact
from artefacts.lifecycle import VersionStatus
from artefacts.models import Artefact, ArtefactVersion, FileForm
from artefacts.rules.loading import refusals_of_line, refusals_of_papers, refusals_to_load_over
from files.models import Visibility
from files.operations import looked_into
from files.rules import refusals_of_clean
from groups.models import Group
from groups.models.people import normalised
from records.canonical import sha256
from records.forms import DayField
from records.importing import Line, Looked, table_in, value_of
from records.references import key_of
from records.rules import Refused
from records.versions import Key, key_of_version

COLUMNS = (
    "number", "name", "kind", "phase", "streams", "other names", "version", "dated", "what changed", "note", "made from", "baselined by", "file", "form", "visibility",
)  # fmt: skip
NEEDED = ("name", "version")
NAMES = ("number", "name", "kind", "other names", "version", "made from", "baselined by")
TEXTS = ("what changed", "note", "made from", "baselined by")  # of a version: said on any of its lines, and on no two otherwise


Same = tuple[str, str]


class Paper(NamedTuple):
    """A file that a line names."""

    path: Path
    sha256: str
    form: str
    visibility: str


@dataclass
class Stated:
    """One version, as its lines state it."""

    same: Same
    cited: str
    lines: list[Line]
    label: str
    about: dict
    texts: dict[str, str]
    dated_on: date | None
    papers: list[Paper]
    artefact: Artefact | None = None
    refusals: dict[int, list[str]] = field(default_factory=dict)
    passed_over: bool = False

    @property
    def key(self) -> Key | None:
        return key_of_version(self.label)

    @property
    def numbers(self) -> list[int]:
        return [line.n for line in self.lines]

    @property
    def is_to_be_loaded(self) -> bool:
        return not self.refusals and not self.passed_over

    def refuse(self, *sentences: str, line: int | None = None) -> None:
        """All of it: a version is loaded whole, or not at all."""
        if sentences:
            self.refusals.setdefault(line or self.lines[0].n, []).extend(sentences)


@dataclass
class Library:
    """What a table says, looked at."""

    lines: list[Looked]
    versions: list[Stated]

    @property
    def wanted(self) -> list[Stated]:
        return [each for each in self.versions if each.is_to_be_loaded]

    @property
    def refused(self) -> list[Looked]:
        return [each for each in self.lines if each.refusals]

    def in_words(self, loaded: str) -> str:
        """ "2 versions of 1 artefact loaded; 4 lines are there already; 1 line is refused."."""
        versions, artefacts = len(self.wanted), len({each.same for each in self.wanted})
        told = [f"{versions} version{'' if versions == 1 else 's'} of {artefacts} artefact{'' if artefacts == 1 else 's'} {loaded}"]
        for n, words in ((len([each for each in self.lines if each.passed_over]), "there already"), (len(self.refused), "refused")):
            told += [f"{n} line{' is' if n == 1 else 's are'} {words}"] if n else []
        return "; ".join(told) + "."


def library_in(text: str, folder: Path, group: Group) -> Library:
    """Look at a table and the files it names. Raises Refused if it is no such table."""
    lines = table_in(text, COLUMNS, NEEDED, names=NAMES)
    versions = [_stated(own, folder) for own in _by_version(lines)]
    catalogue = list(Artefact.objects.filter(group=group).prefetch_related("versions__files__blob", "versions__loadings", "versions__made_from"))
    for each in versions:
        each.artefact = find_artefact(each.cited, catalogue)
        if not each.refusals:
            _compare_with_the_portal(each)
    _refuse_what_was_made_from_nothing(versions)
    return Library(list(_looked(lines, versions)), versions)


def _same(line: Line) -> Same:
    """By which the lines of one artefact are known, however it is written."""
    number, name = named_in(line.cells)
    return key_of(number), normalised(name)


def _by_version(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines of each version together: it may have a document, a redline and annexes."""
    found: dict[tuple, list[Line]] = {}
    for line in lines:
        key = key_of_version(line.cells["version"])
        found.setdefault((_same(line), tuple(key) if key else line.n), []).append(line)
    return list(found.values())


def _stated(lines: list[Line], folder: Path) -> Stated:
    first = lines[0].cells
    number, name = named_in(lines[0].cells)
    stated = Stated(_same(lines[0]), f"{number} {name}".strip(), lines, first["version"], {}, dict.fromkeys(TEXTS, ""), None, [])
    for line in lines:
        stated.refuse(*([line.refusal] if line.refusal else refusals_of_line(line.cells)), line=line.n)
        _add_texts(stated, line)
        _add_day(stated, line)
        if line.cells["file"] and not stated.refusals:
            _add_paper(stated, line, folder)
    stated.about = {"name": name or number, "document_number": number if name else "", **described_in(first)}
    stated.refuse(*refusals_of_papers([each.form for each in stated.papers]))
    return stated


def _add_texts(stated: Stated, line: Line) -> None:
    for name in TEXTS:
        if (said := line.cells[name]) and stated.texts[name] not in ("", said):
            stated.refuse(f"Another line of this version says otherwise under “{name}”.", line=line.n)
        stated.texts[name] = said or stated.texts[name]


def _add_day(stated: Stated, line: Line) -> None:
    try:
        day = DayField(required=False).clean(line.cells["dated"])
    except ValidationError as error:
        stated.refuse(f"“{line.cells['dated']}” is no day that can be read: {error.messages[0]}", line=line.n)
        return
    if day and stated.dated_on not in (None, day):
        stated.refuse("Another line of this version gives another day.", line=line.n)
    stated.dated_on = day or stated.dated_on


def _add_paper(stated: Stated, line: Line, folder: Path) -> None:
    cells, path = line.cells, (folder / line.cells["file"]).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        stated.refuse(f"There is no file {cells['file']} in the folder.", line=line.n)
        return
    content, form = path.read_bytes(), value_of(cells["form"], FileForm.choices, FileForm.CLEAN) or ""
    try:
        notes = looked_into(path.name, content)
    except Refused as refused:
        stated.refuse(*(f"{cells['file']}: {reason}" for reason in refused.reasons), line=line.n)
        return
    if form == FileForm.CLEAN:
        stated.refuse(*map(str, refusals_of_clean(path.name, notes)), line=line.n)
    stated.papers.append(Paper(path, sha256(content), form, value_of(cells["visibility"], Visibility.choices) or ""))


def _compare_with_the_portal(stated: Stated) -> None:
    known = known_version(stated)
    if known is None:
        return
    if known.loaded and stated_before(known) >= {*_facts(stated), *((each.form, each.sha256) for each in stated.papers)}:
        stated.passed_over = True
    else:
        stated.refuse(*map(str, refusals_to_load_over(known, len(stated.papers))))


def known_version(stated: Stated) -> ArtefactVersion | None:
    """The version of that label, if the portal knows of it."""
    return next((each for each in stated.artefact.versions.all() if each.key == stated.key and each.status != VersionStatus.WITHDRAWN), None) if stated.artefact else None


def _facts(stated: Stated) -> Iterator[tuple[str, str]]:
    told = {"what changed": stated.texts["what changed"], "note": stated.texts["note"], "baselined by": stated.texts["baselined by"], "dated": str(stated.dated_on or "")}
    yield from ((name, said) for name, said in told.items() if said)


def stated_before(version: ArtefactVersion) -> set[tuple[str, str]]:
    """What is on record of a version that was loaded: loaded once more, it is the same."""
    loaded = version.loaded
    facts = {("what changed", version.what_changed), ("note", version.note), ("baselined by", loaded.baselined_by), ("dated", str(loaded.dated_on or ""))}
    return facts | {(file.form, file.blob.sha256) for file in version.files.all() if not file.dropped}


def _refuse_what_was_made_from_nothing(versions: Sequence[Stated]) -> None:
    """From the oldest on: what was made from a version that is refused is refused, too."""
    there: set[tuple[Same, tuple[int, ...]]] = set()
    for each in sorted(versions, key=lambda each: each.key or []):
        known = {tuple(version.key or []) for version in each.artefact.versions.all()} if each.artefact else set()
        source = tuple(key_of_version(each.texts["made from"]) or [])
        if each.is_to_be_loaded and each.texts["made from"] and source not in known and (each.same, source) not in there:
            each.refuse(f"It says it was made from {each.texts['made from']}, which is neither on record nor loaded with it.")
        if each.is_to_be_loaded or each.passed_over:
            there.add((each.same, tuple(each.key or [])))


def _looked(lines: Iterable[Line], versions: Iterable[Stated]) -> Iterator[Looked]:
    of = {n: each for each in versions for n in each.numbers}
    for line in lines:
        version = of[line.n]
        if version.refusals:
            others = f"Line {next(iter(version.refusals))}, of the same version, is refused: a version is loaded whole, or not at all."
            yield Looked(line.n, tuple(version.refusals.get(line.n, [others])))
        else:
            yield Looked(line.n, passed_over="It is there already." if version.passed_over else "")
