"""Takes the titles of documents out of a sentence, so that a word in a title is never read as an outcome."""

from __future__ import annotations

import re

from .ends import TURNING, is_calm
from .references import change_requests

QUOTED = re.compile(r"\"[^\"]{1,200}\"|(?<!\w)'[^'\n]{3,200}'(?!\w)")
VERSION_ONLY = re.compile(r"^\s*(?:v|version|ver)\.?\s*[\w.]+\s*$", re.IGNORECASE)
DASHED = re.compile(
    r"(?P<cr>\bCR[\s-]?\d{2,4}(?:,?\s\(?v(?:ersion)?\.?\s?\d[\d.]*\)?)?)\s?(?:\s[-–—]\s|:\s)(?P<title>(?!CRs?[\s-]?\d|\w+\s?(?:[.;,(]|$)|(?:Not|But|Subject to|Except|Unless|Provided|Pending|However|In principle)\b)[A-Z](?:(?!\b(?:and|was|were|is|has|be|subject|to Impact|for Impact)\b)[^.,;:]){2,120})"
)
THINGS = re.compile(r"^(?:\w+\sof\s)?(?:\w+\s)+\w{2,}s$")
BRACKETS = str.maketrans("[]", "()")


def opened_up(text: str) -> str:
    """Take the brackets and the quotation marks off whatever may say more of a decision than a title does: 'approved CR018 (subject to …)'."""
    text = QUOTED.sub(lambda found: found.group(0) if _may_be_a_title(found.group(0)[1:-1]) else f" {found.group(0)[1:-1]} ", text[:6000].translate(BRACKETS))
    return "".join(f", {part[1:-1]} " if part.startswith("(") and not _is_left_out(part[1:-1]) else part for part in _parts(text))


def without_titles(text: str) -> str:
    """Give a sentence less what stands in brackets, in quotation marks, or as a title after a dash."""
    text = "".join(part for part in _parts(text[:6000]) if not part.startswith("(") or VERSION_ONLY.match(part[1:-1]))
    return DASHED.sub(lambda found: found.group("cr") + " " if _may_be_a_title(found.group("title")) else found.group(0), QUOTED.sub(" ", " ".join(text.split())))


def _is_left_out(bracketed: str) -> bool:
    return bool(VERSION_ONLY.match(bracketed)) or _may_be_a_title(bracketed)


def _may_be_a_title(words: str) -> bool:
    """It begins as one, names no Change Request, and holds no word that could say anything of a decision."""
    words = words.strip()
    return bool(re.match(r"[A-Z0-9“\"']", words)) and (is_calm(words) or _is_of_things(words)) and not change_requests(words)


def _is_of_things(words: str) -> bool:
    """Say whether it is in capitals throughout, and of things: 'Approval of Rejected Reads', and not 'Not Approved'."""
    in_capitals = all(word[0].isupper() or len(word) < 4 for word in words.split())
    return in_capitals and not TURNING.search(words) and bool(THINGS.search(words))


def _parts(text: str) -> list[str]:
    """Part a text into what stands in brackets, however deep, and what does not. A bracket never closed hides nothing."""
    parts: list[str] = []
    depth = begun = 0
    for place, character in enumerate(text):
        if character == "(":
            if depth == 0:
                parts.append(text[begun:place])
                begun = place
            depth += 1
        elif character == ")" and depth:
            depth -= 1
            if depth == 0:
                parts.append(text[begun : place + 1])
                begun = place + 1
    rest = text[begun:]
    return [*parts, f" {rest}" if depth else rest]
