"""Counts of votes, and of who was represented, as somebody typed them in the words of a minute. Plain reading; what they should be is on the roll."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from decisions.models import Choice
from decisions.sentences import NUMBERS

M = rf"(\d{{1,2}}|{'|'.join(NUMBERS)})(?![\w%/]|[.,:]\d)"
N = rf"(?<![\w.,:/£-]){M}"  # no version, no date, no hour, no amount
OF = rf"(?: (?:out )?of (?:the |all )?(?:\d{{1,2}}|{'|'.join(NUMBERS)}))"
WHO = r"(?: (?:(?:voting )?(?:seats?|members?|representatives?|constituenc(?:y|ies)|votes?)))"
SIDE = r"(approv\w+|in favour|reject\w+|against|abstain\w+|abstentions?)"
TO = r"(?: votes?)?(?: ?[-–—] ?| to )"
NO_VOTES = r"(?! (?:(?:working )?(?:days?|weeks?|months?|years?|hours?|minutes?)|per cent|points?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*)\b)"
SIDES = {"approv": Choice.APPROVE, "in fav": Choice.APPROVE, "reject": Choice.REJECT, "agains": Choice.REJECT, "abstai": Choice.ABSTAIN, "absten": Choice.ABSTAIN}
CARRIED, LOST = (Choice.APPROVE, Choice.REJECT), (Choice.REJECT, Choice.APPROVE)

DIVIDED = re.compile(rf"\b(approved|carried|agreed|rejected|lost|defeated)(?: by)? {N}{TO}{M}{NO_VOTES}", re.IGNORECASE)  # "approved 6-4", "rejected by six votes to four"
EITHER = re.compile(rf"{N} votes? to {M}{NO_VOTES}|\b(?:vot\w+|advis\w+|divided|split|favour\w*)\b[^.;:\n]{{0,60}}? (?:by )?{N}{TO}{M}{NO_VOTES}", re.IGNORECASE)  # of which side is which
NUMBERED = re.compile(rf"{N}{OF}?{WHO}?(?: (?:voted|advised|were))?(?: to)? {SIDE}\b", re.IGNORECASE)  # "11 of 13 approved", "six seats voted to reject"
NUMBERED_BY = re.compile(rf"\b(approved|rejected|supported|opposed)(?: only)? by {N}(?:{OF}{WHO}?|{WHO})(?!\w)", re.IGNORECASE)  # "approved by 11 of 13 representatives"
THERE = re.compile(
    rf"{N} (?:out )?of (?:the |all )?{N}{WHO}?(?: (?:was|were|are|is))? (?:represented|present|in attendance)\b", re.IGNORECASE
)  # fmt: skip


class Count(NamedTuple):
    """What stands there, and how many it says there are of each side. If it does not say which side is which, `sides` has them as (more, fewer)."""

    words: str
    sides: dict[Choice, int]
    either: tuple[int, int] | None = None


def counts_in(text: str) -> Iterator[Count]:
    """In the order in which they stand; of what can be read in two ways, the one that says more."""
    found = [(each, _read(each)) for pattern in (DIVIDED, NUMBERED_BY, NUMBERED, EITHER) for each in pattern.finditer(text)]
    taken: list[tuple[int, int]] = []
    kept = []
    for each, count in found:
        if not any(each.start() < end and start < each.end() for start, end in taken):
            taken.append(each.span())
            kept.append((each.start(), count))
    yield from (count for _, count in sorted(kept, key=lambda told: told[0]))


def represented_in(text: str) -> Iterator[tuple[str, int, int]]:
    """ "10 of 13 represented": the words, and the two numbers."""
    for each in THERE.finditer(text):
        yield each[0], _number(each[1]), _number(each[2])


def _read(found: re.Match) -> Count:
    said = [each for each in found.groups() if each]
    numbers = [_number(each) for each in said if _is_number(each)]
    if found.re is EITHER:
        return Count(found[0], {}, (max(numbers), min(numbers)))
    words = next(each.lower() for each in said if not _is_number(each))
    if found.re is DIVIDED:
        return Count(found[0], dict(zip(LOST if words in ("rejected", "lost", "defeated") else CARRIED, numbers, strict=True)))
    side = {"suppor": Choice.APPROVE, "oppose": Choice.REJECT, **SIDES}[words[:6]]
    return Count(found[0], {side: numbers[0]})


def _is_number(said: str) -> bool:
    return said.isdigit() or said.lower() in NUMBERS


def _number(said: str) -> int:
    return int(said) if said.isdigit() else NUMBERS.index(said.lower())
