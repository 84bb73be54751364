"""The action log: raising, reviewing and closing what somebody was asked to do."""

from datetime import date, datetime
from typing import cast

from groups.models import Person, User
from groups.numbering import mint
from groups.standing import Standing
from meetings import notices
from meetings.lifecycle import ACTION, MeetingStatus
from meetings.models import Action, ActionReview, AgendaItem, Meeting, Paragraph
from meetings.operations.chasing import set_the_clock
from meetings.operations.locking import locked_meeting
from meetings.owners import owner_of, owners_of
from meetings.rules import (
    refusals_of_action,
    refusals_of_change,
    refusals_to_change_action,
    refusals_to_move_action,
    refusals_to_review_action,
    refusals_to_take_off_action,
    refusals_to_write_in,
)
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
    """Give somebody something to do, by a date or as soon as possible. Numbered within the meeting, DAG26-01, when that is closed."""
    meeting = locked_meeting(meeting)
    now = portal_now()
    require(refusals_to_write_in(meeting, Standing.at(by, now), now), refusals_of_action(text, owner, due_on, due_kind))
    if owner_person is None:
        owner, owner_person = owner_of(meeting.group, meeting, owner)
    action = Action(
        group=meeting.group, meeting=meeting, item=item, paragraph=paragraph, area=item.title if item else "", text=text.strip(),
        owner=owner.strip(), owner_person=owner_person, due_on=due_on, due_kind=due_kind,
    )  # fmt: skip
    if meeting.status == MeetingStatus.PLANNED:
        n = mint(meeting.owner_key, "action while it runs")
        action.reference, action.raised_order = f"{meeting.code}-new-{n}", raised_order(meeting.number, n)
    else:
        _number(action)
    return action.save_by(by)


def _number(action: Action) -> None:
    meeting = cast(Meeting, action.meeting)
    n = mint(meeting.owner_key, "action")
    action.reference, action.raised_order = meeting.group.action_reference(meeting.number, n), raised_order(meeting.number, n)


def _place(action: Action) -> tuple:
    """Where it stands in the minutes."""
    return (action.item.number or 0 if action.item else 0, action.paragraph.order if action.paragraph else 0, action.raised_order)


def number_actions(meeting: Meeting, *, by: User, at: datetime) -> None:
    """When a meeting is closed, what was raised in it is numbered as it stands in the minutes, without gaps."""
    raised = list(locked(meeting.actions.standing().filter(reference__contains="-new-").select_related("item", "paragraph__item")).order_by("pk"))
    for action in raised:
        action.meeting = meeting
        if action.paragraph and action.paragraph.item_id != action.item_id:  # its place was moved
            action.item, action.area = action.paragraph.item, action.paragraph.item.title
        if action.owner_person_id is None:  # by initials, say, before it was written down who came
            action.owner, action.owner_person = owner_of(meeting.group, meeting, action.owner)
    for action in sorted(raised, key=_place):
        _number(action)
        action.save_by(by, "numbered", at=at)


@operation
def change_action(action: Action, *, text: str, owner: str, due_on: date | None, due_kind: str, why: str = "", written_wrongly: bool = False, by: User) -> Action:
    """Reword an open action, give it to somebody else, or another date. Once it is public, a reason is given.

    What its meeting agreed stays in the minutes, from the day the members have them; unless it was `written_wrongly` there.
    """
    action = locked(Action.objects.select_related("group", "meeting", "owner_person")).get(pk=action.pk)
    now = portal_now()
    require(refusals_to_change_action(action, Standing.at(by, now), now))
    require(refusals_of_action(text, owner, due_on, due_kind), refusals_of_change(action, why))
    before = owners_of(action)
    if (said := " ".join(owner.split())) != action.owner or action.owner_person_id is None:
        owner, action.owner_person = owner_of(action.group, action.meeting, said)
    _keep_as_agreed(action, (text.strip(), owner.strip(), due_on, due_kind), written_wrongly, by)
    if (due_on, due_kind) != (action.due_on, action.due_kind):
        action.due_as_printed = ""
    action.text, action.owner, action.due_on, action.due_kind = text.strip(), owner.strip(), due_on, due_kind
    set_the_clock(action, now)
    action.save_by(by, why.strip() or "changed", at=now)
    if _is_told(action):
        notices.action_given(action, [person for person in owners_of(action) if person not in before], by=by)
    issue("action", action.pk, f"It was changed: {why.strip()}", by=by, at=now)
    return action


def _keep_as_agreed(action: Action, now: tuple, written_wrongly: bool, by: User) -> None:
    """What the minutes go on saying: those that raised it, and those that spoke of it since."""
    text, owner, due_on, due_kind = now
    agreed = action.as_agreed
    for review in locked(action.reviews.all() if written_wrongly else action.reviews.filter(text="")).order_by("pk"):
        review.text, review.owner = (text, owner) if written_wrongly else (action.text, action.owner)
        review.save_by(by, "the action was written down wrongly" if written_wrongly else "as it then read")
    if written_wrongly:
        action.text_as_raised = action.owner_as_raised = action.due_as_raised = ""
        return
    if not _is_told(action):
        return
    action.text_as_raised = agreed["text"] if text != agreed["text"] else ""
    action.owner_as_raised = agreed["owner"] if owner != agreed["owner"] else ""
    if (due_on, due_kind) != (action.due_on, action.due_kind):
        action.due_as_raised = agreed["due"]


def _is_told(action: Action) -> bool:
    return Action.objects.told_to_members().filter(pk=action.pk).exists()


@operation
def take_off_action(action: Action, *, by: User) -> Action:
    """One that was raised by mistake: it goes from the draft, and nobody reads of it."""
    action = locked(Action.objects.select_related("group", "paragraph")).get(pk=action.pk)
    now = portal_now()
    require(refusals_to_take_off_action(action, Standing.at(by, now), now))
    action.status = ACTION["take_off"].target
    return action.save_by(by, "raised by mistake", at=now)


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
    set_the_clock(action, now)
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
    review.text, review.owner, review.note = action.text, action.owner, note
    issue("action", action.pk, f"It was looked at again at {meeting}.", by=by, at=now)
    return review.save_by(by)
