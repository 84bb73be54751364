"""Whether the programme keeps its word on publication: computed from the record, for anyone to see."""

from datetime import date, datetime
from typing import Any

from groups.calendar import calendar
from meetings.models import HeadlineReport, Meeting
from records.clock import london_date
from records.dates import as_day, as_weekday
from records.models import Origin
from records.templatetags.portal import clock
from records.working_days import Calendar, UnknownYear


def published_on(meeting: Meeting) -> date | None:
    """The day the public could first read of the meeting: as printed, else as published here."""
    if meeting.first_published_on:
        return meeting.first_published_on
    imported = meeting.origin == Origin.IMPORTED  # the day it was read in here is no claim about when it was published
    return london_date(meeting.published_at) if meeting.published_at and not imported else None


def promise_made(meeting: Meeting, days: Calendar | None = None) -> dict[str, Any] | None:
    """The facts of the meeting's promise: due when, worked out how, kept when. None before it is held, and where nothing is promised."""
    if meeting.publication_due_at is None:
        return None
    public_on = published_on(meeting)
    return {
        "due_at": meeting.publication_due_at,
        "working": meeting.publication_working,
        "published": meeting.published_at is not None,
        "published_on": public_on,
        "working_day": _working_day(days or calendar(), meeting.held_on, public_on),
        "late": public_on > london_date(meeting.publication_due_at) if public_on else None,
        "broken": meeting.breach_recorded_at is not None,
    }


def headlines_promised(report: HeadlineReport, held_on: date, days: Calendar | None = None) -> dict[str, Any] | None:
    """The same of the headline report; none where it had no day, since it was held before there were any."""
    if report.due_at is None:
        return None
    public_on = london_date(report.published_at) if report.published_at else None
    return {
        "due_at": report.due_at,
        "working": report.working,
        "published": report.published_at is not None,
        "published_on": public_on,
        "working_day": _working_day(days or calendar(), held_on, public_on),
        "late": public_on > london_date(report.due_at) if public_on else None,
        "broken": report.breach_recorded_at is not None,
    }


def _working_day(days: Calendar, start: date, end: date | None) -> int | None:
    try:
        return days.between(start, end) if end else None
    except UnknownYear:
        return None


def promise_at(made: dict[str, Any] | None, now: datetime) -> dict[str, Any] | None:
    """The same as it stands now, with its working as the deadline component shows it. On time is by date: the last day counts, to its end."""
    if made is None:
        return None
    due_at = made["due_at"] if isinstance(made["due_at"], datetime) else datetime.fromisoformat(made["due_at"])
    late = made["late"] if made["late"] is not None else not made["published"] and now > due_at
    return made | {"due_at": due_at, "late": late, "unknown": made["published"] and not made["published_on"], "deadline": _shown(made, due_at)}


def kept(made: dict[str, Any] | None) -> bool | None:
    """Whether the word was kept; None where it cannot be said: not due yet, or the papers do not tell."""
    if made is None or (made["published"] and made["published_on"] is None):
        return None
    return not made["late"] if made["published"] else False if made["broken"] else None


def _shown(made: dict[str, Any], due_at: datetime) -> dict[str, Any]:
    working = made["working"] or {"steps": []}
    days = [
        {"date_label": as_weekday(s["day"]), "counted": s["counted"], "why": s["why"]}
        for s in working["steps"]
    ]
    return {
        "due_label": as_day(working["end"]),
        "start_label": as_day(working["start"]),
        "rule_label": f"{working['days']} working days after the meeting, by {clock(due_at)}",
        "days": days,
    }
