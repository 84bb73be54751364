"""The minutes written without scripts: each item is a form of its own, and the buttons under it are for all of it or for the paragraph that is chosen."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from desk.minuting import KINDS_OF_WORDS, MOST, Kind, blocks_of, minute_page, opened, uid_of, words_of, write
from groups.signed_in import SignedIn
from meetings.models import Meeting, Paragraph
from meetings.operations.writing import Change, Differs, RefusedChange, fingerprint
from meetings.typed_lines import line_of
from records.rules import Refusal, Refused
from records.typed import whole_number

LISTED = re.compile(r"\s*(?:[-*•]|\d+[.)])\s")


def paragraphs_in(text: str) -> list[str]:
    """What was typed into one box, as the editor makes paragraphs of it: blank lines part them, and each line that asks for a record stands for itself."""
    parts: list[list[str]] = [[]]
    for line in text.split("\n"):
        asked = bool(parts[-1]) and parts[-1][0].lstrip().startswith("/")
        if parts[-1] and (not line.strip() or line.lstrip().startswith("/") or (asked and not LISTED.match(line))):
            parts.append([])
        if line.strip():
            parts[-1].append(line)
    return ["\n".join(each).strip() for each in parts if each] or [""]


class Sent:
    """What the form of an item says: the words of its paragraphs, which of them is chosen, and what to do."""

    def __init__(self, request: SignedIn, meeting: Meeting):
        self.meeting, self.item, self.do = meeting, whole_number(request.GET.get("item")), request.POST.get("do", "save")
        boxes = [(name.split("."), text) for name, text in request.POST.items() if name.startswith("text.")]
        words = {uid: (rest, words_of(str(text))) for (_, name, *rest), text in boxes if (uid := uid_of(name))}
        self.base = {uid: rest[0][:64] if rest else "" for uid, (rest, _) in words.items()}
        self.chosen, self.chosen_base = self._chosen(request)
        self.form = list(words)[-1] if words else uuid4()  # the empty box at its end, which is new each time the page is opened
        self.there = {each.uid: each for each in blocks_of(meeting).filter(uid__in={*words, self.chosen} - {None})}
        self.typed = {uid: text for uid, (_, text) in words.items() if self._is_new(uid, text)}
        self.parts = {uid: dict(self._parts(uid, text)) for uid, text in self.typed.items()}
        self.made = {each.uid: each for each in blocks_of(meeting).filter(uid__in={part for parts in self.parts.values() for part in parts} - {*self.there})}

    def _chosen(self, request: SignedIn) -> tuple[UUID | None, str]:
        if brought := uid_of(request.POST.get("bring_back")):
            self.do = "bring_back"
            return brought, "gone"
        uid, _, base = request.POST.get("at", "").partition(".")
        return uid_of(uid), base[:64]

    def _is_new(self, uid: UUID, text: str) -> bool:
        """Whether its author changed it: what somebody else changed meanwhile stays as it is."""
        found = self.there.get(uid)
        if found is None:
            return bool(text.strip())
        if found.kind not in KINDS_OF_WORDS and line_of(text):
            return False  # it was carried out, and this is the same form once more
        return text != found.reads and fingerprint(found.kind if found.kind in KINDS_OF_WORDS else Kind.TEXT, text) != self.base[uid]

    def _parts(self, uid: UUID, text: str) -> Iterator[tuple[UUID, str]]:
        """Its paragraphs. The first is the box itself; the others have names of their own, which are the same when the same form is sent twice."""
        is_text = uid not in self.there or self.there[uid].kind == Kind.TEXT
        for n, part in enumerate(paragraphs_in(text) if is_text else [text]):
            yield (uuid5(uid, f"{self.form} {self.base[uid]} {n}") if n else uid), part

    def box_of(self, uid: UUID) -> UUID:
        """Into which box a paragraph was typed."""
        return next((box for box, parts in self.parts.items() if uid in parts), uid)

    def part(self, uid: UUID) -> str:
        return self.parts.get(self.box_of(uid), {}).get(uid, "")

    def new_in(self, item: int) -> tuple[UUID, str]:
        """What was typed into the empty box at the end of an item; or such a box."""
        return next(((uid, text) for uid, text in self.typed.items() if item == self.item and uid not in self.there), (uuid4(), ""))

    def changes(self) -> list[Change]:
        """May raise Refused."""
        if self.do in WITH_ONE and not self.chosen:
            raise Refused([Refusal("Choose a paragraph first, by the button before it.")])
        asked = [change for box, parts in self.parts.items() if self.do != "drop" or box != self.chosen for change in self._typed(box, parts)]
        if len(asked) > MOST:
            raise Refused([Refusal(f"That is more than {MOST} paragraphs at once: save them in parts.")])
        found = self.there.get(self.chosen) if self.chosen else None
        if found is None:
            return asked
        change = Change(uid=found.uid, item=found.item_id, base=self.chosen_base)
        match self.do:
            case "drop" | "bring_back":
                asked.append(replace(change, dropped=self.do == "drop"))
            case "up" | "down" as way:
                asked.append(replace(change, after=_neighbour(found, way), placed=True))
        return asked

    def _typed(self, box: UUID, parts: dict[UUID, str]) -> Iterator[Change]:
        found, after = self.there.get(box), box
        item = found.item_id if found else self.item
        for uid, text in parts.items():
            change = Change(uid=uid, item=item, text=text)
            if uid != box:
                if not self._was_carried_out(uid, text):
                    yield replace(change, after=after, placed=uid not in self.made)
            elif found:
                yield replace(change, base=self.base[box])
            else:
                last = blocks_of(self.meeting).filter(item_id=item, dropped=False).last()
                yield replace(change, base=self.base[box], after=last.uid if last else None, placed=True)
            after = uid

    def _was_carried_out(self, uid: UUID, text: str) -> bool:
        """Of a line among others: this is the same form once more, and it reads as what it asked for by now."""
        return uid in self.made and bool(line_of(text)) and self.made[uid].reads != text

    def lines(self) -> list[UUID]:
        """Those to be carried out: typed now or chosen; where nothing was typed, those that stand there and were not."""
        if self.do not in ("save", "history"):
            return [uid for box, parts in self.parts.items() for uid, text in parts.items() if line_of(text) and (self.do != "drop" or box != self.chosen)]
        typed = {uid: text for parts in self.parts.values() for uid, text in parts.items()}
        asked = typed or {uid: found.reads for uid, found in self.there.items() if uid == self.chosen or self.do == "save"}
        return [uid for uid, text in asked.items() if line_of(text)]


WITH_ONE = ("up", "down", "drop", "history")


@require_POST
def block(request: SignedIn, code: str) -> HttpResponse:
    """What was typed into the paragraphs of an item is saved; one of them is moved, deleted, or brought back."""
    meeting = opened(request, code)
    sent = Sent(request, meeting)
    try:
        done = write(meeting, sent.changes(), lines=sent.lines(), left=[uid for parts in sent.parts.values() for uid in parts], by=request.user)
    except Differs as differs:
        gone = [each.uid for each in differs.blocks if each.dropped]
        if gone:
            return minute_page(request, meeting, ["Somebody deleted this paragraph since you opened it: bring it back first.", *_lost(sent, gone)], sent, status=409)
        return minute_page(request, meeting, ["Somebody changed this paragraph since you opened it. What you typed is still in it: look at what stands there now, then save it again."], sent, {each.uid for each in differs.blocks}, 409)  # fmt: skip
    except Refused as refused:
        if refused.status == 404:
            raise
        lost = [uid for uid, found in sent.there.items() if found.dropped or found.kind not in KINDS_OF_WORDS]
        line = sent.part(refused.uid) if isinstance(refused, RefusedChange) else ""
        reasons = [f"“{line.splitlines()[0][:100]}” was not carried out: {' '.join(refused.reasons)}"] if line.startswith("/") else refused.reasons
        return minute_page(request, meeting, [*reasons, *_lost(sent, lost)], sent, status=refused.status)
    if done["go"]:
        return redirect(done["go"])
    found = sent.there.get(sent.chosen) if sent.chosen else None
    if sent.do == "history" and found:
        return redirect("desk:block_history", found.pk)
    messages.success(request, "Saved.")
    at = f"#block-{found.uid}" if found else f"#item-{sent.item}"
    return redirect(reverse("desk:minute", args=[code]) + at)


def _lost(sent: Sent, uids: Iterable[UUID]) -> list[str]:
    """Words that have no box on the page to stand in."""
    return [f"What you typed: {sent.typed[uid]}" for uid in uids if uid in sent.typed]


def _neighbour(block: Paragraph, way: str) -> UUID | None:
    """Behind which block it goes, one place up or down."""
    uids = [each.uid for each in block.item.paragraphs.filter(dropped=False).order_by("order", "pk")]
    at = uids.index(block.uid) if block.uid in uids else 0
    if way == "up":
        return uids[at - 2] if at > 1 else None
    return uids[min(at + 1, len(uids) - 1)] if uids else None
