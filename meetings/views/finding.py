"""Finding what a page is about, for the person who asks: what they have no right to know of does not exist."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from groups.operations import log_reading
from groups.signed_in import SignedIn, standing_of
from groups.standing import Standing
from meetings.models import AgendaItem, Meeting, Minutes
from meetings.rules import may_read_minutes


def known_meeting(request: SignedIn, code: str) -> tuple[Meeting, Standing]:
    """The meeting, if the person has a place in its group; for anyone else it does not exist here."""
    standing, meeting = standing_of(request), Meeting.objects.select_related("group", "minutes", "headline_report").filter(code=code).first()
    if meeting is None or not standing.belongs_to(meeting.group):
        raise Http404
    return meeting, standing


def meeting_for(request: SignedIn, code: str) -> tuple[Meeting, Standing]:
    """The same, for a page that shows it: an assurance reader's reading is written down."""
    meeting, standing = known_meeting(request, code)
    if standing.reads_for_assurance(meeting.group):
        log_reading(request.user, f"draft of {meeting}")
    return meeting, standing


def minutes_to_read(request: SignedIn, code: str) -> Minutes:
    """Minutes that the person may read as they are now, for a page about their draft: an assurance reader's reading is written down."""
    standing, found = standing_of(request), Minutes.objects.select_related("meeting__group").filter(meeting__code=code).first()
    if found is None or not may_read_minutes(standing, found):
        raise Http404
    if standing.reads_for_assurance(found.meeting.group):
        log_reading(request.user, f"comments on the draft of {found.meeting}")
    return found


def item_for(request: SignedIn, pk: int) -> tuple[AgendaItem, Standing]:
    standing, item = standing_of(request), AgendaItem.objects.select_related("meeting__group").filter(pk=pk).first()
    if item is None or not standing.belongs_to(item.meeting.group):
        raise Http404
    return item, standing


def desk_page(meeting: Meeting) -> str:
    return reverse("desk:meeting", args=[meeting.code])


def beside(meeting: Meeting) -> dict[str, Any]:
    """What the page of a form about a meeting needs besides."""
    return {"nav": "desk", "kicker": meeting.code, "parent_url": desk_page(meeting), "parent_label": meeting.code}
