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


def put_the_question(vote: Vote, before: list[Block], item: Item, decisions: list[Decision], warnings: list[str]) -> None:
    """Find what was voted on: from the question as put, else the item's title, else its only decision."""
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
