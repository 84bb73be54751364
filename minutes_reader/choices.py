"""Reads what one cell of a roll says: a choice, one that was changed for another, or two things that nobody may choose between."""

from __future__ import annotations

import re

from .document import fold

UNCLEAR = "unclear"
WORDS = (
    ("vacant", re.compile(r"^(?:(?:the )?(?:seat |constituency |position )?(?:is |was |currently )?vacant|no representative (?:appointed|in post)|vacancy)\b")),
    (
        "absent",
        re.compile(
            r"^(?:(?:constituency )?(?:representative |rep |member )?(?:was |were |is )?(?:not in attendance|not present|absent|not represented|not attending|not available|unavailable)"
            r"|did not attend|no (?:representative|attendance|response(?: received)?|vote (?:received|cast))|non attendance|apologies|did not (?:vote|respond))\b"
        ),
    ),
    (
        "reject",
        re.compile(
            r"^(?:reject(?:s|ed|ion)?|against|object(?:s|ed)?|oppose[ds]?|disagree[ds]?|not approved?|do(?:es)? not (?:approve|support)|did not (?:approve|support)|no)\b"
        ),
    ),
    ("abstain", re.compile(r"^(?:abstain(?:s|ed)?|abstention)\b")),
    ("approve", re.compile(r"^(?:approve[ds]?|approval|for|in favour|support(?:s|ed)?|accept(?:s|ed)?|agree[ds]?|yes)\b")),
)
STRUCK = re.compile(r"~~(.{1,200}?)~~")
CHOICE = r"(?:approve[sd]?|approving|reject(?:s|ed|ing)?|abstain(?:s|ed|ing)?|supports?|supported|opposes?|opposed)"
MOVED = r"(?:changed|switched|amended|revised|moved|altered|corrected)"
CHANGES = (  # each ends in the choice that counts
    re.compile(rf"\b{MOVED}\b(?: \w+){{0,4}}? to (?:an? )?(?P<final>{CHOICE})\b"),
    re.compile(rf"^(?P<final>{CHOICE})\b(?: \w+){{0,3}}? {MOVED}(?: \w+){{0,2}}? from (?:an? )?{CHOICE}\b(?!.*\bto )"),
    re.compile(rf"\b(?:now|instead|finally|then|subsequently|in the end) (?:(?:voted|votes|votes to|voted to|to|an?) )?(?P<final>{CHOICE})\b"),
    re.compile(rf"^(?P<final>{CHOICE})(?: vote)? (?:was|previously|originally|initially|formerly|first|instead of|not|having (?:first|initially|originally)) (?:(?:voted|to) )*{CHOICE}\b"),
)
TAKEN_BACK = re.compile(
    rf"\b(?:{MOVED}|withdr[ae]w\w*|retracted|void|struck|invalid|not counted|disregarded|discounted|originally|initially|previously|formerly|now|instead|provisional(?:ly)?|later|unclear|illegible"
    r"|pending|to be confirmed|tbc|not yet|would|conflict(?:ed)?|interest)\b"
)
OF_ANOTHER = re.compile(r"^(?:agree[ds]?|concur\w*|support(?:s|ed)?|accept(?:s|ed)?) (?:with|as)\b")
OF_A_CHOICE = re.compile(r"^(?P<one>agree[ds]?|accept(?:s|ed)?|support(?:s|ed)?|in favour|yes|against|opposed?s?|object(?:s|ed)?|not?)(?: (?:to|of|the|for|a|that|it|be|should))* (?P<other>approv|reject|abst|defer)")


def choice_in_words(cell: str, letters: dict[str, str]) -> str | None:
    """Give the choice a cell's first words make; verbs further on are comment and change nothing."""
    if cell.strip(" .()").upper() in letters:
        return letters[cell.strip(" .()").upper()]
    words = fold(cell)
    if words in ("no", "for"):
        return "reject" if words == "no" else "approve"
    for choice, pattern in WORDS:
        if (found := pattern.match(words)) and found.group(0) not in ("no", "for"):
            return choice
    return None


def choice_said(cell: str, letters: dict[str, str]) -> tuple[str | None, bool]:
    """Give the choice of a whole cell, and whether it took the place of another; "unclear" where it says two things."""
    live = STRUCK.sub(" ", cell).strip(" ,;-")
    struck = live != cell.strip(" ,;-")
    first, words = choice_in_words(live, letters), fold(live)
    changed = _changed_to(words)
    if changed:
        return changed, True
    if first is None:
        return (UNCLEAR if words and re.search(rf"\b{CHOICE}\b", words) else None), struck
    if _says_two_things(first, live, words):
        return UNCLEAR, struck
    return first, struck


def _changed_to(words: str) -> str | None:
    """Give the choice that a cell says took the place of another; "unclear" where it cannot be told which did."""
    final = {choice_of(found.group("final")) for pattern in CHANGES if (found := pattern.search(words))}
    named = {choice_of(found) for found in re.findall(rf"\b{CHOICE}\b", words)}
    if not final or len(named) < 2 or not re.match(rf"(?:\w+ ){{0,3}}?{CHOICE}\b", words):
        return None
    return final.pop() if len(final) == 1 and len(named) == 2 else UNCLEAR


def choice_of(word: str) -> str:
    """Name the choice a word makes."""
    return "reject" if word.startswith(("reject", "oppos")) else "abstain" if word.startswith("abst") else "approve"


def _says_two_things(first: str, cell: str, words: str) -> bool:
    """Say whether a cell that begins with a choice takes it back, gives another, or only speaks of somebody else's."""
    if OF_ANOTHER.match(words) or ((put := OF_A_CHOICE.match(words)) and not _agrees(put)):
        return True
    rest = re.split(r"[,;:()/|.]|\s[-–—]\s|\bthen\b|\bbut\b|->|→", cell)
    parts = [fold(part) for part in rest[1:] if part.strip()]
    if any(TAKEN_BACK.match(part) or re.fullmatch(rf"(?:\w+ )?{CHOICE}(?: \w+)?", part) for part in parts):
        return any(TAKEN_BACK.match(part) or choice_of(part.split()[0] if re.match(CHOICE, part) else part.split()[-1]) != first for part in parts)
    named = {choice_of(found) for found in re.findall(rf"\b{CHOICE}\b", words)}
    if first in ("absent", "vacant"):
        return bool(named)
    return bool(re.search(rf"^{CHOICE}\b(?: \w+){{0,2}} {TAKEN_BACK.pattern}", words)) and not re.search(r"\bsubject to\b", words)


def _agrees(put: re.Match) -> bool:
    """Say whether two words of choosing say the same: 'agree to approve', 'against'."""
    return put.group("other") == "approv" and put.group("one").startswith(("agree", "accept", "support", "in favour", "yes"))
