"""What a paper says became of items: dealt with or put off, and to which meeting; and what a correction changes of it, in sentences."""

from dataclasses import dataclass

from django.db.models import QuerySet

from meetings.lifecycle import ItemStatus
from meetings.models import AgendaItem, Meeting


@dataclass(frozen=True)
class PutOff:
    """Whether an item was deferred, and to which item of a later meeting, if that is said and on record."""

    deferred: bool
    to: AgendaItem | None = None


def items_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    return meeting.items.on_the_agenda().select_related("deferred_to__meeting")


def later_items(meeting: Meeting) -> QuerySet[AgendaItem]:
    """Where an item could have been deferred to: what is on the agendas of later meetings of the group."""
    later = AgendaItem.objects.on_the_agenda().filter(meeting__group=meeting.group, meeting__held_on__gt=meeting.held_on)
    return later.select_related("meeting").order_by("meeting__held_on", "number")


def as_read(item: AgendaItem) -> PutOff:
    return PutOff(item.status == ItemStatus.DEFERRED, item.deferred_to)


def is_changed(item: AgendaItem, said: PutOff) -> bool:
    return as_read(item) != said


def changes_by_hand(meeting: Meeting, said: dict[int, PutOff]) -> list[str]:
    """ "Item 3, “Costs”, was discussed, and is deferred to XYZ008 item 2." """
    return [
        f"Item {item.number}, “{item.title}”, was {_in_words(as_read(item))}, and is {_in_words(said[item.pk])}."
        for item in items_of(meeting)
        if item.pk in said and is_changed(item, said[item.pk])
    ]


def _in_words(put_off: PutOff) -> str:
    if not put_off.deferred:
        return "discussed"
    return f"deferred to {put_off.to}" if put_off.to else "deferred"
