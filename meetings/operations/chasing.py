"""Actions chased by the clock: their owners are told when the minutes go out, on the day, and when they are late; in the end the Chair is, too."""

from datetime import datetime

from groups.models import User
from meetings import notices
from meetings.due import chases_after, next_chase
from meetings.lifecycle import ActionStatus
from meetings.models import Action, Minutes
from records.clock import portal_now
from records.locks import locked
from records.operations import operation


def set_the_clock(action: Action, after: datetime) -> None:
    """When its owner is next to be reminded; never while it has no day, or members do not know of it."""
    told = action.status == ActionStatus.OPEN and action.due_on and Action.objects.told_to_members().filter(pk=action.pk).exists()
    action.chase_at = next_chase(action.due_on, after) if told and action.due_on else None


def tell_the_owners(minutes: Minutes, *, by: User, at: datetime) -> None:
    """Each owner is told once of all that the meeting gave them to do; from then on the clock reminds of what has a day."""
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
    if action.status != ActionStatus.OPEN or action.chase_at is None or action.chase_at > now or action.due_on is None:
        return action
    notices.action_chased(action, late=chases_after(action.due_on, now), by=clock)
    action.chase_at = next_chase(action.due_on, now)
    return action.save_by(clock, "chased", at=now)
