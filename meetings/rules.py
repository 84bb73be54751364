"""Who may do what to a meeting, its minutes and its actions, and why not. Read-only: nothing here writes.

A rule has two parts. `refusals_to_X(record, standing, now)` looks at what exists: it shows or withholds the button.
`refusals_of_X(…)` looks at what was typed. The operation requires both.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime

from groups.models import Group, Seat
from groups.standing import Standing
from meetings.lifecycle import ACTION, ITEM, MEETING, MINUTES, ActionStatus, ItemStatus, MeetingStatus, MinutesStatus
from meetings.models import Action, AgendaItem, CommentOutcome, DraftComment, Meeting, Minutes, MinutesEdition, Paragraph
from records.hooks import refusals_from_above
from records.models import Origin
from records.rules import Refusal


def refusals_to_keep_the_record(standing: Standing, group: Group) -> Iterator[Refusal]:
    """The secretariat schedules, records attendance, writes minutes and keeps the action log (ToR: the PMO does)."""
    if not standing.is_secretary_of(group):
        yield Refusal(f"Only the secretariat of {group} may do this.", status=403)
    yield from refusals_of_closed_group(group, standing)


def refusals_of_closed_group(group: Group, standing: Standing) -> Iterator[Refusal]:
    if group.closed_on and group.closed_on <= standing.on:
        yield Refusal(f"{group} closed on {group.closed_on:%-d %b %Y}: its record can be read, not changed.", code="closed")


# --- a meeting and its agenda


def refusals_to_schedule(group: Group, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, group)


def refusals_of_number(group: Group, number: str) -> Iterator[Refusal]:
    if not re.fullmatch(r"\d{1,4}(\.\d{1,2})?", number, re.ASCII):
        yield Refusal("A meeting's number is a number, such as 26, or 20.1 for an extraordinary one.", field="number")
    elif Meeting.objects.filter(group=group, number=number).exists():
        yield Refusal(f"There is a meeting {group} {number} already.", field="number")


def refusals_to_write_in(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Tabling an item, recording who came, writing a minute, raising an action."""
    yield from refusals_to_keep_the_record(standing, meeting.group)


def refusals_to_publish_agenda(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, meeting.group)
    if not meeting.is_public:
        yield Refusal(f"{meeting} is classified {meeting.get_classification_display()}: only Public agendas are published.")
    if meeting.status == MeetingStatus.CANCELLED:
        yield Refusal(f"{meeting} is cancelled.")
    if not meeting.items.exists():
        yield Refusal("There is nothing on the agenda yet.")


def refusals_to_hold(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, meeting.group)
    yield from MEETING.refusals(meeting, "hold")
    if meeting.held_on > standing.on:
        yield Refusal(f"{meeting} is on {meeting.held_on:%a %-d %b %Y}: it cannot have been held yet.")


def refusals_to_cancel(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, meeting.group)
    yield from MEETING.refusals(meeting, "cancel")


def refusals_to_move_item(item: AgendaItem, verb: str, standing: Standing) -> Iterator[Refusal]:
    """`verb` is "discuss" or "defer"."""
    yield from refusals_to_keep_the_record(standing, item.meeting.group)
    yield from ITEM.refusals(item, verb)


# --- actions


def refusals_of_action(text: str, owner: str, due_on: date | None, due_kind: str) -> Iterator[Refusal]:
    if not text.strip():
        yield Refusal("Say what is to be done.", field="text")
    if not owner.strip():
        yield Refusal("Say who is to do it: an organisation or a group, perhaps with a person.", field="owner")
    if (due_kind == Action.DueKind.DATE) != (due_on is not None):
        yield Refusal("Give a date, or choose another kind of due date such as “as soon as possible”.", field="due_on")


def refusals_to_move_action(action: Action, verb: str, standing: Standing) -> Iterator[Refusal]:
    """`verb` is "complete", "drop" or "reopen"."""
    yield from refusals_to_keep_the_record(standing, action.group)
    yield from ACTION.refusals(action, verb)


def may_read_actions(standing: Standing, action: Action) -> bool:
    """With the minutes that raise it: a draft is for those who write, clear or assure it."""
    minutes = getattr(action.meeting, "minutes", None) if action.meeting else None
    told = action.published_at or (minutes and minutes.status in (MinutesStatus.CIRCULATED, MinutesStatus.APPROVED))
    if told:
        return standing.belongs_to(action.group)
    return standing.runs(action.group) or standing.reads_for_assurance(action.group)


def refusals_to_change_action(action: Action, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, action.group)
    if action.status != ActionStatus.OPEN:
        yield Refusal(f"{action} is {action.get_status_display().lower()}: reopen it to change it.")


def refusals_of_change(action: Action, why: str) -> Iterator[Refusal]:
    if action.published_at and not why.strip():
        yield Refusal("Say why it is changed: it is public already.", field="why")


def refusals_to_take_off_action(action: Action, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, action.group)
    yield from ACTION.refusals(action, "take_off")
    if action.published_at:
        yield Refusal(f"{action} is public: drop it, and say why.")


def refusals_to_review_action(action: Action, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, action.group)


# --- minutes


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


# --- comments on circulated minutes


def refusals_to_comment(minutes: Minutes, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Members, from the day on which the draft goes to them until it is published."""
    meeting = minutes.meeting
    if not standing.seats_in(meeting.group):
        yield Refusal(f"Whoever holds a seat in {meeting.group} comments on its minutes.", status=403)
    yield from refusals_of_closed_group(meeting.group, standing)
    if minutes.published_at:
        yield Refusal(f"The minutes of {meeting} are published: ask the secretariat for a correction.")
    elif minutes.status != MinutesStatus.CIRCULATED:
        yield Refusal(f"The minutes of {meeting} have not been circulated.")


def refusals_to_comment_on(paragraph: Paragraph, standing: Standing, now: datetime) -> Iterator[Refusal]:
    minutes = paragraph.item.meeting.minutes
    minutes.meeting = paragraph.item.meeting
    yield from refusals_to_comment(minutes, standing, now)
    if paragraph.dropped:
        yield Refusal("The paragraph is not in the minutes any more.")


def refusals_to_comment_for(seat: Seat, standing: Standing) -> Iterator[Refusal]:
    if seat.pk not in standing.voting_seat_ids:
        yield Refusal(f"You do not speak for the {seat.label}.", field="seat", status=403)


def refusals_of_comment(paragraph: Paragraph, text: str, proposed: str) -> Iterator[Refusal]:
    if not text.strip():
        yield Refusal("Say what is wrong with the paragraph.", field="text")
    if len(proposed) > MOST:
        yield Refusal(f"A paragraph has at most {MOST:,} characters.", field="proposed")


def refusals_to_answer_comment(comment: DraftComment, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, comment.group)
    if getattr(comment, "answer", None):
        yield Refusal("The comment is answered.")


def refusals_of_answer(comment: DraftComment, outcome: str, wording: str, why: str) -> Iterator[Refusal]:
    if outcome == CommentOutcome.ACCEPTED and not comment.proposed:
        yield Refusal("No wording was proposed: take it up in words of your own.", field="outcome")
    if outcome == CommentOutcome.AMENDED and not wording.strip():
        yield Refusal("Say how the paragraph reads then.", field="wording")
    if outcome == CommentOutcome.DECLINED and not why.strip():
        yield Refusal("Say why it is not taken up.", field="why")
    yield from refusals_of_paragraph(wording)


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
    if not meeting.attendances.exists():
        yield "No attendance is recorded."
    for item in meeting.items.prefetch_related("paragraphs__typed"):
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
