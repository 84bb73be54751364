"""What a headline report says, made from the record of the meeting: only what everybody may know of it before its minutes are out."""

from typing import Any

from meetings.editions import new_actions
from meetings.lifecycle import ItemStatus
from meetings.models import AgendaItem, HeadlineReport, Meeting
from records.canonical import canonical, plain, sha256
from records.editions import Body

OF_THE_PUBLICATION = ("words",)  # what whoever publishes it types, and the record does not say


def headlines_of(meeting: Meeting, words: str) -> Body:
    """The report as it would be published now. What the minutes say word by word is not in it: the Chair has not cleared that."""
    return plain({
        "reference": meeting.code,
        "group": meeting.group.code,
        "title": meeting.title,
        "number": meeting.number,
        "kind": meeting.kind,
        "held_on": meeting.held_on,
        "starts_at": meeting.starts_at,
        "words": words.strip(),
        "decisions": [each.as_headline() for each in meeting.decisions.for_the_minutes()],
        "actions": new_actions(meeting),
        "deferred": [_deferred(item) for item in _items_deferred(meeting)],
        "minutes_due_at": meeting.publication_due_at,
        "next_meeting_on": meeting.next_meeting_on,
    })  # fmt: skip


def _items_deferred(meeting: Meeting):
    return meeting.items.on_the_agenda().filter(status=ItemStatus.DEFERRED).select_related("deferred_to__meeting")


def _deferred(item: AgendaItem) -> dict[str, Any]:
    """To which meeting, if everybody may know of that one."""
    to = item.deferred_to.meeting if item.deferred_to and item.deferred_to.meeting.is_public else None
    return {"item": item.number, "title": item.title, "to": to.code if to else None, "on": to.held_on if to else None}


def looked_at(told: Body) -> str:
    """What of it comes from the record, in a few letters: whoever publishes it sees whether it says something else by now."""
    return sha256(canonical({name: said for name, said in told.items() if name not in OF_THE_PUBLICATION}))[:16]


def report_of(meeting: Meeting) -> HeadlineReport | None:
    """None before the meeting is held; nor of one that was held when there were none yet."""
    return HeadlineReport.objects.filter(meeting=meeting).first()


def waits_for_the_chair(told: Body) -> list[str]:
    """Of which of its decisions the report says no more than that."""
    return [each["area"] for each in told["decisions"] if each["state"] == "waiting"]
