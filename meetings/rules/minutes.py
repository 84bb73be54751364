"""Who may do what to minutes, and why not."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from groups.standing import Standing
from meetings.editions import TAKEN_BACK
from meetings.lifecycle import MINUTES, ItemStatus, MeetingStatus, MinutesStatus
from meetings.models import AgendaItem, Meeting, Minutes, MinutesEdition, Paragraph
from meetings.nudges import initials_of_nobody
from meetings.rules.agenda import refusals_to_write_in
from meetings.rules.meetings import refusals_of_closed_group, refusals_once_published, refusals_to_keep_the_record
from records.hooks import refusals_from_above
from records.models import Origin
from records.rules import Refusal

MOST = 10_000  # characters of one paragraph: some four pages


def refusals_to_minute(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Writing the minute of its items. What the Chair reads or has cleared stays as it was sent."""
    yield from refusals_to_write_in(meeting, standing, now)
    if meeting.status == MeetingStatus.CANCELLED:
        yield Refusal(f"{meeting} is cancelled.")
    if meeting.origin == Origin.IMPORTED:
        yield Refusal(f"{meeting} was read in from published papers: it is corrected by reading in the corrected paper.")
    minutes = getattr(meeting, "minutes", None)
    if minutes and minutes.status == MinutesStatus.SENT:
        yield Refusal(f"The Chair is reading the minutes of {meeting}: take them back to change them.")
    if minutes and minutes.status == MinutesStatus.CLEARED:
        yield Refusal(f"The Chair has cleared the minutes of {meeting}: send them back to change them.")


def refusals_to_defer_rest(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """In the room, or afterwards while the minutes are written."""
    yield from _refusals_to_defer_many(meeting, standing, now)
    if meeting.starts_at <= now and not not_reached(meeting).exists():
        yield Refusal(f"Every item of {meeting} was discussed or deferred.")


def refusals_to_defer_from(item: AgendaItem, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """An item that was begun, with the rest. One that was not reached is part of the rest itself."""
    yield from _refusals_to_defer_many(item.meeting, standing, now)
    if item.status != ItemStatus.DISCUSSED:
        yield Refusal(f"{item} was not begun, or is deferred: it is for the rest of them to be deferred.", code="state")


def _refusals_to_defer_many(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_minute(meeting, standing, now)
    yield from refusals_once_published(meeting)
    if meeting.starts_at > now:
        yield Refusal(f"{meeting} has not begun: until then items are taken off, not deferred.", code="state")


def not_reached(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The items about which nothing was written, and which nobody deferred."""
    return meeting.items.filter(status=ItemStatus.TABLED).order_by("number")


def refusals_of_paragraph(text: str) -> Iterator[Refusal]:
    if len(text) > MOST:
        yield Refusal(f"A paragraph has at most {MOST:,} characters: make two of it.", field="text")


def refusals_to_drop_paragraph(paragraph: Paragraph) -> Iterator[Refusal]:
    """A record that stands there is withdrawn where it is kept, not by deleting the place that shows it."""
    for what in ("action", "decision", "question", "ruling"):
        record = getattr(paragraph, what, None)
        if record is not None and getattr(record, "status", "") not in TAKEN_BACK:
            yield Refusal(f"{paragraph} shows {'an' if what == 'action' else 'a'} {what}: withdraw that first.")


def may_read_minutes(standing: Standing, minutes: Minutes) -> bool:
    """While they are written, for the secretariat alone; then for those who clear or assure them; from circulation on, for everyone with a place in the group."""
    group = minutes.meeting.group
    if minutes.status in (MinutesStatus.CIRCULATED, MinutesStatus.APPROVED):
        return standing.belongs_to(group)
    if minutes.status == MinutesStatus.DRAFT:
        return standing.is_secretary_of(group)
    return standing.runs(group) or standing.reads_for_assurance(group)


def refusals_to_send_to_chair(minutes: Minutes, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Until then they are the secretariat's own."""
    yield from refusals_to_keep_the_record(standing, minutes.meeting.group)
    yield from MINUTES.refusals(minutes, "send_to_chair")


def refusals_of_speakers(minutes: Minutes) -> Iterator[Refusal]:
    """Who said it has to be known before anybody else reads it: a draft with initials of nobody goes neither to the Chair nor to members."""
    meeting = minutes.meeting
    items = meeting.items.on_the_agenda().prefetch_related("paragraphs__typed")
    yield from initials_of_nobody(items, initials_known(meeting), lambda item: minute_of(item, minutes))


def initials_known(meeting: Meeting) -> set[str]:
    """Of those who came, or sent apologies."""
    return set(meeting.attendances.filter(dropped=False).exclude(initials="").values_list("initials", flat=True))


def minute_of(item: AgendaItem, minutes: Minutes) -> str:
    """Where its minute is written, while it is."""
    return f"{reverse('desk:minute', args=[minutes.meeting.code])}#item-{item.number}" if is_with_the_secretariat(minutes) else ""


def is_with_the_secretariat(minutes: Minutes) -> bool:
    return minutes.status not in (MinutesStatus.SENT, MinutesStatus.CLEARED)


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
