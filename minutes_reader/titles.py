"""Takes the titles of documents out of a sentence, so that a word in a title is never read as an outcome."""

from __future__ import annotations

import re

QUOTED = re.compile(r"\"[^\"]{1,200}\"|(?<!\w)'[^'\n]{3,200}'(?!\w)")
VERSION_ONLY = re.compile(r"^\s*(?:v|version|ver)\.?\s*[\w.]+\s*$", re.IGNORECASE)
DASHED = re.compile(
    r"(?P<cr>\bCR[\s-]?\d{2,4}(?:,?\s\(?v(?:ersion)?\.?\s?\d[\d.]*\)?)?)\s?(?:\s[-–—]\s|:\s)(?P<title>(?!CRs?[\s-]?\d|\w+\s?(?:[.;,(]|$)|(?:Not|But|Subject to|Except|Unless|Provided|Pending|However|In principle)\b)[A-Z](?:(?!\b(?:and|was|were|is|has|be|subject|to Impact|for Impact)\b)[^.,;:]){2,120})"
)


SAYING_MORE = re.compile(r"\s*\((?=[a-z]{2,}\b(?<!version)(?<!ver)[\s,)]|(?i:subject to|conditional|provided|not|but|except|excluding|unless|pending|in principle|provisional)\b)(?P<more>[^()]{2,300})\)")


def opened_up(text: str) -> str:
    """Take the brackets off what says more of a decision, so that it is not left out as a title is: 'approved CR018 (subject to …)'."""
    return SAYING_MORE.sub(r", \g<more>", text)


def without_titles(text: str) -> str:
    """Give a sentence less what stands in brackets, in quotation marks, or as a title after a dash."""
    return DASHED.sub(lambda found: found.group("cr") + " ", QUOTED.sub(" ", _without_brackets(text[:6000])))


def _without_brackets(text: str) -> str:
    """Drop what is in brackets, however deep, unless it is only a version."""
    kept: list[str] = []
    depth = opened = 0
    for place, character in enumerate(text):
        if character == "(":
            depth += 1
            if depth == 1:
                opened = place
        elif character == ")" and depth:
            depth -= 1
            if depth == 0 and VERSION_ONLY.match(text[opened + 1 : place]):
                kept.append(text[opened : place + 1])
        elif depth == 0:
            kept.append(character)
    if depth:
        kept.append(text[opened:])  # a bracket never closed hides nothing
    return " ".join("".join(kept).split())
