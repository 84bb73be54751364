"""What can be done to a meeting and its minutes: buttons, what waits on the desk, and what is to be read before it is done."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.urls import reverse

from groups.models import Group
from groups.policies import Key
from groups.standing import Standing
from meetings import operations
from meetings.lifecycle import MeetingStatus
from meetings.models import Action, AgendaItem, DraftComment, Meeting, Minutes, StandingItem
from meetings.recipients import not_invited_yet, without_address
from meetings.rules import (
    may_read_actions,
    refusals_to_announce_next,
    refusals_to_answer_comment,
    refusals_to_approve,
    refusals_to_cancel,
    refusals_to_change_action,
    refusals_to_change_item,
    refusals_to_change_meeting,
    refusals_to_circulate,
    refusals_to_clear,
    refusals_to_comment,
    refusals_to_defer,
    refusals_to_drop_standing_item,
    refusals_to_hold,
    refusals_to_invite,
    refusals_to_issue,
    refusals_to_minute,
    refusals_to_move,
    refusals_to_move_action,
    refusals_to_publish,
    refusals_to_publish_agenda,
    refusals_to_record_attendance,
    refusals_to_review_action,
    refusals_to_schedule,
    refusals_to_send_back,
    refusals_to_table,
    refusals_to_take_off,
    refusals_to_take_off_action,
)
from records.clock import london_moment
from records.models import Origin
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


def unpublished(standing: Standing) -> list[Meeting]:
    """The meetings that this person may know of and that are not public yet, with their minutes."""
    seen = Meeting.objects.visible_to(standing).filter(published_at=None).exclude(status=MeetingStatus.CANCELLED)
    return standing.once("meetings", lambda: list(seen.select_related("group", "minutes").order_by("held_on", "pk")))


def _meetings(standing: Standing, now: datetime) -> list[Meeting]:
    return [meeting for meeting in unpublished(standing) if meeting.origin == Origin.PORTAL and minutes_of(meeting) is None]


def _minutes(standing: Standing, now: datetime) -> Iterator[Minutes]:
    yield from (minutes for meeting in unpublished(standing) if meeting.origin == Origin.PORTAL and (minutes := minutes_of(meeting)))


def minutes_of(meeting: Meeting) -> Minutes | None:
    """None before it is held."""
    minutes = getattr(meeting, "minutes", None)
    if minutes:
        minutes.meeting = meeting
    return minutes


def _group(minutes: Minutes) -> Group:
    return minutes.meeting.group


def _due(record: Meeting | Minutes, standing: Standing) -> datetime | None:
    return meeting_of(record).publication_due_at


def _find_meeting(pk: int, standing: Standing) -> Meeting | None:
    found = Meeting.objects.select_related("group").filter(pk=pk).first()
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


def _without_agenda(standing: Standing, now: datetime) -> list[Meeting]:
    """Of the meetings to come: those whose agenda nobody has published."""
    return [meeting for meeting in _meetings(standing, now) if meeting.agenda_published_at is None and meeting.starts_at > now]


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


def _find_action(pk: int, standing: Standing) -> Action | None:
    found = Action.objects.select_related("group", "meeting__minutes").filter(pk=pk).first()
    return found if found and may_read_actions(standing, found) else None


def _moving(verb: str):
    return lambda action, standing, now: refusals_to_move_action(action, verb, standing)


def _action_page(name: str = "action"):
    return lambda action: reverse(f"meetings:{name}", args=[action.pk])


def _comments(standing: Standing, now: datetime) -> list[DraftComment]:
    """Not answered yet, of groups whose record one keeps."""
    if not standing.is_a_secretary:
        return []
    rows = DraftComment.objects.filter(answer=None).select_related("seat", "paragraph__item__meeting__group")
    return list((rows if standing.reads_everywhere else rows.filter(seat__group__in=standing.readable_group_ids)).order_by("pk"))


def _minutes_page(name: str):
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
        "What is tabled after this is marked as late, here and, once the agenda is published again, for everybody.",
    ]


def _after_taking_off(item: AgendaItem) -> list[str]:
    return [
        f"“{item.title}” is no longer on the agenda of {item.meeting}, and the items after it move up.",
        "It stays on record, and in nothing that is published.",
    ]


def _after_circulating(minutes: Minutes) -> list[str]:
    return [
        f"Everyone with a seat in {minutes.meeting.group} is sent a link to the minutes of {minutes.meeting} with the next post, in a few minutes.",
        "From then on they may be published, and at the hour of the deadline the clock publishes them. They do not go back to being a draft.",
    ]


def _after_publishing(minutes: Minutes) -> list[str]:
    meeting = minutes.meeting
    count = meeting.decisions.filter(published_at=None).for_the_minutes().count()
    return [
        f"The minutes of {meeting}, its actions and {count} decision{'' if count == 1 else 's'} become public at once, and members are told.",
        "They can be corrected afterwards by a further edition, but not taken back.",
    ]


register(
    Verb(
        name="meetings.minute", of=Meeting, rule=refusals_to_minute, look="secondary", at=lambda meeting: reverse("desk:minute", args=[meeting.code]),
        label=lambda meeting: f"Write the minutes of {meeting}",
    ),
    Verb(
        name="meetings.complete_action", of=Action, rule=_moving("complete"), at=_action_page("complete_action"), label="It is done",
    ),
    Verb(
        name="meetings.review_action", of=Action, rule=refusals_to_review_action, at=_action_page("review_action"), look="secondary",
        label="Record what was said of it",
    ),
    Verb(
        name="meetings.change_action", of=Action, rule=refusals_to_change_action, at=_action_page("change_action"), look="secondary",
        label="Change it, or its date",
    ),
    Verb(
        name="meetings.reopen_action", of=Action, rule=_moving("reopen"), at=_action_page("reopen_action"), look="secondary", label="Reopen it",
    ),
    Verb(name="meetings.drop_action", of=Action, rule=_moving("drop"), at=_action_page("drop_action"), look="link", label="Drop it"),
    Verb(
        name="meetings.take_off_action", of=Action, rule=refusals_to_take_off_action, at=_action_page(), act=operations.take_off_action,
        find=_find_action, look="link", label="It was raised by mistake", done=lambda action: f"“{action.text}” is taken off.",
        confirms=lambda action: [f"“{action.text}” goes from the draft minutes and the log. Its history stays."],
        then=lambda action: reverse("desk:minute", args=[action.meeting.code]) if action.meeting else reverse("desk:home"),
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
        name="meetings.take_off", of=AgendaItem, rule=refusals_to_take_off, label="Take off", look="link", group=lambda item: item.meeting.group, at=agenda_page,
        act=operations.take_off, find=_find_item, confirms=_after_taking_off, done=lambda item: f"“{item.title}” is taken off the agenda.",
    ),
    Verb(
        name="meetings.drop_standing_item", of=StandingItem, rule=refusals_to_drop_standing_item, label="Offer it no more", look="link",
        at=lambda each: reverse("meetings:standing_items", args=[each.group.code]), act=operations.drop_standing_item, find=_find_standing_item,
        done=lambda each: f"“{each}” is not offered any more.",
    ),
    Verb(
        name="meetings.hold", of=Meeting, rule=refusals_to_hold, label=lambda m: f"Record that {m} was held", at=page_of,
        act=operations.hold, find=_find_meeting, waits=_meetings, due=_due,
        done=lambda m: f"{m} is recorded as held. Its publication is due by the date below.",
    ),
    Verb(
        name="meetings.clear", of=Minutes, group=_group, rule=refusals_to_clear, label=lambda m: f"Clear the draft minutes of {m.meeting}", at=page_of,
        act=operations.clear, find=_find_minutes, waits=_minutes, due=_due,
        done=lambda m: f"You cleared the minutes of {m.meeting}. The secretariat can circulate them now.",
    ),
    Verb(
        name="meetings.circulate", of=Minutes, group=_group, rule=refusals_to_circulate, at=page_of,
        label=lambda m: f"Circulate the minutes of {m.meeting} to members", act=operations.circulate, find=_find_minutes,
        confirms=_after_circulating, waits=_minutes, due=_due,
        done=lambda m: f"The minutes of {m.meeting} go to the members with the next post, in a few minutes.",
    ),
    Verb(
        name="meetings.publish", of=Minutes, group=_group, rule=refusals_to_publish, at=page_of,
        label=lambda m: f"Publish the minutes of {m.meeting} to everyone", act=operations.publish, find=_find_minutes,
        asks_again=True, confirms=_after_publishing, waits=_minutes, due=_due,
        done=lambda m: f"The minutes of {m.meeting} are published. The PDF follows in a few minutes.",
    ),
    Verb(
        name="meetings.comment", of=Minutes, group=_group, rule=refusals_to_comment, at=_minutes_page("comments"), look="secondary",
        label=lambda m: f"Comment on the minutes of {m.meeting}",
    ),
    Verb(
        name="meetings.answer_comment", of=DraftComment, rule=refusals_to_answer_comment, at=lambda c: reverse("meetings:answer_comment", args=[c.pk]),
        label=lambda c: f"Answer the {c.seat.label} on the minutes of {c.paragraph.item.meeting}", waits=_comments,
        due=lambda c, standing: c.paragraph.item.meeting.publication_due_at,
    ),
    Verb(
        name="meetings.issue", of=Minutes, group=_group, rule=refusals_to_issue, at=_minutes_page("issue"), look="secondary",
        label=lambda m: f"Publish a further edition of the minutes of {m.meeting}",
    ),
    Verb(
        name="meetings.approve", of=Minutes, group=_group, rule=refusals_to_approve, at=_minutes_page("approve"), look="secondary",
        label=lambda m: f"Record that the minutes of {m.meeting} were approved",
    ),
    Verb(
        name="meetings.send_back", of=Minutes, group=_group, rule=refusals_to_send_back, at=_minutes_page("send_back"), look="link",
        label=lambda m: f"Send the minutes of {m.meeting} back to be changed",
    ),
)  # fmt: skip
