"""Who may do what to minutes, and why not."""

from collections.abc import Iterator
from datetime import datetime

from groups.standing import Standing
from meetings.lifecycle import MINUTES, ItemStatus, MeetingStatus, MinutesStatus
from meetings.models import Meeting, Minutes, MinutesEdition, Paragraph
from meetings.rules.agenda import refusals_to_write_in
from meetings.rules.meetings import refusals_of_closed_group, refusals_to_keep_the_record
from records.hooks import refusals_from_above
from records.models import Origin
from records.rules import Refusal

MOST = 10_000  # characters of one paragraph: some four pages


def refusals_to_minute(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Writing the minute of its items. What the Chair has cleared stays as it was cleared."""
    yield from refusals_to_write_in(meeting, standing, now)
    if meeting.status == MeetingStatus.CANCELLED:
        yield Refusal(f"{meeting} is cancelled.")
    if meeting.origin == Origin.IMPORTED:
        yield Refusal(f"{meeting} was read in from published papers: it is corrected by reading in the corrected paper.")
    minutes = getattr(meeting, "minutes", None)
    if minutes and minutes.status == MinutesStatus.CLEARED:
        yield Refusal(f"The Chair has cleared the minutes of {meeting}: send them back to change them.")


def refusals_of_paragraph(text: str) -> Iterator[Refusal]:
    if len(text) > MOST:
        yield Refusal(f"A paragraph has at most {MOST:,} characters: make two of it.", field="text")


def refusals_to_drop_paragraph(paragraph: Paragraph) -> Iterator[Refusal]:
    """A record that stands there is withdrawn where it is kept, not by deleting the place that shows it."""
    for what in ("action", "decision", "question", "ruling"):
        if getattr(paragraph, what, None) is not None:
            yield Refusal(f"{paragraph} shows {'an' if what == 'action' else 'a'} {what}: withdraw that first.")


def may_read_minutes(standing: Standing, minutes: Minutes) -> bool:
    """A draft is for those who write, clear or assure it; from circulation on, for everyone with a place in the group."""
    group = minutes.meeting.group
    if minutes.status in (MinutesStatus.CIRCULATED, MinutesStatus.APPROVED):
        return standing.belongs_to(group)
    return standing.runs(group) or standing.reads_for_assurance(group)


def refusals_to_clear(minutes: Minutes, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """The Chair clears the draft before it is circulated."""
    group = minutes.meeting.group
    if not standing.chairs(group):
        yield Refusal(f"Only the Chair of {group} may clear its minutes.", status=403)
    yield from refusals_of_closed_group(group, standing)
    yield from MINUTES.refusals(minutes, "clear")


def refusals_to_send_back(minutes: Minutes, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """The Chair may, too."""
    if not standing.chairs(minutes.meeting.group):
        yield from refusals_to_keep_the_record(standing, minutes.meeting.group)
    yield from MINUTES.refusals(minutes, "send_back")


def refusals_of_sending_back(why: str) -> Iterator[Refusal]:
    if not why.strip():
        yield Refusal("Say what is to be changed.", field="why")


def refusals_to_circulate(minutes: Minutes, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, minutes.meeting.group)
    yield from MINUTES.refusals(minutes, "circulate")


def refusals_to_approve(minutes: Minutes, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, minutes.meeting.group)
    yield from MINUTES.refusals(minutes, "approve")


def refusals_to_publish(minutes: Minutes, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, minutes.meeting.group)
    yield from what_forbids_publishing(minutes)


def what_forbids_publishing(minutes: Minutes) -> Iterator[Refusal]:
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
    if not meeting.attendances.filter(dropped=False).exists():
        yield "No attendance is recorded."
    for item in meeting.items.on_the_agenda().prefetch_related("paragraphs__typed"):
        if item.status == ItemStatus.TABLED:
            yield f"Item {item.number} ({item.title}) has neither been discussed nor deferred."
        elif item.status == ItemStatus.DISCUSSED and not item.paragraphs.all():
            yield f"Item {item.number} ({item.title}) has no minute."
        for each in item.paragraphs.all():
            if not each.dropped and each.reads.lstrip().startswith("/"):
                yield f"Item {item.number} ({item.title}): “{each.reads.strip()[:60]}” was not carried out."
    for action in meeting.actions.standing():
        if not action.owner.strip():
            yield f"{action} has no owner."
    yield from refusals_from_above("meetings.preflight", meeting)


def refusals_to_issue(minutes: Minutes, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """A further edition: an addendum, a correction, the approved text."""
    yield from refusals_to_keep_the_record(standing, minutes.meeting.group)
    if not minutes.published_at:
        yield Refusal("The first edition has not been published yet.")


def refusals_of_edition(kind: str, note: str) -> Iterator[Refusal]:
    if kind == MinutesEdition.Kind.FIRST:
        yield Refusal("There is a first edition already: choose addendum, correction or approval.", field="kind")
    if not note.strip():
        yield Refusal("Say what changed, for readers.", field="note")
