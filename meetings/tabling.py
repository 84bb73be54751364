"""What could go on an agenda: what every agenda of the group has, what was deferred, minutes to be approved, and what apps above offer."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from groups.models import Group
from meetings.lifecycle import ActionStatus, ItemStatus, MeetingStatus
from meetings.models import AgendaItem, Meeting
from meetings.subjects import to_be_approved
from records.hooks import offered_from_above
from records.models import Origin

Purpose = AgendaItem.Purpose


@dataclass(frozen=True)
class Tableable:
    """One item that could be tabled at a press. Its key says what it comes from: once that is on the agenda, it is not offered again."""

    key: str  # "standing:3"
    title: str
    why: str  # where it comes from, to be read beside it
    purpose: str = Purpose.NOT_STATED
    presenter: str = ""
    minutes_allowed: int | None = None
    deferred: AgendaItem | None = None


def what_may_be_tabled(meeting: Meeting) -> list[Tableable]:
    """All that is not on its agenda yet. Something of the same name is taken for the same."""
    there = list(meeting.items.on_the_agenda())
    sources, titles = {item.source for item in there}, {item.title.casefold() for item in there}
    offered = (*_standing(meeting), *_minutes(meeting), *_deferred(meeting), *offered_from_above("meetings.table_item", meeting))
    return [each for each in offered if each.key not in sources and each.title.casefold() not in titles]


def _standing(meeting: Meeting) -> Iterator[Tableable]:
    for each in meeting.group.standing_items.filter(dropped=False):
        yield Tableable(f"standing:{each.pk}", each.title, "On every agenda of the group", each.purpose, each.presenter, each.minutes_allowed)


def _minutes(meeting: Meeting) -> Iterator[Tableable]:
    """Circulated, and not approved by a later meeting."""
    for each in to_be_approved(meeting.group).filter(meeting__held_on__lt=meeting.held_on):
        yield Tableable(f"minutes:{each.pk}", f"Approve the minutes of {each.meeting}", "Circulated, not approved yet", Purpose.DECISION)


def _deferred(meeting: Meeting) -> Iterator[Tableable]:
    """Items of earlier meetings that went nowhere, or to an agenda off which they were taken, or to a meeting that was cancelled."""
    nowhere = Q(deferred_to=None) | Q(deferred_to__status=ItemStatus.TAKEN_OFF) | Q(deferred_to__meeting__status=MeetingStatus.CANCELLED)
    items = AgendaItem.objects.filter(
        nowhere, meeting__group=meeting.group, meeting__held_on__lt=meeting.held_on, meeting__origin=Origin.PORTAL, status=ItemStatus.DEFERRED,
    )  # fmt: skip
    for item in items.select_related("meeting").order_by("meeting__held_on", "number"):
        why = f"Deferred at {item.meeting}" + (f": {item.status_why}" if item.status_why else "")
        yield Tableable(f"deferred:{item.pk}", item.title, why, item.purpose, item.presenter, item.minutes_allowed, deferred=item)


def reached(group: Group, source: str) -> dict[str, AgendaItem]:
    """Where what was tabled from such sources is by now: of each the item, or what that was deferred to. What was taken off, or fell with its meeting, is nowhere."""
    fallen = Q(status=ItemStatus.TAKEN_OFF) | Q(meeting__status=MeetingStatus.CANCELLED)
    items = AgendaItem.objects.exclude(fallen).select_related("meeting")
    found = {item.source: item for item in items.filter(meeting__group=group, source__startswith=source).order_by("pk")}
    while further := {item.deferred_to_id for item in found.values() if item.deferred_to_id}:
        later = {item.pk: item for item in items.filter(pk__in=further)}
        moved = {source: later[item.deferred_to_id] for source, item in found.items() if item.deferred_to_id in later}
        if not moved:
            break
        found |= moved
    return found


def came_before_the_group(item: AgendaItem) -> bool:
    """On the agenda of a meeting that was held, and not put off there."""
    return item.meeting.status == MeetingStatus.HELD and item.status in (ItemStatus.TABLED, ItemStatus.DISCUSSED)


def actions_due(meeting: Meeting) -> int:
    """How many open actions of the group are due by the day of the meeting, or as soon as possible."""
    due = Q(due_on__lte=meeting.held_on) | Q(due_kind="asap")
    return meeting.group.actions.filter(due, status=ActionStatus.OPEN, origin=Origin.PORTAL).count()
