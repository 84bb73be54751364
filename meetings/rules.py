"""Who may do what to a meeting, its minutes and its actions, and why not. Read-only: nothing here writes."""

from collections.abc import Iterator

from groups.models import Group
from groups.standing import Standing
from meetings.lifecycle import MINUTES, ItemStatus, MeetingStatus, MinutesStatus
from meetings.models import Meeting, Minutes
from records.hooks import refusals_from_above
from records.rules import Refusal


def refusals_to_keep_the_record(standing: Standing, group: Group) -> Iterator[Refusal]:
    """The secretariat schedules, records attendance, writes minutes and keeps the action log (ToR: the PMO does)."""
    if not standing.is_secretary_of(group):
        yield Refusal(f"Only the secretariat of {group} may do this.", status=403)
    yield from refusals_of_closed_group(group, standing)


def refusals_of_closed_group(group: Group, standing: Standing) -> Iterator[Refusal]:
    if group.closed_on and group.closed_on <= standing.on:
        yield Refusal(f"{group} closed on {group.closed_on:%-d %b %Y}: its record can be read, not changed.")


def may_read_minutes(standing: Standing, minutes: Minutes) -> bool:
    """A draft is for those who write, clear or assure it; from circulation on, for everyone with a place in the group."""
    group = minutes.meeting.group
    if minutes.status in (MinutesStatus.CIRCULATED, MinutesStatus.APPROVED):
        return standing.belongs_to(group)
    return standing.is_secretary_of(group) or standing.chairs(group) or standing.reads_for_assurance(group)


def refusals_to_clear(standing: Standing, minutes: Minutes) -> Iterator[str]:
    """The Chair clears the draft before it is circulated."""
    group = minutes.meeting.group
    if not standing.chairs(group):
        yield Refusal(f"Only the Chair of {group} may clear its minutes.", status=403)
    yield from refusals_of_closed_group(group, standing)
    yield from MINUTES.refusals(minutes, "clear")


def refusals_to_publish(minutes: Minutes) -> Iterator[str]:
    """What must be true before anything of the meeting is published, by button and by clock alike."""
    meeting = minutes.meeting
    if not meeting.is_public:
        yield Refusal(f"{meeting} is classified {meeting.get_classification_display()}: only Public meetings are published.")
    if minutes.published_at:
        yield Refusal(f"The minutes of {meeting} are published already: issue an addendum or a correction.")
    if minutes.status not in (MinutesStatus.CIRCULATED, MinutesStatus.APPROVED):
        yield Refusal(f"The minutes of {meeting} have not been circulated: the Chair clears them, then they go to members.")
    yield from refusals_from_above("meetings.publish", meeting)


def findings_before_publishing(minutes: Minutes) -> Iterator[str]:
    """The pre-flight list: what the secretariat should mend or accept before publishing by hand. The clock does not wait for it."""
    meeting = minutes.meeting
    if not meeting.attendances.exists():
        yield "No attendance is recorded."
    for item in meeting.items.prefetch_related("paragraphs"):
        if item.status == ItemStatus.TABLED:
            yield f"Item {item.number} ({item.title}) has neither been discussed nor deferred."
        elif item.status == ItemStatus.DISCUSSED and not item.paragraphs.all():
            yield f"Item {item.number} ({item.title}) has no minute."
    for action in meeting.actions.all():
        if not action.owner.strip():
            yield f"{action} has no owner."
    yield from refusals_from_above("meetings.preflight", meeting)


def refusals_to_approve(minutes: Minutes) -> Iterator[str]:
    yield from MINUTES.refusals(minutes, "approve")


def refusals_to_hold_meeting(meeting: Meeting, on) -> Iterator[Refusal]:
    if meeting.held_on > on:
        yield Refusal(f"{meeting} is on {meeting.held_on:%a %-d %b %Y}: it cannot have been held yet.")


def refusals_to_publish_agenda(meeting: Meeting) -> Iterator[Refusal]:
    if not meeting.is_public:
        yield Refusal(f"{meeting} is classified {meeting.get_classification_display()}: only Public agendas are published.")
    if meeting.status == MeetingStatus.CANCELLED:
        yield Refusal(f"{meeting} is cancelled.")
    if not meeting.items.exists():
        yield Refusal("There is nothing on the agenda yet.")
