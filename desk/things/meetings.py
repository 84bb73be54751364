"""What waits to be done with a meeting and its minutes."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from desk.things.thing import Thing
from groups.calendar import calendar
from groups.standing import Standing
from meetings.lifecycle import MEETING, MINUTES, MeetingStatus
from meetings.models import Meeting
from meetings.rules import (
    refusals_to_clear,
    refusals_to_hold_meeting,
    refusals_to_keep_the_record,
    refusals_to_publish,
)
from records.clock import london_date
from records.models import Origin


def verbs_for(meeting: Meeting, standing: Standing) -> dict[str, str]:
    """The verbs this person may do to the meeting now, each with the words on its button. The rules decide; nothing else does."""
    group, minutes = meeting.group, getattr(meeting, "minutes", None)
    secretary = not any(refusals_to_keep_the_record(standing, group))
    offered: dict[str, str] = {}
    if minutes is None:
        may_hold = not any(MEETING.refusals(meeting, "hold")) and not any(refusals_to_hold_meeting(meeting, standing.on))
        return {"hold": f"Record that {meeting} was held"} if secretary and may_hold else {}
    minutes.meeting = meeting
    if not any(refusals_to_clear(standing, minutes)):
        offered["clear"] = f"Clear the draft minutes of {meeting}"
    if secretary and not any(MINUTES.refusals(minutes, "circulate")):
        offered["circulate"] = f"Circulate the minutes of {meeting} to members"
    if secretary and not any(refusals_to_publish(minutes)):
        offered["publish"] = f"Publish the minutes of {meeting} to everyone"
    return offered


def things(standing: Standing, now: datetime) -> Iterator[Thing]:
    days, today = calendar(), london_date(now)
    waiting = (
        Meeting.objects.visible_to(standing)
        .filter(origin=Origin.PORTAL, published_at=None)
        .exclude(status=MeetingStatus.CANCELLED)
        .select_related("group", "minutes")
    )
    for meeting in waiting.order_by("held_on"):
        for verb, title in verbs_for(meeting, standing).items():
            due = meeting.publication_due_at
            left = days.between(today, london_date(due)) if due else None
            yield Thing(verb, title, meeting.group.name, due, left, reverse("desk:meeting", args=[meeting.code]))
