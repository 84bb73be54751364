"""From the meeting to its published minutes: by when each step is to be done, whom it waits for, and who is reminded of it once."""

from datetime import date, timedelta

import pytest

from desk.things import things_to_do
from groups.calendar import Counting
from groups.models import Policy
from groups.standing import Standing
from ledger.verifying import faults
from meetings import operations
from meetings.back_plan import plan_of, waiting_step
from notifications.models import Notice
from records import sweep
from records.clock import london_date, portal_now
from tests.meetings.rooms import Room, sent
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(rooms, db, settings):
    settings.DEMO = True  # the second factor has tests of its own
    return rooms()


def days(room) -> list[date]:
    return [london_date(step.due_at) for step in plan_of(room.minutes.meeting, Counting(), portal_now())]


def waits(room) -> str:
    step = waiting_step(room.minutes.meeting, Counting(), portal_now())
    return step.what if step else ""


def told(step: str) -> list[str]:
    return sorted(Notice.objects.filter(key__contains=f"-step-{step}").values_list("person__name", flat=True))


def test_each_step_has_its_working_day_after_the_meeting(room):
    assert days(room) == [date(2023, 7, day) for day in (14, 17, 18, 20, 21)]


def test_the_policy_of_the_group_says_which_and_none_is_later_than_the_promise(room):
    Policy(group=room.group, key=Policy.Key.MINUTES_PLAN, value="1, 2, 3, 8, 12", since=date(2023, 7, 1)).save_by(room.pmo)
    assert days(room) == [date(2023, 7, day) for day in (13, 14, 17, 24, 26)]


def test_what_is_done_is_behind_and_the_next_one_waits(room, clock):
    assert waits(room) == "the draft goes to the Chair"
    operations.send_to_chair(room.minutes, by=room.pmo)
    assert waits(room) == "the Chair clears it"
    operations.send_back(room.minutes, why="One word is wrong", by=room.chair)
    assert waits(room) == "the draft goes to the Chair"
    room.circulated()
    assert waits(room) == "members have commented on it"
    clock("2023-07-20 17:00")
    assert waits(room) == "the minutes are published"
    operations.publish(room.minutes, by=room.pmo)
    assert waits(room) == ""


def test_whoever_it_waits_for_is_reminded_on_its_day_and_once_more_when_it_is_late(room, clock):
    clock("2023-07-14 08:59")
    sweep.run()
    assert told("send_to_chair") == []
    for at in ("09:00", "12:00"):
        clock(f"2023-07-14 {at}")
        sweep.run()
    assert told("send_to_chair") == [room.pmo.person.name]
    assert sent("-step-send_to_chair") == ["Minutes of DAG026: the draft goes to the Chair by 17:00 on 14 Jul 2023"]
    clock("2023-07-14 17:01")
    for _ in range(2):
        sweep.run()
    assert len(told("send_to_chair-late")) == 1
    operations.send_to_chair(room.minutes, by=room.pmo)
    clock("2023-07-18 09:00")  # nothing ran for two days: one mail stands for both
    sweep.run()
    assert told("clear") == told("clear-late") == sorted([room.chair.person.name, room.pmo.person.name])
    assert list(faults()) == []


def test_the_desk_and_the_board_go_by_the_plan_and_the_page_shows_it(room, clock):
    now = portal_now()
    [thing] = [each for each in things_to_do(Standing.at(room.pmo, now), now) if each.verb == "send_to_chair"]
    assert london_date(thing.due_at) == date(2023, 7, 14)
    assert "Minutes of DAG026: the draft goes to the Chair" in text_of(Visitor(room.pmo).opens("/desk/deadlines/"))
    clock("2023-07-14 17:00")
    page = text_of(Visitor(room.pmo).opens("/desk/meetings/DAG026/"))
    assert "The draft goes to the Chair, by 17:00 on 14 Jul 2023 (working day 2) Late" in page
    assert "The minutes are published, by 17:00 on 21 Jul 2023 (working day 7)" in page


def test_of_what_is_not_for_the_public_there_is_no_plan(clock):
    room = Room(clock, classification="confidential")
    assert plan_of(room.minutes.meeting, Counting(), portal_now()) == []
    clock(portal_now() + timedelta(days=5))
    sweep.run()
    assert not Notice.objects.filter(key__contains="-step-").exists()
