"""What is on the agendas of meetings to come for decision: as everybody reads it there, and as those know it who put agendas together.

An app above says which of its things an item is about; nothing else keeps that: docs/adr/0051-what-an-item-is-about-is-read-from-it.md.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from groups.models import User
from meetings.lifecycle import ItemStatus, MeetingStatus
from meetings.models import AgendaItem, Meeting
from records.editions import issue
from records.states import State
from records.versions import in_words

Purpose = AgendaItem.Purpose


@dataclass(frozen=True)
class ForDecision:
    """At which meeting something is to be decided, and in which version; empty where none is named."""

    meeting: str
    version: str = ""

    @property
    def in_words(self) -> str:
        """ "For decision at DAG027 in version 1.1"."""
        return f"For decision at {self.meeting}" + (f" in {in_words(self.version)}" if self.version else "")

    @property
    def state(self) -> State:
        return State("for_decision", self.in_words)

    def told(self) -> dict[str, str]:
        """What an edition says of it. On which day the meeting is stands with the meeting."""
        return {"meeting": self.meeting, "version": self.version}


Places = dict[tuple[int, str], ForDecision]  # by the key of the group that decides, and what the thing goes by


def _on_published_agendas(kind: str, groups: Collection[int]) -> Places:
    """As published agendas say it of meetings that are planned: at the first of them. One query."""
    coming = Meeting.objects.public().filter(group__in=groups, status=MeetingStatus.PLANNED, published_agenda__isnull=False)
    found: Places = {}
    for meeting in coming.order_by("held_on", "pk").only("group", "code", "published_agenda"):
        for about in (each for item in meeting.published_agenda if item["purpose"] == Purpose.DECISION.label for each in item.get("about", ())):
            if about["kind"] == kind:
                found.setdefault((meeting.group_id, about["ref"]), ForDecision(meeting.code, about["version"]))
    return found


def _items_for_decision(groups: Collection[int]) -> list[AgendaItem]:
    """On the agendas of meetings that are planned, in the order of these."""
    items = AgendaItem.objects.filter(meeting__group__in=groups, meeting__status=MeetingStatus.PLANNED, status=ItemStatus.TABLED, purpose=Purpose.DECISION)
    return list(items.select_related("meeting").order_by("meeting__held_on", "meeting_id", "number"))


Named = Callable[[list[AgendaItem]], Mapping[int, Mapping[str, str]]]  # of each item, by its key: what it is about, and in which version


def where_decided(kind: str, things: Mapping[str, Any], near: Collection[int], named: Named) -> dict[int, ForDecision]:
    """Of each thing, by what it goes by, that is for decision at a meeting to come of the group that governs it: where, by its key.

    `near` are the keys of the groups whose agendas may be known before they are published.
    """
    groups = {each.group_id for each in things.values()}
    far, close = groups - set(near), groups & set(near)
    told = _on_published_agendas(kind, far) if far else {}
    items = _items_for_decision(close) if close else []
    about = named(items) if items else {}
    for item in items:
        for ref, label in about.get(item.pk, {}).items():
            told.setdefault((item.meeting.group_id, ref), ForDecision(item.meeting.code, label))
    return {each.pk: place for ref, each in things.items() if (place := told.get((each.group_id, ref)))}


# --- when an agenda is published, or its meeting is held, cancelled or moved, what it names reads otherwise

_records: dict[str, Callable[[Collection[str]], QuerySet]] = {}


def tells_of_agendas(kind: str, found: Callable[[Collection[str]], QuerySet]) -> None:
    """From an app's hooks.py: editions of that noun say where it is for decision. `found` gives the records that go by these references."""
    _records[kind] = found


def issue_what_is_named(agendas: Iterable[list[dict] | None], why: str, *, by: User, at: datetime) -> None:
    about = [each for agenda in agendas for item in agenda or () for each in item.get("about", ())]
    for kind, found in _records.items():
        named = {each["ref"] for each in about if each["kind"] == kind}
        for pk in found(named).order_by("pk").values_list("pk", flat=True) if named else ():
            issue(kind, pk, why, by=by, at=at)
