"""The page on which the minutes of a meeting are written, block by block, while it runs."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from desk.lines import WORDS, carry_out, printed_owner
from groups.models import Group, User
from groups.signed_in import SignedIn
from meetings import operations
from meetings.editions import WORDS as KINDS_OF_WORDS
from meetings.models import Meeting, Notepad, Paragraph
from meetings.operations.writing import Change, Differs, RefusedChange, reading
from meetings.rules import refusals_to_minute
from meetings.typed_lines import line_of
from meetings.views.finding import known_meeting
from records.clock import LONDON, portal_now
from records.locks import locked
from records.operations import operation
from records.rules import Refusal, Refused, require
from records.typed import LARGEST, cleaned, whole_number

Kind = Paragraph.Kind
MOST = 500  # changes in one go: more than a long paste
OVERLAP = timedelta(seconds=15)  # what was committed late is told twice rather than never
PRESENT = timedelta(seconds=20)  # whoever typed within it is writing there


def _open(request: SignedIn, code: str) -> Meeting:
    """The meeting, for whoever may write in it. May raise Refused."""
    meeting, standing = known_meeting(request, code)
    require(refusals_to_minute(meeting, standing, portal_now()))
    return meeting


def blocks_of(meeting: Meeting) -> Any:
    shown = ("item__meeting", "action", "decision", "question", "ruling", "typed__by__person")
    return Paragraph.objects.filter(item__meeting=meeting).select_related(*shown).order_by("item_id", "order", "pk")


CALLED: dict[str, str] = {Kind.TEXT: "paragraph", Kind.ADDENDUM: "update"}


class Block:
    """A paragraph as the page shows it."""

    def __init__(self, paragraph: Paragraph, said: str | None = None, theirs: str | None = None):
        self.paragraph, self.theirs = paragraph, theirs
        self.uid, self.reads, self.kind = paragraph.uid, reading(paragraph), paragraph.kind
        self.text = paragraph.reads if said is None else said
        self.is_typed = paragraph.kind in KINDS_OF_WORDS
        self.called = CALLED.get(self.kind, paragraph.get_kind_display().lower())


@require_safe
def minute(request: SignedIn, code: str) -> HttpResponse:
    return _page(request, _open(request, code))


def _page(request: SignedIn, meeting: Meeting, refused: Iterable[str] = (), said: dict[UUID, str] | None = None, status: int = 200) -> HttpResponse:
    """`said` is what was typed into blocks and could not be kept."""
    said, now = said or {}, portal_now()
    blocks: dict[int, list[Paragraph]] = {}
    for paragraph in blocks_of(meeting):
        blocks.setdefault(paragraph.item_id, []).append(paragraph)
    items = list(meeting.items.on_the_agenda())
    for item in items:
        mine = blocks.get(item.pk, [])
        item.blocks = [Block(each, said.get(each.uid), each.reads if each.uid in said else None) for each in mine if not each.dropped]  # type: ignore[attr-defined]
        item.deleted = [each for each in mine if each.dropped and each.reads.strip()]  # type: ignore[attr-defined]
        item.new_uid = uuid4()  # type: ignore[attr-defined]
    attendances = list(meeting.attendances.filter(dropped=False).exclude(section="apologies").order_by("order", "pk"))
    context = {
        "nav": "desk", "meeting": meeting, "items": items, "refused": list(refused), "words": list(WORDS), "now": now,
        "people": [{"initials": each.initials, "name": each.printed_name, "as": printed_owner(each)} for each in attendances],
        "references": _references(meeting.group), "notepad": Notepad.objects.filter(meeting=meeting, user=request.user).first(),
    }  # fmt: skip
    return render(request, "desk/minute.html", context, status=status)


def _references(group: Group) -> list[dict[str, str]]:
    """What minutes speak of: change requests, artefacts, and actions that are open."""
    actions = group.actions.filter(status="open").exclude(reference__contains="new").order_by("-raised_order")[:60]
    changes = group.change_requests.exclude(reference="").order_by("-reference")[:120]
    artefacts = group.artefacts.order_by("name")[:120]
    return [
        *({"reference": each.reference, "title": each.title} for each in changes),
        *({"reference": each.document_number or each.name, "title": each.name} for each in artefacts),
        *({"reference": each.reference, "title": each.text[:80]} for each in actions),
    ]


# --- without scripts: each block has a form of its own


@require_POST
def block(request: SignedIn, code: str) -> HttpResponse:
    """One block saved, moved, deleted, or brought back."""
    meeting = _open(request, code)
    uid, text = _uid(request.GET.get("uid")), cleaned(request.POST.get("text", "")).replace("\r\n", "\n")
    if uid is None:
        return redirect("desk:minute", code)
    try:
        found = _found(meeting, uid)
        saves = request.POST.get("do", "save") == "save"
        done = write(meeting, _asked(request, meeting, uid, text, found), line=uid if saves and line_of(text) else None, left=[uid], by=request.user)
    except Differs as differs:
        if any(each.dropped for each in differs.blocks):
            return _page(request, meeting, ["Somebody deleted this paragraph since you opened it: bring it back first.", f"What you typed: {text}"], status=409)
        return _page(request, meeting, ["Somebody changed this paragraph since you opened it. What you typed is still in it: look at what stands there now, then save it again."], {b.uid: text for b in differs.blocks}, 409)  # fmt: skip
    except Refused as refused:
        if refused.status == 404:
            raise
        there = _found(meeting, uid)
        if there is None or there.dropped:
            return _page(request, meeting, [*refused.reasons, f"What you typed: {text}"], status=refused.status)
        return _page(request, meeting, refused.reasons, {uid: text}, refused.status)
    if done["go"]:
        return redirect(done["go"])
    messages.success(request, "Saved.")
    return redirect(reverse("desk:minute", args=[code]) + f"#block-{uid}")


def _found(meeting: Meeting, uid: UUID) -> Paragraph | None:
    return blocks_of(meeting).filter(uid=uid).first()


def _asked(request: SignedIn, meeting: Meeting, uid: UUID, text: str, found: Paragraph | None) -> list[Change]:
    change = Change(uid=uid, item=whole_number(request.GET.get("item")), base=request.GET.get("base", ""), text=text)
    if found is None:
        last = blocks_of(meeting).filter(item_id=change.item, dropped=False).last()
        return [replace(change, after=last.uid if last else None, placed=True)] if text.strip() else []
    if found.kind not in KINDS_OF_WORDS:
        change = replace(change, text=None)
    match request.POST.get("do"):
        case "drop":
            return [replace(change, text=None, dropped=True)]
        case "bring_back":
            return [replace(change, text=None, dropped=False)]
        case "up" | "down" as way:
            return [replace(change, item=found.item_id, after=_neighbour(found, way), placed=True)]
        case _:
            return [change]


def _neighbour(block: Paragraph, way: str) -> UUID | None:
    """Behind which block it goes, one place up or down."""
    uids = [each.uid for each in block.item.paragraphs.filter(dropped=False).order_by("order", "pk")]
    at = uids.index(block.uid) if block.uid in uids else 0
    if way == "up":
        return uids[at - 2] if at > 1 else None
    return uids[min(at + 1, len(uids) - 1)] if uids else None


@require_safe
def block_history(request: SignedIn, pk: int) -> HttpResponse:
    """What became of one paragraph: by whom, when, and how it read each time."""
    found = Paragraph.objects.select_related("item__meeting", "typed__by__person").filter(pk=pk).first()
    if found is None:
        raise Http404
    meeting = _open(request, found.item.meeting.code)
    rows = list(found.history.select_related("history_user__person").order_by("-history_id"))
    entries = [
        {"by": str(row.history_user), "at": row.history_date, "what": (row.history_change_reason or "written").capitalize(), "text": row.text}
        for row in rows if row.text.strip() or row.history_change_reason != "begun"
    ]  # fmt: skip
    return render(request, "desk/block_history.html", {"nav": "desk", "meeting": meeting, "block": found, "entries": entries})


# --- with them: what changed is sent a moment after it was typed


@operation
def write(meeting: Meeting, changes: list[Change], *, left: Iterable[UUID] = (), line: UUID | None = None, by: User) -> dict[str, Any]:
    """Change blocks, and do what is asked by a line typed into one of them. Whole, or not at all."""
    if line:
        locked(Group.objects).get(pk=meeting.group_id)  # before the meeting, whatever the line asks for
    blocks = operations.change_minute(meeting, changes, left=left, by=by)
    asking = _found(meeting, line) if line else None
    go = carry_out(asking, by=by).go if asking else ""
    if asking or any(each.kind not in KINDS_OF_WORDS for each in blocks):  # they show records: read with what they show
        blocks = list(blocks_of(meeting).filter(uid__in={each.uid for each in blocks} | ({line} if line else set())))
    return {"blocks": blocks, "go": go}


@require_POST
def changes(request: SignedIn, code: str) -> JsonResponse:
    """What was typed, in order: done whole, or refused whole with what stands there now. The same sent again changes nothing."""
    meeting, standing = known_meeting(request, code)
    if not standing.is_secretary_of(meeting.group):  # nothing is read of what anybody else sends
        require(refusals_to_minute(meeting, standing, portal_now()))
    asked = _read(request)
    try:
        if asked is None:
            return JsonResponse({"refused": [NOT_UNDERSTOOD]}, status=400)
        told = write(meeting, asked["changes"], left=asked["left"], line=asked["line"], by=request.user)
    except Differs as differs:
        theirs = list(blocks_of(meeting).filter(uid__in=[b.uid for b in differs.blocks]))
        return JsonResponse({"differs": {str(each.uid): told_of(each) | by for each, by in _with_authors(theirs)}}, status=409)
    except Refused as refused:
        about = refused.uid if isinstance(refused, RefusedChange) else asked and asked["line"]
        return JsonResponse({"refused": list(refused.reasons), "uid": str(about or "")}, status=refused.status)
    return JsonResponse({"at": _time(portal_now()), "go": told["go"], "blocks": {str(each.uid): told_of(each) for each in told["blocks"]}})


def told_of(paragraph: Paragraph) -> dict[str, Any]:
    """A block as the page needs it; what shows a record comes as it is shown."""
    typed = paragraph.kind in KINDS_OF_WORDS
    shown = "" if typed else render_to_string("desk/_block_record.html", {"block": Block(paragraph)})
    return {"reads": reading(paragraph), "kind": paragraph.kind, "text": paragraph.reads if typed else "", "html": shown, "dropped": paragraph.dropped}


def _with_authors(paragraphs: list[Paragraph]) -> Iterator[tuple[Paragraph, dict[str, str]]]:
    """Each with who wrote what stands there, and when."""
    last = Paragraph.history.filter(id__in=[each.pk for each in paragraphs]).order_by("id", "-history_id").distinct("id").select_related("history_user__person")
    kept = {row.id: (row.history_user, row.history_date) for row in last}
    for each in paragraphs:
        by, at = (each.typing.by, each.typing.at) if each.typing else kept[each.pk]
        yield each, {"by": str(by), "when": _time(at)}


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%H:%M:%S}"


@require_safe
def now(request: SignedIn, code: str) -> JsonResponse:
    """What others changed since, and where somebody is writing. It carries a token for the next sending, too: one signs in again without losing the page."""
    meeting = _open(request, code)
    at, since = portal_now(), _since(request)
    touched = Paragraph.history.filter(item__meeting=meeting, history_date__gt=since).values_list("id", flat=True)
    rows = blocks_of(meeting)
    changed = rows.filter(pk__in=set(touched)) | rows.filter(typed__at__gt=since)
    fresh = list(changed)
    order = _order(meeting) if fresh else {}
    return JsonResponse({
        "now": at.isoformat(), "token": get_token(request),
        "blocks": [told_of(each) | by | {"uid": str(each.uid)} | order.get(each.uid, {}) for each, by in _with_authors(fresh)],
        "writing": [
            {"item": each.item_id, "who": str(each.typing.by)} for each in rows.filter(typed__text__isnull=False, typed__at__gt=at - PRESENT)
            if each.typing and each.typing.by_id != request.user.pk
        ],
    })  # fmt: skip


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
    """One's own notes, read by nobody else."""
    text = cleaned(request.POST.get("text", "")).replace("\r\n", "\n")[:LONGEST_NOTEPAD]
    operations.jot(_open(request, code), text, by=request.user)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"at": _time(portal_now())})
    messages.success(request, "Your notepad is saved.")
    return redirect(reverse("desk:minute", args=[code]) + "#notepad")


LONGEST_NOTEPAD = 200_000

# --- what comes with a request, bounded


def _uid(text: object) -> UUID | None:
    try:
        return UUID(str(text)) if text else None
    except ValueError:
        return None


def _read(request: HttpRequest) -> dict[str, Any] | None:
    """None for what is no list of changes, and none of this page's. May raise Refused."""
    try:
        said = json.loads(request.body)
        changes = [_change(each) for each in said.get("changes", [])]
        left = [uid for each in said.get("left", []) if (uid := _uid(each))]
        line = _uid(said.get("line"))
    except (ValueError, AttributeError, TypeError, KeyError, RecursionError):
        return None
    if len(changes) > MOST or len(left) > MOST:
        raise Refused([Refusal(f"That is more than {MOST} paragraphs at once: save them in parts.")])
    return {"changes": changes, "left": left, "line": line}


NOT_UNDERSTOOD = "What was sent could not be read. Load the page again: what you typed is kept in this browser."


MOST_TRIED = 8


def _words(text: str) -> str:
    """Without what cannot be seen, nor half of a character."""
    return cleaned(text.encode("utf-8", "replace").decode()).replace("\r\n", "\n")


def _change(said: dict[str, Any]) -> Change:
    uid, text, kind, number = _uid(said["uid"]) if "uid" in said else None, said.get("text"), said.get("kind", Kind.TEXT), said.get("item", 0)
    if uid is None or not isinstance(text, str | None) or kind not in KINDS_OF_WORDS or type(number) is not int or not 0 <= number <= LARGEST:
        raise ValueError
    dropped, tried = said.get("dropped"), said.get("tried", [])
    if not isinstance(tried, list) or len(tried) > MOST_TRIED or not all(isinstance(each, str) for each in tried):
        raise ValueError
    return Change(
        uid=uid, item=number, text=None if text is None else _words(text), tried=tuple(map(_words, tried)), base=str(said.get("base", ""))[:64], kind=kind,
        after=_uid(said.get("after")), placed=said.get("placed") is True, dropped=dropped if isinstance(dropped, bool) else None,
    )  # fmt: skip
