"""A meeting to come with two items, and papers for them."""

from datetime import UTC, datetime

from meetings import operations
from meetings.models import Paper
from tests.conftest import set_clock
from tests.factories import HoldingFactory, PersonFactory, SeatFactory
from tests.meetings.rooms import Room

CSV = ("costs.csv", b"first;second")


def prepared() -> Room:
    """The DAG after its meeting 26, and meeting 27 of 9 August 2023 with two items; papers are due on Wednesday 2 August."""
    room = Room(set_clock)
    room.next = operations.schedule(room.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=room.pmo)
    room.items = [operations.table_item(room.next, title, purpose="decision", by=room.pmo) for title in ("Welcome", "Transition")]
    room.presenter = PersonFactory(name="Ruth Ansell", email="ruth@example.org")
    HoldingFactory(seat=SeatFactory(group=room.group, role="observer", constituency=None), person=room.presenter)
    set_clock("2023-07-20 10:00")
    return room


def paper(table, **told) -> Paper:
    return operations.add_paper(table.items[1], "Options", CSV, by=table.pmo, **told)


def owed(table, **told) -> Paper:
    return operations.add_paper(table.items[1], "Plan", owed_by_person=table.presenter, by=table.pmo, **told)
