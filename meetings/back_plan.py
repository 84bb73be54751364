"""From the day of a meeting to its published minutes: by when each step is to be done, which one waits, and for whom. Read-only.

The steps are the group's own plan, and no promise: what is promised to the public is the last day, in meetings/due.py.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from groups.calendar import Counting
from groups.models import Seat
from groups.policies import Key
from meetings.due import MORNING
from meetings.lifecycle import MinutesStatus, MinutesStep
from meetings.models import Meeting
from records.clock import london_date, london_moment
from records.working_days import KNOWN_YEARS

Status = MinutesStatus


class Step(NamedTuple):
    """One step: whom it waits for, by when, and which working day after the meeting that is."""

    name: MinutesStep
    whose: str
    day: int
    due_at: datetime
    done: bool

    @property
    def what(self) -> str:
        """ "the Chair clears it"."""
        return self.name.label

    def is_late(self, now: datetime) -> bool:
        return not self.done and self.due_at <= now


# Whose each is, in their order. The days come from the policy.
STEPS = {
    MinutesStep.SEND_TO_CHAIR: Seat.Role.SECRETARIAT, MinutesStep.CLEAR: Seat.Role.CHAIR, MinutesStep.CIRCULATE: Seat.Role.SECRETARIAT,
    MinutesStep.COMMENT: Seat.Role.MEMBER, MinutesStep.PUBLISH: Seat.Role.SECRETARIAT,
}  # fmt: skip
_DONE_BEFORE = {Status.DRAFT: 0, Status.SENT: 1, Status.CLEARED: 2, Status.CIRCULATED: 3, Status.APPROVED: 3}  # how many steps are behind minutes in this state


def plan_of(meeting: Meeting, counting: Counting, now: datetime) -> list[Step]:
    """Empty where nothing is to be published, or no calendar reaches so far. Reads the meeting's minutes."""
    minutes = getattr(meeting, "minutes", None)
    return list(_steps(meeting, minutes.status, counting, now)) if minutes and _is_counted(meeting) else []


def _is_counted(meeting: Meeting) -> bool:
    return meeting.publication_due_at is not None and meeting.held_on.year in KNOWN_YEARS


def _steps(meeting: Meeting, status: str, counting: Counting, now: datetime) -> Iterator[Step]:
    """Members have as long as the plan gives them: from then on the minutes can go out."""
    behind = len(STEPS) if meeting.published_at else _DONE_BEFORE[Status(status)]
    for n, ((name, whose), day) in enumerate(zip(STEPS.items(), days_of(meeting, counting), strict=True)):
        due_at = counting.deadline(meeting.group, meeting.held_on, day)[0]
        yield Step(name, whose, day, due_at, n < behind or (name == MinutesStep.COMMENT and behind == n and due_at <= now))


def days_of(meeting: Meeting, counting: Counting) -> list[int]:
    """Working days after the meeting, step by step; none later than the publication that is promised."""
    said = counting.policies.value(meeting.group, Key.MINUTES_PLAN, meeting.held_on)
    last = int(counting.policies.value(meeting.group, Key.PUBLICATION, meeting.held_on))
    return [min(int(each), last) for each in said.split(",")]


def waiting_step(meeting: Meeting, counting: Counting, now: datetime) -> Step | None:
    """The one that is to be done next."""
    return next((step for step in plan_of(meeting, counting, now) if not step.done), None)


def step_to_tell(meeting: Meeting, counting: Counting, now: datetime) -> Step | None:
    """The step that is waited for, from the morning of its day on. Members are told once, when the minutes go to them."""
    step = waiting_step(meeting, counting, now)
    if step is None or step.name == MinutesStep.COMMENT:
        return None
    return step if london_moment(london_date(step.due_at), MORNING) <= now else None


def step_due(meeting: Meeting, name: str, counting: Counting) -> datetime | None:
    """By when that step is to be done; none where nothing is promised."""
    if not _is_counted(meeting):
        return None
    day = next(day for step, day in zip(STEPS, days_of(meeting, counting), strict=True) if step == name)
    return counting.deadline(meeting.group, meeting.held_on, day)[0]


def comments_asked_by(meeting: Meeting, counting: Counting, now: datetime) -> datetime | None:
    """By when members are asked to comment on the draft; none once that is past, or where it is no earlier than they can. They can until it is published."""
    asked = step_due(meeting, MinutesStep.COMMENT, counting)
    return asked if asked and meeting.publication_due_at and now < asked < meeting.publication_due_at else None
