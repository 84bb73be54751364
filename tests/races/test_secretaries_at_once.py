"""Two secretaries and more at the same instant, each in a process of its own: an agenda, invitations, who came."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from meetings import operations
from meetings.agendas import order_of
from meetings.attending import room_of
from meetings.models import Attendance, Meeting
from notifications.models import Notice
from tests.factories import secretary_of
from tests.races.crews import job
from tests.races.halls import Hall

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def planned(clock) -> tuple[Hall, Meeting]:
    """A meeting with four items, and a second secretary."""
    clock("2023-07-01 10:00")
    hall = Hall(2)
    hall.second = secretary_of(hall.group)
    meeting = operations.schedule(hall.group, "26", starts_at=datetime(2023, 7, 12, 9, tzinfo=UTC), by=hall.pmo)
    hall.items = [operations.table_item(meeting, title, by=hall.pmo) for title in ("One", "Two", "Three", "Four")]
    return hall, meeting


def test_of_two_who_move_items_in_the_order_they_looked_at_one_is_told(crews, planned):
    hall, _ = planned
    seen = order_of(hall.items)
    came = crews.all(
        job("move_item", item=hall.items[0].pk, user=hall.pmo.pk, by_places=1, seen=seen),
        job("move_item", item=hall.items[3].pk, user=hall.second.pk, by_places=-1, seen=seen),
    )
    told = [each for own in came for each in own]
    assert Counter("number" in each for each in told) == {True: 1, False: 1}
    assert [each["codes"] for each in told if "codes" in each] == [["stale"]]


def test_however_many_move_items_at_once_each_has_a_place_of_its_own(crews, planned):
    hall, meeting = planned
    moves = [job("move_item", item=item.pk, user=user.pk, by_places=step, times=6) for item, user, step in zip(hall.items, [hall.pmo, hall.second] * 2, (1, 2, -1, -2), strict=True)]
    crews.all(*moves)
    assert sorted(meeting.items.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_what_is_offered_and_pressed_by_several_is_tabled_once(crews, planned):
    hall, meeting = planned
    offered = operations.add_standing_item(hall.group, "Minutes and actions", by=hall.pmo)
    came = crews.all(*(job("table_offered", meeting=meeting.pk, user=user.pk, key=f"standing:{offered.pk}") for user in (hall.pmo, hall.second, hall.pmo)))
    assert Counter("number" in each for each in came) == {True: 1, False: 2}
    assert meeting.items.filter(title="Minutes and actions").count() == 1


def test_nobody_is_invited_twice(crews, planned):
    hall, meeting = planned
    came = crews.all(*(job("invite", meeting=meeting.pk, user=user.pk) for user in (hall.pmo, hall.second, hall.pmo)))
    assert Counter("sequence" in each for each in came) == {True: 1, False: 2}
    assert set(Counter(Notice.objects.values_list("address", flat=True)).values()) == {1}


def test_of_two_who_record_who_came_at_once_one_is_told(crews, planned):
    hall, meeting = planned
    seen = room_of(meeting).seen
    choices = [(hall.pmo, hall.seats[0], "present"), (hall.second, hall.seats[1], "apologies")]
    came = crews.all(*(job("record_attendance", meeting=meeting.pk, user=user.pk, seat=seat.pk, choice=choice, seen=seen) for user, seat, choice in choices))
    assert Counter("meeting" in each for each in came) == {True: 1, False: 1}
    assert Attendance.objects.count() == 1
