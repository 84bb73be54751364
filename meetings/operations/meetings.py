"""Planning a meeting, telling whoever comes, holding it, and saying when the next one is."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Max

from groups.calendar import hold_calendar
from groups.models import Group, User
from groups.standing import Standing
from ledger.operations import seal
from meetings import notices
from meetings.due import next_reminder, publication_due
from meetings.for_decision import issue_what_is_named
from meetings.lifecycle import MEETING, MinutesStatus
from meetings.models import AgendaItem, Meeting, Minutes, Paragraph
from meetings.operations.actions import number_actions
from meetings.operations.headlines import begin_headlines
from meetings.operations.locking import locked_item, locked_meeting
from meetings.planning import next_number, next_planned
from meetings.rules import (
    refusals_of_move,
    refusals_of_next_meeting,
    refusals_of_number,
    refusals_of_reason,
    refusals_of_series,
    refusals_of_times,
    refusals_to_announce_next,
    refusals_to_cancel,
    refusals_to_change_meeting,
    refusals_to_hold,
    refusals_to_invite,
    refusals_to_move,
    refusals_to_schedule,
    refusals_to_write_in,
)
from records.clock import london_date, portal_now
from records.editions import issue
from records.locks import locked
from records.operations import operation
from records.rules import require


@operation
def schedule(
    group: Group,
    number: str,
    *,
    starts_at: datetime,
    ends_at: datetime | None = None,
    venue: str = "",
    kind: str = Meeting.Kind.ORDINARY,
    classification: str = Meeting.Classification.PUBLIC,
    joining_link: str = "",
    by: User,
) -> Meeting:
    """Plan a meeting of the group. Its code, such as DAG026, comes from its number."""
    group = locked(Group.objects).get(pk=group.pk)
    now = portal_now()
    require(refusals_to_schedule(group, Standing.at(by, now), now), refusals_of_number(group, number), refusals_of_times(starts_at, ends_at))
    told = {"venue": venue, "kind": kind, "classification": classification, "joining_link": joining_link}
    return _scheduled(group, number, starts_at, ends_at, told, by=by, at=now)


@operation
def schedule_series(
    group: Group,
    times: Sequence[tuple[datetime, datetime | None]],
    *,
    venue: str = "",
    classification: str = Meeting.Classification.PUBLIC,
    joining_link: str = "",
    by: User,
) -> Group:
    """Plan ordinary meetings at these times, all or none. Their numbers follow the highest there is. Returns the group."""
    group = locked(Group.objects).get(pk=group.pk)
    now = portal_now()
    require(refusals_to_schedule(group, Standing.at(by, now), now), refusals_of_series(group, times))
    told = {"venue": venue, "kind": Meeting.Kind.ORDINARY, "classification": classification, "joining_link": joining_link}
    for number, (starts_at, ends_at) in enumerate(sorted(times, key=lambda each: each[0]), next_number(group)):
        _scheduled(group, str(number), starts_at, ends_at, told, by=by, at=now)
    return group


def _scheduled(group: Group, number: str, starts_at: datetime, ends_at: datetime | None, told: dict[str, str], *, by: User, at: datetime) -> Meeting:
    meeting = Meeting(
        group=group, number=number, code=group.meeting_code(number), starts_at=starts_at, ends_at=ends_at, held_on=london_date(starts_at), **told,
    ).save_by(by)  # fmt: skip
    issue("meeting", meeting.pk, "It was scheduled.", by=by, at=at)
    return meeting


@operation
def invite(meeting: Meeting, *, by: User) -> Meeting:
    """Send the meeting to the calendars of everyone with a seat, and of the secretariat: of those who have not been invited yet."""
    meeting = locked_meeting(meeting)
    now = portal_now()
    require(refusals_to_invite(meeting, Standing.at(by, now), now))
    meeting.invited_at = meeting.invited_at or now
    meeting.save_by(by, at=now)
    notices.invited(meeting, by=by, at=now)
    return meeting


@operation
def change_meeting(meeting: Meeting, *, venue: str, joining_link: str, by: User) -> Meeting:
    """Say otherwise where it is. Whoever was invited is told."""
    meeting = locked_meeting(meeting)
    now = portal_now()
    require(refusals_to_change_meeting(meeting, Standing.at(by, now), now))
    meeting.venue, meeting.joining_link = venue, joining_link
    _mend_calendars(meeting)
    meeting.save_by(by, at=now)
    issue("meeting", meeting.pk, "Its place was changed.", by=by, at=now)
    notices.changed(meeting, by=by, at=now)
    return meeting


@operation
def move(meeting: Meeting, *, starts_at: datetime, ends_at: datetime | None, why: str, by: User) -> Meeting:
    """Put a planned meeting on another day, or to another time. Its number stays. Whoever was invited is told, with the reason."""
    meeting = locked_meeting(meeting)
    now = portal_now()
    require(refusals_to_move(meeting, Standing.at(by, now), now))
    require(refusals_of_times(starts_at, ends_at), refusals_of_move(meeting, starts_at, ends_at), refusals_of_reason(why))
    meeting.moved_from, meeting.moved_why = meeting.starts_at, why.strip()
    meeting.starts_at, meeting.ends_at, meeting.held_on = starts_at, ends_at, london_date(starts_at)
    _mend_calendars(meeting)
    meeting.save_by(by, why.strip(), at=now)
    issue_what_is_named([meeting.published_agenda], f"{meeting} was moved.", by=by, at=now)
    issue("meeting", meeting.pk, "It was moved.", by=by, at=now)
    notices.moved(meeting, by=by, at=now)
    return meeting


@operation
def cancel(meeting: Meeting, *, why: str, by: User) -> Meeting:
    """Call a planned meeting off. Its number is not given again. Whoever was invited is told, with the reason."""
    meeting, now = locked_meeting(meeting), portal_now()
    require(refusals_to_cancel(meeting, Standing.at(by, now), now), refusals_of_reason(why))
    meeting.status, meeting.cancelled_why = MEETING["cancel"].target, why.strip()
    _mend_calendars(meeting)
    meeting.save_by(by, why.strip(), at=now)
    issue_what_is_named([meeting.published_agenda], f"{meeting} was cancelled.", by=by, at=now)
    issue("meeting", meeting.pk, "It was cancelled.", by=by, at=now)
    notices.cancelled(meeting, by=by, at=now)
    return meeting


def _mend_calendars(meeting: Meeting) -> None:
    if meeting.invited_at:
        meeting.calendar_sequence += 1


@operation
def hold(meeting: Meeting, *, by: User) -> Meeting:
    """Record that the meeting took place, and work out when its headline report, decisions and minutes must be public. The next one is the next that is planned."""
    hold_calendar()
    meeting = locked_meeting(meeting)
    now = portal_now()
    require(refusals_to_hold(meeting, Standing.at(by, now), now))
    meeting.status = MEETING["hold"].target
    meeting.next_meeting_on = meeting.next_meeting_on or (coming.held_on if (coming := next_planned(meeting)) else None)
    if meeting.is_public:
        meeting.publication_due_at, working = publication_due(meeting.group, meeting.held_on)
        meeting.publication_working = working.as_json()
        meeting.next_reminder_at = next_reminder(meeting.publication_due_at, now)
    meeting.save_by(by)
    if meeting.is_public:
        begin_headlines(meeting, by=by, at=now)
    number_actions(meeting, by=by, at=now)
    Minutes(meeting=meeting, status=MinutesStatus.DRAFT).save_by(by)
    seal("meeting held", meeting, by=by)
    issue_what_is_named([meeting.published_agenda], f"{meeting} was held.", by=by, at=now)
    issue("meeting", meeting.pk, "It was held.", by=by, at=now)
    return meeting


@operation
def announce_next(meeting: Meeting, on: date | None, *, by: User) -> Meeting:
    """Say when the next meeting is, as it was announced at this one; the minutes print it."""
    meeting, now = locked_meeting(meeting), portal_now()
    require(refusals_to_announce_next(meeting, Standing.at(by, now), now), refusals_of_next_meeting(meeting, on))
    meeting.next_meeting_on = on
    return meeting.save_by(by, at=now)


@operation
def write_paragraph(item: AgendaItem, text: str = "", *, kind: str = Paragraph.Kind.TEXT, by: User) -> Paragraph:
    """Add a paragraph to the minute of an item."""
    item, now = locked_item(item), portal_now()
    require(refusals_to_write_in(item.meeting, Standing.at(by, now), now))
    last = item.paragraphs.aggregate(last=Max("order"))["last"] or 0
    return Paragraph(item=item, order=last + 1, kind=kind, text=text).save_by(by)
