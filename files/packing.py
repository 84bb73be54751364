"""What goes into a pack and where: the papers as they were circulated, part by part, then each supplement; no page ever moves.

A page is called by its part: "DAG026 · item 4 · page 3". What has once had a page keeps it, also when a paper is taken off: a sheet
stands in its place.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.template.loader import render_to_string

from files import apart, scanning
from files.kinds import MIB, Kind
from files.models import Bindable, Blob, CirculatedFile, PackOfPapers
from files.operations import keep_made
from files.scanning import Result
from files.storing import opened
from records.clock import london_date, portal_now
from records.dates import as_day
from records.locks import locked
from records.press import pdf

MOST_BYTES, MOST_PAGES = 60 * MIB, 2000  # of what is bound; what would go beyond has a sheet
TOO_LARGE = "The pack is full: this paper would make it too large to be sent or opened."
TAKEN_OFF = "It was taken off after it had been circulated."
INFECTED = "The virus scanner found something in it."
GONE = "The portal cannot find the file."
CHOKED = "The papers could not be bound into one file. Each can be had by itself, and all of them in the ZIP."
DAY = (1980, 1, 1, 0, 0, 0)  # of every file in the ZIP, so that the same papers make the same one


class Cover(NamedTuple):
    """What the papers are of, in the words of its first page and at the foot of the others."""

    code: str  # DAG026
    over: str  # Design Advisory Group (DAG)
    name: str  # Papers of meeting 26
    under: str
    title: str  # of the file
    part: str  # "item": what pages are counted within
    among: str  # "the papers of the meeting"


class Packed(NamedTuple):
    pdf: bytes | None
    zip: bytes | None
    layout: dict[str, Any]
    pages: int
    why_not: str


@dataclass
class Entry:
    """A paper in the pack: its pages, or a sheet that names it and says why it is not there."""

    paper: CirculatedFile
    content: bytes | None
    pages: int
    why: str = ""
    first: int = 1  # of its part
    at: int = 0  # of the whole

    @property
    def can_be_had(self) -> bool:
        """By itself, and in the ZIP."""
        return self.why not in (TAKEN_OFF, INFECTED, GONE)

    @property
    def last(self) -> int:
        return self.first + self.pages - 1


@dataclass
class Section:
    """What went out together."""

    circulation: Any
    entries: list[Entry] = field(default_factory=list)
    at: int = 0  # of its own sheet

    def by_part(self) -> list[tuple[str, list[Entry]]]:
        told: dict[str, list[Entry]] = {}
        for each in self.entries:
            told.setdefault(each.paper.part_title, []).append(each)
        return list(told.items())


def packed(pack: PackOfPapers, papers: list[Any], cover: Cover, now: datetime) -> Packed:
    """All of it, as it stands. What was laid out before stays where it was."""
    sections = _laid_out(papers, pack.layout)
    archive = _archive(papers)
    whole, pages = _bound(cover, sections, now)
    entries = [each for section in sections for each in section.entries]
    layout = {str(each.paper.pk): [each.first, max(each.pages, _kept(pack.layout, each)), int(each.content is not None)] for each in entries}
    return Packed(whole, archive, pack.layout | layout, pages, "" if whole else CHOKED)


def _kept(layout: dict[str, Any], entry: Entry) -> int:
    """How many pages it had."""
    return layout.get(str(entry.paper.pk), (0, 0))[1]


def bound_in(pack: PackOfPapers) -> list[int]:
    """The circulated papers that are in it with their pages; of the others it has a sheet, which is no paper that was opened. Packs laid out before this was noted say it of none."""
    return [int(pk) for pk, (_first, _pages, *bound) in pack.layout.items() if any(bound)]


def can_be_had(pack: PackOfPapers, papers: Iterable[CirculatedFile]) -> bool:
    """As it stands; while it is bound anew, as it stood, unless something in it is not handed out any more."""
    if pack.is_made or not pack.made:
        return pack.is_made
    return not any(why_not_handed_out(each) for each in papers if str(each.pk) in pack.layout)


# --- which pages


def _laid_out(papers: Iterable[Any], layout: dict[str, Any]) -> list[Section]:
    sections: dict[int, Section] = {}
    bindable = {each.blob_id: each for each in Bindable.objects.select_related("pdf__clean_copy").filter(blob__in=[paper.blob_id for paper in papers])}
    size = pages = 0
    for paper in papers:
        entry = _entry(paper, bindable.get(paper.blob_id))
        if entry.content and (size + len(entry.content) > MOST_BYTES or pages + entry.pages > MOST_PAGES):
            entry = Entry(paper, None, 1, TOO_LARGE)
        size, pages = size + len(entry.content or b""), pages + entry.pages
        sections.setdefault(paper.circulation_id, Section(paper.circulation)).entries.append(entry)
    _numbered(list(sections.values()), layout)
    return list(sections.values())


def _entry(paper: CirculatedFile, bindable: Bindable | None) -> Entry:
    if why := why_not_handed_out(paper):
        return Entry(paper, None, 1, why)
    if bindable is None or bindable.pdf is None:
        return Entry(paper, None, 1, bindable.why_not if bindable else GONE)
    content = _content(bindable.pdf)
    return Entry(paper, content, bindable.pages) if content else Entry(paper, None, 1, GONE)


def why_not_handed_out(paper: CirculatedFile) -> str:
    if paper.blob.is_infected:
        return INFECTED
    return TAKEN_OFF if paper.is_taken_off else ""


def _content(blob: Blob) -> bytes | None:
    try:
        with opened(blob.served.sha256) as file:
            return file.read()
    except FileNotFoundError:
        return None


def _numbered(sections: list[Section], layout: dict[str, Any]) -> None:
    """Page by page of each part. What has pages already keeps them; what is new comes behind all of them."""
    next_of: dict[int, int] = {}
    new: list[Entry] = []
    for entry in (each for section in sections for each in section.entries):
        if known := layout.get(str(entry.paper.pk)):
            entry.first = known[0]
            next_of[entry.paper.part] = max(next_of.get(entry.paper.part, 1), known[0] + known[1])
        else:
            new.append(entry)
    for entry in new:
        entry.first = next_of.get(entry.paper.part, 1)
        next_of[entry.paper.part] = entry.first + entry.pages


# --- the PDF


def _bound(cover: Cover, sections: list[Section], now: datetime) -> tuple[bytes | None, int]:
    """Contents first. How long they are is known when they have been made once: then the pages they name are."""
    css = render_to_string("pdf/minutes.css") + render_to_string("pdf/pack.css")
    context = {"cover": cover, "sections": sections, "made_on": london_date(now), "place": apart.PLACE}
    sheets = pdf(render_to_string("pdf/pack_sheets.html", context), css, made_at=now)
    long, total = 1, 0
    for _ in range(3):
        total = _placed(sections, long)
        contents = pdf(render_to_string("pdf/pack.html", context), css, made_at=now)
        if (found := apart.pages_of(contents)) == long:
            return apart.bound(_plan(cover, sections, long), [contents, sheets, *_sources(sections)]), total
        long = found or 1
    return None, 0


def _placed(sections: list[Section], contents: int) -> int:
    """On which page of the whole each begins. Returns how many there are."""
    at = contents + 1
    for section in sections:
        section.at, at = (at, at + 1) if section.circulation.is_supplement else (0, at)
        for entry in section.entries:
            entry.at, at = at, at + entry.pages
    return at - 1


def _sources(sections: list[Section]) -> list[bytes]:
    return [each.content for section in sections for each in section.entries if each.content]


def _plan(cover: Cover, sections: list[Section], contents: int) -> dict[str, Any]:
    """As files/binding.py reads it: file 0 is the contents, file 1 the sheets, the papers follow."""
    parts: list[dict[str, Any]] = [{"file": 0, "marks": [{"level": 0, "title": "Contents"}]}]
    sheet, file = 0, 2
    for section in sections:
        depth = 1 if section.circulation.is_supplement else 0
        if depth:
            parts.append({"file": 1, "page": sheet, "marks": [{"level": 0, "title": f"Supplement of {_day(section)}"}]})
            sheet += 1
        before = None
        for entry in section.entries:
            over = entry.paper.part_title
            head = [{"level": depth, "title": over}] if over and entry.paper.part != before else []
            before = entry.paper.part
            told = {"first": entry.first, "stamp": _stamp(cover, section, entry), "marks": [*head, {"level": depth + (1 if over else 0), "title": entry.paper.title}]}
            parts.append(told | ({"file": file} if entry.content else {"file": 1, "page": sheet}))
            sheet, file = (sheet, file + 1) if entry.content else (sheet + 1, file)
    return {"title": cover.title, "parts": parts}


def _stamp(cover: Cover, section: Section, entry: Entry) -> str:
    """With braces for the number, which rises from page to page."""
    late = f" · supplement of {_day(section)}" if section.circulation.is_supplement else ""
    return f"{cover.code} · {entry.paper.part_called} · page {{n}}{late}"


def _day(section: Section) -> str:
    return as_day(section.circulation.at)


# --- the ZIP


def _archive(papers: Iterable[Any]) -> bytes | None:
    """Every paper under its part, as it is handed out; and a note of those that are not in it."""
    out, names, left_out, size = io.BytesIO(), set[str](), list[str](), 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for paper in papers:
            name = _free(_name(paper), names)
            why = why_not_handed_out(paper)
            content = None if why else _content(paper.blob)
            if content is None or size + len(content) > MOST_BYTES:
                left_out.append(f"{name}: {why or (GONE if content is None else TOO_LARGE)}")
                continue
            size += len(content)
            archive.writestr(zipfile.ZipInfo(name, DAY), content)
        if left_out:
            archive.writestr(zipfile.ZipInfo(_free("Left out.txt", names), DAY), "\n".join(left_out))
    return out.getvalue() if names else None


def _name(paper: Any) -> str:
    late = f"Supplement of {as_day(paper.circulation.at)}" if paper.circulation.is_supplement else ""
    return "/".join(filter(None, (paper.folder, late, paper.name)))


def _free(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    free = next(each for each in _variants(stem, dot + ending) if each.casefold() not in taken)
    taken.add(free.casefold())
    return free


def _variants(stem: str, ending: str) -> Iterator[str]:
    yield stem + ending
    n = 2
    while True:
        yield f"{stem} ({n}){ending}"
        n += 1


# --- how far it is


@dataclass(frozen=True)
class Progress:
    """Of a pack that is being made: how many papers are ready to be bound, of how many."""

    ready: int
    of: int

    @property
    def in_words(self) -> str:
        if self.ready < self.of == 1:
            return "It is not ready to be bound yet."
        if self.ready < self.of:
            return f"{self.ready} of {self.of} papers {'is' if self.ready == 1 else 'are'} ready to be bound."
        return "All papers are ready. They are bound next."


def unready(circulated: QuerySet[Any]) -> QuerySet[Blob]:
    """Of these papers the content of which nobody has looked yet how it can be bound."""
    return Blob.objects.filter(pk__in=circulated.values("blob"), bindable=None).exclude(scans__result=Result.INFECTED)


def to_be_made_ready(circulated: QuerySet[Any]) -> QuerySet[Blob]:
    """What nobody may have is not read either: it waits until the scanner has answered."""
    waiting = unready(circulated)
    return waiting.exclude(pk__in=Blob.objects.unanswered()) if scanning.is_named() else waiting


def progress_of(circulated: QuerySet[Any]) -> Progress:
    blobs = set(circulated.values_list("blob", flat=True))
    return Progress(len(blobs) - unready(circulated).filter(pk__in=blobs).count(), len(blobs))


def bind(pack: Any, papers: list[Any], cover: Cover, *, by: Any) -> Any:
    """Bind what was circulated, and keep it. Asked for meanwhile once more, it is made once more. In the transaction of whoever calls."""
    asked = pack.wanted
    made = packed(pack, papers, cover, portal_now())
    pdf_of_it, archive = (keep_made(content, kind, by=by) if content else None for content, kind in ((made.pdf, Kind.PDF), (made.zip, Kind.ZIP)))
    pack, now = locked(type(pack).objects).get(pk=pack.pk), portal_now()
    pack.pdf, pack.zip, pack.layout, pack.pages, pack.why_not = pdf_of_it, archive, made.layout, made.pages, made.why_not
    pack.made, pack.made_at = asked, now
    return pack.save_by(by, made.why_not, at=now)
