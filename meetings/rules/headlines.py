"""Who may publish the headline report of a meeting, and why not."""

from collections.abc import Iterator
from datetime import datetime

from groups.standing import Standing
from meetings.lifecycle import MeetingStatus
from meetings.models import HeadlineReport, Meeting
from meetings.rules.meetings import refusals_to_keep_the_record
from records.editions import Body
from records.models import Origin
from records.rules import Refusal


def refusals_to_publish_headlines(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Also to correct them. Once the minutes are out, these say all of it: then what was published before can only be corrected."""
    yield from refusals_to_keep_the_record(standing, meeting.group)
    if not meeting.is_public:
        yield Refusal(f"{meeting} is classified {meeting.get_classification_display()}: only Public meetings are reported to everybody.")
    if meeting.origin == Origin.IMPORTED:
        yield Refusal(f"{meeting} was read in from published papers: what they say of it is public.")
    elif meeting.status != MeetingStatus.HELD:
        yield Refusal(f"{meeting} has not been held: there is nothing to report yet.", code="state")
    elif meeting.published_at and not is_published(meeting):
        yield Refusal(f"The minutes of {meeting} are published, and say all that its headline report would.", code="published")


def is_published(meeting: Meeting) -> bool:
    report = getattr(meeting, "headline_report", None)
    return report is not None and report.published_at is not None


def refusals_of_headlines(report: HeadlineReport, told: Body, note: str) -> Iterator[Refusal]:
    if report.published_at is None:
        return
    if told == report.told:
        yield Refusal("The report that is public says just this: there is nothing to correct.")
    if not note.strip():
        yield Refusal("Say what is corrected: readers see it above the report.", field="note")
