"""The page on which the minutes of a meeting are written, block by block, while it runs."""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Protocol
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import Case, When
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from desk.lines import SHAPES, WORDS, carry_out, why_not
from groups.models import Group, User
from groups.signed_in import SignedIn, standing_of
from meetings import operations
from meetings.agendas import pace_of, running_clock, under_discussion
from meetings.editions import WORDS as KINDS_OF_WORDS
from meetings.lifecycle import ActionStatus
from meetings.models import AgendaItem, Meeting, Notepad, Paper, Paragraph
from meetings.nudges import SPEAKER, of_nobody, unknown_in, words_of_nobody
from meetings.operations.writing import Change, Differs, RefusedChange, WrittenElsewhere, fingerprint_of
from meetings.owners import offered
from meetings.rules import initials_known, refusals_to_minute
from meetings.subjects import reference_of, to_be_approved
from meetings.views.finding import known_meeting
from records.clock import portal_now
from records.dates import as_clock, as_day, as_seconds
from records.locks import locked
from records.operations import operation
from records.prepared import PreparedRecords
from records.rules import Refusal, Refused, require
from records.typed import LARGEST, cleaned
from records.verbs import Offer, verb_named

Kind = Paragraph.Kind
MOST = 500  # changes in one go: more than a long paste
OVERLAP = timedelta(seconds=15)  # what was committed late is told twice rather than never
PRESENT = timedelta(seconds=20)  # whoever typed within it is writing there


def opened(request: SignedIn, code: str) -> Meeting:
    """The meeting, for whoever may write in it. May raise Refused."""
    meeting, standing = known_meeting(request, code)
    require(refusals_to_minute(meeting, standing, portal_now()))
    return meeting


def blocks_of(meeting: Meeting) -> Any:
    return Paragraph.objects.filter(item__meeting=meeting).select_related("item__meeting", "typed__by__person", *RECORDS).order_by("item_id", "order", "pk")


RECORDS = ("action", "decision__announcement", "question", "ruling")


def _written_in(items: list[AgendaItem]) -> dict[int, list[Paragraph]]:
    """The same for the page, item by item: of a thousand paragraphs most are nothing but words, and are read without what records need."""
    known, found = {item.pk: item for item in items}, defaultdict(list)
    rows = Paragraph.objects.filter(item__in=known).select_related("typed").order_by()
    for each in sorted([*rows.filter(kind__in=KINDS_OF_WORDS), *rows.exclude(kind__in=KINDS_OF_WORDS).select_related(*RECORDS)], key=lambda each: (each.order, each.pk)):
        each.item = known[each.item_id]
        found[each.item_id].append(each)
    return found


CALLED: dict[str, str] = {Kind.TEXT: "paragraph", Kind.ADDENDUM: "update"}


class Typed(Protocol):
    """What was typed into the page and could not be kept: by block, and what stands in the empty box of an item."""

    typed: dict[UUID, str]

    def new_in(self, item: int) -> tuple[UUID, str]: ...


class Block:
    """A paragraph as the page shows it."""

    def __init__(self, paragraph: Paragraph, said: str | None = None, theirs: str | None = None, initials: Collection[str] = ()):
        self.paragraph, self.theirs = paragraph, theirs
        self.refused = " ".join(why_not(paragraph))
        self.uid, self.reads, self.kind = paragraph.uid, fingerprint_of(paragraph), paragraph.kind
        self.text = paragraph.reads if said is None else said
        self.is_typed = paragraph.kind in KINDS_OF_WORDS
        self.unknown = [of_nobody(each, initials) for each in unknown_in(self.text, initials)] if paragraph.kind == Kind.TEXT else []
        self.called = CALLED.get(self.kind, paragraph.get_kind_display().lower())


@require_safe
def minute(request: SignedIn, code: str) -> HttpResponse:
    return minute_page(request, opened(request, code))


def minute_page(request: SignedIn, meeting: Meeting, refused: Iterable[str] = (), sent: Typed | None = None, differ: Container[UUID] = (), status: int = 200) -> HttpResponse:
    """`sent` is what was typed into blocks and could not be kept, and `differ` which of them somebody else wrote in."""
    now = portal_now()
    said = dict(sent.typed) if sent else {}
    items = list(meeting.items.on_the_agenda())
    blocks = _written_in(items)
    initials = initials_known(meeting)
    for item in items:
        mine = blocks[item.pk]
        item.blocks = [Block(each, said.pop(each.uid, None), each.reads if each.uid in differ else None, initials) for each in mine if not each.dropped]  # type: ignore[attr-defined]
        item.deleted = [each for each in mine if each.dropped and each.reads.strip()]  # type: ignore[attr-defined]
        item.new_uid, item.new_text = sent.new_in(item.pk) if sent else (uuid4(), "")  # type: ignore[attr-defined]
    _open_beside(meeting, items)
    _as_tabled(meeting, items)
    pace = pace_of(meeting, now, items, under_discussion(meeting, items))
    context = {
        "nav": "desk", "meeting": meeting, "items": items, "refused": list(refused), "beside": _beside(request, meeting), "words": [[word, SHAPES[word]] for word in WORDS], "now": now, "pace": pace,
        "people": list(offered(meeting.group, meeting)),
        "initials": {"speaks": SPEAKER.pattern, "known": sorted(initials), "words": sorted(words_of_nobody())},
        "references": _references(meeting.group), "notepad": Notepad.objects.filter(meeting=meeting, user=request.user).first(),
    }  # fmt: skip
    return render(request, "desk/minute.html", context, status=status)


def _beside(request: SignedIn, meeting: Meeting) -> list[Offer]:
    """What else is done while a meeting runs, by whoever may."""
    standing, now = standing_of(request), portal_now()
    return [Offer(verb, meeting) for name in IN_THE_ROOM if (verb := verb_named(name)) and verb.may(meeting, standing, now)]


IN_THE_ROOM = ("meetings.record_attendance", "meetings.hold")


def _as_tabled(meeting: Meeting, items: list[AgendaItem]) -> None:
    """What the agenda says of each: for what, who presents it, when it is planned to begin, and what there is to read."""
    papers = defaultdict(list)
    for paper in Paper.objects.filter(item__in=items, dropped=False).order_by("item", "pk"):
        papers[paper.item_id].append(paper.title)
    timed = any(item.minutes_allowed for item in items)
    for row in running_clock(meeting, items).rows:
        item = row.item
        minutes = f"{as_clock(row.begins)}, {item.minutes_allowed} minute{'' if item.minutes_allowed == 1 else 's'}" if item.minutes_allowed else as_clock(row.begins)
        told = [item.get_purpose_display() if item.purpose else "", item.presenter, minutes if timed else ""]
        item.as_tabled, item.papers_named = "; ".join(filter(None, told)), papers[item.pk]  # type: ignore[attr-defined]


OF_ACTIONS = re.compile(r"\bactions?\b", re.IGNORECASE)


def _open_beside(meeting: Meeting, items: list[AgendaItem]) -> None:
    """Actions of earlier meetings that are open stand beside the item that goes through them; where none is called so, beside the first."""
    for item in items:
        item.open_actions = []  # type: ignore[attr-defined]
    reviewing = next((item for item in items if OF_ACTIONS.search(item.title)), items[0] if items else None)
    if reviewing:
        earlier = meeting.group.actions.filter(status=ActionStatus.OPEN).exclude(meeting=meeting).exclude(meeting__held_on__gt=meeting.held_on)
        reviewing.open_actions = list(earlier.order_by("raised_order")[:MOST_BESIDE])  # type: ignore[attr-defined]


MOST_BESIDE = 60


def _references(group: Group) -> list[dict[str, str]]:
    """What minutes speak of: change requests, artefacts, actions, the open ones first, decisions and meetings."""
    actions = group.actions.standing().exclude(reference__contains="new").order_by(Case(When(status="open", then=0), default=1), "-raised_order")[:120]
    changes = group.change_requests.exclude(reference="").order_by("-reference")[:120]
    artefacts = group.artefacts.order_by("name")[:120]
    return [
        *({"reference": reference_of(each), "title": "to be approved"} for each in to_be_approved(group)),
        *({"reference": each.reference, "title": each.title} for each in changes),
        *({"reference": each.document_number or each.name, "title": each.name} for each in artefacts),
        *({"reference": each.reference, "title": each.text[:80]} for each in actions),
        *({"reference": each.reference, "title": each.title} for each in group.decisions.exclude(number=None).order_by("-number")[:60]),
        *({"reference": each.code, "title": as_day(each.held_on)} for each in group.meetings.order_by("-held_on")[:30]),
    ]


@require_safe
def block_history(request: SignedIn, pk: int) -> HttpResponse:
    """What became of one paragraph: by whom, when, and how it read each time."""
    found = Paragraph.objects.select_related("item__meeting", "typed__by__person").filter(pk=pk).first()
    if found is None:
        raise Http404
    meeting = opened(request, found.item.meeting.code)
    rows = list(found.history.select_related("history_user__person").order_by("-history_id"))
    entries = [
        {"by": str(row.history_user), "at": row.history_date, "what": (row.history_change_reason or "written").capitalize(), "text": row.text}
        for row in rows if row.text.strip() or row.history_change_reason != "begun"
    ]  # fmt: skip
    return render(request, "desk/block_history.html", {"nav": "desk", "meeting": meeting, "paragraph": found, "entries": entries})


# --- with them: what changed is sent a moment after it was typed


def write(meeting: Meeting, changes: list[Change], *, left: Iterable[UUID] = (), lines: Sequence[UUID] = (), by: User) -> dict[str, Any]:
    """Change blocks, and do what is asked by lines typed into some of them. Whole, or not at all."""
    if lines:
        return _write_and_carry_out(meeting, changes, left=left, lines=lines, by=by)
    blocks = operations.change_minute(meeting, changes, left=left, by=by)
    if any(each.kind not in KINDS_OF_WORDS for each in blocks):  # they show records: read with what they show
        blocks = list(blocks_of(meeting).filter(uid__in=[each.uid for each in blocks]))
    return {"blocks": blocks, "go": ""}


@operation
def _write_and_carry_out(meeting: Meeting, changes: list[Change], *, left: Iterable[UUID], lines: Sequence[UUID], by: User) -> dict[str, Any]:
    locked(Group.objects).get(pk=meeting.group_id)  # before the meeting, whatever the lines ask for
    blocks, go = operations.change_minute(meeting, changes, left=left, by=by), ""
    for line in lines:
        asking = blocks_of(meeting).filter(uid=line, dropped=False).first()
        try:
            gone_to = carry_out(asking, by=by).go if asking else ""
            require([Refusal("It leads to a page of its own, and so does a line before it: save it by itself.")] if go and gone_to else ())
        except Refused as refused:
            raise RefusedChange(refused, line) from refused
        go = gone_to or go
    return {"blocks": list(blocks_of(meeting).filter(uid__in={*lines, *(each.uid for each in blocks)})), "go": go}


@require_POST
def changes(request: SignedIn, code: str) -> JsonResponse:
    """What was typed, in order: done whole, or refused whole with what stands there now. The same sent again changes nothing.

    It is sent every few letters, so the rules are asked once, by the operation. For whoever may not know of the meeting it does not exist.
    """
    meeting = next(iter(_MEETING.records(code=code)), None)
    if meeting is None:
        raise Http404
    asked = None
    try:
        if (asked := _read(request)) is None:
            _refuse_others(request, code)
            return JsonResponse({"refused": [NOT_UNDERSTOOD]}, status=400)
        told = write(meeting, asked["changes"], left=asked["left"], lines=[asked["line"]] if asked["line"] else [], by=request.user)
    except Differs as differs:
        theirs = list(blocks_of(meeting).filter(uid__in=[b.uid for b in differs.blocks]))
        return JsonResponse({"differs": {str(each.uid): told_of(each) | by for each, by in _with_authors(theirs)}}, status=409)
    except Refused as refused:
        _refuse_others(request, code)
        about = refused.uid if isinstance(refused, RefusedChange) else asked and asked["line"]
        return JsonResponse({"refused": list(refused.reasons), "uid": str(about or "")}, status=refused.status)
    return JsonResponse({"at": _time(portal_now()), "go": told["go"], "blocks": {str(each.uid): told_of(each) for each in told["blocks"]}})


_MEETING = PreparedRecords(lambda code: Meeting.objects.filter(code=code).order_by(), code="?")


def _refuse_others(request: SignedIn, code: str) -> None:
    """Whoever is not of the secretariat is told that, or that there is no such meeting, and nothing else. May raise Refused."""
    meeting, standing = known_meeting(request, code)
    if not standing.is_secretary_of(meeting.group):
        require(refusals_to_minute(meeting, standing, portal_now()))


def told_of(paragraph: Paragraph) -> dict[str, Any]:
    """A block as the page needs it; what shows a record comes as it is shown."""
    typed = paragraph.kind in KINDS_OF_WORDS
    shown = "" if typed else render_to_string("desk/_block_record.html", {"block": Block(paragraph)})
    return {"reads": fingerprint_of(paragraph), "kind": paragraph.kind, "text": paragraph.reads if typed else "", "html": shown, "dropped": paragraph.dropped, "pk": paragraph.pk}


def _with_authors(paragraphs: list[Paragraph]) -> Iterator[tuple[Paragraph, dict[str, str]]]:
    """Each with who wrote what stands there, and when."""
    last = Paragraph.history.filter(id__in=[each.pk for each in paragraphs]).order_by("id", "-history_id").distinct("id").select_related("history_user__person")
    kept = {row.id: (row.history_user, row.history_date) for row in last}
    for each in paragraphs:
        by, at = (each.typing.by, each.typing.at) if each.typing else kept[each.pk]
        yield each, {"by": str(by), "when": _time(at)}


def _time(moment: datetime) -> str:
    return as_seconds(moment)


@require_safe
def now(request: SignedIn, code: str) -> JsonResponse:
    """What others changed since, and where somebody is writing. It carries a token for the next sending, too: one signs in again without losing the page."""
    meeting = opened(request, code)
    at, since = portal_now(), _since(request)
    touched = Paragraph.history.filter(item__meeting=meeting, history_date__gt=since).values_list("id", flat=True)
    rows = blocks_of(meeting)
    changed = rows.filter(pk__in=set(touched)) | rows.filter(typed__at__gt=since)
    fresh = list(changed)
    order = _order(meeting) if fresh else {}
    return JsonResponse({
        "now": at.isoformat(), "token": get_token(request), "pace": _pace(meeting, at),
        "blocks": [told_of(each) | by | {"uid": str(each.uid)} | order.get(each.uid, {}) for each, by in _with_authors(fresh)],
        "writing": [
            {"item": each.item_id, "who": str(each.typing.by)} for each in rows.filter(typed__text__isnull=False, typed__at__gt=at - PRESENT)
            if each.typing and each.typing.by_id != request.user.pk
        ],
    })  # fmt: skip


def _pace(meeting: Meeting, at: datetime) -> dict[str, Any]:
    """How the meeting keeps to its agenda, in words; empty while it does not run. With it, whether there is something to be put off."""
    items = list(meeting.items.on_the_agenda())
    pace = pace_of(meeting, at, items, under_discussion(meeting, items))
    return {"says": pace.sentence, "late": bool(pace.will_not_fit)} if pace else {"says": "", "late": False}


def _order(meeting: Meeting) -> dict[UUID, dict[str, Any]]:
    """Where each block stands: its item, and the block before it."""
    places: dict[UUID, dict[str, Any]] = {}
    rows = blocks_of(meeting).filter(dropped=False).values_list("item_id", "uid")
    for (item_before, before), (item, uid) in pairwise([(0, None), *rows]):
        places[uid] = {"item": item, "after": str(before) if item_before == item else None}
    return places


def _since(request: HttpRequest) -> datetime:
    try:
        moment = datetime.fromisoformat(request.GET.get("since", ""))
        return moment - OVERLAP if moment.tzinfo and 2000 < moment.year < 2100 else portal_now()
    except (ValueError, OverflowError):
        return portal_now()


@require_POST
def notepad(request: SignedIn, code: str) -> HttpResponse:
    """One's own notes, read by nobody else. Written in two windows, both are kept: by scripts in the one that comes second, else here."""
    meeting, text = opened(request, code), cleaned(request.POST.get("text", "")).replace("\r\n", "\n")[:LONGEST_NOTEPAD]
    in_scripts, said = request.headers.get("Accept") == "application/json", "Your notepad is saved."
    try:
        pad = operations.jot(meeting, text, known=request.POST.get("reads"), by=request.user)
    except WrittenElsewhere as elsewhere:
        if in_scripts:
            return JsonResponse({"theirs": elsewhere.pad.text, "reads": elsewhere.pad.reads}, status=409)
        pad = operations.jot(meeting, f"{elsewhere.pad.text}\n\n{text}"[:LONGEST_NOTEPAD], by=request.user)
        said = "Your notepad was written in another window, too. Both are kept, one under the other."
    if in_scripts:
        return JsonResponse({"at": _time(portal_now()), "reads": pad.reads})
    messages.success(request, said)
    return redirect(reverse("desk:minute", args=[code]) + "#notepad")


LONGEST_NOTEPAD = 200_000

# --- what comes with a request, bounded


def uid_of(text: object) -> UUID | None:
    try:
        return UUID(str(text)) if text else None
    except ValueError:
        return None


def _read(request: HttpRequest) -> dict[str, Any] | None:
    """None for what is no list of changes, and none of this page's. May raise Refused."""
    try:
        said = json.loads(request.body)
        changes = [_change(each) for each in said.get("changes", [])]
        left = [uid for each in said.get("left", []) if (uid := uid_of(each))]
        line = uid_of(said.get("line"))
    except (ValueError, AttributeError, TypeError, KeyError, RecursionError):
        return None
    if len(changes) > MOST or len(left) > MOST:
        raise Refused([Refusal(f"That is more than {MOST} paragraphs at once: save them in parts.")])
    return {"changes": changes, "left": left, "line": line}


NOT_UNDERSTOOD = "What was sent could not be read. Load the page again: what you typed is kept in this browser."


MOST_TRIED = 8


def words_of(text: str) -> str:
    """Without what cannot be seen, nor half of a character."""
    return cleaned(text.encode("utf-8", "replace").decode()).replace("\r\n", "\n")


def _change(said: dict[str, Any]) -> Change:
    uid, text, kind, number = uid_of(said["uid"]) if "uid" in said else None, said.get("text"), said.get("kind", Kind.TEXT), said.get("item", 0)
    if uid is None or not isinstance(text, str | None) or kind not in KINDS_OF_WORDS or type(number) is not int or not 0 <= number <= LARGEST:
        raise ValueError
    dropped, tried = said.get("dropped"), said.get("tried", [])
    if not isinstance(tried, list) or len(tried) > MOST_TRIED or not all(isinstance(each, str) for each in tried):
        raise ValueError
    return Change(
        uid=uid, item=number, text=None if text is None else words_of(text), tried=tuple(map(words_of, tried)), base=str(said.get("base", ""))[:64], kind=kind,
        after=uid_of(said.get("after")), placed=said.get("placed") is True, dropped=dropped if isinstance(dropped, bool) else None,
    )  # fmt: skip
