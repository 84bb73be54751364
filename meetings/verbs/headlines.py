"""What can be done to the headline report of a meeting."""

from datetime import datetime

from django.urls import reverse

from groups.standing import Standing
from meetings.lifecycle import MeetingStatus
from meetings.models import Meeting
from meetings.rules import refusals_to_publish_headlines
from meetings.rules.headlines import is_published
from meetings.verbs.meetings import unpublished
from records.models import Origin
from records.verbs import Verb, register


def _awaited(standing: Standing, now: datetime) -> list[Meeting]:
    """Held, with a day by which it is due, and not reported on yet."""
    held = (each for each in unpublished(standing, now) if each.status == MeetingStatus.HELD and each.origin == Origin.PORTAL)
    return [each for each in held if (report := getattr(each, "headline_report", None)) and report.due_at and report.published_at is None]


def _due(meeting: Meeting, standing: Standing) -> datetime | None:
    return meeting.headline_report.due_at


register(
    Verb(
        name="meetings.publish_headlines", of=Meeting, rule=refusals_to_publish_headlines, waits=_awaited, due=_due, look="secondary",
        at=lambda meeting: reverse("meetings:publish_headlines", args=[meeting.code]),
        label=lambda meeting: f"{'Correct' if is_published(meeting) else 'Publish'} the headline report of {meeting}",
    ),
)  # fmt: skip
