"""The clock of the room: how a meeting that runs keeps to its agenda, and what will not fit."""

from datetime import UTC, datetime

import pytest

from meetings import operations
from meetings.agendas import pace_of, under_discussion
from records.clock import portal_now
from tests.factories import GroupFactory, chair_of, secretary_of
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


class Morning:
    """From 10:00 to 11:00: a welcome of 5 minutes, two items of 20, one of 15; nothing is said of the last."""

    def __init__(self, clock):
        self.clock, self.group = clock, GroupFactory(code="DAG")
        self.pmo, self.chair = secretary_of(self.group), chair_of(self.group)
        clock("2023-07-01 10:00")
        self.meeting = operations.schedule(self.group, "26", starts_at=datetime(2023, 7, 12, 9, tzinfo=UTC), ends_at=datetime(2023, 7, 12, 10, tzinfo=UTC), by=self.pmo)
        allowed = {"Welcome": 5, "CR018": 20, "CR024": 20, "CR027": 15, "Any other business": None}
        self.items = [operations.table_item(self.meeting, title, minutes_allowed=minutes, by=self.pmo) for title, minutes in allowed.items()]

    def writes(self, number: int, at: str) -> None:
        self.clock(f"2023-07-12 {at}")
        operations.discuss_item(self.items[number - 1], by=self.pmo)
        operations.write_paragraph(self.items[number - 1], "It was discussed.", by=self.pmo)

    def says(self, at: str) -> str | None:
        self.clock(f"2023-07-12 {at}")
        items = list(self.meeting.items.on_the_agenda())
        pace = pace_of(self.meeting, portal_now(), items, under_discussion(self.meeting, items))
        return pace.sentence if pace else None


@pytest.fixture
def morning(clock, settings):
    settings.DEMO = True  # the second factor has tests of its own
    return Morning(clock)


@pytest.mark.parametrize(
    ("item", "at", "said"),
    [
        (1, "10:03", "On time. It ends at 11:00."),
        (2, "10:20", "On time. It ends at 11:00."),
        (2, "10:03", "2 minutes ahead. It ends at 11:00."),
        (2, "10:26", "1 minute behind: items 4 and 5 will not fit before 11:00."),
        (2, "10:45", "20 minutes behind: items 3 to 5 will not fit before 11:00."),
        (4, "11:01", "It was to end at 11:00. Not reached: item 5."),
    ],
)
def test_it_says_how_late_it_is_and_what_will_not_fit(morning, item, at, said):
    morning.writes(item, "10:02")
    assert morning.says(at) == said


def test_what_was_deferred_takes_no_time(morning):
    morning.writes(2, "10:05")
    operations.defer_item(morning.items[3], by=morning.pmo)
    assert morning.says("10:26") == "1 minute behind. It ends at 11:00."


def test_nothing_is_said_before_it_begins_nor_once_it_was_held_nor_where_no_time_is_allowed(morning):
    assert morning.says("09:59") is None
    morning.writes(1, "10:02")
    assert morning.says("10:03")
    operations.hold(morning.meeting, by=morning.pmo)
    morning.meeting.refresh_from_db()
    assert morning.says("10:30") is None
    morning.clock("2023-07-01 10:00")
    bare = operations.schedule(morning.group, "27", starts_at=datetime(2023, 7, 12, 9, tzinfo=UTC), ends_at=datetime(2023, 7, 12, 10, tzinfo=UTC), by=morning.pmo)
    operations.table_item(bare, "Welcome", by=morning.pmo)
    items = list(bare.items.on_the_agenda())
    assert pace_of(bare, datetime(2023, 7, 12, 9, 30, tzinfo=UTC), items, under_discussion(bare, items)) is None


def test_the_page_of_the_minutes_says_so_with_the_way_to_defer_the_rest_and_so_does_the_wall(morning):
    morning.writes(2, "10:05")
    morning.clock("2023-07-12 10:45")
    visitor = Visitor(morning.pmo)
    page = visitor.opens("/desk/meetings/DAG026/minute/")
    assert "20 minutes behind: items 3 to 5 will not fit before 11:00." in text_of(page)
    assert f"/desk/do/meetings.defer_rest/{morning.meeting.pk}/" in page.content.decode()
    told = visitor.client.get("/desk/meetings/DAG026/minute/now/").json()["pace"]
    assert told["late"]
    assert told["says"].startswith("20 minutes behind")
    assert "20 minutes behind" in text_of(visitor.opens("/desk/meetings/DAG026/wall/"))
