"""The clock reminds whoever a step from the meeting to its published minutes waits for."""

from groups.calendar import Counting
from groups.models import User
from meetings import notices
from meetings.back_plan import step_to_tell
from meetings.models import Minutes, StepTold
from meetings.operations.locking import locked_meeting
from records.clock import portal_now
from records.locks import locked
from records.operations import operation


@operation
def remind_of_step(minutes: Minutes) -> Minutes:
    """Once on the day of the step, and once when it is late; after a pause that one alone. Safe to repeat."""
    meeting = locked_meeting(minutes.meeting)
    minutes, clock, now = locked(Minutes.objects).get(pk=minutes.pk), User.objects.the_clock(), portal_now()
    meeting.minutes = minutes
    step = step_to_tell(meeting, Counting(), now)
    if step is None or meeting.published_at or StepTold.objects.filter(minutes=minutes, step=step.name, late=step.is_late(now)).exists():
        return minutes
    StepTold(minutes=minutes, step=step.name, late=step.is_late(now)).save_by(clock)
    notices.step_waits(meeting, step, late=step.is_late(now), by=clock)
    return minutes
