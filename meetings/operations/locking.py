"""A meeting locked, with its group; an item of its agenda, behind it."""

from meetings.models import AgendaItem, Meeting
from records.locks import locked


def locked_meeting(meeting: Meeting) -> Meeting:
    return locked(Meeting.objects.select_related("group")).get(pk=meeting.pk)


def locked_item(item: AgendaItem) -> AgendaItem:
    """The item with its meeting, the meeting locked first: nothing is written into minutes while they are published."""
    meeting = locked_meeting(Meeting(pk=item.meeting_id))
    item = locked(AgendaItem.objects).get(pk=item.pk)
    item.meeting = meeting
    return item
