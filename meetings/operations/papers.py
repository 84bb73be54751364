"""The papers of a meeting: attached, asked for, handed in, taken off, opened; and circulated, to whom and when."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from files.models import Visibility
from files.operations import Upload, keep, name_of
from groups.calendar import Counting
from groups.models import Person, User
from groups.policies import Key
from groups.standing import Standing, before_looking
from ledger.operations import seal
from meetings import notices
from meetings.agendas import as_published
from meetings.due import MORNING
from meetings.for_decision import issue_what_is_named
from meetings.models import AgendaItem, CirculatedPaper, Circulation, Meeting, Pack, Paper, PaperFile, PaperReading, Recipient
from meetings.operations.locking import locked_item, locked_meeting
from meetings.papers import Ready, due_at, due_of, not_circulated_yet, papers_due_on, seen, to_follow, to_read
from meetings.recipients import audience
from meetings.rules import (
    refusals_of_asking_for,
    refusals_of_circulating,
    refusals_of_handing_in,
    refusals_of_paper,
    refusals_to_add_paper,
    refusals_to_change_paper,
    refusals_to_circulate_papers,
    refusals_to_hand_in_by_link,
)
from records.clock import london_date, london_moment, portal_now
from records.editions import issue
from records.locks import locked
from records.opened import Stale
from records.operations import operation
from records.rules import require


def _locked_paper(paper: Paper) -> Paper:
    """The paper, and before it its meeting and its item."""
    item = locked_item(AgendaItem.objects.get(pk=paper.item_id))
    paper = locked(Paper.objects.select_related("owed_by_person")).get(pk=paper.pk)
    paper.item = item
    return paper


@operation
def add_paper(
    item: AgendaItem, title: str, upload: Upload | None = None, *, version: str = "", visibility: str = Visibility.PUBLIC, owed_by: str = "",
    owed_by_person: Person | None = None, due_on: date | None = None, by: User,
) -> Paper:  # fmt: skip
    """Put a paper with an item: handed in with it, or to follow. Whoever is to bring it, and is known here, is sent a link at once."""
    require(before_looking(refusals_to_add_paper, item, by=by))
    blob = keep(upload, by=by) if upload else None
    item, now = locked_item(item), portal_now()
    require(refusals_to_add_paper(item, Standing.at(by, now), now))
    require(refusals_of_paper(item, title, handed_in=blob is not None, owed_by=owed_by, owed_by_person=owed_by_person, due_on=due_on))
    if blob is None:
        require(refusals_of_asking_for(item.meeting, due_on, papers_due_on(item.meeting, Counting()), now))
    paper = Paper(item=item, title=title.strip(), visibility=visibility, owed_by=_called(owed_by, owed_by_person), owed_by_person=owed_by_person, due_on=due_on)
    paper.save_by(by, at=now)
    if upload and blob:
        _handed_in(paper, blob, name_of(upload), version, str(by), by=by, at=now)
    _ask(paper, by=by, at=now)
    return paper


def _called(owed_by: str, person: Person | None) -> str:
    return owed_by.strip() or (person.name if person else "")


def _ask(paper: Paper, *, by: User, at: datetime) -> None:
    """Also for a version that takes the place of what is there. Whoever is asked on the day on which it is due, or later, is not reminded besides."""
    if paper.owed_by_person is None or list(refusals_to_hand_in_by_link(paper, at)):
        return
    due = due_of(paper, Counting())
    notices.paper_asked(paper, due if due and due >= london_date(at) else None, by=by)
    if _is_to_be_reminded(paper, at, Counting()):
        paper.reminded_at = at
        paper.save_by(by, "asked when it was due", at=at)


def _is_to_be_reminded(paper: Paper, at: datetime, counting: Counting) -> bool:
    due = due_of(paper, counting)
    return due is not None and london_moment(due, MORNING) <= at


def _handed_in(paper: Paper, blob, name: str, version: str, handed_in_by: str, *, by: User, at: datetime, by_link: bool = False) -> PaperFile:
    last = paper.files.order_by("n").last()
    if last and last.blob_id == blob.pk and last.visibility == paper.visibility:
        return last  # sent twice
    told: dict[str, Any] = {"version": version.strip(), "handed_in_at": at, "handed_in_by": handed_in_by.strip()[:160], "by_link": by_link}
    return PaperFile(paper=paper, blob=blob, name=name, visibility=paper.visibility, n=last.n + 1 if last else 1, **told).save_by(by, at=at)


def carry_papers(before: AgendaItem, item: AgendaItem, *, by: User, at: datetime) -> None:
    """With an item that was deferred go its papers: of each the last version, as it was handed in. What is still owed is asked for anew."""
    for paper in before.papers.filter(dropped=False).select_related("owed_by_person").order_by("pk"):
        carried = Paper(item=item, title=paper.title, visibility=paper.visibility, owed_by=paper.owed_by, owed_by_person=paper.owed_by_person)
        carried.save_by(by, f"came with {before}, which was deferred", at=at)
        if last := paper.files.order_by("n").last():
            told = {"version": last.version, "handed_in_at": last.handed_in_at, "handed_in_by": last.handed_in_by, "by_link": last.by_link}
            PaperFile(paper=carried, blob=last.blob, name=last.name, visibility=last.visibility, n=1, **told).save_by(by, at=at)
        else:
            _ask(carried, by=by, at=at)


@operation
def hand_in(paper: Paper, upload: Upload | None, *, version: str = "", by: User) -> PaperFile:
    """Hand in a version of a paper: the first, or one that takes the place of the last."""
    require(before_looking(refusals_to_change_paper, paper, by=by))
    blob = keep(upload, by=by)
    paper, now = _locked_paper(paper), portal_now()
    require(refusals_to_change_paper(paper, Standing.at(by, now), now), refusals_of_handing_in(paper, str(by)))
    return _handed_in(paper, blob, name_of(upload), version, str(by), by=by, at=now)


@operation
def hand_in_by_link(paper: Paper, upload: Upload | None, *, name: str, version: str = "") -> PaperFile:
    """The same by whoever has the link, under the name they give. The secretariat is told."""
    now, clock = portal_now(), User.objects.the_clock()
    require(refusals_to_hand_in_by_link(paper, now), refusals_of_handing_in(paper, name))
    blob = keep(upload, by=clock)
    paper, now = _locked_paper(paper), portal_now()
    require(refusals_to_hand_in_by_link(paper, now), refusals_of_handing_in(paper, name))
    file = _handed_in(paper, blob, name_of(upload), version, name, by=clock, at=now, by_link=True)
    notices.paper_handed_in(file, by=clock)
    return file


@operation
def change_paper(
    paper: Paper, title: str, *, visibility: str, owed_by: str = "", owed_by_person: Person | None = None, due_on: date | None = None, by: User
) -> Paper:
    """Call it something else, say who may have it, or who brings it. Somebody else gets a link of their own, and the one before leads nowhere."""
    paper, now = _locked_paper(paper), portal_now()
    require(refusals_to_change_paper(paper, Standing.at(by, now), now))
    has_files = paper.files.exists()
    require(refusals_of_paper(paper.item, title, handed_in=has_files, owed_by=owed_by, owed_by_person=owed_by_person, due_on=due_on))
    if not has_files and (due_on, owed_by_person) != (paper.due_on, paper.owed_by_person):
        require(refusals_of_asking_for(paper.meeting, due_on, papers_due_on(paper.meeting, Counting()), now))
    narrower, another = visibility != Visibility.PUBLIC and paper.visibility == Visibility.PUBLIC, owed_by_person != paper.owed_by_person
    paper.title, paper.visibility, paper.due_on = title.strip(), visibility, due_on
    paper.owed_by, paper.owed_by_person = _called(owed_by, owed_by_person), owed_by_person
    if another:
        paper.nonce, paper.reminded_at = uuid4(), None
    paper.save_by(by, at=now)
    for file in locked(paper.files.exclude(visibility=visibility).order_by("n")):
        file.visibility = visibility
        file.save_by(by, at=now)
    if another:
        _ask(paper, by=by, at=now)
    if narrower:
        _take_from_the_public(paper, by=by, at=now)
    if visibility == Visibility.PMO_AND_ASSURANCE:
        _have_pack_made_anew(paper, by=by, at=now)
    return paper


@operation
def drop_paper(paper: Paper, *, by: User) -> Paper:
    """Take a paper off its item. It stays on record; nobody is handed it any more, and what is public of it goes at once."""
    paper, now = _locked_paper(paper), portal_now()
    require(refusals_to_change_paper(paper, Standing.at(by, now), now))
    paper.dropped = True
    paper.save_by(by, "taken off", at=now)
    _take_from_the_public(paper, by=by, at=now)
    _have_pack_made_anew(paper, by=by, at=now)
    return paper


def _take_from_the_public(paper: Paper, *, by: User, at: datetime) -> None:
    """Out of the agenda as it was published; the rest of that stays as it is."""
    meeting, gone = paper.meeting, {(each.name, each.digest) for each in PaperFile.for_sealing().filter(paper=paper)}
    before = meeting.published_agenda or []
    after = [_without(item, lambda told: (told.get("name"), told.get("digest")) in gone and "of" not in told) for item in before]
    if after != before:
        meeting.published_agenda = after
        meeting.save_by(by, at=at)
        issue("meeting", meeting.pk, "A paper was taken off its agenda.", by=by, at=at)


def _without(item: dict[str, Any], is_gone) -> dict[str, Any]:
    left = [told for told in item.get("papers", []) if not is_gone(told)]
    rest = {name: value for name, value in item.items() if name != "papers"}
    return rest | ({"papers": left} if left else {})


def _have_pack_made_anew(paper: Paper, *, by: User, at: datetime) -> None:
    if CirculatedPaper.objects.filter(file__paper=paper).exists():
        ask_for_pack(paper.meeting, by=by, at=at)


@operation
def note_opened(file: PaperFile, *, by: User) -> PaperReading | None:
    """A person opened it, and it counts once. Who has no part in the papers (an account of nobody's) is not noted."""
    if by.person is None:
        return None
    known = PaperReading.objects.filter(file=file, person=by.person).first()
    if known is None:
        locked(Person.objects).get(pk=by.person.pk)  # two windows at once
        known = PaperReading.objects.filter(file=file, person=by.person).first()
    return known or PaperReading(file=file, person=by.person, read_at=portal_now()).save_by(by)


@operation
def remind_of_paper(paper: Paper) -> Paper:
    """Tell whoever owes it that it is due today. Once; the clock does it."""
    paper, clock, now = _locked_paper(paper), User.objects.the_clock(), portal_now()
    if paper.reminded_at or paper.files.exists() or list(refusals_to_hand_in_by_link(paper, now)) or not _is_to_be_reminded(paper, now, Counting()):
        return paper
    paper.reminded_at = now
    paper.save_by(clock, "reminded", at=now)
    notices.paper_due(paper, due_at(paper, Counting()), by=clock)
    return paper


# --- sending them


@operation
def circulate_papers(meeting: Meeting, *, why: str = "", looked_at: str | None = None, by: User) -> Circulation:
    """Send whoever has a seat what has not gone out yet; also what was handed round in the room. What was sent to whom, and when, is sealed. Of a
    published agenda the papers become public.

    `looked_at` is what was to go out when the page was opened: if that is something else now, Stale.
    """
    meeting = locked_meeting(meeting)
    now, counting = portal_now(), Counting()
    require(refusals_to_circulate_papers(meeting, Standing.at(by, now), now))
    rows = to_read(meeting, counting)
    ready = not_circulated_yet(meeting, rows)
    if looked_at is not None and looked_at != seen(ready):
        raise Stale(meeting)
    left, wanted = days_left(meeting, now, counting)
    require(refusals_of_circulating(meeting, why, left=left, wanted=wanted, begun=meeting.starts_at <= now))
    n = meeting.circulations.count() + 1
    made = Circulation(meeting=meeting, n=n, at=now, working_days=left, wanted=wanted, why=why.strip() if left < wanted else "").save_by(by)
    _written_down(made, ready, by=by)
    people = _told(made, audience(meeting), by=by)
    notices.papers_circulated(made, ready, to_follow(rows), people, by=by, at=now)
    seal("circulated", made, by=by, at=now)
    ask_for_pack(meeting, by=by, at=now)
    if meeting.agenda_published_at and meeting.is_public:
        before, meeting.published_agenda = meeting.published_agenda, _with_papers(meeting, as_published(meeting)) if meeting.starts_at <= now else as_published(meeting)
        meeting.save_by(by, at=now)
        issue_what_is_named((before, meeting.published_agenda), f"The agenda of {meeting} was published.", by=by, at=now)
    issue("meeting", meeting.pk, "A supplement to its papers was circulated." if made.is_supplement else "Its papers were circulated.", by=by, at=now)
    return made


def _with_papers(meeting: Meeting, now: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The agenda as it was published before the meeting, with the papers as they are now: what came up in the room is for the minutes to say."""
    papers = {item["title"]: {"papers": item["papers"]} if item.get("papers") else {} for item in now}
    return [{name: told for name, told in item.items() if name != "papers"} | papers.get(item["title"], {}) for item in meeting.published_agenda or []]


def days_left(meeting: Meeting, now: datetime, counting: Counting) -> tuple[int, int]:
    """How many working days there are before the meeting (fewer than none after its day), and as how many papers are to go out before."""
    wanted = int(counting.policies.value(meeting.group, Key.PAPERS, meeting.held_on))
    return counting.days.between(london_date(now), meeting.held_on), wanted


def _written_down(circulation: Circulation, ready: Iterable[Ready], *, by: User) -> None:
    for order, each in enumerate(ready, 1):
        CirculatedPaper(
            circulation=circulation, order=order, item=each.item, item_number=each.item.number or 0, item_title=each.item.title, title=each.title[:300],
            version=each.version[:60], name=each.name, visibility=each.visibility, blob=each.blob, sha256=each.blob.sha256, digest=each.blob.served.sha256, file=each.file,
        ).save_by(by)  # fmt: skip


def _told(circulation: Circulation, people: list[Person], *, by: User) -> list[Person]:
    for person in people:
        Recipient(circulation=circulation, person=person, name=person.name, mailed=bool(person.email)).save_by(by)
    return people


def ask_for_pack(meeting: Meeting, *, by: User, at: datetime) -> Pack:
    """Have the worker bind the papers, or bind them anew."""
    pack = locked(Pack.objects.filter(meeting=meeting)).first()
    if pack is None:
        return Pack(meeting=meeting).save_by(by, at=at)
    pack.wanted += 1
    return pack.save_by(by, "papers changed", at=at)


