"""Who may do what to actions, and why not."""

from collections.abc import Iterator
from datetime import date, datetime

from groups.standing import Standing
from meetings.lifecycle import ACTION, ActionStatus, MinutesStatus
from meetings.models import Action
from meetings.owners import LONGEST_OWNER
from meetings.rules.meetings import refusals_to_keep_the_record
from records.rules import Refusal
from records.typed import refusal_of_letters


def refusals_of_action(text: str, owner: str, due_on: date | None, due_kind: str) -> Iterator[Refusal]:
    if not text.strip():
        yield Refusal("Say what is to be done.", field="text")
    if not owner.strip():
        yield Refusal("Say who is to do it: an organisation or a group, perhaps with a person.", field="owner")
    if len(owner) > LONGEST_OWNER:
        yield Refusal(f"Name the owner in at most {LONGEST_OWNER} characters.", field="owner")
    if refusal := refusal_of_letters(owner):
        yield Refusal(refusal, field="owner")
    if (due_kind == Action.DueKind.DATE) != (due_on is not None):
        yield Refusal("Give a date, or choose another kind of due date such as “as soon as possible”.", field="due_on")


def refusals_to_move_action(action: Action, verb: str, standing: Standing) -> Iterator[Refusal]:
    """`verb` is "complete", "drop" or "reopen"."""
    yield from refusals_to_keep_the_record(standing, action.group)
    yield from ACTION.refusals(action, verb)


def may_read_actions(standing: Standing, action: Action) -> bool:
    """With the minutes that raise it: while these are written, they are the secretariat's; then of those who clear or assure them."""
    minutes = getattr(action.meeting, "minutes", None) if action.meeting else None
    told = action.published_at or (minutes and minutes.status in (MinutesStatus.CIRCULATED, MinutesStatus.APPROVED))
    if told and action.status != ActionStatus.TAKEN_OFF:
        return standing.belongs_to(action.group)
    if not told and action.meeting and (minutes is None or minutes.status == MinutesStatus.DRAFT):
        return standing.is_secretary_of(action.group)
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
    minutes = getattr(action.meeting, "minutes", None) if action.meeting else None
    if action.published_at:
        yield Refusal(f"{action} is public: drop it, and say why.")
    elif minutes and minutes.status in (MinutesStatus.CIRCULATED, MinutesStatus.APPROVED):
        yield Refusal(f"Members have read of {action}: drop it, and say why.")


def refusals_to_review_action(action: Action, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, action.group)
    if action.status == ActionStatus.TAKEN_OFF:
        yield Refusal(f"{action} was raised by mistake.")
