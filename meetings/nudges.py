"""What a careful reader would ask about minutes before they go out: words without a record beside them, initials of nobody, personal data.

Nudges, and not while somebody types. Nothing here is guessed into the record. Initials of nobody alone are more: nobody else could say who it was,
so they are marked beneath their paragraph, and with them a draft goes to nobody.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache

from meetings.editions import TAKEN_BACK
from meetings.lifecycle import ActionStatus
from meetings.models import AgendaItem, Paragraph
from records.acronyms import terms
from records.rules import Refusal

Kind = Paragraph.Kind
BINDING = (re.compile(r"\b(agreed|determined|approved)\b", re.IGNORECASE), {Kind.ACTION, Kind.DECISION, Kind.VOTE}, "no action, decision or vote")
DOING = re.compile(r"\b(will|to provide)\b", re.IGNORECASE)
SPEAKS = (
    "added", "advised", "agreed", "answered", "asked", "commented", "confirmed", "disagreed", "explained", "highlighted", "noted", "objected", "presented",
    "proposed", "queried", "raised", "reminded", "replied", "reported", "requested", "responded", "said", "stated", "suggested", "thanked", "updated",
)  # fmt: skip
TOLD = (  # what else somebody did, and is no "-ed"
    "began", "brought", "drew", "felt", "found", "gave", "knew", "led", "made", "meant", "put", "saw", "said", "sought", "spoke", "thought", "told", "took",
    "understood", "undertook", "went", "withdrew", "wrote",
)  # fmt: skip
NAME = "[A-Z]{2,3}[a-z]{0,4}"  # SC, ZQT, SCh, RLamp: what stands for a person
ANYTHING = rf"(?:[a-z]{{2,16}}ed|{'|'.join(TOLD)})\b(?! by\b)"
BETWEEN = rf"(?: and {NAME})?(?:, [^.,;\n]{{1,60}},)?(?: (?:also|then|again|further|later|[a-z]{{2,12}}ly))? "  # "ZQ, for Elexon, also noted"
BEGINS = r"(?:^|[.!?:][”\")]? +|\n+(?:[-*] )?)"
# Who begins a sentence and did anything; who, in brackets, did; or who, in the midst of one, did what persons do. Read by the page, too: no group but the one.
SPEAKER = re.compile(
    rf"(?:{BEGINS}(?=\(?{NAME}\)?{BETWEEN}{ANYTHING})|(?=\({NAME}\){BETWEEN}{ANYTHING})|(?<![\w/-])(?<![Tt]he )(?={NAME}{BETWEEN}(?:{'|'.join(SPEAKS)})\b))\(?({NAME})"
)
FIRST = re.compile(rf"{BEGINS}(?=\(?{NAME}\)?{BETWEEN}{ANYTHING})\(?({NAME})[^.!?\n]*")  # a sentence, and who begins it as its speaker
FROM_AFAR = re.compile(r"\b(?:by e-?mail|in writing|wrote|written|beforehand|before the meeting|in advance|ahead of|afterwards|after the meeting)\b", re.IGNORECASE)
NOBODY = frozenset(  # short words of the field that begin sentences, besides those that the programme explains
    {"ADS", "API", "BSC", "BSCCo", "CSS", "DES", "DTN", "EES", "EU", "EV", "GB", "HH", "IR", "IT", "LSS", "MDR", "MDS", "MOA", "NHH", "PC", "REC", "SDS", "SEC", "SI", "UK", "UMS", "VAS"}
)  # fmt: skip
LEFT_OPEN = re.compile(r"\bTB[CD]\b|\bto be (?:confirmed|checked|added)\b|\bX{3,}\b|\?{2,}|\[\s*\?*\s*\](?!\()", re.IGNORECASE)
EMAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
LEFT_OVER = re.compile(r"(?<![\w/])[@#][A-Z]\w*(?:-\w+)*")  # the sign that called a menu, left in running text
PHONE = re.compile(r"(?<![\d.-])(?:\+44 ?|0)\d(?:[ -]?\d){8,9}(?!\d|[.-]\d)")


def nudges_of(items: Iterable[AgendaItem], at: Callable[[AgendaItem], str]) -> Iterator[Refusal]:
    """`at` is where an item is mended. Paragraphs are read with what is being typed."""
    for item in items:
        yield from (Refusal(said, at=at(item)) for said in _nudges(item))


def initials_of_nobody(items: Iterable[AgendaItem], initials: Collection[str], at: Callable[[AgendaItem], str]) -> Iterator[Refusal]:
    """`initials` are of those who came, or sent apologies; acronyms are nobody's."""
    for item in items:
        texts = [each.reads for each in item.paragraphs.all() if each.kind == Kind.TEXT and not each.dropped]
        for said in dict.fromkeys(said for text in texts for said in unknown_in(text, initials)):
            yield Refusal(f"Item {item.number} ({item.title}): {of_nobody(said, initials)}", at=at(item))


def speakers_who_were_away(items: Iterable[AgendaItem], away: Mapping[str, str], at: Callable[[AgendaItem], str]) -> Iterator[Refusal]:
    """`away` says of initials how it is recorded that they were not there: "Sade Agu sent apologies"."""
    for item in items:
        texts = [each.reads for each in item.paragraphs.all() if each.kind == Kind.TEXT and not each.dropped]
        said: dict[str, str] = {}
        for found in (found for text in texts for found in FIRST.finditer(text)):
            if found[1] in away and not FROM_AFAR.search(found[0]):
                said.setdefault(found[1], found[0])
        for initials, sentence in said.items():
            yield Refusal(f"Item {item.number} ({item.title}) says “{_shortly(sentence)}”, and {away[initials]}.", at=at(item))


def _shortly(sentence: str) -> str:
    words = " ".join(sentence.strip(" .!?:-*”\")").split())
    return words if len(words) <= 70 else f"{words[:70].rsplit(' ', 1)[0]}…"


def unknown_in(text: str, initials: Collection[str]) -> list[str]:
    return [said for said in dict.fromkeys(SPEAKER.findall(text)) if said not in initials and not is_a_word(said)]


def is_a_word(said: str) -> bool:
    """ "MHHS", "CRs": it stands for something, and for nobody."""
    return not {said, said.removesuffix("s")}.isdisjoint(words_of_nobody())


@cache
def words_of_nobody() -> frozenset[str]:
    return NOBODY | {term.short for term in terms()}


def of_nobody(said: str, initials: Collection[str]) -> str:
    near = get_close_matches(said, initials, n=2, cutoff=0.5)
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    return f"{said} are the initials of nobody who came or sent apologies.{meant}"


def _nudges(item: AgendaItem) -> Iterator[str]:
    blocks = [each for each in item.paragraphs.all() if not each.dropped]
    texts = [each.reads for each in blocks if each.kind == Kind.TEXT]
    yield from _binding(item, blocks)
    yield from _personal(item, [each.reads for each in blocks] + _recorded(item))
    yield from _left_over(item, texts)
    yield from _left_open(item, texts)


def _binding(item: AgendaItem, blocks: list[Paragraph]) -> Iterator[str]:
    """The first words of an item that bind somebody, with no record of it before them or behind: one elsewhere in the item is of something else."""
    for n, block in enumerate(blocks):
        beside = {each.kind for each in blocks[max(n - 1, 0) : n + 2]}
        for pattern, records, called in (BINDING, (DOING, {Kind.ACTION}, "no action")):
            if block.kind == Kind.TEXT and not beside & records and (found := pattern.search(block.reads)):
                yield f"Item {item.number} ({item.title}) says “{_around(found)}”, and {called} stands beside it."
                return


def _recorded(item: AgendaItem) -> list[str]:
    """What its records say, and the paragraphs that show them do not."""
    actions = [f"{each.text}\n{each.owner}" for each in item.actions.all() if each.status != ActionStatus.TAKEN_OFF]
    return [item.title, *actions, *(each.wording for each in item.decisions.all() if each.status not in TAKEN_BACK)]


def _left_over(item: AgendaItem, texts: list[str]) -> Iterator[str]:
    for sign in dict.fromkeys(sign for text in texts if not text.lstrip().startswith("/") for sign in LEFT_OVER.findall(text)):
        yield f"Item {item.number} ({item.title}) reads “{sign}”: the sign {sign[0]} would be printed."


def _personal(item: AgendaItem, texts: list[str]) -> Iterator[str]:
    for pattern, what in ((EMAIL, "an e-mail address"), (PHONE, "a telephone number")):
        if found := next((match[0] for text in texts if (match := pattern.search(text))), None):
            yield f"Item {item.number} ({item.title}) has {what} in it: {found}."


def _left_open(item: AgendaItem, texts: list[str]) -> Iterator[str]:
    if found := next((match for text in texts if (match := LEFT_OPEN.search(text))), None):
        yield f"Item {item.number} ({item.title}) leaves something open: “{_around(found)}”."


def _around(found: re.Match) -> str:
    """The words it stands among."""
    text = found.string
    start = text.rfind(" ", 0, max(found.start() - 30, 0)) + 1 if found.start() > 30 else 0
    words = " ".join(text[start : found.end() + 30].split())
    return f"{'…' if start else ''}{words}{'…' if found.end() + 30 < len(text) else ''}"
