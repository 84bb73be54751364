"""The wall of the room: the vote as it fills, the wording for decision, the action just raised; for nobody but whoever runs the meeting."""

import pytest

from decisions import operations as decisions
from decisions.operations.asking import bring
from meetings import operations
from meetings.attending import PRESENT, Presence, room_of
from tests.conftest import set_clock
from tests.factories import SeatFactory, user_of
from tests.meetings.rooms import Room
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
WALL = "/desk/meetings/DAG026/wall/"


@pytest.fixture(scope="module")
def rooms(scene):
    return scene(lambda: Room(set_clock))


@pytest.fixture
def room(rooms, settings):
    settings.DEMO = True  # the second factor has tests of its own
    return rooms()


def test_while_nothing_is_settled_it_says_where_the_meeting_is(room):
    page = text_of(Visitor(room.pmo).opens(WALL))
    assert "DAG026, item 1" in page
    assert "CR018" in page
    assert "Nothing is being settled now" in page


def test_an_open_vote_fills_seat_by_seat(room):
    question = decisions.open_question(bring(room.group, title="CR018", decision_wording="The SRO approved CR018", wording="Should CR018 be approved?", subject="CR018", item=room.item, by=room.pmo), by=room.pmo)
    visitor = Visitor(room.pmo)
    assert "Should CR018 be approved?" in text_of(visitor.opens(WALL))
    decisions.record_spoken_vote(question.roll.first(), "approve", by=room.pmo)
    assert "Approve" in text_of(visitor.opens(WALL + "now/"))


def test_the_wording_for_decision_and_then_what_was_decided_stand_there_large(room):
    operations.raise_action(room.meeting, "Amend CR024", owner="Programme (PMO)", due_kind="asap", by=room.pmo)
    room.decided()
    page = text_of(Visitor(room.chair).opens(WALL))
    assert "Item 1. Decided The SRO approved CR018" in page
    assert "Amend CR024 Programme (PMO)" in page



def test_once_it_is_said_who_came_it_says_how_many_constituencies_are_represented(room):
    visitor = Visitor(room.pmo)
    assert "represented" not in text_of(visitor.opens(WALL))
    for _ in range(2):
        user_of(SeatFactory(group=room.group))
    operations.record_attendances(room.meeting, {place.key: Presence(PRESENT) for place in room_of(room.meeting).constituencies[:2]}, by=room.pmo)
    assert "2 of 3 constituencies represented" in text_of(visitor.opens(WALL))


def test_what_an_item_left_to_be_confirmed_makes_way_when_the_next_is_discussed(room):
    place = operations.write_paragraph(room.item, kind="decision", by=room.pmo)
    decisions.table(decisions.draft(room.group, "CR018", "The SRO approved CR018", meeting=room.meeting, item=room.item, paragraph=place, by=room.pmo), by=room.pmo)
    operations.raise_action(room.meeting, "Amend CR024", owner="Programme (PMO)", due_kind="asap", item=room.item, by=room.pmo)
    assert "Item 1. Proposed, not decided The SRO approved CR018" in text_of(Visitor(room.pmo).opens(WALL))
    later = operations.table_item(room.meeting, "Costs", purpose="discussion", by=room.pmo)
    operations.write_paragraph(later, "The costs were shown.", by=room.pmo)
    page = text_of(Visitor(room.pmo).opens(WALL))
    assert "item 2" in page
    assert "Nothing is being settled now" in page
    assert "item 1 Amend CR024" in page, "the latest action says of which item it is"
