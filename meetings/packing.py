"""The pack of a meeting: what is in it, and what its first page says. How papers are bound is in files/packing.py."""

from django.db.models import QuerySet

from files.packing import Cover
from meetings.models import CirculatedPaper, Meeting
from records.dates import as_day, as_moment


def circulated(meeting: Meeting) -> QuerySet[CirculatedPaper]:
    rows = CirculatedPaper.objects.filter(circulation__meeting=meeting).select_related("circulation__meeting__group", "blob__clean_copy", "file__paper")
    return rows.prefetch_related("blob__scans").order_by("circulation__n", "order")


def cover_of(meeting: Meeting) -> Cover:
    place = f", {meeting.venue}" if meeting.venue else ""
    return Cover(
        code=meeting.code, over=f"{meeting.group.name} ({meeting.group.code})", name=f"Papers of meeting {meeting.number}", under=f"{as_moment(meeting.starts_at)}{place}",
        title=f"Papers of {meeting.title}, {as_day(meeting.held_on)}", part="item", among="the papers of the meeting",
    )  # fmt: skip
