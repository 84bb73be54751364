"""Takes away what belongs to the printed page and not to the minutes: page numbers, footers, rules, running titles."""

from __future__ import annotations

import re

from .document import fold, plain

# A footer is a line made of nothing but these; one of the first group must be there.
TELLING = re.compile(
    r"\bpage\s{0,2}\d{1,3}(?:\s{0,2}(?:of|/)\s{0,2}\d{1,3})?\b"
    r"|(?:©|\(c\)|\bcopyright\b)[^|\t]{0,60}?\b\d{4}\b"
    r"|(?:©|\bcopyright\b)[^|\t\d]{0,60}$"
    r"|\b[A-Z]{2,8}-DEL-?\d{2,6}\b"
    r"|\ball rights reserved\b"
    r"|^\W{0,3}\d{1,3}\s{0,2}(?:of|/)\s{0,2}\d{1,3}\W{0,3}$",
    re.IGNORECASE,
)
ACCOMPANYING = re.compile(
    r"\b(?:document\s)?classification\b|\bpublic\b|\bversion\b|\bv?\d{1,2}\.\d{1,2}\b|\bv\d{1,2}\b|\bpage\b|\bdraft\b|\bfinal\b"
    r"|\belexon limited\b|\bmhhs programme\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
RULE = re.compile(r"^[\s\-–—_*=~·.]{2,}$")
PAGE_NUMBER = re.compile(r"^\W{0,3}\d{1,3}\W{0,3}$")
CONVERTER_MARK = re.compile(
    r"^\s*(?:\{\d{1,4}\}-{3,}|\[?-{2,}\s?page (?:break|\d{1,4})\s?-{2,}\]?|\[page \d{1,4}\]|\\(?:newpage|pagebreak)"
    r"|!\[[^\]]{0,100}\]\([^)]{0,200}\))\s*$",
    re.IGNORECASE,
)


def without_furniture(lines: list[str]) -> list[str]:
    """Drop the page furniture; a title is kept where it first stands and dropped where a page repeats it."""
    seen: set[str] = set()
    kept = []
    for number, line in enumerate(lines):
        if is_furniture(line):
            # The page turned here: a blank keeps two pages' text apart until the joiner looks at both.
            kept.append("")
            continue
        title = _title(line)
        if title and title in seen:
            kept.append("")
            continue
        if title and number < 40:
            seen.add(title)
        kept.append(line)
    return kept


def is_furniture(line: str) -> bool:
    """Say whether a line is wholly page furniture."""
    if not line or len(line) > 200:
        return False
    if RULE.match(line) or CONVERTER_MARK.match(line):
        return True
    text = plain(line)
    if PAGE_NUMBER.match(text) and "\t" not in line and not re.match(r"^\W*\d{1,2}[.)]\s*$", text):
        return True
    without_telling, found = TELLING.subn(" ", text)
    if not found:
        return False
    return not re.search(r"\w", ACCOMPANYING.sub(" ", without_telling))


def _title(line: str) -> str | None:
    """Give the running title a line may be, folded; titles say what the document is."""
    if len(line) > 160 or "\t" in line:
        return None
    text = fold(line.strip("# "))
    if re.search(r"\b(?:minutes|headline report)\b", text) and not re.match(r"^\d", text) and 3 <= len(text.split()) <= 16:
        return text
    return None
