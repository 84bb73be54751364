"""Actions chased by the clock: their owners are told when the minutes go out, on the day, and when they are late; in the end the Chair is, too.

What is to be done as soon as possible has no day: its owner is reminded before each meeting, which looks at it again.
"""

from datetime import datetime

from groups.models import User
from meetings import notices
from meetings.due import chases_after, next_chase, next_look, reminder_before
from meetings.lifecycle import ActionStatus, MeetingStatus
from meetings.models import Action, Meeting, Minutes
from records.clock import portal_now
from records.locks import locked
from records.operations import operation

ASAP = Action.DueKind.ASAP


def set_the_clock(action: Action, after: datetime) -> None:
    """When its owner is next to be reminded; never while it is ongoing or its day to be confirmed, or members do not know of it."""
    told = action.status == ActionStatus.OPEN and Action.objects.told_to_members().filter(pk=action.pk).exists()
    if told and action.due_kind == ASAP:
        action.chase_at = next_look(_looks_at(action, after), after)
    else:
        action.chase_at = next_chase(action.due_on, after) if told and action.due_on else None


def _looks_at(action: Action, after: datetime) -> Meeting | None:
    """The next meeting of its group that is planned, after the one that raised it."""
    ahead = Meeting.objects.filter(group=action.group_id, status=MeetingStatus.PLANNED, starts_at__gt=after)
    return ahead.exclude(pk=action.meeting_id or 0).select_related("group").order_by("starts_at", "pk").first()


def tell_the_owners(minutes: Minutes, *, by: User, at: datetime) -> None:
    """Each owner is told once of all that the meeting gave them to do; from then on the clock reminds of it."""
    actions = list(locked(minutes.meeting.actions.standing().filter(status=ActionStatus.OPEN)).select_related("owner_person", "group").order_by("raised_order"))
    notices.your_actions(minutes, actions, by=by)
    for action in actions:
        set_the_clock(action, at)
        if action.chase_at:
            action.save_by(by, "its owner was told", at=at)


@operation
def chase_action(action: Action) -> Action:
    """Remind its owner. After a pause one reminder stands for all that were missed. Safe to run twice."""
    action = locked(Action.objects.select_related("group", "meeting", "owner_person")).get(pk=action.pk)
    clock, now = User.objects.the_clock(), portal_now()
    if action.status != ActionStatus.OPEN or action.chase_at is None or action.chase_at > now:
        return action
    if action.due_kind == ASAP:
        return _before_a_meeting(action, by=clock, now=now)
    if action.due_on is None:
        return action
    notices.action_chased(action, late=chases_after(action.due_on, now), by=clock)
    action.chase_at = next_chase(action.due_on, now)
    return action.save_by(clock, "chased", at=now)


def _before_a_meeting(action: Action, *, by: User, now: datetime) -> Action:
    """Reminded if the next meeting is near; else looked for again when it will be."""
    meeting = _looks_at(action, now)
    near = meeting is not None and reminder_before(meeting) <= now
    if meeting and near:
        notices.action_looked_at(action, meeting, by=by)
    action.chase_at = next_look(meeting, now)
    return action.save_by(by, "chased" if near else "looked for the next meeting", at=now)
