"""The steps of "Was process followed?" that a meeting answers, whatever was decided there."""

from collections.abc import Iterator
from typing import Protocol

from groups.policies import Key
from meetings.models import Meeting
from records.clock import london_date
from records.process import NO, UNKNOWN, YES, Line, step
from records.working_days import Calendar


class SeenOfMeeting(Protocol):
    """What these steps need of whatever was read of a decision."""

    meeting: Meeting | None
    house: dict[str, str]  # the policies the group went by that day; none, if nobody knows the day
    days: Calendar


@step("papers")
def _papers(seen: SeenOfMeeting) -> Iterator[Line]:
    meeting = seen.meeting
    if meeting is None:
        return
    wanted = int(seen.house.get(Key.PAPERS, "5"))
    question, clause = f"Was the agenda out {wanted} working days before?", "ToR, calendar of papers"
    if meeting.agenda_published_at is None:
        yield Line(question, UNKNOWN, "When the papers went out is not recorded.", clause)
        return
    out = london_date(meeting.agenda_published_at)
    before = seen.days.between(out, meeting.held_on)
    late = [item["title"] for item in meeting.published_agenda or [] if item.get("late")]
    after_that = f" Tabled after that: {'; '.join(late)}." if late else ""
    yield Line(question, YES if before >= wanted else NO, f"It was published on {out:%a %-d %b %Y}, {before} working days before the meeting.{after_that}", clause)
