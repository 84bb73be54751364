"""Reads days and times the way minutes print them, and says which printed days cannot be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
WEEKDAY = r"(?:\b(mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s{1,3}(?:the\s)?)?"
FORMS = re.compile(
    WEEKDAY + r"(?:"
    r"(?<![\d/.-])(?P<iy>\d{4})-(?P<im>\d{1,2})-(?P<id>\d{1,2})(?!\d)"
    r"|(?<![\d/.-])(?P<nd>\d{1,2})(?P<sep>[/.-])(?P<nm>\d{1,2})(?P=sep)(?P<ny>\d{4}|\d{2})(?![\d/])"
    r"|(?<![\d/.])(?P<td>\d{1,2})\s?(?:st|nd|rd|th)?\s?(?:of\s)?[-\s]?(?P<tm>"
    + MONTH
    + r")\.?,?[-\s]{1,2}(?P<ty>\d{4}|'?\d{2})(?![\d:.]\d|\d)"
    r"|\b(?P<am>" + MONTH + r")\s(?P<ad>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<ay>\d{4})(?!\d)"
    r")",
    re.IGNORECASE,
)
CLOCK = r"(\d{1,2})(?:\s?[:.h]\s?(\d{2})|(\d{2}))?(?!\d)\s?(am|pm|a\.m\.|p\.m\.|noon)?"
SPAN = re.compile(
    r"(?<![\d/.:])" + CLOCK + r"\s{0,3}(?:hrs|hours|h)?\s{0,3}(?:-|–|—|to|until|till)\s{0,3}" + CLOCK, re.IGNORECASE
)
SINGLE = re.compile(r"(?<![\d/.:])" + CLOCK, re.IGNORECASE)


def in_words(day: date) -> str:
    """ "12 Jul 2023": how a doubt names a day, as the portal's pages do."""
    return f"{day:%-d %b %Y}"


@dataclass(frozen=True)
class PrintedDate:
    """A date found in a text: `day` is None where the calendar has no such day."""

    printed: str
    day: date | None
    weekday_wrong: bool


def printed_dates(text: str) -> list[PrintedDate]:
    """List every date a text prints, in order."""
    return [_dated(match) for match in FORMS.finditer(text)]


def first_date(text: str) -> date | None:
    """Give the first date of a text that the calendar has."""
    for match in FORMS.finditer(text):
        found = _dated(match)
        if found.day:
            return found.day
    return None


def times(text: str) -> tuple[str | None, str | None]:
    """Give the start and end a text prints as HH:MM, either being None where it is not printed."""
    text = FORMS.sub(" ", text[:400])
    for span in SPAN.finditer(text):
        first, last = _clock(*span.groups()[:4]), _clock(*span.groups()[4:])
        if first and last:
            return _same_half_of_day(first, last, span.group(4), span.group(8))
    for single in SINGLE.finditer(text):
        # A bare number is no time of day: minutes or a half of the day must be printed.
        if (single.group(2) or single.group(3) or single.group(4)) and (clock := _clock(*single.groups())):
            return _printed(clock), None
    return None, None


def _dated(match: re.Match) -> PrintedDate:
    """Make the day of one match, or nothing where there is no such day."""
    part = match.groupdict()
    if part["iy"]:
        year, month, day = int(part["iy"]), int(part["im"]), int(part["id"])
    elif part["nd"]:
        year, month, day = int(part["ny"]), int(part["nm"]), int(part["nd"])
    elif part["td"]:
        year, month, day = int(part["ty"].strip("'")), month_of(part["tm"]), int(part["td"])
    else:
        year, month, day = int(part["ay"]), month_of(part["am"]), int(part["ad"])
    year += 2000 if year < 100 else 0
    try:
        found = date(year, month, day)
    except ValueError:
        found = None
    weekday = match.group(1)
    wrong = bool(weekday and found and not WEEKDAYS[found.weekday()].startswith(weekday[:3].lower()))
    return PrintedDate(match.group(0).strip(), found, wrong)


def month_of(name: str) -> int:
    """Number a month from its name."""
    return MONTHS.index(name[:3].lower()) + 1


def _clock(hour: str, minute: str | None, run_on: str | None, half: str | None) -> tuple[int, int] | None:
    """Make a time of day of its printed parts, or nothing where the clock has no such time."""
    hours, minutes = int(hour), int(minute or run_on or 0)
    half = (half or "").lower().replace(".", "")
    if half == "pm" and hours < 12:
        hours += 12
    if half == "am" and hours == 12:
        hours = 0
    return (hours, minutes) if hours < 24 and minutes < 60 else None


def _same_half_of_day(first: tuple, last: tuple, half_first: str | None, half_last: str | None) -> tuple[str, str]:
    """Read '1.00-3.00pm' as afternoon throughout, and '10-1.30pm' as beginning in the morning."""
    if half_last and not half_first and half_last.lower().startswith("p") and first[0] < 12:
        later = (first[0] + 12, first[1])
        first = later if later <= last else first
    return _printed(first), _printed(last)


def _printed(clock: tuple[int, int]) -> str:
    """Write a time of day as HH:MM."""
    return f"{clock[0]:02d}:{clock[1]:02d}"
