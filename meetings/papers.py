"""The papers of an agenda as they are read: of each item its own, and the documents of what it is about; what is late, and what has not gone out yet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from files.models import Blob, Visibility
from groups.calendar import Counting
from groups.models import Group
from groups.policies import Key
from groups.standing import Standing
from meetings.models import AgendaItem, CirculatedPaper, Meeting, Paper, PaperFile
from records.clock import london_moment
from records.hooks import offered_from_above
from records.subjects import Document
from records.working_days import KNOWN_YEARS


@dataclass(frozen=True)
class About:
    """What an item is about, as the app above says that keeps it: "CR018 version 1.0"."""

    item: int
    called: str
    address: str
    documents: list[Document] = field(default_factory=list)
    kind: str = ""  # as a settlement calls it: "change_request", "artefact"
    ref: str = ""  # what it goes by: CR018, or the last part of its address
    version: str = ""
    is_public: bool = False

    def told(self) -> dict[str, str]:
        """What a published agenda says of it beside the title."""
        return {"kind": self.kind, "ref": self.ref, "version": self.version}


@dataclass(frozen=True)
class Shown:
    """A paper with the version of it that is read, if one is there, and all there are; and of those, which have gone out."""

    paper: Paper
    file: PaperFile | None
    files: list[PaperFile]
    due: date | None
    late: bool
    gone_out: list[PaperFile]

    @property
    def follows(self) -> bool:
        return self.file is None

    def as_it_went_out(self) -> "Shown":
        """To whoever has no part in preparing it: what was handed in and has not been circulated is not there."""
        return replace(self, file=self.gone_out[-1] if self.gone_out else None, files=self.gone_out, late=self.late and bool(self.gone_out))


@dataclass(frozen=True)
class Read:
    """What is to be read for an item."""

    item: AgendaItem
    papers: list[Shown]
    about: list[About]


def may_have(visibility: str, group: Group, standing: Standing) -> bool:
    """Whoever has a place in the group has its papers; what is for the PMO and assurance alone, they, and whoever chairs it."""
    if visibility != Visibility.PMO_AND_ASSURANCE:
        return standing.belongs_to(group)
    return standing.runs(group) or standing.reads_for_assurance(group)


def before_it_goes_out(visibility: str, group: Group, standing: Standing) -> bool:
    """Whether somebody has versions that were not circulated: Chair and secretariat; assurance, of what is for the PMO and assurance alone, which never goes out."""
    return standing.runs(group) or (visibility == Visibility.PMO_AND_ASSURANCE and standing.reads_for_assurance(group))


def may_have_file(file: PaperFile, standing: Standing) -> bool:
    """One version of a paper: that the paper is theirs to have is not enough before it went out."""
    if file.paper.dropped or not may_have(file.visibility, file.group, standing):
        return False
    return before_it_goes_out(file.visibility, file.group, standing) or file.circulated.exists()


def papers_due_on(meeting: Meeting, counting: Counting) -> date | None:
    """The last day on which papers are in time; none in a year whose holidays nobody knows."""
    day = meeting.held_on
    if day.year not in KNOWN_YEARS:
        return None
    return counting.days.add(day, -int(counting.policies.value(meeting.group, Key.PAPERS, day)))


def due_of(paper: Paper, counting: Counting) -> date | None:
    return paper.due_on or papers_due_on(paper.meeting, counting)


def due_at(paper: Paper, counting: Counting) -> datetime | None:
    """The group's closing time on the last day."""
    day = due_of(paper, counting)
    return london_moment(day, counting.closing_time(paper.group, day)) if day else None


def to_read(meeting: Meeting, counting: Counting | None = None) -> list[Read]:
    """Of each item on the agenda, in their order. What of it somebody may have is for `seen_by` to say."""
    counting = counting or Counting()
    kept = PaperFile.objects.annotate(has_gone_out=Exists(CirculatedPaper.objects.filter(file=OuterRef("pk"))))
    files = Prefetch("files", kept.select_related("blob__clean_copy").prefetch_related("blob__scans").order_by("n"))
    rows = Paper.objects.filter(dropped=False).select_related("owed_by_person").prefetch_related(files).order_by("pk")
    items = list(meeting.items.on_the_agenda().prefetch_related(Prefetch("papers", rows, to_attr="its_papers")))
    for item in items:
        item.meeting = meeting
    about: list[About] = list(offered_from_above("meetings.papers", meeting, items=items)) if items else []
    return [Read(item, [_shown(each, item, counting) for each in item.its_papers], [each for each in about if each.item == item.pk]) for item in items]


def _shown(paper: Paper, item: AgendaItem, counting: Counting) -> Shown:
    paper.item = item
    files = list(paper.files.all())
    for file in files:
        file.paper = paper
    due, last = due_at(paper, counting), files[-1] if files else None
    return Shown(paper, last, files, due_of(paper, counting), bool(last and due and files[0].handed_in_at > due), [each for each in files if each.has_gone_out])  # type: ignore[attr-defined]


def seen_by(rows: Iterable[Read], standing: Standing) -> list[Read]:
    """The same for somebody: without what they may not have."""
    return [
        Read(
            row.item, [_seen(each, row.item.meeting.group, standing) for each in row.papers if may_have(each.paper.visibility, row.item.meeting.group, standing)],
            [replace(told, documents=[each for each in told.documents if may_have(each.visibility, row.item.meeting.group, standing)]) for told in row.about],
        )
        for row in rows
    ]  # fmt: skip


def _seen(shown: Shown, group: Group, standing: Standing) -> Shown:
    return shown if before_it_goes_out(shown.paper.visibility, group, standing) else shown.as_it_went_out()


# --- what everybody reads


def told_to_everybody(row: Read) -> list[dict[str, Any]]:
    """What an edition of the meeting says of the papers of an item: of those that everybody may have, as they went out."""
    own = [_told(each.as_it_went_out()) for each in row.papers if each.paper.visibility == Visibility.PUBLIC]
    return own + [_told_of(each, told) for told in row.about for each in told.documents if each.address]


def _told(shown: Shown) -> dict[str, Any]:
    if shown.file is None:
        return {"title": shown.paper.title, "follows": shown.due.isoformat() if shown.due else ""}
    return {"title": shown.paper.title, "version": shown.file.version, **shown.file.told(), **({"late": True} if shown.late else {})}


def _told_of(document: Document, about: About) -> dict[str, Any]:
    served = document.blob.served
    return {
        "title": document.title, "version": document.version, "name": document.name, "size": served.size, "digest": served.sha256,
        "sha256": document.blob.sha256, "of": about.called, "address": document.address,
    }  # fmt: skip


# --- what goes out


@dataclass(frozen=True)
class Ready:
    """A paper that can be circulated."""

    item: AgendaItem
    title: str
    version: str
    name: str
    visibility: str
    blob: Blob
    file: PaperFile | None = None

    @property
    def key(self) -> tuple[int, str]:
        return self.item.pk, self.blob.sha256


def not_circulated_yet(meeting: Meeting, rows: list[Read] | None = None) -> list[Ready]:
    """What members may have and has not gone out: papers handed in since, and newer versions."""
    gone = set(CirculatedPaper.objects.filter(circulation__meeting=meeting).values_list("item", "sha256"))
    return [each for each in _ready(to_read(meeting) if rows is None else rows) if each.key not in gone]


def _ready(rows: Iterable[Read]) -> Iterator[Ready]:
    for row in rows:
        found = [*_own(row), *_of_what_it_is_about(row)]
        yield from (each for each in found if each.visibility != Visibility.PMO_AND_ASSURANCE and not each.blob.is_infected)


def _own(row: Read) -> Iterator[Ready]:
    for each in row.papers:
        if each.file:
            yield Ready(row.item, each.paper.title, each.file.version, each.file.name, each.paper.visibility, each.file.blob, each.file)


def _of_what_it_is_about(row: Read) -> Iterator[Ready]:
    for about in row.about:
        for each in about.documents:
            yield Ready(row.item, f"{about.called}: {each.title}", each.version, each.name, each.visibility, each.blob)


def to_follow(rows: Iterable[Read]) -> list[Shown]:
    return [each for row in rows for each in row.papers if each.follows and each.paper.visibility != Visibility.PMO_AND_ASSURANCE]


def seen(ready: Iterable[Ready]) -> str:
    """What was looked at, as a form carries it: whoever circulates sees whether something else would go out by now."""
    return ",".join(f"{each.item.pk}-{each.blob.sha256[:12]}" for each in ready)
