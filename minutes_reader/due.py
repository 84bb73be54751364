"""Reads by when an action is due: the one day that still stands, from words whose whole shape is known, or no day and a doubt."""

from __future__ import annotations

import re
from datetime import date

from .dates import FORMS, in_words, printed_dates
from .document import plain

NO_DATE = re.compile(
    r"^(?:asap|tbc|tbd|ongoing|on-?going|n/?a|closed|complete|as soon as possible|to be confirmed|next (?:meeting|dag|month|week|group|session)|none|-)$",
    re.IGNORECASE,
)
STRUCK = re.compile(r"~~.{1,200}?~~")
DAY = r"⟦\d+⟧"
BY = r"(?:(?:by|on|due|due by|due on|due date|no later than|not later than|on or before|by no later than|deadline|by the end of|by end of day|by eod|by cob|by close of business|cob|eod)(?: on)?:? )?"
CLOSE = r"(?:,? \(?(?:eod|cob|close of business|end of day|noon|midday|by noon|by close of business|\d{1,2}(?::\d{2}|[ap]m))\)?)?"
EARLIER = r"(?:was|were|previously|formerly|originally|original date|originally due|instead of|superseding|replaces|replacing|(?:moved|extended|changed|revised|postponed|slipped|deferred|brought forward) from)(?: on| by)?:?"
LATER = r"(?:now|new date|revised|revised to|moved to|extended to|changed to|postponed to|slipped to|deferred to|brought forward to|now due|now by|→|->)(?: on| by)?:?"
PARTS = r"[\s,;(/–-]*"
ONE = re.compile(rf"{BY}(?P<day>{DAY}){CLOSE}\.?", re.IGNORECASE)
MOVED_FROM = re.compile(rf"{BY}(?P<day>{DAY}){CLOSE}{PARTS}\b{EARLIER} {DAY}(?:{PARTS}(?:and |then )?{DAY})*\W*", re.IGNORECASE)
MOVED_TO = re.compile(rf"{BY}{DAY}{CLOSE}(?:{PARTS}{LATER} {DAY})*{PARTS}(?:{LATER}) (?P<day>{DAY}){CLOSE}\W*", re.IGNORECASE)
SEVERAL = re.compile(rf"{BY}{DAY}(?:{PARTS}{DAY})*{PARTS}(?P<day>{DAY})\W*", re.IGNORECASE)


def due_on(printed: str) -> tuple[date | None, str]:
    """Give the day an action is due, and what is doubtful about it."""
    text = plain(printed)
    if not text or NO_DATE.match(text):
        return None, ""
    live = STRUCK.sub(" ", text)
    days = [found.day for found in printed_dates(live)]
    marked = _marked(live)
    if (one := ONE.fullmatch(marked)) and len(days) == 1:
        day = _day(one, days)
        return day, "" if live == text or day is None else f"is printed as '{text}': {in_words(day)} is taken to stand"
    moved = MOVED_FROM.fullmatch(marked) or MOVED_TO.fullmatch(marked)
    day = _day(moved, days) if moved else None
    if not moved and (several := SEVERAL.fullmatch(marked)):
        day = _day(several, days)
        if day != max((each for each in days if each), default=None):
            return None, f"is printed as '{text}', of which no one date can be told to stand"
    if day:
        return day, f"is printed as '{text}': {in_words(day)} is taken to stand"
    known = any(found.day is None for found in printed_dates(text))  # no such day: said elsewhere
    return None, "" if known else f"is printed as '{text}', which is no date that can be read"


def is_due(text: str) -> bool:
    """Say whether a cell by itself says by when something is due."""
    if NO_DATE.match(text) or re.match(r"^(?:tb[cd]|w/?c|week commencing|~~|\d{1,2} (?:working )?(?:days|weeks))\b", text, re.IGNORECASE):
        return len(text) < 60
    return bool(any(found.day for found in printed_dates(text)) and len(text) < 28)


def _marked(text: str) -> str:
    """Put a mark for each day of a text, so that only the words about them are left."""
    counted = iter(range(len(text)))
    return " ".join(FORMS.sub(lambda found: f" ⟦{next(counted)}⟧ ", text).split()).replace("( ", "(").replace(" )", ")").replace("⟧ ,", "⟧,").replace("⟧ .", "⟧.").strip(" ,;")


def _day(found: re.Match, days: list[date | None]) -> date | None:
    """Give the day that a mark stands for."""
    return days[int(found.group("day").strip("⟦⟧"))]
