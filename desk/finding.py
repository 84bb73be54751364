"""Finding what a page is about, for the person who asks: what they have no right to know of does not exist."""

from django.http import Http404

from groups.signed_in import SignedIn, standing_of
from groups.standing import Standing
from meetings.models import Meeting


def meeting_for(request: SignedIn, code: str) -> tuple[Meeting, Standing]:
    """The meeting, if the person has a place in its group; for anyone else it does not exist here."""
    standing = standing_of(request)
    meeting = Meeting.objects.select_related("group", "minutes").filter(code=code).first()
    if meeting is None or not standing.belongs_to(meeting.group):
        raise Http404
    return meeting, standing
