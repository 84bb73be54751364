"""Whether the days fit: from an assessment's close to the day on which papers go out for the meeting that is to decide."""

from dataclasses import dataclass
from datetime import date

from change_requests.due import THEMES_DAYS
from change_requests.models import ChangeRequest
from groups.calendar import Counting
from groups.policies import Key
from meetings.lifecycle import MeetingStatus
from meetings.models import Meeting
from records.dates import as_day
from records.working_days import KNOWN_YEARS


@dataclass(frozen=True)
class BackPlan:
    """When it is issued and closes, and how many working days are left then before papers go out. `most_days`: for how many it could be open at most."""

    issued: date
    closes: date
    open_days: int
    meeting: Meeting
    chosen: str  # why this meeting
    papers_out: date
    papers_days: int
    for_themes: int
    most_days: int
    next_that_fits: Meeting | None

    @property
    def fits(self) -> bool:
        return self.for_themes >= THEMES_DAYS

    @property
    def in_words(self) -> str:
        """ "Issue 14 Jul 2023, close 28 Jul 2023, papers out 2 Aug 2023 for DAG027 on 9 Aug 2023: 3 working days for themes"."""
        left = f"{self.for_themes} working day{'' if self.for_themes == 1 else 's'} for themes" if self.for_themes > 0 else "no working day for themes"
        return f"Issue {as_day(self.issued)}, close {as_day(self.closes)}, papers out {as_day(self.papers_out)} for {self.meeting.code} on {as_day(self.meeting.held_on)}: {left}."

    @property
    def does_not_fit(self) -> str:
        """Empty if it fits."""
        if self.fits:
            return ""
        late = f"papers for {self.meeting.code} go out {'before it is closed' if self.papers_out < self.closes else 'too soon after its close'}"
        ways = [f"it could be open for {self.most_days} working day{'' if self.most_days == 1 else 's'} at most"] if self.most_days > 0 else []
        ways += [f"{self.next_that_fits.code} on {as_day(self.next_that_fits.held_on)} is the first meeting that leaves enough"] if self.next_that_fits else []
        to_fit = f" To fit, {'; or '.join(ways)}." if ways else ""
        return f"This does not fit: {late}, and themes and replies take {THEMES_DAYS} working days.{to_fit}"

    @property
    def how_counted(self) -> str:
        return (
            f"Counted in working days of England and Wales: {self.open_days} from its issue to its close; papers go out {self.papers_days} before the meeting ({self.chosen}), "
            "as the group’s policy says; the days after the close, up to the one on which papers go out, are for themes and replies."
        )


def back_plan(request: ChangeRequest, issued: date, closes: date, open_days: int, today: date, counting: Counting, *, public_only: bool = False) -> BackPlan | None:
    """For the meeting at which it is to be decided, or else the first after the close; none if no meeting is planned then."""
    near = [meeting for meeting in _to_come(request, today, public_only=public_only) if meeting.held_on.year in KNOWN_YEARS]
    if (found := _chosen(request, near, closes)) is None:
        return None
    meeting, chosen = found
    papers_out = {each.pk: _papers_out(each, counting) for each in near}
    left = {each.pk: counting.days.between(closes, papers_out[each.pk]) for each in near}
    return BackPlan(
        issued=issued, closes=closes, open_days=open_days, meeting=meeting, chosen=chosen, papers_out=papers_out[meeting.pk],
        papers_days=_papers_days(meeting, counting), for_themes=left[meeting.pk],
        most_days=counting.days.between(issued, papers_out[meeting.pk]) - THEMES_DAYS,
        next_that_fits=next((each for each in near if left[each.pk] >= THEMES_DAYS and each.pk != meeting.pk), None),
    )  # fmt: skip


def _chosen(request: ChangeRequest, near: list[Meeting], closes: date) -> tuple[Meeting, str] | None:
    if aimed := next((meeting for meeting in near if meeting.pk == request.target_meeting_id), None):
        return aimed, "at which it is to be decided"
    if after := next((meeting for meeting in near if meeting.held_on > closes), None):
        return after, "the first after its close, since it aims at none"
    return None


def _to_come(request: ChangeRequest, today: date, *, public_only: bool) -> list[Meeting]:
    planned = Meeting.objects.filter(group=request.group_id, status=MeetingStatus.PLANNED, held_on__gt=today)
    return list((planned.public() if public_only else planned).order_by("held_on", "pk")[:50])


def _papers_days(meeting: Meeting, counting: Counting) -> int:
    return int(counting.policies.value(meeting.group, Key.PAPERS, meeting.held_on))


def _papers_out(meeting: Meeting, counting: Counting) -> date:
    return counting.days.add(meeting.held_on, -_papers_days(meeting, counting))


def no_meeting(request: ChangeRequest, closes: date, today: date, *, public_only: bool = False) -> str:
    """Why nothing is counted back from a meeting, and what could be done."""
    near = _to_come(request, today, public_only=public_only)
    if not near:
        return f"No meeting of {request.group.code} is planned: plan one after {as_day(closes)}, or ask the seats between meetings."
    last = f"the last that is planned, {near[-1].code}, is on {as_day(near[-1].held_on)}"
    return f"No meeting of {request.group.code} is planned after the close on {as_day(closes)}: {last}. Plan a later one, or ask the seats between meetings."


def between_meetings(request: ChangeRequest, closes: date, counting: Counting) -> str:
    """The other way, ex-committee: from when until when the seats could be asked, counted from the assessment's close."""
    opens = counting.days.add(closes, THEMES_DAYS)
    days = int(counting.policies.value(request.group, Key.WINDOW, opens))
    until = counting.days.add(opens, days)
    return (
        f"Between meetings: with {THEMES_DAYS} working days for themes the seats could be asked from {as_day(opens)} until {as_day(until)}, "
        f"{days} working day{'' if days == 1 else 's'} by the group’s policy, and it is reported to the next meeting."
    )
