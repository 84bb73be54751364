"""The steps of "Was process followed?" that a meeting answers, whatever was decided there."""

from collections.abc import Iterator
from typing import Protocol

from groups.policies import Key
from meetings.models import Meeting
from records.clock import london_date
from records.dates import as_day, as_moment
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
    question, clause = f"Were the papers out {wanted} working days before?", "ToR, calendar of papers"
    if (told := _circulated(seen, meeting) or _never_circulated(meeting) or _agenda_out(seen, meeting)) is None:
        yield Line(question, UNKNOWN, "When the papers went out is not recorded.", clause)
        return
    before, detail = told
    late = [item["title"] for item in meeting.published_agenda or [] if item.get("late")]
    after_that = f" Tabled after the agenda was published: {'; '.join(late)}." if late else ""
    yield Line(question, YES if before >= wanted else NO, f"{detail}{after_that}", clause)


def _circulated(seen: SeenOfMeeting, meeting: Meeting) -> tuple[int, str] | None:
    """As how many working days before the first papers went out; what followed before the meeting began is said."""
    made = sorted((each for each in meeting.circulations.all() if each.at < meeting.starts_at), key=lambda each: each.n)
    if not made:
        return None
    first, supplements = made[0], made[1:]
    why = f" Why they were late: {first.why}" if first.why else ""
    later = f" {len(supplements)} supplement{'' if len(supplements) == 1 else 's'} followed, the last on {as_day(made[-1].at)}." if supplements else ""
    return first.working_days, f"They were circulated on {as_day(first.at)}, {_so_long_before(first.working_days)}.{why}{later}"


def _never_circulated(meeting: Meeting) -> tuple[int, str] | None:
    """Where there were papers, the day by which they were to go out is on record as missed."""
    missed = next((each for each in meeting.papers_awaited.all() if each.missed and each.to_be_held_on == meeting.held_on), None)
    if missed is None:
        return None
    return -1, f"None was circulated before it began, though there were papers. They were to go out by {as_moment(missed.due_at)}; that none had is on record since {as_moment(missed.noted_at)}."


def _agenda_out(seen: SeenOfMeeting, meeting: Meeting) -> tuple[int, str] | None:
    """Where the portal circulated none: the agenda, if it was published."""
    if meeting.agenda_published_at is None:
        return None
    out = london_date(meeting.agenda_published_at)
    before = seen.days.between(out, meeting.held_on)
    return before, f"No papers were circulated by the portal before it began; the agenda was published on {as_day(out)}, {_so_long_before(before)}."


def _so_long_before(days: int) -> str:
    return f"{days} working day{'' if days == 1 else 's'} before the meeting" if days > 0 else "on the day of the meeting" if days == 0 else "after the meeting"
