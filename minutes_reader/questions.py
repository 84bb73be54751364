"""Finds what a roll of votes was on: the question as it was put, the version it named, the count the text claims."""

from __future__ import annotations

import re

from .document import plain
from .references import ANY_VERSION, Mention, change_requests, design_documents, version_number
from .result import Block, Decision, Item, Vote
from .titles import without_titles

QUESTION = re.compile(r"\b(?:whether|vot(?:e|es|ed|ing)|views on|asked|requested|invited|put to|poll(?:ed)?)\b", re.IGNORECASE)
PUT = re.compile(
    r"\b(?:whether(?: or not)?|vot(?:e|ed|ing)(?: was taken)? on|votes on|views on|approval of|approve)\b", re.IGNORECASE
)
SHOULD_BE = re.compile(
    r"\bwhether (?:or not )?(?:the )?(?P<name>[A-Z][\w /&'-]{2,80}?)(?:,? v(?:ersion)?\.? ?(?P<version>\d[\d.]*))? should be (?:approved|baselined|accepted)"
)
ASKED = re.compile(r"\?\s*$|\b(?:motion|proposal|proposed|moved|question)\b", re.IGNORECASE)
TO = r"(?:approv(?:ed?|al|ing)|accept(?:ed|ance)?|baselin(?:ed?|ing)|adopt(?:ed)?|ratif(?:y|ied)|endorsed?|support(?:ed)?|agreed?)"
EITHER = re.compile(r"\b(?:approv(?:e[ds]?|al)|accept(?:ed)?|for)(?:,? (?:or |and )?|\s?/\s?)(?:to )?(?:reject(?:ed|ion)?|against)(?:(?:,? (?:or |and )?|\s?/\s?)(?:to )?(?:abstain(?:ed|s)?|abstention))?\b", re.IGNORECASE)
THING = r"(?:(?!\b(?:not|never|reject\w*|withdr\w*|refus\w*|declin\w*|defer\w*|oppos\w*|against|recommend\w*|approv\w*|accept\w*|decision|objections?|cancel\w*|rescind\w*|revers\w*|motion)\b)[^.?;:]){1,140}?"
# the whole way from what asks to the deed that is asked about; what follows it changes nothing of the question
TO_APPROVE = re.compile(
    rf"\b(?:whether|that|if)(?: or not)? {THING}\s(?:should|could|can|may|might|would|is to|are to|was to|were to|ought to)?\s?(?:now |also |formally )?be(?: formally)? {TO}\b(?! to (?:reject|withdraw|defer|refuse))"
    rf"|\bwhether(?: or not)? (?:to|they|members|the \w+|(?:they |members )?(?:would|could|should)) {TO} (?!(?:the |a |its |their |any )?(?:reject|withdraw|defer|refus|recommend|decision|that\b|to\b|with\b))"
    rf"|\bshould {THING} be {TO}\b|\b(?:vot(?:e|ed|ing)|asked|invited|requested|views|motion|proposed|proposal|moved)\b(?: members)?(?: on)? (?:to|on|for) (?:the )?{TO} (?:of )?(?!(?:the |a |its )?(?:reject|withdraw|defer|refus|recommend|that\b|to\b|with\b))",
    re.IGNORECASE,
)
OTHERWISE = re.compile(
    r"\b(?:reject\w*|withdr[ae]w\w*|refus\w*|declin\w*|defer\w*|postpon\w*|oppos\w*|object\w*|against|not|never|turn(?:ed)? down|thrown out|dropp?(?:ed)?|scrapp?(?:ed)?|cancel\w*|clos(?:e|ed|ing)|rescind\w*|revers\w*|revok\w*|remov\w*|stop\w*|abandon\w*|no longer)\b",
    re.IGNORECASE,
)
ANY_DEED = re.compile(rf"\bwhether(?: or not)? to (?!{TO}\b)|\bshould (?!be\b)|\b(?:whether|that|if|should)\b[^.?;]{{1,140}}?\b(?:be|been)\s(?:now |also |formally )?(?!{TO}\b)\w+(?:ed|en|wn|t)\b", re.IGNORECASE)
SENTENCES = re.compile(r"(?<=[.!?:])\s+(?=[A-Z\"'*])")
NUMBERS = "no|none|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
VALUE = {word: n for n, word in enumerate(NUMBERS.split("|")[2:])} | {"no": 0, "none": 0}
TALLY = re.compile(
    r"\b(?P<n>\d{1,2}|"
    + NUMBERS
    + r")\b(?:\s(?!and\b)[\w']+){0,4}?\s(?P<what>reject\w*|approv\w*|abst(?:ain\w*|ention\w*)|against|in favour|for|absent|not in attendance|not present)\b"
    r"|\b(?P<what2>Reject\w*|Approv\w*|Abst\w+|Against|For|Absent)\s?[:=-]\s?(?P<n2>\d{1,2})\b",
    re.IGNORECASE,
)


def sentences(blocks: list[Block]) -> list[str]:
    """List the sentences of an item's running text."""
    return [
        sentence
        for block in blocks
        if block.kind in ("paragraph", "reason", "list_item", "post_meeting_update") and not block.rows
        for sentence in SENTENCES.split(plain(block.text))
    ]


def tally(sentence: str) -> dict[str, int]:
    """Give the counts a sentence claims: 'six voted to reject, four to approve'."""
    claimed: dict[str, int] = {}
    for found in TALLY.finditer(sentence[:2000]):
        what = (found.group("what") or found.group("what2")).lower()
        number = (found.group("n") or found.group("n2")).lower()
        choice = (
            "reject"
            if what.startswith(("reject", "against"))
            else "abstain"
            if what.startswith("abst")
            else "absent"
            if what.startswith(("absent", "not "))
            else "approve"
        )
        claimed.setdefault(choice, int(number) if number.isdigit() else VALUE[number])
    return claimed


def under(item: Item) -> str:
    """Say where in the minutes something stands."""
    return f"under item {item.number}" if item.number else f"under '{item.title}'"


def put_the_question(vote: Vote, before: list[Block], item: Item, decisions: list[Decision], warnings: list[str]) -> list[str]:
    """Find what was voted on: from the question as put, else the item's title, else its only decision; give all that may be the question."""
    texts = sentences(before) + [plain(block.text) for block in before if block.kind == "subheading"]
    asked = [text for text in sentences(before) if QUESTION.search(text)]
    vote.wording = next((text for text in reversed(asked) if named(text) or SHOULD_BE.search(text)), asked[-1] if asked else None)
    for text in [vote.wording or "", *reversed(texts), item.title]:
        if one := _the_one(text):
            vote.on, vote.version = one.cr, one.version
            break
        if text == vote.wording and (document := SHOULD_BE.search(text)):
            vote.on, vote.version = document.group("name"), version_number(document.group("version"))
            break
    settled = [
        (outcome.cr, outcome.version)
        for decision in decisions
        if (decision.item_number, decision.item_title) == (item.number, item.title)
        for outcome in decision.crs
    ]
    if vote.on is None and len({cr for cr, _ in settled}) == 1:
        vote.on = settled[0][0]
    place = under(item)
    if vote.on is None:
        warnings.append(f"What the vote {place} was on cannot be read from the question or the title.")
    elif vote.version is None:
        _version_from_the_item(vote, settled, texts, place, warnings)
    last = [text for text in sentences(before) if QUESTION.search(text) or ASKED.search(text)][-1:]
    headings = [text for text in (plain(block.text) for block in before[-6:] if block.kind == "subheading") if named(text) or QUESTION.search(text)][-1:]
    captions = [plain(block.text) for block in before[-1:] if not block.rows and plain(block.text).endswith(":")]
    last += [text for text in [*headings, *captions] if text not in last]
    return list(dict.fromkeys([*([vote.wording] if vote.wording else []), *(last or [item.title])]))


def put_the_other_way(asked: list[str]) -> str | None:
    """Give the question that is not plainly whether to approve: to reject or withdraw, or of no shape that is known."""
    return next((text for text in asked if not _asks_to_approve(_without_brackets(text))), None)


def _asks_to_approve(text: str) -> bool:
    """Say whether a question asks for approval, as far as it says what it asks."""
    text = EITHER.sub("approved", text[:1000])
    if TO_APPROVE.search(text):
        return not re.search(r"\b(?:in|by|for) (?:reject|withdraw|refus|defer|declin)ing\b", text, re.IGNORECASE)
    return not OTHERWISE.search(text) and not ANY_DEED.search(text)


def _without_brackets(text: str) -> str:
    """Give a question without what stands in brackets or quotes: titles."""
    return re.sub(r"\([^()]*\)|\"[^\"]*\"", " ", without_titles(text))


def _version_from_the_item(
    vote: Vote, settled: list[tuple[str, str | None]], texts: list[str], place: str, warnings: list[str]
) -> None:
    """Take the version from the decision of the same item, and say so."""
    versions = {version for cr, version in settled if cr == vote.on and version}
    if len(versions) == 1:
        vote.version = versions.pop()
        warnings.append(
            f"The question put to the vote {place} names no version of {vote.on}; version {vote.version} is taken from the decision of the same item."
        )
        return
    versions = {mention.version for text in texts for mention in named(text) if mention.cr == vote.on and mention.version}
    if len(versions) == 1:
        vote.version = versions.pop()


def named(text: str) -> list[Mention]:
    """List the Change Requests and design documents a text names, titles in brackets left out."""
    text = without_titles(text)
    found = sorted([*change_requests(text), *design_documents(text)], key=lambda mention: mention.start)
    if len(found) == 1 and found[0].version is None and found[0].cr.startswith("DES"):
        versions = {version_number(match.group("version")) for match in ANY_VERSION.finditer(text)}
        if len(versions) == 1:
            return [Mention(found[0].cr, versions.pop(), found[0].start, found[0].end)]
    return found


def _the_one(text: str) -> Mention | None:
    """Give the one thing a question is about: the first it names after 'whether', unless it names a list."""
    text = without_titles(text)
    put = PUT.search(text)
    mentions = [mention for mention in named(text) if not put or mention.start >= put.start()] or named(text)
    if not mentions:
        return None
    if len({mention.cr for mention in mentions}) == 1:
        return next((mention for mention in mentions if mention.version), mentions[0])
    if put and not re.match(r"^\s{0,2}(?:,|&|and)\s{0,2}(?:CR)?\s?\d", text[mentions[0].end :]):
        return mentions[0]
    return None
