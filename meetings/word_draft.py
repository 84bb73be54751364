"""The draft minutes as a Word document: given out block by block, each known by its tag, and what it proposes when it comes back.

As much as a form does (files/reading/fields.py): a paragraph may be reworded as far as one likes, its tag stays.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from files.documents import TAG, control, paragraph, paragraphs_of, written
from meetings.editions import WORDS
from meetings.models import Asks, DraftCopy, Minutes, Paragraph
from meetings.rules.minutes import MOST
from records.dates import as_day
from records.rules import Refusal, Refused
from records.typed import cleaned

DRAFT, ITEM, BLOCK = f"{TAG}draft:", f"{TAG}item:", f"{TAG}block:"  # then the key of the copy, the number of the item, the uid of the block
CAME = f"{TAG}came:"  # when it was, and who came: what is changed there is no proposal on a paragraph, and is said as a comment
UPDATE = f"{TAG}update:"  # that the block below it was written afterwards: said by the portal, and proposed away by nobody
INTRODUCTION = (
    "Write into the paragraphs: whatever you change is marked as a change. Comments in the margin are read, too. Send the document back to the secretariat.",
    "Decisions, actions and votes, at a grey bar, are kept elsewhere: say in a comment what is wrong with them.",
)  # fmt: skip
LONGEST_NAME = 160
MOST_PROPOSALS = 500


def document(copy: DraftCopy) -> bytes:
    title = f"Draft minutes of {copy.minutes.meeting}"
    body = [control(f"{DRAFT}{copy.key}", title, [paragraph(title, "Title"), *(paragraph(each, "Hint") for each in INTRODUCTION)])]
    came = _came(copy)
    body.append(control(CAME, "Who came", [paragraph(came[0], "Heading1"), *(paragraph(each, "Kept") for each in came[1:])]))
    item = None
    for each in copy.blocks:
        if each["number"] != item:
            item = each["number"]
            heading = f"{item}. {each['title']}"
            body.append(control(f"{ITEM}{item}", heading, [paragraph(heading, "Heading1")]))
        if each["kind"] == Paragraph.Kind.ADDENDUM:
            body.append(control(f"{UPDATE}{each['uid']}", f"Item {item}", [paragraph(_as_update(each), "Kept")]))
        body.append(_block(each))
    return written(title, body, tracking=True)


def _came(copy: DraftCopy) -> list[str]:
    """The day, and everybody who is listed: what the Chair looks at first."""
    return ["Who came", as_day(copy.minutes.meeting.held_on), *(copy.came or ["Nobody is recorded yet."])]


def _as_update(each: dict[str, Any]) -> str:
    return f"Post-meeting update, {as_day(date.fromisoformat(each['on']))}" if "on" in each else "Post-meeting update"


def _block(each: dict[str, Any]) -> str:
    style = "Heading2" if each["kind"] == Paragraph.Kind.HEADING else "Normal" if each["kind"] in WORDS else "Kept"
    return control(f"{BLOCK}{each['uid']}", f"Item {each['number']}", [paragraph(text, style) for text in paragraphs_of(each["text"])])


class Proposal(NamedTuple):
    """One thing that a document asks for, of the block with that uid."""

    uid: str
    asks: str = Asks.WORDS
    text: str = ""
    proposed: str = ""
    on_text: str = ""
    author: str = ""
    unmarked: bool = False


def copy_in(told: dict[str, Any], minutes: Minutes) -> DraftCopy:
    """Which copy of the draft the document is. Raises Refused."""
    keys = [each["tag"].removeprefix(DRAFT) for each in told["fields"] if each["tag"].startswith(DRAFT)]
    key = _uuid(keys[0]) if keys else None
    found = DraftCopy.objects.select_related("minutes__meeting").filter(key=key).first() if key else None
    if found is None:
        raise Refused([Refusal("This is no draft that was taken out here: the marks by which its paragraphs are known are not in it. Take the draft out below, and copy what is proposed into it.", field="file")])
    if found.minutes_id != minutes.pk:
        raise Refused([Refusal(f"This is the draft of {found.minutes.meeting}, not of {minutes.meeting}.", field="file")])
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def proposed_in(told: dict[str, Any], copy: DraftCopy) -> list[Proposal]:
    """What it asks for, in the order of the draft; nothing where it says what left. Raises Refused."""
    left = {each["uid"]: each for each in copy.blocks}
    found = [each for each in told["fields"] if each["tag"].removeprefix(BLOCK) in left]
    if left and not found:
        raise Refused([Refusal("None of the paragraphs that left are in it any more, or the program in which it was saved has thrown their marks away: save it with Word.", field="file")])
    read = [*_reworded(found, left), *_new(told, left), *_said(told, left), *_retitled(told, left), *_of_who_came(told, copy, left), *_not_read(told, left)]
    if len(read) > MOST_PROPOSALS:
        raise Refused([Refusal(f"It proposes more than {MOST_PROPOSALS} things: is it the right document?", field="file")])
    if any(len(each.proposed) > MOST for each in read):
        raise Refused([Refusal(f"A paragraph in it has more than {MOST:,} characters: make two of it.", field="file")])
    places = {uid: n for n, uid in enumerate(left)}
    return sorted(read, key=lambda each: places[each.uid])


def _reworded(found: list[dict[str, Any]], left: dict[str, dict]) -> Iterator[Proposal]:
    """Each block against what left, whether the change is marked or not."""
    seen = set()
    for field in found:
        uid = field["tag"].removeprefix(BLOCK)
        if uid in seen:  # copied in the document: what is new in it is a paragraph more
            if _plain(field["text"]) != _plain(left[uid]["text"]):
                yield Proposal(uid, Asks.BEHIND, proposed=cleaned(field["text"]), author=_authors(field))
            continue
        seen.add(uid)
        yield from _changed(field, left[uid])
    for uid, block in left.items():
        if uid not in seen and block["kind"] in WORDS:
            yield Proposal(uid, Asks.OUT, on_text=block["text"], unmarked=True)


def _changed(field: dict[str, Any], block: dict[str, Any]) -> Iterator[Proposal]:
    uid, before, now = block["uid"], block["text"], cleaned(field["text"])
    if _plain(now) == _plain(before):
        return
    told = {"on_text": before, "author": _authors(field), "unmarked": _plain(cleaned(field["was"])) != _plain(before)}
    if block["kind"] not in WORDS:
        yield Proposal(uid, text=f"It should read: {now}" if now else "It should not be there.", **told)
    elif not now:
        yield Proposal(uid, Asks.OUT, **told)
    elif _plain(now).startswith(f"{_plain(before)}\n\n"):  # it stayed, and something was written behind it
        yield Proposal(uid, Asks.BEHIND, proposed=_plain(now).removeprefix(_plain(before)).strip(), **told)
    else:
        yield Proposal(uid, proposed=now, **told)


def _new(told: dict[str, Any], left: dict[str, dict]) -> Iterator[Proposal]:
    """What stands between the blocks, or in controls that are none of ours; and what was written into the head of the document."""
    order = [each["tag"].removeprefix(BLOCK) for each in told["fields"]]
    for field in told["fields"]:
        if field["tag"].startswith(DRAFT):
            yield from _written_at_the_head(field, next(iter(left)))
        elif not field["tag"].startswith((ITEM, UPDATE, CAME)) and field["tag"].removeprefix(BLOCK) not in left and field["text"]:
            uid, asks = _place(field["tag"], order, left)
            yield Proposal(uid, asks, proposed=cleaned(field["text"]), author=_authors(field))
    for text, where in zip(told["outside"], told["behind"], strict=True):
        if said := cleaned(text).strip():
            uid, asks = _place(where["tag"], order, left)
            yield Proposal(uid, asks, proposed=said, author=_authors(where))


def _written_at_the_head(field: dict[str, Any], first: str) -> Iterator[Proposal]:
    own = {_plain(each) for each in INTRODUCTION}
    told = [each for each in _plain(field["text"]).split("\n\n")[1:] if each not in own]
    if told:
        yield Proposal(first, text="At the head of the document: " + "\n\n".join(told), author=_authors(field))


def _of_who_came(told: dict[str, Any], copy: DraftCopy, left: dict[str, dict]) -> Iterator[Proposal]:
    """It is recorded elsewhere: said as a comment on the first paragraph."""
    for field in told["fields"]:
        if field["tag"] == CAME and _plain(field["text"]) != _plain("\n\n".join(_came(copy))):
            yield Proposal(next(iter(left)), text=f"On who came: it should read {', '.join(_plain(field['text']).split(chr(10) * 2)[1:])}", author=_authors(field))


def _not_read(told: dict[str, Any], left: dict[str, dict]) -> Iterator[Proposal]:
    """Pictures and the like, said where they stand."""
    for uid, found in [(next(iter(left)), told["not_text"]), *((each["tag"].removeprefix(BLOCK), each["not_text"]) for each in told["fields"])]:
        if uid in left and found:
            yield Proposal(uid, text=f"In the document there is {' and '.join(found)} here, which is not read.", on_text=left[uid]["text"])


def _place(tag: str, order: list[str], left: dict[str, dict]) -> tuple[str, str]:
    """Behind the block in front of it; at the head of an item, before the first of its blocks."""
    at = order.index(tag.removeprefix(BLOCK)) if tag else -1
    if at >= 0 and order[at] in left:
        return order[at], Asks.BEHIND
    after = next((each for each in order[at + 1 :] if each in left), None)
    return (after, Asks.BEFORE) if after else (list(left)[-1], Asks.BEHIND)


def _said(told: dict[str, Any], left: dict[str, dict]) -> Iterator[Proposal]:
    """In the margin. What is said of a heading is said of the block below it."""
    order = [each["tag"].removeprefix(BLOCK) for each in told["fields"]]
    for each in told["comments"]:
        if words := cleaned(each["text"]).strip():
            uid, _ = _place(each["tag"], order, left)
            about = cleaned(each["on"])
            is_whole = not about or _plain(about) == _plain(left[uid]["text"])
            yield Proposal(uid, text=words if is_whole else f"On “{about}”: {words}", on_text=left[uid]["text"], author=_authors({"by": [each["by"]]}))


def _retitled(told: dict[str, Any], left: dict[str, dict]) -> Iterator[Proposal]:
    """The heading of an item is on the agenda, which no proposal changes."""
    for field in told["fields"]:
        number = field["tag"].removeprefix(ITEM)
        block = next((each for each in left.values() if str(each["number"]) == number), None) if number != field["tag"] else None
        now = cleaned(field["text"]).strip()
        if block and now and _plain(now) != _plain(f"{number}. {block['title']}"):
            yield Proposal(block["uid"], text=f"The heading of the item should read: {now}", on_text=block["text"], author=_authors(field))


def _authors(told: dict[str, Any]) -> str:
    return ", ".join(cleaned(each) for each in told["by"])[:LONGEST_NAME]


def _plain(text: str) -> str:
    """As it can be compared with what came back: of blanks one at a time, of empty lines, too, and none within a list."""
    lines = [" ".join(line.split()) for line in cleaned(text).replace("\r\n", "\n").split("\n")]
    return re.sub(r"\n{2,}", "\n\n", re.sub(r"\n+(?=- )", "\n", "\n".join(lines))).strip()
