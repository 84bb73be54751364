"""What somebody is told of the rows here that are about them. What stands in minutes is told when these have gone to the members."""

from django.db.models import Q, QuerySet

from groups.held_about import about
from groups.standing import Standing
from meetings.lifecycle import ActionStatus, MinutesStatus
from meetings.models import (
    Action,
    ActionReport,
    Attendance,
    DraftComment,
    DraftReturn,
    MeetingReply,
    NoDraftComments,
    Notepad,
    PaperReading,
    Recipient,
)


def _actions(rows: QuerySet, standing: Standing) -> QuerySet:
    """As `may_read_actions` says of each, for many at once."""
    told = rows.filter(pk__in=Action.objects.told_to_members()).exclude(status=ActionStatus.TAKEN_OFF)
    return told if standing.reads_everywhere else told.filter(Q(published_at__isnull=False) | Q(group__in=standing.readable_group_ids))


def _attendance(rows: QuerySet, standing: Standing) -> QuerySet:
    told = rows.filter(meeting__minutes__status__in=[MinutesStatus.CIRCULATED, MinutesStatus.APPROVED])
    if standing.reads_everywhere:
        return told
    return told.filter(Q(meeting__minutes__published_at__isnull=False) | Q(meeting__group__in=standing.readable_group_ids))


about(Action, "owner_person", "reference", "area", "text", "owner", "due_kind", "due_on", "status", "closed_on", told=_actions)
about(
    Attendance, "person", "meeting", "section", "printed_name", "printed_role", "initials", "seat", "on_behalf_of", "mode", "part_meeting",
    told=_attendance,
)  # fmt: skip
about(DraftComment, "made_by", "paragraph", "seat", "made_at", "text", "proposed", "author")
about(NoDraftComments, "said_by", "minutes", "seat", "said_at")
about(DraftReturn, "made_by", "copy", "seat", "name", "brought_at")
about(ActionReport, "made_by", "action", "kind", "text", "asked_for", "made_at")
about(MeetingReply, "said_by", "meeting", "seat", "choice", "said_at", "by_link")
about(Recipient, "person", "circulation", "name", "mailed")
about(PaperReading, "person", "file", "read_at")
about(Notepad, "user", "meeting", "text", "at")
