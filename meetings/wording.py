"""Draft and published minutes as running text: what each paragraph says, records too, and what differs between two of them."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from files.comparing import CHANGED, OUT, SAME, Piece, changes, words
from meetings.editions import blocks_of, body_of
from meetings.models import DraftCopy, Minutes, MinutesEdition

CAME = "Who came"


def in_words(shown: dict[str, Any]) -> str:
    """What a paragraph says, as an edition holds it."""
    if action := shown.get("action"):
        return f"Action {action['reference']}: {action['text']} ({action['owner']}; {action['due']})"
    if vote := shown.get("vote"):
        said = (f"{row['constituency']}: {row['choice_label']}" + (f" ({row['comment']})" if row["comment"] else "") for row in vote["rows"])
        return f"Vote on {vote['on']}. {'; '.join(said)}"
    return _decided(shown["decision"]) if "decision" in shown else shown["text"]


def _decided(decision: dict[str, Any]) -> str:
    if decision["state"] == "embargoed":
        return f"One decision is under embargo: {decision['why']}"
    if decision["state"] == "waiting":
        return f"{decision['area']}: waiting for the Chair’s decision"
    return f"Decision {decision['reference']}: {decision['wording']}"


def written_down(minutes: Minutes) -> dict[str, list]:
    """The draft as it stands now, as a copy keeps it."""
    blocks = [
        {"uid": str(paragraph.uid), "number": item.number, "title": item.title, "kind": paragraph.kind, "text": in_words(shown)} | _dated(shown)
        for item in minutes.meeting.items.on_the_agenda() for paragraph, shown in blocks_of(item)
    ]  # fmt: skip
    return {"came": _came(body_of(minutes)), "blocks": blocks}


def _dated(shown: dict[str, Any]) -> dict[str, str]:
    return {"on": shown["on"]} if "on" in shown else {}


def _came(body: dict[str, Any]) -> list[str]:
    """ "Ann Smith (AS), DNO Representative"."""
    sections = [*((each["people"], "") for each in body["attendance"]), (body["apologies"], "Apologies of ")]
    return [
        f"{before}{person['name']}" + (f" ({person['initials']})" if person["initials"] else "") + "".join(f", {each}" for each in (person["role"], person["for"]) if each)
        for people, before in sections for person in people
    ]  # fmt: skip


# --- what differs


class Heading(NamedTuple):
    number: int | None
    title: str

    def __str__(self):
        return f"{self.number}. {self.title}" if self.number else self.title


class Differing(NamedTuple):
    """A part of the minutes that reads otherwise: its passages in pieces, and between them how many are the same."""

    heading: Heading
    passages: list[tuple[int, list[Piece]]]


Texts = dict[Heading, list[str]]


def of_copy(copy: DraftCopy) -> Texts:
    return _gathered(copy.came, ((Heading(each["number"], each["title"]), [each["text"]]) for each in copy.blocks))


def of_now(minutes: Minutes) -> Texts:
    told = written_down(minutes)
    return _gathered(told["came"], ((Heading(each["number"], each["title"]), [each["text"]]) for each in told["blocks"]))


def of_edition(edition: MinutesEdition) -> Texts:
    items = ((Heading(each["number"], each["title"]), list(map(in_words, each["paragraphs"]))) for each in edition.body["items"])
    return _gathered(_came(edition.body), items)


def _gathered(came: list[str], told: Iterable[tuple[Heading, list[str]]]) -> Texts:
    found: Texts = {Heading(None, CAME): came}
    for heading, texts in told:
        found.setdefault(heading, []).extend(texts)
    return found


def differing(before: Texts, after: Texts) -> list[Differing]:
    """Part by part, in their order; what is the same in both is left out."""
    headings = sorted({*before, *after}, key=lambda each: (each.number or 0, each.title))
    told = [(heading, before.get(heading, []), after.get(heading, [])) for heading in headings]
    return [Differing(heading, list(_passages(one, other))) for heading, one, other in told if one != other]


def _passages(one: list[str], other: list[str]) -> Iterator[tuple[int, list[Piece]]]:
    """Of each how many of the same stand before it; at the end perhaps so many and nothing more."""
    same = 0
    for kind, a, b in changes(one, other):
        if kind == SAME:
            same += len(a)
            continue
        yield same, words(one[a[0]], other[b[0]]) if kind == CHANGED else [Piece(kind, one[a[0]] if kind == OUT else other[b[0]])]
        same = 0
    if same:
        yield same, []
