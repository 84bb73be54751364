"""Reads by when an action is due: the one day that still stands, or none where what is printed names no day."""

from __future__ import annotations

import re
from datetime import date

from .dates import in_words, printed_dates
from .document import plain

NO_DATE = re.compile(
    r"^(?:asap|tbc|tbd|ongoing|on-?going|n/?a|closed|complete|as soon as possible|to be confirmed|next \w+|none|-)$",
    re.IGNORECASE,
)
STRUCK = re.compile(r"~~.{1,200}?~~")
WAS = re.compile(r"[(,;\s]*\b(?:was|were|previously|formerly|originally|original date|instead of|not|no longer|superseding|(?:moved|extended|changed|revised|postponed|slipped|brought forward) from)\b.*$", re.IGNORECASE | re.DOTALL)
NO_ONE_DAY = re.compile(
    r"\b(?:w/?c|w/?e|w/b|weeks?|working|days?|months?|after|before|within|following|prior|around|approx\w*|circa|c\.|early|mid|late|end of|beginning|tb[cd]|to be confirmed|to be agreed|provisional\w*|proposed|subject to|if|either|or"
    r"|closed|complete[d]?|done|withdrawn|between|from|earliest|since)\b|\?",
    re.IGNORECASE,
)


def due_on(printed: str) -> tuple[date | None, str]:
    """Give the day an action is due, and what is doubtful about it."""
    text = plain(printed)
    if not text or NO_DATE.match(text):
        return None, ""
    standing = WAS.sub("", STRUCK.sub(" ", text)).strip(" ,;()")
    days = [found.day for found in printed_dates(standing) if found.day]
    if NO_ONE_DAY.search(standing) or not days:
        known = any(found.day is None for found in printed_dates(text))  # no such day: said elsewhere
        return None, "" if known else f"is printed as '{text}', which is no date that can be read"
    if len(days) == 1 and standing == text.strip(" ,;()"):
        return days[0], ""
    if days[-1] != max(days):
        return None, f"is printed as '{text}', of which no one date can be told to stand"
    return days[-1], f"is printed as '{text}': {in_words(days[-1])} is taken to stand"


def is_due(text: str) -> bool:
    """Say whether a cell by itself says by when something is due."""
    if NO_DATE.match(text) or re.match(r"^(?:tb[cd]|w/?c|week commencing|~~|\d{1,2} (?:working )?(?:days|weeks))\b", text, re.IGNORECASE):
        return len(text) < 60
    return bool(any(found.day for found in printed_dates(text)) and len(text) < 28)
