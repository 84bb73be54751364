"""The action log: raising, reviewing and closing what somebody was asked to do."""

from datetime import date

from groups.models import Person, User
from groups.numbering import mint
from groups.standing import Standing
from meetings.lifecycle import ACTION
from meetings.models import Action, ActionReview, AgendaItem, Meeting, Paragraph
from meetings.rules import refusals_of_action, refusals_to_move_action, refusals_to_review_action, refusals_to_write_in
from records.clock import london_date, portal_now
from records.editions import issue
from records.locks import locked
from records.operations import operation
from records.rules import require


def raised_order(number: str, n: int) -> str:
    """A text that sorts actions as they were raised: DAG20-03 before DAG20.1-04 before DAG26-01."""
    whole, _, part = number.partition(".")
    return f"{int(whole):04}.{int(part or 0):02}-{n:03}"


@operation
def raise_action(
    meeting: Meeting,
    text: str,
    *,
    owner: str,
    item: AgendaItem | None = None,
    paragraph: Paragraph | None = None,
    owner_person: Person | None = None,
    due_on: date | None = None,
    due_kind: str = Action.DueKind.DATE,
    by: User,
) -> Action:
    """Give somebody something to do. Numbered within the meeting: DAG26-01. Due by a date, or as soon as possible."""
    meeting = locked(Meeting.objects.select_related("group")).get(pk=meeting.pk)
    now = portal_now()
    require(refusals_to_write_in(meeting, Standing.at(by, now), now), refusals_of_action(text, owner, due_on, due_kind))
    n = mint(meeting.owner_key, "action")
    return Action(
        group=meeting.group, meeting=meeting, item=item, paragraph=paragraph,
        reference=meeting.group.action_reference(meeting.number, n), raised_order=raised_order(meeting.number, n),
        area=item.title if item else "", text=text, owner=owner, owner_person=owner_person, due_on=due_on, due_kind=due_kind,
    ).save_by(by)  # fmt: skip


@operation
def complete_action(action: Action, *, on: date | None = None, by: User, why: str = "") -> Action:
    return _move(action, "complete", on=on, by=by, why=why)


@operation
def drop_action(action: Action, *, on: date | None = None, by: User, why: str) -> Action:
    return _move(action, "drop", on=on, by=by, why=why)


@operation
def reopen_action(action: Action, *, by: User, why: str) -> Action:
    return _move(action, "reopen", on=None, by=by, why=why)


def _move(action: Action, verb: str, *, on: date | None, by: User, why: str) -> Action:
    action = locked(Action.objects.select_related("group")).get(pk=action.pk)
    now = portal_now()
    require(refusals_to_move_action(action, verb, Standing.at(by, now)))
    action.status = ACTION[verb].target
    action.closed_on = None if verb == "reopen" else on or london_date(now)
    action.save_by(by, why)
    issue("action", action.pk, f"It is {action.get_status_display().lower()} now.", by=by, at=now)
    return action


@operation
def review_action(action: Action, meeting: Meeting, *, note: str = "", by: User) -> ActionReview:
    """Write down what was said of an open action at a later meeting; its state and date as they then were."""
    action = locked(Action.objects.select_related("group")).get(pk=action.pk)
    now = portal_now()
    require(refusals_to_review_action(action, Standing.at(by, now), now))
    review = ActionReview.objects.filter(action=action, meeting=meeting).first() or ActionReview(action=action, meeting=meeting)
    review.status, review.due_on, review.due_as_printed = action.status, action.due_on, action.due_as_printed
    review.note = note
    issue("action", action.pk, f"It was looked at again at {meeting}.", by=by, at=now)
    return review.save_by(by)
