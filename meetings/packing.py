"""What goes into a pack and where: the papers as they were circulated, item by item, then each supplement; no page ever moves.

A page is called by its item: "DAG026 · item 4 · page 3". What has once had a page keeps it, also when a paper is taken off: a sheet
stands in its place.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.template.loader import render_to_string

from files import apart
from files.kinds import MIB
from files.models import Bindable, Blob, Visibility
from files.scanning import Result
from files.storing import opened
from meetings.models import CirculatedPaper, Circulation, Meeting, Pack
from records.clock import london_date
from records.dates import as_day
from records.press import pdf

MOST_BYTES, MOST_PAGES = 60 * MIB, 2000  # of what is bound; what would go beyond has a sheet
TOO_LARGE = "The pack is full: this paper would make it too large to be sent or opened."
TAKEN_OFF = "It was taken off after it had been circulated."
INFECTED = "The virus scanner found something in it."
GONE = "The portal cannot find the file."
CHOKED = "The papers could not be bound into one file. Each can be had by itself, and all of them in the ZIP."
DAY = (1980, 1, 1, 0, 0, 0)  # of every file in the ZIP, so that the same papers make the same one


class Packed(NamedTuple):
    pdf: bytes | None
    zip: bytes | None
    layout: dict[str, Any]
    pages: int
    why_not: str


@dataclass
class Entry:
    """A paper in the pack: its pages, or a sheet that names it and says why it is not there."""

    paper: CirculatedPaper
    content: bytes | None
    pages: int
    why: str = ""
    first: int = 1  # of its item
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

    circulation: Circulation
    entries: list[Entry] = field(default_factory=list)
    at: int = 0  # of its own sheet

    def by_item(self) -> list[tuple[str, list[Entry]]]:
        told: dict[str, list[Entry]] = {}
        for each in self.entries:
            told.setdefault(f"{each.paper.item_number}. {each.paper.item_title}", []).append(each)
        return list(told.items())


def circulated(meeting: Meeting) -> list[CirculatedPaper]:
    rows = CirculatedPaper.objects.filter(circulation__meeting=meeting).select_related("circulation__meeting__group", "blob__clean_copy", "file__paper")
    return list(rows.prefetch_related("blob__scans").order_by("circulation__n", "order"))


def packed(pack: Pack, now: datetime) -> Packed:
    """All of it, as it stands. What was laid out before stays where it was."""
    papers = circulated(pack.meeting)
    sections = _laid_out(papers, pack.layout)
    archive = _archive(papers)
    whole, pages = _bound(pack.meeting, sections, now)
    entries = [each for section in sections for each in section.entries]
    layout = {str(each.paper.pk): [each.first, max(each.pages, _kept(pack.layout, each)), int(each.content is not None)] for each in entries}
    return Packed(whole, archive, pack.layout | layout, pages, "" if whole else CHOKED)


def _kept(layout: dict[str, Any], entry: Entry) -> int:
    """How many pages it had."""
    return layout.get(str(entry.paper.pk), (0, 0))[1]


def bound_in(pack: Pack) -> list[int]:
    """The circulated papers that are in it with their pages; of the others it has a sheet, which is no paper that was opened. Packs laid out before this was noted say it of none."""
    return [int(pk) for pk, (_first, _pages, *bound) in pack.layout.items() if any(bound)]


def can_be_had(pack: Pack) -> bool:
    """As it stands; while it is bound anew, as it stood, unless something in it is not handed out any more."""
    if pack.is_made or not pack.made:
        return pack.is_made
    return not any(why_not_handed_out(each) for each in circulated(pack.meeting) if str(each.pk) in pack.layout)


# --- which pages


def _laid_out(papers: Iterable[CirculatedPaper], layout: dict[str, Any]) -> list[Section]:
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


def _entry(paper: CirculatedPaper, bindable: Bindable | None) -> Entry:
    if why := why_not_handed_out(paper):
        return Entry(paper, None, 1, why)
    if bindable is None or bindable.pdf is None:
        return Entry(paper, None, 1, bindable.why_not if bindable else GONE)
    content = _content(bindable.pdf)
    return Entry(paper, content, bindable.pages) if content else Entry(paper, None, 1, GONE)


def why_not_handed_out(paper: CirculatedPaper) -> str:
    if paper.blob.is_infected:
        return INFECTED
    own = paper.file.paper if paper.file else None
    return TAKEN_OFF if own and (own.dropped or own.visibility == Visibility.PMO_AND_ASSURANCE) else ""


def _content(blob: Blob) -> bytes | None:
    try:
        with opened(blob.served.sha256) as file:
            return file.read()
    except FileNotFoundError:
        return None


def _numbered(sections: list[Section], layout: dict[str, Any]) -> None:
    """Page by page of each item. What has pages already keeps them; what is new comes behind all of them."""
    next_of: dict[int, int] = {}
    new: list[Entry] = []
    for entry in (each for section in sections for each in section.entries):
        if known := layout.get(str(entry.paper.pk)):
            entry.first = known[0]
            next_of[entry.paper.item_number] = max(next_of.get(entry.paper.item_number, 1), known[0] + known[1])
        else:
            new.append(entry)
    for entry in new:
        entry.first = next_of.get(entry.paper.item_number, 1)
        next_of[entry.paper.item_number] = entry.first + entry.pages


# --- the PDF


def _bound(meeting: Meeting, sections: list[Section], now: datetime) -> tuple[bytes | None, int]:
    """Contents first. How long they are is known when they have been made once: then the pages they name are."""
    css = render_to_string("pdf/minutes.css") + render_to_string("pdf/pack.css")
    context = {"meeting": meeting, "sections": sections, "made_on": london_date(now), "place": apart.PLACE}
    sheets = pdf(render_to_string("pdf/pack_sheets.html", context), css, made_at=now)
    long, total = 1, 0
    for _ in range(3):
        total = _placed(sections, long)
        contents = pdf(render_to_string("pdf/pack.html", context), css, made_at=now)
        if (found := apart.pages_of(contents)) == long:
            return apart.bound(_plan(meeting, sections, long), [contents, sheets, *_sources(sections)]), total
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


def _plan(meeting: Meeting, sections: list[Section], contents: int) -> dict[str, Any]:
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
            head = [] if entry.paper.item_number == before else [{"level": depth, "title": f"{entry.paper.item_number}. {entry.paper.item_title}"}]
            before = entry.paper.item_number
            told = {"first": entry.first, "stamp": _stamp(meeting, section, entry), "marks": [*head, {"level": depth + 1, "title": entry.paper.title}]}
            parts.append(told | ({"file": file} if entry.content else {"file": 1, "page": sheet}))
            sheet, file = (sheet, file + 1) if entry.content else (sheet + 1, file)
    return {"title": f"Papers of {meeting.title}, {as_day(meeting.held_on)}", "parts": parts}


def _stamp(meeting: Meeting, section: Section, entry: Entry) -> str:
    """With braces for the number, which rises from page to page."""
    late = f" · supplement of {_day(section)}" if section.circulation.is_supplement else ""
    return f"{meeting.code} · item {entry.paper.item_number} · page {{n}}{late}"


def _day(section: Section) -> str:
    return as_day(section.circulation.at)


# --- the ZIP


def _archive(papers: Iterable[CirculatedPaper]) -> bytes | None:
    """Every paper under its item, as it is handed out; and a note of those that are not in it."""
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
            archive.writestr(zipfile.ZipInfo("Left out.txt", DAY), "\n".join(left_out))
    return out.getvalue() if names else None


def _name(paper: CirculatedPaper) -> str:
    folder = re.sub(r"[^\w ,()&-]+", "-", paper.item_title.replace(": ", ", "))[:60].strip(" -") or "Item"
    late = f"Supplement of {as_day(paper.circulation.at)}/" if paper.circulation.is_supplement else ""
    return f"{paper.item_number:02} {folder}/{late}{paper.name}"


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
        if self.ready < self.of:
            return f"{self.ready} of {self.of} paper{'' if self.of == 1 else 's'} {'is' if self.ready == 1 else 'are'} ready to be bound."
        return "All papers are ready. They are bound next."


def unready() -> QuerySet[Blob]:
    """Content that was circulated, and of which nobody has looked yet how it can be bound."""
    return Blob.objects.filter(pk__in=CirculatedPaper.objects.values("blob"), bindable=None).exclude(scans__result=Result.INFECTED)


def progress_of(meeting: Meeting) -> Progress:
    blobs = set(CirculatedPaper.objects.filter(circulation__meeting=meeting).values_list("blob", flat=True))
    return Progress(len(blobs) - unready().filter(pk__in=blobs).count(), len(blobs))
