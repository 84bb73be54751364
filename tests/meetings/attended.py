"""The DAG at a meeting of three constituencies, and who came."""


import pytest

from meetings import operations
from meetings.attending import Presence
from meetings.models import Meeting
from records.rules import Refused
from tests.conftest import set_clock
from tests.factories import AlternateFactory, HoldingFactory, PersonFactory, SeatFactory
from tests.meetings.rooms import Room
from tests.pages import Visitor


def build_hall() -> Room:
    """The DAG at its meeting 26, 12 July 2023 at ten: three constituencies, of which one seat is vacant; an alternate who is approved, and one who is not."""
    room = Room(set_clock)
    room.first = room.group.seats.get(role="member")
    room.first.order = 1
    room.first.save_by(room.pmo)
    room.second, room.vacant = SeatFactory(group=room.group, order=2), SeatFactory(group=room.group, order=3)
    room.holder = HoldingFactory(seat=room.second, person=PersonFactory(name="Sarah Chan")).person
    room.alternate = AlternateFactory(seat=room.second, person=PersonFactory(name="Sam Cole"))
    room.named = AlternateFactory(seat=room.first, person=PersonFactory(name="Una Approved"), approved_on=None, approved_by="", approved_how="")
    room.visitor = Visitor(room.pmo)
    return room


def save(hall, said: dict, **told) -> Meeting:
    keys = {f"seat-{hall.first.pk}": "first", f"seat-{hall.second.pk}": "second"}
    found = {key: said[name] for key, name in keys.items() if name in said}
    return operations.record_attendances(hall.meeting, {key: each if isinstance(each, Presence) else Presence(each) for key, each in found.items()}, by=hall.pmo, **told)


def recorded(hall) -> set[tuple[str, str, str]]:
    rows = hall.meeting.attendances.filter(dropped=False)
    return {(row.printed_name, row.section, row.mode) for row in rows}


def refused(match: str):
    return pytest.raises(Refused, match=match)
