"""Reads by when an action is due: the one day that still stands, from words whose whole shape is known, or no day and a doubt."""

from __future__ import annotations

import re
from datetime import date

from .dates import FORMS, MONTH, WEEKDAY, WEEKDAYS, in_words, month_of, printed_dates
from .document import plain
from .result import Action, Header

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
# "Friday 12 April", "12-Apr", "April 12th"; not "April 12" or "12/04", which may be a month and a year
YEARLESS = re.compile(rf"{BY}{WEEKDAY}(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:-|\s(?:of\s)?)(?P<month>{MONTH})|(?P<american>{MONTH})\s(?P<date>\d{{1,2}})(?:st|nd|rd|th)){CLOSE}\.?", re.IGNORECASE)
ELEVEN_MONTHS = 334  # days: a day further ahead may as well be one that has just been


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


def give_years(actions: list[Action], header: Header) -> None:
    """Read "by 12 April" of an action that this meeting raised as the next 12 April: nothing is due before it is asked for.

    Of one that is carried it may be the last as well. Nor is a year given where another action is new and has a day before the meeting,
    struck or moved, since then its column does not tell of days to come alone; or where the paper was issued before its meeting.
    """
    held, new = header.date, [action for action in actions if action.new and action.ref]
    if held is None or (header.issue_date and header.issue_date < held):
        return
    if any(found.day and found.day < held for action in new for found in printed_dates(action.due_text or "")):
        return
    for action in new:
        if action.due is None:
            day = _next(plain(action.due_text or ""), held)
            action.due = day if day and not _has_another_year(action, day) else None


def _has_another_year(action: Action, day: date) -> bool:
    """Say whether the action's own words print that day with another year."""
    told = [found.day for text in (action.text, action.table_text, action.body_text) for found in printed_dates(text or "")]
    return any(each and (each.month, each.day) == (day.month, day.day) and each.year != day.year for each in told)


def _next(text: str, held: date) -> date | None:
    """Give the one day from a meeting on that is meant, if it is known and less than a year ahead."""
    found = YEARLESS.fullmatch(text)
    if not found:
        return None
    month, day = month_of(found["month"] or found["american"]), int(found["day"] or found["date"])
    try:
        ahead = date(held.year + ((month, day) < (held.month, held.day)), month, day)
    except ValueError:
        return None
    weekday_right = not found[1] or WEEKDAYS[ahead.weekday()].startswith(found[1][:3].lower())
    return ahead if weekday_right and (ahead - held).days <= ELEVEN_MONTHS else None


def doubt_about(action: Action) -> str:
    """Say what is doubtful about the day on which an action is due."""
    day, doubt = due_on(action.due_text or "")
    if action.due and day is None:
        return f"is printed as '{plain(action.due_text or '')}', without a year: {in_words(action.due)} is taken to stand"
    return doubt


def is_due(text: str) -> bool:
    """Say whether a cell by itself says by when something is due."""
    if NO_DATE.match(text) or YEARLESS.fullmatch(plain(text)) or re.match(r"^(?:tb[cd]|w/?c|week commencing|~~|\d{1,2} (?:working )?(?:days|weeks))\b", text, re.IGNORECASE):
        return len(text) < 60
    return bool(any(found.day for found in printed_dates(text)) and len(text) < 28)


def _marked(text: str) -> str:
    """Put a mark for each day of a text, so that only the words about them are left."""
    counted = iter(range(len(text)))
    return " ".join(FORMS.sub(lambda found: f" ⟦{next(counted)}⟧ ", text).split()).replace("( ", "(").replace(" )", ")").replace("⟧ ,", "⟧,").replace("⟧ .", "⟧.").strip(" ,;")


def _day(found: re.Match, days: list[date | None]) -> date | None:
    """Give the day that a mark stands for."""
    return days[int(found.group("day").strip("⟦⟧"))]
