"""Writes down every doubt about a reading: what disagrees, what is missing, what cannot be; never what to do about it."""

from __future__ import annotations

from .checks_actions import lost_doubts, standing_doubts
from .checks_dates import date_doubts, next_meeting_doubts
from .checks_people import initials_doubts, people_doubts, spelling_doubts
from .checks_records import change_request_doubts, item_doubts, record_doubts
from .checks_votes import vote_doubts
from .result import Reading


def warnings_of(reading: Reading, lines: list[str]) -> list[str]:
    """List the doubts about a reading as sentences, in an order that follows the document."""
    return [
        *_header_doubts(reading),
        *date_doubts(reading, lines),
        *people_doubts(reading),
        *initials_doubts(reading),
        *spelling_doubts(reading, lines),
        *record_doubts(reading),
        *standing_doubts(reading),
        *lost_doubts(reading, lines),
        *change_request_doubts(reading),
        *vote_doubts(reading),
        *item_doubts(reading, lines),
        *next_meeting_doubts(reading),
        *(f"A line could not be read and stays as text: '{line}'." for line in reading.unread),
    ]


def _header_doubts(reading: Reading) -> list[str]:
    """Say what the header does not."""
    header = reading.header
    doubts = list(header.doubts)
    if header.meeting_no is None:
        doubts.append("No meeting number is printed.")
    if header.date is None:
        doubts.append("No date of the meeting can be read.")
    if header.classification is None:
        doubts.append("No classification is printed, so the document may not be public.")
    if header.issue_date is None and header.printed.get("issue_date"):
        doubts.append(f"The issue date is printed as '{header.printed['issue_date']}', which is no date that can be read.")
    if header.start is None and header.printed.get("time"):
        doubts.append(f"The time is printed as '{header.printed['time']}', which cannot be read.")
    if reading.present and not reading.chair:
        doubts.append("The attendance list names no Chair.")
    return doubts
