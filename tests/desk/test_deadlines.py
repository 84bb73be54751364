"""Every deadline of one's groups stands on one board, with how it was counted; those that anybody may know of stand on a public page."""

from datetime import UTC, date, datetime

import pytest

from decisions import operations as decisions
from desk.deadlines import PAGES
from meetings import operations as meetings
from records.moved_by_holidays import deadlines
from tests.conftest import set_clock
from tests.factories import UserFactory
from tests.meetings.rooms import Room
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def rooms(scene):
    return scene(lambda: Room(set_clock))


@pytest.fixture
def room(rooms, db, settings):
    settings.DEMO = True
    return rooms()


def board(user) -> str:
    return text_of(Visitor(user).opens("/desk/deadlines/"))


def test_every_deadline_that_a_holiday_may_move_has_its_page_on_the_board():
    assert set(PAGES) == {kind.name for kind in deadlines()}


def test_the_publication_of_the_minutes_stands_there_with_how_it_was_counted(room):
    told = board(room.pmo)
    assert "Publication of the minutes and decisions of DAG026" in told
    assert "10 working days after 12 Jul 2023 is 26 Jul 2023 (no bank holidays in between)." in told
    assert "10 working days left" in told


def test_what_was_missed_stays_there_and_comes_first(room, clock):
    meetings.raise_action(room.meeting, "Write it", owner="PMO", due_kind="date", due_on=date(2023, 8, 30), item=room.item, by=room.pmo)
    meetings.publish_headlines(room.meeting, by=room.pmo)
    clock("2023-07-27 10:00")
    told = board(room.pmo)
    assert "2 are late." in told  # the draft was to be with the Chair, too
    assert told.index("Publication of the minutes") < told.index("Write it")


def test_an_action_is_late_the_day_after_its_day(room, clock):
    action = meetings.raise_action(room.meeting, "Write it", owner="PMO", due_kind="date", due_on=date(2023, 7, 14), item=room.item, by=room.pmo)
    meetings.publish_headlines(room.meeting, by=room.pmo)
    meetings.send_to_chair(room.minutes, by=room.pmo)
    clock("2023-07-14 20:00")
    assert "late" not in board(room.pmo).replace("what is late first", "")
    clock("2023-07-15 00:30")
    assert "1 is late." in board(room.pmo)
    meetings.complete_action(action, by=room.pmo)
    assert "Write it" not in board(room.pmo)


def test_members_see_what_they_were_told_and_strangers_nothing(room):
    meetings.raise_action(room.meeting, "Write it", owner="PMO", due_kind="date", due_on=date(2023, 7, 14), item=room.item, by=room.pmo)
    member = UserFactory(person=room.member)
    assert "Write it" not in board(member)
    assert "Publication of the minutes" in board(member)
    room.circulated()
    assert "Write it" in board(member)
    assert "No deadline runs" in board(UserFactory())


def test_a_day_that_somebody_chose_says_so(room, clock):
    decision = decisions.table(decisions.draft(room.group, "CR018", "The SRO approved CR018", meeting=room.meeting, by=room.pmo), by=room.pmo)
    decisions.promise(decision, datetime(2023, 7, 21, 16, tzinfo=UTC), by=room.pmo)
    told = board(room.chair)
    assert "The Chair’s decision on CR018" in told
    assert "A day that was chosen, not counted." in told


def test_the_public_page_shows_what_is_awaited_and_what_is_due(room, client, clock):
    meetings.raise_action(room.meeting, "Write it", owner="PMO", due_kind="date", due_on=date(2023, 7, 14), item=room.item, by=room.pmo)
    told = text_of(client.get("/deadlines/"))
    assert "Minutes and decisions published" in told
    assert "26 Jul 2023" in told
    assert "Write it" not in told, "it is not public yet"
    meetings.publish(room.circulated(), by=room.pmo)
    told = text_of(client.get("/deadlines/"))
    assert "Nothing is awaited at the moment" in told
    assert "Actions overdue" not in told
    clock("2023-07-15 00:30")
    told = text_of(client.get("/deadlines/"))
    assert told.index("Actions overdue") < told.index("Write it")


def test_the_day_on_which_papers_go_out_stands_there_until_they_have(room):
    coming = meetings.schedule(room.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=room.pmo)
    assert "Papers of DAG027" not in board(room.pmo), "there is nothing on its agenda"
    meetings.table_item(coming, "CR024", by=room.pmo)
    told = board(room.pmo)
    assert "Papers of DAG027 go out" in told
    assert "5 working days before 9 Aug 2023 is 2 Aug 2023" in told


def test_a_paper_that_is_owed_is_counted_back_from_the_meeting_unless_its_day_was_chosen(room):
    coming = meetings.schedule(room.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=room.pmo)
    item = meetings.table_item(coming, "CR024", by=room.pmo)
    plan = meetings.add_paper(item, "Plan", owed_by="Ruth", by=room.pmo)
    assert "Paper “Plan” for DAG027 DAG 5 working days before 9 Aug 2023 is 2 Aug 2023" in board(room.pmo)
    meetings.change_paper(plan, "Plan", visibility="public", owed_by="Ruth", due_on=date(2023, 8, 4), by=room.pmo)
    assert "Paper “Plan” for DAG027 DAG A day that was chosen, not counted." in board(room.pmo)
