"""Says why a document cannot be read as published minutes, in words that help whoever offered it."""

from __future__ import annotations

import re

from .document import plain
from .header import title_lines
from .result import Header
from .sections import Section

LOOKED_FOR = (
    "Looked for: a title naming minutes or a headline report, a group and meeting number such as DAG026, the date of the meeting, "
    "and sections such as Attendees, Actions, Decisions or numbered minutes."
)
OTHER_PAPERS = (
    (re.compile(r"\bagenda\b", re.IGNORECASE), "it appears to be an agenda"),
    (re.compile(r"\bterms of reference\b", re.IGNORECASE), "it appears to be terms of reference"),
    (re.compile(r"^(?:%PDF|PK\x03\x04|\x89PNG|\xff\xd8|GIF8|\xd0\xcf)"), "it is a binary file; save it as text first"),
)
LARGEST = 5_000_000
MOST_LINES = 30_000


def refuse_unread(text: str) -> str | None:
    """Refuse what is no text at all, before reading it."""
    if not text.strip():
        return "The file is empty. " + LOOKED_FOR
    if len(text) > LARGEST:
        return f"The file is larger than {LARGEST // 1_000_000} million characters, which no minutes are. " + LOOKED_FOR
    if text.count("\n") + text.count("\r") + text.count("\f") > MOST_LINES:
        return f"The file has more than {MOST_LINES:,} lines, which no minutes have. " + LOOKED_FOR
    sample = text[:20000]
    if re.match(r"^(?:%PDF|PK\x03\x04|\ufeff?\x89PNG|GIF8)", sample) or sample.count("\x00") + sample.count("\ufffd") > max(
        4, len(sample) // 50
    ):
        return "The file is binary, not text: convert it to .txt or Markdown first. " + LOOKED_FOR
    if re.match(r"^\s*(?:<!doctype html|<html\b|<\?xml)", sample, re.IGNORECASE):
        return "The file is a web page, not text: save the minutes as .txt or Markdown first. " + LOOKED_FOR
    if re.match(r"^\s*[{\[]\s*[\"{\[\d]", sample) and text.rstrip().endswith(("}", "]")):
        return "The file is JSON data, not minutes. " + LOOKED_FOR
    return None


def refuse_foreign(header: Header, sections: list[Section], lines: list[str]) -> str | None:
    """Refuse a document that is not minutes or a headline report of a group, naming what is missing."""
    missing = []
    if header.doc_type is None:
        missing.append("a title naming minutes or a headline report")
    if header.meeting_no is None:
        missing.append("a meeting number")
    if header.group is None:
        missing.append("the group's abbreviation")
    if header.date is None:
        missing.append("the date of the meeting")
    names = {section.name for section in sections if any(line.strip() for line in section.lines)} - {"header", "next"}
    if not names:
        missing.append("any section of attendees, actions, decisions or minutes")
    essential = header.doc_type is None or header.group is None or not names
    if essential or (header.meeting_no is None and header.date is None):
        return f"This is not a format the reader knows{_likely(lines)}: it lacks {_listed(missing)}. {LOOKED_FOR}"
    return None


def _likely(lines: list[str]) -> str:
    """Say what other kind of paper a document appears to be."""
    top = " ".join(plain(line.strip("# ")) for line in [line for line in lines if line.strip()][:6])[:600]
    guess = next((words for pattern, words in OTHER_PAPERS if pattern.search(top)), None)
    if (
        guess is None
        and sum(line.strip() == "---" or line.startswith("# ") for line in lines[:400]) >= 5
        and not title_lines(lines)
    ):
        guess = "it appears to be slides"
    return f" ({guess})" if guess else ""


def _listed(parts: list[str]) -> str:
    """Join parts as English does."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
