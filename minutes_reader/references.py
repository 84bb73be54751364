"""Finds the references of the domain in a text: Change Requests, design documents, decisions, actions, versions."""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMBER_WORDS = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
}
VERSION = r"(?:,?\s{0,2}\(?\s{0,2}(?:v|version|ver)\.?\s{0,2}(?P<version>\d{1,3}(?:\.\d{1,3}){0,3}|one|two|three|four|five)\b\)?)"
HEAD = re.compile(
    r"(?<![\w-])(?:CRs?|Change Requests?)(?:\s{0,2}(?:no\.?|number|#)?\s{0,2}|-)(?P<number>\d{1,4})(?![\d/])" + VERSION + "?",
    re.IGNORECASE,
)
NEXT = re.compile(
    r"\s{0,2}(?:,\s{0,2}(?:and|&)|,|&|and|/|or|;|(?P<range>to|through|until|-|–|—))\s{0,2}(?:(?:CR|Change Request)[\s-]{0,2}(?P<number>\d{1,4})|(?P<bare>\d{3}))(?![\d/])"
    + VERSION
    + "?",
    re.IGNORECASE,
)
MOST_IN_A_RANGE = 50
DESIGN = re.compile(r"(?<![\w-])DES[\s-]{0,2}(?P<number>\d{2,4})(?!\d)" + VERSION + "?")
ANY_VERSION = re.compile(
    r"(?<![\w.])(?:v|version|ver)\.?\s{0,2}(?P<version>\d{1,3}(?:\.\d{1,3}){0,3}|one|two|three|four|five)\b", re.IGNORECASE
)
VERSION_OF = re.compile(r"(?<![\w.])(?:v|version)\.?\s{0,2}(?P<version>\d{1,3}(?:\.\d{1,3}){0,3}) of (?:the )?$", re.IGNORECASE)
DECISION_REF = re.compile(r"(?<![\w-])(?:(?P<group>[A-Za-z]{2,8})\s?[-–—]\s?)?DEC\s?[-–—]?\s?(?P<number>\d{1,4})(?!\d)")
ACTION_REF = re.compile(
    r"(?<![\w-])(?P<group>e?[A-Z][A-Za-z]{1,7}?)\s?(?P<meeting>\d{1,3}(?:\.\d{1,2})?)(?P<extra>e?)\s?[-–—]\s?(?P<number>\d{1,3})(?!\d|/|:\d)"
)


@dataclass(frozen=True)
class Mention:
    """One Change Request as a text names it."""

    cr: str
    version: str | None
    start: int
    end: int


def change_requests(text: str) -> list[Mention]:
    """List the Change Requests a text names, each item of 'CR024 & 025' or 'CRs 017 and 018' by itself."""
    found = []
    place = 0
    while head := HEAD.search(text, place):
        before = VERSION_OF.search(text[max(0, head.start() - 24) : head.start()])
        found.append(_mention(head, head.group("number"), before.group("version") if before else None))
        place = head.end()
        while follower := NEXT.match(text, place):
            number = follower.group("number") or follower.group("bare")
            found += [_mention(follower, str(between)) for between in _between(found[-1], number)] if follower.group("range") else []
            found.append(_mention(follower, number))
            place = follower.end()
    return found


def _between(first: Mention, last: str) -> range:
    """Number what stands unwritten between the ends of 'CR035 to CR038'."""
    low, high = int(first.cr[2:]) + 1, int(last)
    return range(low, high) if high - low < MOST_IN_A_RANGE else range(0)


def design_documents(text: str) -> list[Mention]:
    """List the numbered design documents a text names: DES-196 is DES196."""
    return [
        Mention(f"DES{m.group('number')}", version_number(m.group("version")), m.start(), m.end()) for m in DESIGN.finditer(text)
    ]


def version_number(printed: str | None) -> str | None:
    """Give a version without its letters: 'v1.8' is 1.8, 'version one' is 1.0."""
    if printed is None:
        return None
    word = NUMBER_WORDS.get(printed.lower())
    return f"{word}.0" if word else printed


def written_decision_ref(match: re.Match, group: str | None) -> str:
    """Write a decision reference in its one form; one printed without its group is the document's own."""
    owner = match.group("group") or group
    return f"{owner}-DEC{int(match.group('number')):02d}" if owner else f"DEC{int(match.group('number')):02d}"


def written_action_ref(match: re.Match) -> str:
    """Write an action reference in its one form."""
    return f"{match.group('group')}{match.group('meeting')}{match.group('extra')}-{int(match.group('number')):02d}"


def same_meeting(ref: str, group: str | None, meeting_no: str | None) -> bool:
    """Say whether an action reference was given at this meeting: DAG26-01 and DAG026-01 both at DAG026."""
    match = ACTION_REF.match(ref)
    if not match or not meeting_no:
        return False
    return match.group("meeting").lstrip("0") == meeting_no and (
        not group or match.group("group").lstrip("e").casefold() == group.casefold()
    )


def _mention(match: re.Match, number: str, stated: str | None = None) -> Mention:
    """Make a mention; Change Requests are numbered in three digits."""
    return Mention(f"CR{int(number):03d}", version_number(match.group("version") or stated), match.start(), match.end())
