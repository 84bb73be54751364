"""Scheduling a meeting, holding it, and writing down what happened."""

from datetime import datetime

from django.db.models import Max

from groups.calendar import hold_calendar
from groups.models import Group, Person, Seat, User
from groups.standing import Standing
from ledger.operations import seal
from meetings.due import next_reminder, publication_due
from meetings.lifecycle import ITEM, MEETING, MinutesStatus
from meetings.models import AgendaItem, Attendance, Meeting, Minutes, Paragraph
from meetings.operations.actions import number_actions
from meetings.rules import (
    refusals_of_number,
    refusals_to_cancel,
    refusals_to_hold,
    refusals_to_move_item,
    refusals_to_publish_agenda,
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
    require(refusals_to_schedule(group, Standing.at(by, now), now), refusals_of_number(group, number))
    meeting = Meeting(
        group=group, number=number, code=group.meeting_code(number), kind=kind, starts_at=starts_at, ends_at=ends_at,
        held_on=london_date(starts_at), venue=venue, classification=classification, joining_link=joining_link,
    ).save_by(by)  # fmt: skip
    issue("meeting", meeting.pk, "It was scheduled.", by=by, at=now)
    return meeting


@operation
def table_item(
    meeting: Meeting, title: str, *, purpose: str = "", presenter: str = "", minutes_allowed: int | None = None, by: User
) -> AgendaItem:
    """Put an item on the agenda, after those already there."""
    meeting, now = locked(Meeting.objects.select_related("group")).get(pk=meeting.pk), portal_now()
    require(refusals_to_write_in(meeting, Standing.at(by, now), now))
    last = meeting.items.aggregate(last=Max("number"))["last"] or 0
    return AgendaItem(
        meeting=meeting, number=last + 1, title=title, purpose=purpose, presenter=presenter, minutes_allowed=minutes_allowed
    ).save_by(by)


@operation
def publish_agenda(meeting: Meeting, *, by: User) -> Meeting:
    """Let the public see the agenda as it stands now, ahead of the meeting; what is tabled later shows when it is published again."""
    meeting = locked(Meeting.objects.select_related("group")).get(pk=meeting.pk)
    now = portal_now()
    require(refusals_to_publish_agenda(meeting, Standing.at(by, now), now))
    meeting.agenda_published_at = now
    meeting.published_agenda = [
        {"title": item.title, "purpose": item.get_purpose_display() if item.purpose else "", "presenter": item.presenter}
        for item in meeting.items.order_by("number")
    ]
    issue("meeting", meeting.pk, "Its agenda was published.", by=by, at=now)
    return meeting.save_by(by)


@operation
def hold(meeting: Meeting, *, by: User) -> Meeting:
    """Record that the meeting took place, and work out when its decisions and minutes must be public."""
    hold_calendar()
    meeting = locked(Meeting.objects.select_related("group")).get(pk=meeting.pk)
    now = portal_now()
    require(refusals_to_hold(meeting, Standing.at(by, now), now))
    meeting.status = MEETING["hold"].target
    if meeting.is_public:
        meeting.publication_due_at, working = publication_due(meeting.group, meeting.held_on)
        meeting.publication_working = working.as_json()
        meeting.next_reminder_at = next_reminder(meeting.publication_due_at, now)
    meeting.save_by(by)
    number_actions(meeting, by=by, at=now)
    Minutes(meeting=meeting, status=MinutesStatus.DRAFT).save_by(by)
    seal("meeting held", meeting, by=by)
    issue("meeting", meeting.pk, "It was held.", by=by, at=now)
    return meeting


@operation
def cancel(meeting: Meeting, *, why: str, by: User) -> Meeting:
    meeting, now = locked(Meeting.objects.select_related("group")).get(pk=meeting.pk), portal_now()
    require(refusals_to_cancel(meeting, Standing.at(by, now), now))
    meeting.status, meeting.cancelled_why = MEETING["cancel"].target, why
    issue("meeting", meeting.pk, "It was cancelled.", by=by, at=now)
    return meeting.save_by(by, why)


@operation
def record_attendance(
    meeting: Meeting,
    person: Person,
    section: str,
    *,
    role: str = "",
    initials: str = "",
    seat: Seat | None = None,
    on_behalf_of: str = "",
    mode: str = Attendance.Mode.PRESENT,
    part_meeting: bool = False,
    by: User,
) -> Attendance:
    """Write down that a person came (or sent apologies), with name and role as they are that day."""
    meeting, now = locked(Meeting.objects.select_related("group")).get(pk=meeting.pk), portal_now()
    require(refusals_to_write_in(meeting, Standing.at(by, now), now))
    return Attendance(
        meeting=meeting, person=person, section=section, order=meeting.attendances.count() + 1, printed_name=person.name,
        printed_role=role or (seat.label if seat else person.of), initials=initials, seat=seat,
        on_behalf_of=on_behalf_of, mode=mode, part_meeting=part_meeting,
    ).save_by(by)  # fmt: skip


@operation
def discuss_item(item: AgendaItem, *, by: User) -> AgendaItem:
    return _move_item(item, "discuss", by=by)


@operation
def defer_item(item: AgendaItem, *, to: Meeting | None = None, by: User) -> AgendaItem:
    """Leave the item for another time; with a meeting to defer it to, it goes on that agenda."""
    item = _move_item(item, "defer", by=by)
    if to is not None:
        item.deferred_to = table_item(to, item.title, purpose=item.purpose, presenter=item.presenter, by=by)
        item.save_by(by)
    return item


def _move_item(item: AgendaItem, verb: str, *, by: User) -> AgendaItem:
    item = _locked_item(item)
    require(refusals_to_move_item(item, verb, Standing.at(by, portal_now())))
    item.status = ITEM[verb].target
    return item.save_by(by)


def _locked_item(item: AgendaItem) -> AgendaItem:
    """The item with its meeting, the meeting locked first: nothing is written into minutes while they are published."""
    meeting = locked(Meeting.objects.select_related("group")).get(pk=item.meeting_id)
    item = locked(AgendaItem.objects).get(pk=item.pk)
    item.meeting = meeting
    return item


@operation
def write_paragraph(item: AgendaItem, text: str = "", *, kind: str = Paragraph.Kind.TEXT, by: User) -> Paragraph:
    """Add a paragraph to the minute of an item."""
    item, now = _locked_item(item), portal_now()
    require(refusals_to_write_in(item.meeting, Standing.at(by, now), now))
    last = item.paragraphs.aggregate(last=Max("order"))["last"] or 0
    return Paragraph(item=item, order=last + 1, kind=kind, text=text).save_by(by)
