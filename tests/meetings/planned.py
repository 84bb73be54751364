"""An office in which nothing is planned yet, and planning a meeting in it."""

from datetime import UTC, datetime

import pytest

from meetings import operations
from meetings.models import Meeting
from records.rules import Refused
from tests.factories import (
    GroupFactory,
    HoldingFactory,
    PersonFactory,
    SeatFactory,
    secretary_of,
)
from tests.meetings.rooms import Room
from tests.pages import Visitor


def build_office(clock) -> Room:
    """The DAG with a chair, a secretary and one seat; no meeting. On 1 July 2023, nine in the morning."""
    clock("2023-07-01 09:00")
    office = Room.__new__(Room)
    office.group = GroupFactory(code="DAG", name="Design Advisory Group", parent=GroupFactory(code="PSG", level=2))
    office.pmo = secretary_of(office.group)
    office.member = HoldingFactory(seat=SeatFactory(group=office.group), person=PersonFactory(name="Ruth Ansell")).person
    office.visitor = Visitor(office.pmo)
    return office


def planned(office, number="26", at=datetime(2023, 7, 12, 9, tzinfo=UTC), **told) -> Meeting:
    return operations.schedule(office.group, number, starts_at=at, by=office.pmo, **told)


def refused(match: str):
    return pytest.raises(Refused, match=match)
