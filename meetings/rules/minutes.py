"""Who may do what to minutes, and why not."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from groups.standing import Standing
from meetings.editions import TAKEN_BACK
from meetings.lifecycle import MINUTES, ItemStatus, MeetingStatus, MinutesStatus
from meetings.models import AgendaItem, Disagreement, DraftComment, Meeting, Minutes, MinutesEdition, Paper, Paragraph
from meetings.nudges import initials_of_nobody, nudges_of
from meetings.recipients import reaches_nobody
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
    yield from initials_of_nobody(items, initials_known(meeting), lambda item: _minute_of(item, minutes))


def initials_known(meeting: Meeting) -> set[str]:
    """Of those who came, or sent apologies."""
    return set(meeting.attendances.filter(dropped=False).exclude(initials="").values_list("initials", flat=True))


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


def findings_before_publishing(minutes: Minutes) -> Iterator[Refusal]:
    """The pre-flight list: what the secretariat should mend or accept before publishing by hand, and where. The clock does not wait for it."""
    meeting = minutes.meeting
    if not meeting.attendances.filter(dropped=False).exists():
        yield Refusal("No attendance is recorded.", at=reverse("meetings:attendance", args=[meeting.code]) if _is_with_the_secretariat(minutes) else "")
    items = list(meeting.items.on_the_agenda().prefetch_related("paragraphs__typed"))
    for item in items:
        yield from (Refusal(said, at=_minute_of(item, minutes)) for said in _left_undone(item))
    yield from refusals_of_speakers(minutes)
    yield from nudges_of(items, lambda item: _minute_of(item, minutes))
    yield from _of_comments(meeting)
    for paper in Paper.objects.filter(item__in=items, dropped=False, files=None).order_by("pk"):
        yield Refusal(f"“{paper.title}” was to follow, and has not been handed in.", at=reverse("meetings:papers", args=[meeting.code]))
    for action in meeting.actions.standing().select_related("group"):
        at = reverse("meetings:action", args=[action.pk])
        if not action.owner.strip():
            yield Refusal(f"{action} has no owner.", at=at)
        elif reaches_nobody(action):
            yield Refusal(f"{action} is given to “{action.owner}”, whom the portal does not know as somebody who came or as a seat: nobody is sent it.", at=at)
    yield from refusals_from_above("meetings.preflight", meeting)


def _minute_of(item: AgendaItem, minutes: Minutes) -> str:
    """Where its minute is written, while it is."""
    return f"{reverse('desk:minute', args=[minutes.meeting.code])}#item-{item.number}" if _is_with_the_secretariat(minutes) else ""


def _is_with_the_secretariat(minutes: Minutes) -> bool:
    return minutes.status not in (MinutesStatus.SENT, MinutesStatus.CLEARED)


def _left_undone(item: AgendaItem) -> Iterator[str]:
    if item.status == ItemStatus.TABLED:
        yield f"Item {item.number} ({item.title}) has neither been discussed nor deferred."
    elif item.status == ItemStatus.DISCUSSED and not item.paragraphs.all():
        yield f"Item {item.number} ({item.title}) has no minute."
    for each in item.paragraphs.all():
        if not each.dropped and each.reads.lstrip().startswith("/"):
            yield f"Item {item.number} ({item.title}): “{each.reads.strip()[:60]}” was not carried out."


def _of_comments(meeting: Meeting) -> Iterator[Refusal]:
    """What members said of the draft and stands, or waits for an answer."""
    at, comments = reverse("meetings:comments", args=[meeting.code]), DraftComment.objects.filter(paragraph__item__meeting=meeting, paragraph__dropped=False)
    for each in Disagreement.objects.filter(comment__in=comments, taken_back=None).select_related("comment__paragraph__item").order_by("pk"):
        yield Refusal(f"Item {each.comment.paragraph.item.number}: beside a paragraph it is printed that {each.sentence_in_part}", at=at)
    for comment in comments.filter(answer=None).select_related("seat", "paragraph__item").order_by("pk"):
        yield Refusal(f"Item {comment.paragraph.item.number}: the comment of {comment.seat.label} on a paragraph has not been answered.", at=at)


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
