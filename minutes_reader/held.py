"""Reads when a meeting was held: the first day and time of one that was adjourned, the last of one that was moved; London's clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from .dates import FORMS, MONTH, SPAN, first_date, in_words, printed_dates, times

LONDON = ZoneInfo("Europe/London")
STRUCK = re.compile(r"~~.{1,200}?~~")
SHIFTED = r"(?:postponed|moved|re-?scheduled|rearranged|re-?arranged|changed|put back|brought forward|deferred|now)"
MOVED_TO = re.compile(rf"\b{SHIFTED}\b(?:\sfrom\s.{{3,60}}?)?\s(?:to|for|on|until)\b\s?|(?<=[\w)])[,;\s–—-]+(?:but |and |then |actually |instead |eventually )*(?:re)?held (?:instead )?on\b\s?", re.IGNORECASE)
MOVED_FROM = re.compile(rf"[(,;\s]*\b(?:originally|previously|formerly|instead of|in place of|was|{SHIFTED} from|not)\b.*$", re.IGNORECASE | re.DOTALL)
BROKEN_OFF = re.compile(r"[(,;\s–—-]*\b(?:(?:adjourn|resum|reconven|suspend|continu|abandon|cancel|inquorate|halt|stopp)\w*|not (?:held|quorate)|ended early|cut short|broken off)\b.*$", re.IGNORECASE | re.DOTALL)
DAYS = re.compile(
    r"(?<![\d/.])(?P<first>\d{1,2})(?:st|nd|rd|th)?(?:\s(?P<month>" + MONTH + r"))?\s?(?:-|–|—|&|/|,|and|to)\s?(?:\w+day\s)?(?P<last>\d{1,2})(?:st|nd|rd|th)?\s(?P<last_month>" + MONTH + r")\s(?P<year>\d{4})",
    re.IGNORECASE,
)
CLOCK = r"\d{1,2}(?:\s?[:.]\s?\d{2})?\s?(?:am|pm)?"
CLOCKS = re.compile(rf"(?<![\d/]){CLOCK}(?![\d/])|\b\d{{4}}\b", re.IGNORECASE)
ZONED = re.compile(rf"(?P<times>{CLOCK}(?:\s?(?:-|–|to)\s?{CLOCK})?)\s?\(?(?P<zone>UTC|GMT|BST|CEST|CET|UK(?: time)?|London(?: time)?|local(?: time)?)\b", re.IGNORECASE)
OFFSETS = {"UTC": 0, "CET": 1, "CEST": 2}
# the whole of what may be printed of a day and its times; anything else that stands there is doubted
FILLING = re.compile(
    r"\b(?:from|to|until|till|at|on|the|of|and|hrs|hours|h|start(?:s|ing|ed)?|end(?:s|ing|ed)?|finish(?:es|ed)?|time|times|date|uk|local|london|utc|gmt|bst|cet|cest|noon|midday|(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?|via|by|ms|microsoft|teams"
    r"|virtual(?:ly)?|online|in person|hybrid|call|video|a\.?m|p\.?m|am|pm)\b",
    re.IGNORECASE,
)
MOVING = re.compile(rf"\b(?:adjourn|resum|reconven|suspend|{SHIFTED}|originally|previously|instead of|cancel)", re.IGNORECASE)


@dataclass(frozen=True)
class Held:
    """The day and times of a meeting, and what is doubtful about them."""

    day: date | None
    start: str | None
    end: str | None
    doubts: list[str]


def held(day_text: str, time_text: str) -> Held:
    """Read when a meeting was held, from what is printed of its day and of its time."""
    printed = " ".join(dict.fromkeys(part for part in (day_text, time_text) if part))
    day, several = day_of(day_text)
    standing = DAYS.sub(" ", BROKEN_OFF.sub("", _standing(time_text)) or time_text)
    start, end, zone_doubt = _on_londons_clock(standing, day)
    sessions = len(SPAN.findall(FORMS.sub(" ", ZONED.sub(" ", standing))))
    end = None if sessions > 1 else end
    doubts = [zone_doubt] if zone_doubt else []
    if MOVING.search(printed) or several or sessions > 1 or _says_more(printed):
        doubts.append(f"The day and time of the meeting are printed as '{printed}': the meeting is recorded under {in_words(day) if day else 'no day'}{f', {start}' if start else ''}.")
    return Held(day, start, end, doubts)


def _says_more(printed: str) -> bool:
    """Say whether more than days and times is printed, such as that the meeting was not held, or was inquorate."""
    left = printed
    for known in (DAYS, FORMS, ZONED, SPAN, CLOCKS, FILLING):
        left = known.sub(" ", left)
    return bool(re.search(r"\w", left))


def day_of(text: str) -> tuple[date | None, bool]:
    """Give the day of a meeting, and whether what is printed names more than one."""
    standing = _standing(text)
    if found := DAYS.search(standing):
        first = f"{found.group('first')} {found.group('month') or found.group('last_month')} {found.group('year')}"
        return first_date(first) or first_date(standing), True
    days = {found.day for found in printed_dates(text) if found.day}
    return first_date(standing) or first_date(text), len(days) > 1


def _standing(text: str) -> str:
    """Give what still stands of a day or time that was moved."""
    text = STRUCK.sub(" ", text)
    if moved := list(MOVED_TO.finditer(text)):
        before, after = text[: moved[0].start()], text[moved[-1].end() :]
        dated = FORMS.search(after)
        return after if dated else f"{' '.join(found.group(0) for found in FORMS.finditer(before))} {after}"
    return MOVED_FROM.sub("", text) or text


def _on_londons_clock(text: str, day: date | None) -> tuple[str | None, str | None, str]:
    """Give start and end as London's clock showed them, and what is doubtful about that."""
    zoned = [(found.group("zone").upper().split(" ")[0], found.group("times")) for found in ZONED.finditer(FORMS.sub(" ", text))]
    if not zoned or day is None:
        return *times(text), ""
    summer = bool(datetime(day.year, day.month, day.day, 12, tzinfo=LONDON).dst())
    ours = ["BST", "UK", "LONDON", "LOCAL"] if summer else ["GMT", "UK", "LONDON", "LOCAL"]
    for zone in [*ours, *OFFSETS, "GMT", "BST"]:
        for named, printed in zoned:
            if named != zone:
                continue
            start, end = times(printed)
            if zone in OFFSETS and start:
                start, end = (_in_london(time, day, OFFSETS[zone]) for time in (start, end))
            doubt = "" if zone in ours and len(zoned) < 3 else f"The time is printed as '{text.strip()}': it is recorded as {start} in London."
            return start, end, "" if zone == "UTC" and not summer else doubt
    return *times(text), ""


def _in_london(time: str | None, day: date, offset: int) -> str | None:
    """Give what London's clock showed at a time of another clock."""
    if time is None:
        return None
    hour, minute = map(int, time.split(":"))
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=timezone(timedelta(hours=offset)))
    return moment.astimezone(LONDON).strftime("%H:%M")
