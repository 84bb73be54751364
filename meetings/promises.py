"""Whether the programme keeps its word on publication: computed from the record, for anyone to see."""

from datetime import date

from django.db.models import Count, DateField, F, Q
from django.db.models.functions import Cast, Coalesce, TruncDate

from meetings.lifecycle import MeetingStatus
from meetings.models import Meeting
from records.clock import LONDON, london_date
from records.templatetags.portal import clock
from records.working_days import Calendar, UnknownYear


def kept() -> dict:
    """How many meetings were published in time, of those whose day has come or which are published. One query.

    On time is by date: the last day counts, to its end.
    """
    published = Coalesce("first_published_on", Cast(TruncDate("published_at", tzinfo=LONDON), DateField()))
    due = TruncDate("publication_due_at", tzinfo=LONDON)
    dated = Meeting.objects.public().filter(status=MeetingStatus.HELD, publication_due_at__isnull=False, group__fictional=False)
    known = dated.exclude(origin="imported", first_published_on=None).annotate(due=due, public_on=published)
    return known.aggregate(
        counted=Count("pk", filter=Q(published_at__isnull=False) | Q(breach_recorded_at__isnull=False)),
        in_time=Count("pk", filter=Q(published_at__isnull=False, public_on__lte=F("due"))),
    )


def published_on(meeting: Meeting) -> date | None:
    """The day the public could first read of the meeting: as printed, else as published here."""
    if meeting.first_published_on:
        return meeting.first_published_on
    imported = meeting.origin == "imported"  # the day it was read in here is no claim about when it was published
    return london_date(meeting.published_at) if meeting.published_at and not imported else None


def promise_of(meeting: Meeting, now, days: Calendar) -> dict | None:
    """The meeting's own promise: due when, worked out how, kept or not."""
    if meeting.publication_due_at is None:
        return None
    due_on, public_on = london_date(meeting.publication_due_at), published_on(meeting)
    day = _working_day(days, meeting.held_on, public_on)
    return {
        "due_at": meeting.publication_due_at,
        "published_on": public_on,
        "working_day": day,
        "late": (public_on > due_on) if public_on else not meeting.published_at and now > meeting.publication_due_at,
        "unknown": bool(meeting.published_at and public_on is None),
        "deadline": _shown(meeting),
    }


def _working_day(days: Calendar, start: date, end: date | None) -> int | None:
    try:
        return days.between(start, end) if end else None
    except UnknownYear:
        return None


def _shown(meeting: Meeting) -> dict:
    """The stored working, for the deadline component."""
    working: dict = meeting.publication_working or {"steps": []}
    days = [
        {"date_label": f"{date.fromisoformat(s['day']):%a %-d %b %Y}", "counted": s["counted"], "why": s["why"]}
        for s in working["steps"]
    ]
    return {
        "due_label": f"{date.fromisoformat(working['end']):%a %-d %b %Y}",
        "start_label": f"{date.fromisoformat(working['start']):%a %-d %b %Y}",
        "rule_label": f"{working['days']} working days after the meeting, by {clock(meeting.publication_due_at)}",
        "days": days,
    }
