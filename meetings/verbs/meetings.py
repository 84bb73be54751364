"""What can be done to a meeting and its minutes: buttons, what waits on the desk, and what is to be read before it is done."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from groups.models import Group, User
from groups.policies import Key
from groups.standing import Standing
from meetings import operations
from meetings.back_plan import step_due
from meetings.due import headlines_due, publication_due
from meetings.lifecycle import MeetingStatus
from meetings.models import AgendaItem, Attendance, Meeting, Minutes, StandingItem
from meetings.operations.agenda import FOR_WANT_OF_TIME, ITEM_DEFERRED
from meetings.planning import announced_times, next_planned
from meetings.recipients import not_invited_yet, without_address
from meetings.replying import unanswered_by
from meetings.rules import (
    not_reached,
    refusals_to_announce_next,
    refusals_to_approve,
    refusals_to_cancel,
    refusals_to_change_item,
    refusals_to_change_meeting,
    refusals_to_circulate,
    refusals_to_clear,
    refusals_to_defer,
    refusals_to_defer_from,
    refusals_to_defer_rest,
    refusals_to_drop_standing_item,
    refusals_to_hold,
    refusals_to_invite,
    refusals_to_issue,
    refusals_to_minute,
    refusals_to_move,
    refusals_to_publish,
    refusals_to_publish_agenda,
    refusals_to_record_attendance,
    refusals_to_schedule,
    refusals_to_send_back,
    refusals_to_send_to_chair,
    refusals_to_table,
    refusals_to_take_off,
)
from meetings.rules.drafts import refusals_to_take_out
from meetings.rules.replies import refusals_to_reply
from meetings.verbs.told_before import after_circulating, after_publishing, after_sending_to_the_chair
from records.clock import london_date, london_moment, portal_now
from records.dates import as_clock, as_day, as_moment
from records.models import Origin
from records.together import together
from records.verbs import Verb, register
from records.working_days import KNOWN_YEARS


def page_of(record: Meeting | Minutes) -> str:
    return reverse("desk:meeting", args=[meeting_of(record).code])


def meeting_of(record: Meeting | Minutes) -> Meeting:
    return record.meeting if isinstance(record, Minutes) else record


def agenda_page(record: Meeting | AgendaItem) -> str:
    return reverse("meetings:agenda", args=[(record.meeting if isinstance(record, AgendaItem) else record).code])


def attendance_page(meeting: Meeting) -> str:
    return reverse("meetings:attendance", args=[meeting.code])


def _at(name: str) -> Callable[[Meeting], str]:
    return lambda meeting: reverse(f"meetings:{name}", args=[meeting.code])


@together
def unpublished(standing: Standing) -> QuerySet[Meeting]:
    """The meetings that this person may know of and that are not public yet, with their minutes."""
    came = Exists(Attendance.objects.filter(meeting=OuterRef("pk"), dropped=False))
    on_it = AgendaItem.objects.filter(meeting=OuterRef("pk")).exclude(number=None)
    seen = Meeting.objects.visible_to(standing).filter(published_at=None).exclude(status=MeetingStatus.CANCELLED)
    return seen.annotate(attended=came, with_agenda=Exists(on_it)).select_related("group", "minutes", "headline_report").order_by("held_on", "pk")


def _meetings(standing: Standing, now: datetime) -> list[Meeting]:
    return [meeting for meeting in unpublished(standing, now) if meeting.origin == Origin.PORTAL and minutes_of(meeting) is None]


def _minutes(standing: Standing, now: datetime) -> Iterator[Minutes]:
    yield from (minutes for meeting in unpublished(standing, now) if meeting.origin == Origin.PORTAL and (minutes := minutes_of(meeting)))


def minutes_of(meeting: Meeting) -> Minutes | None:
    """None before it is held."""
    minutes = getattr(meeting, "minutes", None)
    if minutes:
        minutes.meeting = meeting
    return minutes


def group_of(minutes: Minutes) -> Group:
    return minutes.meeting.group


def _due(meeting: Meeting, standing: Standing) -> datetime | None:
    return meeting.publication_due_at


def _step(name: str) -> Callable[[Minutes, Standing], datetime | None]:
    """By the plan that leads to the publication, not by its last hour."""
    return lambda minutes, standing: step_due(minutes.meeting, name, standing.counting)


def _find_meeting(pk: int, standing: Standing) -> Meeting | None:
    found = Meeting.objects.select_related("group", "headline_report").filter(pk=pk).first()
    return found if found and standing.belongs_to(found.group) else None


def _find_item(pk: int, standing: Standing) -> AgendaItem | None:
    found = AgendaItem.objects.select_related("meeting__group").filter(pk=pk).first()
    return found if found and standing.belongs_to(found.meeting.group) else None


def _find_standing_item(pk: int, standing: Standing) -> StandingItem | None:
    found = StandingItem.objects.select_related("group").filter(pk=pk).first()
    return found if found and standing.belongs_to(found.group) else None


def _to_be_told(standing: Standing, now: datetime) -> list[Meeting]:
    """Of the meetings to come: those to which nobody has been invited."""
    return [meeting for meeting in _meetings(standing, now) if meeting.invited_at is None]


def _unanswered(standing: Standing, now: datetime) -> list[Meeting]:
    """Of the meetings to come to which the person was invited: those to which they have not replied, as far as they hold a seat."""
    held = {place.group_id for place in standing.places if place.via == "holding"}
    near = [meeting for meeting in _meetings(standing, now) if meeting.invited_at and meeting.starts_at > now and meeting.group_id in held]
    return unanswered_by(standing.user.person_id, near) if near else []


def _without_agenda(standing: Standing, now: datetime) -> list[Meeting]:
    """Of the meetings to come: those whose agenda nobody has published."""
    return [meeting for meeting in _meetings(standing, now) if meeting.agenda_published_at is None and meeting.starts_at > now]


def _without_attendance(standing: Standing, now: datetime) -> list[Meeting]:
    """Meetings that have begun, of which nobody said who came. Once they are held, it is a finding before they are published."""
    return [meeting for meeting in _meetings(standing, now) if meeting.starts_at <= now and not meeting.attended]  # type: ignore[attr-defined]


def _is_under_way(meeting: Meeting, now: datetime) -> bool:
    """It has begun today, and nobody has said yet that it was held. Those of earlier days wait, but nobody sits in them."""
    return meeting.starts_at <= now and meeting.held_on == london_date(now)


def _under_way(standing: Standing, now: datetime) -> list[Meeting]:
    return [meeting for meeting in _meetings(standing, now) if _is_under_way(meeting, now)]


def _agenda_due(meeting: Meeting, standing: Standing) -> datetime | None:
    """As many working days before the meeting as papers go out."""
    counting, day = standing.counting, meeting.held_on
    if day.year not in KNOWN_YEARS:
        return None
    last = counting.days.add(day, -int(counting.policies.value(meeting.group, Key.PAPERS, day)))
    return london_moment(last, counting.closing_time(meeting.group, day))


def _find_minutes(pk: int, standing: Standing) -> Minutes | None:
    found = Minutes.objects.select_related("meeting__group").filter(pk=pk).first()
    return found if found and standing.belongs_to(found.meeting.group) else None


def minutes_page(name: str):
    return lambda minutes: reverse(f"meetings:{name}", args=[minutes.meeting.code])


def _after_inviting(meeting: Meeting) -> list[str]:
    people, unreachable = not_invited_yet(meeting), [person.name for person in without_address(meeting)]
    many = "1 person is" if len(people) == 1 else f"{len(people)} people are"
    told = f"{many} sent an invitation with the next post, in a few minutes: whoever has a seat in {meeting.group}, and its secretariat."
    link = "with the joining link" if meeting.joining_link else "without a joining link, since there is none yet"
    return [
        told,
        f"They are {', '.join(person.name for person in people)}." if people else "Nobody of them has an address.",
        *([f"No address is known of {', '.join(unreachable)}: tell them yourself."] if unreachable else []),
        f"It carries the meeting to their calendars, {link}. When it is moved or cancelled, they are told.",
    ]


def _after_publishing_the_agenda(meeting: Meeting) -> list[str]:
    count = meeting.items.on_the_agenda().count()
    return [
        f"The agenda of {meeting}, with {count} item{'' if count == 1 else 's'}, becomes public at once, as it stands now. Nobody is sent a mail.",
        "So do its papers that everyone may have.",
        "What is tabled after this is marked as late, here and, once the agenda is published again, for everybody.",
    ]


def _after_deferring_the_rest(meeting: Meeting) -> list[str]:
    return [*_left_out(meeting), _where_they_go(meeting)]


def _left_out(meeting: Meeting) -> list[str]:
    items = not_reached(meeting)
    said = [f"Item {item.number}, {item.title}, is deferred." for item in items]
    return [*said, f"In the minute of each stands: “{FOR_WANT_OF_TIME}”"] if said else []


def _where_they_go(meeting: Meeting) -> str:
    to = next_planned(meeting)
    if to is None and (times := announced_times(meeting)):
        return f"The next meeting is planned for {as_moment(times[0])}, as was announced; each goes on its agenda, with its papers."
    return f"Each goes on the agenda of {to} on {as_day(to.held_on)}, with its papers." if to else "No later meeting is planned: each is offered for the agenda of the next."


def _after_deferring_from(item: AgendaItem) -> list[str]:
    this = f"Item {item.number}, {item.title}, is deferred; in its minute stands, behind what is written there: “{ITEM_DEFERRED}”"
    return [this, *_left_out(item.meeting), _where_they_go(item.meeting)]


def _after_holding(meeting: Meeting) -> list[str]:
    """What begins when a meeting is over; and what speaks for it not being over yet."""
    now, left = portal_now(), list(not_reached(meeting))
    planned = f"It is {as_clock(now)}, and {meeting} is planned to go on until {as_moment(meeting.ends_local)}." if meeting.ends_at and meeting.ends_at > now else ""
    items = f"Nothing is written yet about item{'' if len(left) == 1 else 's'} {', '.join(str(item.number) for item in left)}, and nobody deferred {'it' if len(left) == 1 else 'them'}." if left else ""
    days = [f"Its headline report is due by {as_day(headlines_due(meeting.group, meeting.held_on)[1].end)}, its minutes and decisions by {as_day(publication_due(meeting.group, meeting.held_on)[1].end)}."] if meeting.is_public else []
    coming = next_planned(meeting)
    after = f"The next meeting is {coming}, planned for {as_day(coming.held_on)}: the minutes say so." if coming else "No next meeting is planned: the minutes name none until you say when it is."
    return [
        *filter(None, (planned, items, *days, after)), "Its actions get their numbers, which stay; and the clock chases what is late. That it was held is not taken back; its minutes go on being written.",
    ]  # fmt: skip


def _after_taking_off(item: AgendaItem) -> list[str]:
    return [
        f"“{item.title}” is no longer on the agenda of {item.meeting}, and the items after it move up.",
        "It stays on record, and in nothing that is published.",
    ]


def _published(minutes: Minutes, *, by: User) -> str:
    return operations.publish(minutes, by=by).minutes.meeting.code


register(
    Verb(
        name="meetings.minute", of=Meeting, rule=refusals_to_minute, at=lambda meeting: reverse("desk:minute", args=[meeting.code]),
        label=lambda meeting: f"Write the minutes of {meeting}", waits=_under_way, waits_in_the_room=_is_under_way,
        look=lambda meeting: "button" if meeting.starts_at <= portal_now() else "secondary",
    ),
    Verb(
        name="meetings.schedule", of=Group, rule=refusals_to_schedule, label="Schedule a meeting", group=lambda group: group,
        at=lambda group: reverse("meetings:schedule", args=[group.code]),
    ),
    Verb(
        name="meetings.schedule_series", of=Group, rule=refusals_to_schedule, label="Plan a year of meetings", group=lambda group: group, look="secondary",
        at=lambda group: reverse("meetings:schedule_series", args=[group.code]),
    ),
    Verb(
        name="meetings.invite", of=Meeting, rule=refusals_to_invite, label=lambda m: f"Invite the members to {m}", at=page_of, act=operations.invite,
        find=_find_meeting, confirms=_after_inviting, waits=_to_be_told, done=lambda m: f"The invitations to {m} go out with the next post, in a few minutes.",
    ),
    Verb(
        name="meetings.reply", of=Meeting, rule=refusals_to_reply, at=_at("reply"), label=lambda m: f"Say whether you come to {m}", waits=_unanswered, look="secondary",
        due=lambda m, standing: m.starts_at,
    ),
    Verb(
        name="meetings.table_item", of=Meeting, rule=refusals_to_table, at=agenda_page, look="secondary",
        label=lambda m: "Put the agenda together" if m.status == MeetingStatus.PLANNED else "Look over the agenda",
    ),
    Verb(
        name="meetings.publish_agenda", of=Meeting, rule=refusals_to_publish_agenda, at=agenda_page, act=operations.publish_agenda, find=_find_meeting,
        label=lambda m: f"Publish the agenda of {m} again" if m.agenda_published_at else f"Publish the agenda of {m}", look="secondary",
        confirms=_after_publishing_the_agenda, waits=_without_agenda, due=_agenda_due, done=lambda m: f"The agenda of {m} is public.",
    ),
    Verb(
        name="meetings.record_attendance", of=Meeting, rule=refusals_to_record_attendance, label="Record who came", at=attendance_page, look="secondary",
        title=lambda m: f"Record who came to {m}", waits=_without_attendance, due=_due, waits_in_the_room=_is_under_way,
    ),
    Verb(
        name="meetings.move", of=Meeting, rule=refusals_to_move, label="Move it to another day or time", at=_at("move"), look="link",
    ),
    Verb(
        name="meetings.change_meeting", of=Meeting, rule=refusals_to_change_meeting, label="Change its place or joining link", at=_at("change"), look="link",
    ),
    Verb(
        name="meetings.cancel", of=Meeting, rule=refusals_to_cancel, label="Cancel it", at=_at("cancel"), look="link",
    ),
    Verb(
        name="meetings.announce_next", of=Meeting, rule=refusals_to_announce_next, label="Say when the next meeting is", at=_at("announce_next"), look="link",
    ),
    Verb(
        name="meetings.change_item", of=AgendaItem, rule=refusals_to_change_item, label="Change", look="link", group=lambda item: item.meeting.group,
        at=lambda item: reverse("meetings:change_item", args=[item.pk]),
    ),
    Verb(
        name="meetings.defer_item", of=AgendaItem, rule=refusals_to_defer, label="Defer", look="link", group=lambda item: item.meeting.group,
        at=lambda item: reverse("meetings:defer_item", args=[item.pk]),
    ),
    Verb(
        name="meetings.defer_from", of=AgendaItem, rule=refusals_to_defer_from, label=lambda item: f"Defer item {item.number} and the rest", look="link", group=lambda item: item.meeting.group,
        at=lambda item: reverse("desk:minute", args=[item.meeting.code]), act=operations.defer_from, find=_find_item, confirms=_after_deferring_from,
        done=lambda item: f"“{item.title}” and what {item.meeting} did not reach are deferred.",
    ),
    Verb(
        name="meetings.defer_rest", of=Meeting, rule=refusals_to_defer_rest, at=page_of, act=operations.defer_rest, find=_find_meeting, look="secondary",
        label="Defer the rest", confirms=_after_deferring_the_rest, done=lambda m: f"What {m} did not reach is deferred.",
    ),
    Verb(
        name="meetings.take_off", of=AgendaItem, rule=refusals_to_take_off, label="Take off", look="link", group=lambda item: item.meeting.group, at=agenda_page,
        act=operations.take_off, find=_find_item, confirms=_after_taking_off, done=lambda item: f"“{item.title}” is taken off the agenda.",
    ),
    Verb(
        name="meetings.drop_standing_item", of=StandingItem, rule=refusals_to_drop_standing_item, label="Offer it no more", look="link",
        at=lambda each: reverse("meetings:standing_items", args=[each.group.code]), act=operations.drop_standing_item, find=_find_standing_item,
        done=lambda each: f"“{each}” is not offered any more.",
    ),
    Verb(
        name="meetings.hold", of=Meeting, rule=refusals_to_hold, look="secondary", label=lambda m: f"Record that {m} was held", at=page_of,
        act=operations.hold, find=_find_meeting, waits=_meetings, due=_due, confirms=_after_holding, waits_in_the_room=_is_under_way,
        done=lambda m: f"{m} is recorded as held. Its publication is due by the date below.",
    ),
    Verb(
        name="meetings.send_to_chair", of=Minutes, group=group_of, rule=refusals_to_send_to_chair, at=page_of, act=operations.send_to_chair, find=_find_minutes,
        label=lambda m: f"Send the draft minutes of {m.meeting} to the Chair", confirms=after_sending_to_the_chair, waits=_minutes, due=_step("send_to_chair"),
        done=lambda m: f"The Chair can read the minutes of {m.meeting} now, and clear them or send them back.",
    ),
    Verb(
        name="meetings.clear", of=Minutes, group=group_of, rule=refusals_to_clear, label=lambda m: f"Clear the draft minutes of {m.meeting}", at=page_of,
        act=operations.clear, find=_find_minutes, waits=_minutes, due=_step("clear"),
        done=lambda m: f"You cleared the minutes of {m.meeting}. The secretariat can circulate them now.",
    ),
    Verb(
        name="meetings.circulate", of=Minutes, group=group_of, rule=refusals_to_circulate, at=page_of,
        label=lambda m: f"Circulate the minutes of {m.meeting} to members", act=operations.circulate, find=_find_minutes,
        confirms=after_circulating, shows=lambda m, by: _published(operations.circulate(m, by=by), by=by), waits=_minutes, due=_step("circulate"),
        done=lambda m: f"The minutes of {m.meeting} go to the members with the next post, in a few minutes.",
    ),
    Verb(
        name="meetings.publish", of=Minutes, group=group_of, rule=refusals_to_publish, at=page_of,
        label=lambda m: f"Publish the minutes of {m.meeting} to everyone", act=operations.publish, find=_find_minutes,
        asks_again=True, confirms=after_publishing, shows=_published, waits=_minutes, due=_step("publish"),
        done=lambda m: f"The minutes of {m.meeting} are published. The PDF follows in a few minutes.",
    ),
    Verb(
        name="meetings.take_out", of=Minutes, group=group_of, rule=refusals_to_take_out, at=minutes_page("word_draft"), look="link",
        label=lambda m: f"Take the draft minutes of {m.meeting} out as a Word document, or bring it back",
    ),
    Verb(
        name="meetings.issue", of=Minutes, group=group_of, rule=refusals_to_issue, at=minutes_page("issue"), look="secondary",
        label=lambda m: f"Publish a further edition of the minutes of {m.meeting}",
    ),
    Verb(
        name="meetings.approve", of=Minutes, group=group_of, rule=refusals_to_approve, at=minutes_page("approve"), look="secondary",
        label=lambda m: f"Record that the minutes of {m.meeting} were approved",
    ),
    Verb(
        name="meetings.send_back", of=Minutes, group=group_of, rule=refusals_to_send_back, at=minutes_page("send_back"), look="link",
        label=lambda m: f"Return the minutes of {m.meeting} to draft, to be changed",
    ),
)  # fmt: skip
