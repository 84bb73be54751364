"""The wall of the room: the vote as it fills, the wording for decision, the action just raised; for nobody but whoever runs the meeting."""

import pytest

from decisions import operations as decisions
from decisions.models import Outcome
from decisions.operations.asking import bring
from decisions.subjects import Subject, Terms
from meetings import operations
from meetings.attending import PRESENT, Presence, room_of
from tests.conftest import set_clock
from tests.factories import HoldingFactory, SeatFactory, user_of
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


def asked(room, item=None):
    told = {"title": "CR018", "decision_wording": "The SRO approved CR018", "wording": "Should CR018 be approved?", "subject": "CR018"}
    return decisions.open_question(bring(room.group, item=item or room.item, by=room.pmo, **told), by=room.pmo)


def counted(room, clock, item=None):
    """A vote in the room, closed at a quarter past two."""
    question = asked(room, item)
    decisions.record_spoken_vote(question.roll.first(), "approve", by=room.pmo)
    clock("2023-07-12 14:15")
    return decisions.close(question, by=room.pmo)


def test_a_vote_that_is_closed_stays_with_its_count_until_another_item_begins(room, clock):
    HoldingFactory(seat=SeatFactory(group=room.group))
    later = operations.table_item(room.meeting, "Costs", purpose="discussion", by=room.pmo)
    counted(room, clock)
    page = text_of(Visitor(room.pmo).opens(WALL))
    assert "Item 1. The vote is closed Should CR018 be approved? One seat advised approving and no rejecting; one did not vote." in page
    assert "Not cast" in page
    assert "not yet" not in page
    clock("2023-07-12 14:20")
    operations.write_paragraph(room.item, "The Chair thanked the seats.", by=room.pmo)
    assert "The vote is closed" in text_of(Visitor(room.pmo).opens(WALL)), "of the same item"
    operations.write_paragraph(later, "The costs were shown.", by=room.pmo)
    assert "The vote is closed" not in text_of(Visitor(room.pmo).opens(WALL))


@pytest.mark.parametrize("how", ["tabled", "announced", "determined"])
def test_a_vote_that_is_closed_makes_way_for_what_is_settled_after_it(room, clock, how):
    decision = counted(room, clock).decision
    clock("2023-07-12 14:30")
    if how == "tabled":
        decisions.table(decisions.draft(room.group, "CR019", "The SRO noted CR019", meeting=room.meeting, item=room.item, by=room.pmo), by=room.pmo)
    elif how == "announced":
        decisions.announce(decision, who=room.chair.person, by=room.pmo)
    else:
        decisions.determine(decision, Terms([Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")]), by=room.chair)
    page = text_of(Visitor(room.pmo).opens(WALL))
    assert "The vote is closed" not in page
    assert {"tabled": "Proposed, not decided", "announced": "Announced, to be confirmed", "determined": "Item 1. Decided"}[how] in page


def test_a_vote_that_waited_for_nothing_else_is_shown_over_what_was_settled_before_it(room, clock):
    room.decided()
    clock("2023-07-12 14:10")
    counted(room, clock)
    assert "The vote is closed" in text_of(Visitor(room.pmo).opens(WALL))


def test_while_a_vote_is_open_its_item_is_the_heading(room):
    later = operations.table_item(room.meeting, "Costs", purpose="decision", by=room.pmo)
    asked(room, later)
    page = Visitor(room.pmo).opens(WALL).text
    assert '<h1 class="app-wall__title">Costs</h1>' in page
    assert "DAG026, item 2" in text_of(Visitor(room.pmo).opens(WALL))
