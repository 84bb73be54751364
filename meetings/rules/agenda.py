"""Who may write an agenda, and until when."""

from collections.abc import Iterator
from datetime import datetime

from groups.standing import Standing
from meetings.agendas import is_public_as_it_stands
from meetings.lifecycle import ITEM, LONGEST_ITEM, ItemStatus, MeetingStatus
from meetings.models import AgendaItem, Meeting, StandingItem
from meetings.rules.meetings import refusals_once_published, refusals_to_keep_the_record
from records.dates import as_day
from records.hooks import refusals_from_above
from records.rules import Refusal


def refusals_to_write_in(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Tabling an item, writing a minute, raising an action."""
    yield from refusals_to_keep_the_record(standing, meeting.group)


def refusals_to_table(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """What the page of the agenda offers. A paper read later may still add to the record of what was held."""
    yield from refusals_to_write_in(meeting, standing, now)
    if meeting.status == MeetingStatus.CANCELLED:
        yield Refusal(f"{meeting} is cancelled.", code="state")
    yield from refusals_once_published(meeting)


def refusals_of_item(title: str, minutes_allowed: int | None) -> Iterator[Refusal]:
    if not title.strip():
        yield Refusal("Say what the item is called.", field="title")
    if minutes_allowed is not None and not 1 <= minutes_allowed <= LONGEST_ITEM:
        yield Refusal(f"Allow between 1 and {LONGEST_ITEM} minutes, or leave it empty.", field="minutes_allowed")


def refusals_to_order(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """A paragraph is called 7.12 from the first edition on, and a decision that is public names its item: from then on items stay where they are."""
    yield from refusals_to_table(meeting, standing, now)
    yield from refusals_from_above("meetings.order_items", meeting)


def refusals_to_change_item(item: AgendaItem, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_table(item.meeting, standing, now)
    if item.status == ItemStatus.TAKEN_OFF:
        yield Refusal(f"“{item.title}” was taken off the agenda.", code="state")
    yield from refusals_from_above("meetings.change_item", item)


def refusals_to_take_off(item: AgendaItem, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Once the meeting is held, an item that was not reached is deferred."""
    yield from refusals_to_order(item.meeting, standing, now)
    yield from ITEM.refusals(item, "take_off")
    if item.meeting.status == MeetingStatus.HELD:
        yield Refusal(f"{item.meeting} was held: what was not reached is deferred.", code="state")
    yield from refusals_from_above("meetings.take_off", item)


def refusals_of_place(place: int, many: int) -> Iterator[Refusal]:
    if not 0 <= place < many:
        yield Refusal("It is at that end of the agenda already.")


def refusals_to_publish_agenda(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, meeting.group)
    if not meeting.is_public:
        yield Refusal(f"{meeting} is classified {meeting.get_classification_display()}: only Public agendas are published.")
    if meeting.status == MeetingStatus.CANCELLED:
        yield Refusal(f"{meeting} is cancelled.")
    if meeting.status == MeetingStatus.HELD:
        yield Refusal(f"{meeting} was held: what was on its agenda is for its minutes to say.")
    if not meeting.items.on_the_agenda().exists():
        yield Refusal("There is nothing on the agenda yet.")
    elif is_public_as_it_stands(meeting):
        yield Refusal(f"The agenda of {meeting} is public as it stands.")


def refusals_to_move_item(item: AgendaItem, verb: str, standing: Standing) -> Iterator[Refusal]:
    """`verb` is "discuss" or "defer"."""
    yield from refusals_to_keep_the_record(standing, item.meeting.group)
    yield from ITEM.refusals(item, verb)


def refusals_to_defer(item: AgendaItem, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Before the meeting an item is taken off instead."""
    yield from refusals_to_move_item(item, "defer", standing)
    if item.meeting.held_on > standing.on:
        yield Refusal(f"{item.meeting} is on {as_day(item.meeting.held_on)}: until then items are taken off, not deferred.", code="state")


def refusals_of_deferring(item: AgendaItem, to: Meeting | None) -> Iterator[Refusal]:
    if to is not None and (to.group_id != item.meeting.group_id or to.pk == item.meeting_id):
        yield Refusal("An item is deferred to another meeting of the same group.", field="to")
    elif to is not None and to.status == MeetingStatus.CANCELLED:
        yield Refusal(f"{to} is cancelled.", field="to")


def refusals_to_drop_standing_item(standing_item: StandingItem, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, standing_item.group)
    if standing_item.dropped:
        yield Refusal(f"“{standing_item}” is not offered any more.", code="state")
