"""The agenda: items tabled, changed, put in order, taken off, published; discussed or deferred in the room; and what is offered for each."""

from datetime import datetime
from typing import Any

from django.db.models import Max

from groups.models import Group, User
from groups.standing import Standing
from meetings.agendas import as_published, order_of
from meetings.for_decision import issue_what_is_named
from meetings.lifecycle import ITEM
from meetings.models import AgendaItem, Meeting, Paragraph, StandingItem
from meetings.operations.locking import locked_item, locked_meeting
from meetings.operations.meetings import schedule
from meetings.operations.papers import carry_papers
from meetings.planning import announced_times, next_number, next_planned
from meetings.rules import (
    not_reached,
    refusals_of_deferring,
    refusals_of_item,
    refusals_of_place,
    refusals_to_change_item,
    refusals_to_defer_from,
    refusals_to_defer_rest,
    refusals_to_drop_standing_item,
    refusals_to_keep_the_record,
    refusals_to_move_item,
    refusals_to_order,
    refusals_to_publish_agenda,
    refusals_to_take_off,
    refusals_to_write_in,
)
from meetings.tabling import Tableable, what_may_be_tabled
from records.clock import portal_now
from records.editions import issue
from records.locks import locked
from records.opened import Stale
from records.operations import operation
from records.rules import Refused, require


@operation
def table_item(
    meeting: Meeting, title: str, *, purpose: str = "", presenter: str = "", minutes_allowed: int | None = None, by: User
) -> AgendaItem:
    """Put an item on the agenda, after those already there. Once the agenda is published, it is a late one."""
    meeting, now = locked_meeting(meeting), portal_now()
    require(refusals_to_write_in(meeting, Standing.at(by, now), now), refusals_of_item(title, minutes_allowed))
    return _tabled(meeting, title, purpose, presenter, minutes_allowed).save_by(by, at=now)


def _tabled(meeting: Meeting, title: str, purpose: str, presenter: str, minutes_allowed: int | None, source: str = "") -> AgendaItem:
    last = meeting.items.aggregate(last=Max("number"))["last"] or 0
    return AgendaItem(
        meeting=meeting, number=last + 1, title=title.strip(), purpose=purpose, presenter=presenter.strip(), minutes_allowed=minutes_allowed,
        late=meeting.agenda_published_at is not None, source=source,
    )  # fmt: skip


@operation
def table_offered(meeting: Meeting, key: str, *, by: User) -> AgendaItem:
    """Table what is offered under this key, as it is offered now. An item that was deferred says from then on where it went."""
    meeting, now = locked_meeting(meeting), portal_now()
    require(refusals_to_write_in(meeting, Standing.at(by, now), now))
    offered: Tableable | None = next((each for each in what_may_be_tabled(meeting) if each.key == key), None)
    if offered is None:
        raise Refused(["This is not offered any more: it is on the agenda already, or was settled meanwhile."])
    item = _tabled(meeting, offered.title, offered.purpose, offered.presenter, offered.minutes_allowed, offered.key).save_by(by, at=now)
    if offered.deferred:
        before = locked(AgendaItem.objects).get(pk=offered.deferred.pk)
        before.deferred_to = item
        before.save_by(by, f"tabled for {meeting}", at=now)
        carry_papers(before, item, by=by, at=now)
    return item


@operation
def change_item(item: AgendaItem, title: str, *, purpose: str = "", presenter: str = "", minutes_allowed: int | None = None, by: User) -> AgendaItem:
    item, now = locked_item(item), portal_now()
    require(refusals_to_change_item(item, Standing.at(by, now), now), refusals_of_item(title, minutes_allowed))
    item.title, item.purpose, item.presenter, item.minutes_allowed = title.strip(), purpose, presenter.strip(), minutes_allowed
    return item.save_by(by, at=now)


@operation
def move_item(item: AgendaItem, by_places: int, *, seen: str = "", by: User) -> AgendaItem:
    """Put it so many places further down (or up, below nought). `seen` is the order in which it was looked at: if that is another now, Stale."""
    item, now = locked_item(item), portal_now()
    require(refusals_to_order(item.meeting, Standing.at(by, now), now), refusals_to_change_item(item, Standing.at(by, now), now))
    items = _in_order(item.meeting)
    if seen and seen != order_of(items):
        raise Stale(item.meeting)
    here = next(n for n, each in enumerate(items) if each.pk == item.pk)
    require(refusals_of_place(here + by_places, len(items)))
    items.insert(here + by_places, items.pop(here))
    _number(items, by=by, at=now)
    return next(each for each in items if each.pk == item.pk)


@operation
def take_off(item: AgendaItem, *, why: str = "", by: User) -> AgendaItem:
    """Take an item off the agenda. It stays on record and is in no edition; those after it move up."""
    item, now = locked_item(item), portal_now()
    require(refusals_to_take_off(item, Standing.at(by, now), now))
    item.status, item.status_why, item.number = ITEM["take_off"].target, why.strip(), None
    item.save_by(by, why.strip(), at=now)
    _number(_in_order(item.meeting), by=by, at=now)
    return item


def _in_order(meeting: Meeting) -> list[AgendaItem]:
    items = list(locked(meeting.items.on_the_agenda()))
    for each in items:
        each.meeting = meeting
    return items


def _number(items: list[AgendaItem], *, by: User, at: datetime) -> None:
    for number, item in enumerate(items, 1):
        if item.number != number:
            item.number = number
            item.save_by(by, "put in order", at=at)


@operation
def publish_agenda(meeting: Meeting, *, by: User) -> Meeting:
    """Let the public see the agenda as it stands now, ahead of the meeting; what is tabled later shows when it is published again.

    When it was first out is kept: that is what "five working days before" is counted from.
    """
    meeting = locked_meeting(meeting)
    now = portal_now()
    require(refusals_to_publish_agenda(meeting, Standing.at(by, now), now))
    again, before = meeting.agenda_published_at is not None, meeting.published_agenda
    meeting.agenda_published_at, meeting.published_agenda = meeting.agenda_published_at or now, as_published(meeting)
    meeting.save_by(by)
    issue_what_is_named((before, meeting.published_agenda), f"The agenda of {meeting} was published.", by=by, at=now)
    issue("meeting", meeting.pk, f"Its agenda was published{' again' if again else ''}.", by=by, at=now)
    return meeting


@operation
def discuss_item(item: AgendaItem, *, by: User) -> AgendaItem:
    return _moved(item, "discuss", by=by)


@operation
def defer_item(item: AgendaItem, *, to: Meeting | None = None, why: str = "", by: User) -> AgendaItem:
    """Leave the item for another time; with a meeting to defer it to, it goes on that agenda, with its papers. Without, it is offered for the next."""
    require(refusals_of_deferring(item, to))
    item = _moved(item, "defer", why=why.strip(), by=by)
    if to is not None:
        item.deferred_to = table_item(to, item.title, purpose=item.purpose, presenter=item.presenter, minutes_allowed=item.minutes_allowed, by=by)
        item.save_by(by)
        carry_papers(item, item.deferred_to, by=by, at=portal_now())
    return item


ITEM_DEFERRED = "The item was deferred."
FOR_WANT_OF_TIME = "The item was not reached, for want of time, and was deferred to the next meeting."


@operation
def defer_rest(meeting: Meeting, *, by: User) -> Meeting:
    """Leave every item that was not reached for the next meeting: each says so in its minute, and goes on the agenda of the next one planned.

    Where none is planned, and the day of the next was announced, that meeting is planned with it.
    """
    locked(Group.objects).get(pk=meeting.group_id)  # before its meetings: one may be planned
    meeting = locked_meeting(meeting)
    now = portal_now()
    require(refusals_to_defer_rest(meeting, Standing.at(by, now), now))
    to = _next(meeting, by=by)
    for item in not_reached(meeting):
        item = defer_item(item, to=to, why="Not reached, for want of time", by=by)
        _minute(item, FOR_WANT_OF_TIME, by=by)
    return meeting


@operation
def defer_from(item: AgendaItem, *, by: User) -> AgendaItem:
    """Leave this item, which was begun, and every item that was not reached for the next meeting; each says so in its minute."""
    locked(Group.objects).get(pk=item.meeting.group_id)
    item, now = locked_item(item), portal_now()
    require(refusals_to_defer_from(item, Standing.at(by, now), now))
    item = defer_item(item, to=_next(item.meeting, by=by), by=by)
    _minute(item, ITEM_DEFERRED, by=by)
    if not_reached(item.meeting).exists():
        defer_rest(item.meeting, by=by)
    return item


def _next(meeting: Meeting, *, by: User) -> Meeting | None:
    """The next meeting planned; else one on the day that was announced for it, at the same hours."""
    if planned := next_planned(meeting):
        return planned
    times = announced_times(meeting)
    return schedule(meeting.group, str(next_number(meeting.group)), starts_at=times[0], ends_at=times[1], by=by) if times else None


def _minute(item: AgendaItem, text: str, *, by: User) -> None:
    last = item.paragraphs.aggregate(last=Max("order"))["last"] or 0
    Paragraph(item=item, order=last + 1, text=text).save_by(by)


def _moved(item: AgendaItem, verb: str, *, why: str = "", by: User) -> AgendaItem:
    item = locked_item(item)
    require(refusals_to_move_item(item, verb, Standing.at(by, portal_now())))
    item.status, item.status_why = ITEM[verb].target, why
    return item.save_by(by, why)


# --- what is offered for every agenda


@operation
def add_standing_item(group: Group, title: str, *, purpose: str = "", presenter: str = "", minutes_allowed: int | None = None, by: User) -> StandingItem:
    """Offer an item for every agenda of the group from now on."""
    group, now = locked(Group.objects).get(pk=group.pk), portal_now()
    require(refusals_to_keep_the_record(Standing.at(by, now), group), refusals_of_item(title, minutes_allowed))
    last = group.standing_items.aggregate(last=Max("order"))["last"] or 0
    told: dict[str, Any] = {"purpose": purpose, "presenter": presenter.strip(), "minutes_allowed": minutes_allowed}
    return StandingItem(group=group, order=last + 1, title=title.strip(), **told).save_by(by, at=now)


@operation
def drop_standing_item(standing: StandingItem, *, by: User) -> StandingItem:
    """Offer it no more. Agendas that have it keep it."""
    standing, now = locked(StandingItem.objects.select_related("group")).get(pk=standing.pk), portal_now()
    require(refusals_to_drop_standing_item(standing, Standing.at(by, now), now))
    standing.dropped = True
    return standing.save_by(by, "not offered any more", at=now)
