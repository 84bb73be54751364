"""Who may do what to minutes and actions, and why not."""

from collections.abc import Iterator
from datetime import date, datetime

from groups.standing import Standing
from meetings.lifecycle import ACTION, MINUTES, ItemStatus, MinutesStatus
from meetings.models import Action, Minutes, MinutesEdition
from meetings.rules.meetings import refusals_of_closed_group, refusals_to_keep_the_record
from records.hooks import refusals_from_above
from records.rules import Refusal

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


def refusals_to_review_action(action: Action, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, action.group)


# --- minutes


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
    for item in meeting.items.on_the_agenda().prefetch_related("paragraphs"):
        if item.status == ItemStatus.TABLED:
            yield f"Item {item.number} ({item.title}) has neither been discussed nor deferred."
        elif item.status == ItemStatus.DISCUSSED and not item.paragraphs.all():
            yield f"Item {item.number} ({item.title}) has no minute."
    for action in meeting.actions.all():
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
