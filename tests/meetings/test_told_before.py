"""Before anything goes out, whoever presses the button reads to whom it goes, and to how many."""

import pytest

from decisions.operations.asking import bring
from groups.recipients import people_in
from meetings import operations
from notifications.models import Notice
from tests.factories import SeatFactory, user_of
from tests.meetings.rooms import Room
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(rooms, settings):
    settings.DEMO = True  # the second factor has tests of its own
    room = rooms()
    user_of(SeatFactory(group=room.group, label="DNO Representative"))
    return room


def asks(room: Room, verb: str, user=None) -> str:
    return text_of(Visitor(user or room.pmo).opens(f"/desk/do/meetings.{verb}/{room.minutes.pk}/"))


def told(key: str) -> int:
    return Notice.objects.filter(key__contains=key).count()


def test_the_draft_goes_to_the_chair_by_name(room):
    assert f"{room.chair.person.name}, Chair of DAG, is sent a link to the draft by e-mail." in asks(room, "send_to_chair")
    operations.send_to_chair(room.minutes, by=room.pmo)
    assert told("-to-clear-") == 1


def test_a_chair_without_an_address_is_said_to_be_sent_nothing(room):
    room.chair.person.email = ""
    room.chair.person.save_by(room.pmo)
    page = asks(room, "send_to_chair")
    assert "Nobody chairs DAG of whom an address is known: nobody is sent a mail." in page
    assert f"Nobody knows an address of {room.chair.person.name}: nothing is sent there." in page


def test_circulating_says_how_many_have_the_minutes_and_who_is_sent_what_is_theirs_to_do(room):
    for owner in ("DNO Representative", "Cake Office"):
        operations.raise_action(room.meeting, "Amend CR024", owner=owner, due_kind="asap", item=room.item, by=room.pmo)
    operations.clear(operations.send_to_chair(room.minutes, by=room.pmo), by=room.chair)
    members = [person for person in people_in(room.group, "chair", "member", "secretariat") if person.email]
    page = asks(room, "circulate")
    assert f"{len(members)} people with a seat in DAG are sent a link to the minutes of DAG026" in page
    assert "who owns an action of it, is sent what is theirs to do in a mail of its own." in page
    operations.circulate(room.minutes, by=room.pmo)
    assert (told("-circulated-"), told("-actions-")) == (len(members), 1)


def test_publishing_says_how_many_are_told(room):
    room.circulated()
    page = asks(room, "publish")
    operations.publish(room.minutes, by=room.pmo)
    assert f"{told('-edition-1')} people with a seat in DAG are told by e-mail, with the next post." in page


def test_opening_a_vote_says_how_many_are_asked_for_how_many_seats(room):
    question = bring(room.group, title="CR018", decision_wording="The SRO approved CR018", subject="CR018", version="1.8", window_days=5, wording="Should it?", by=room.pmo)
    page = text_of(Visitor(room.pmo).opens(f"/desk/questions/{question.pk}/open/"))
    assert "2 people who may vote for 2 seats of DAG are told by e-mail, with a link." in page
    Visitor(room.pmo).does(f"/desk/questions/{question.pk}/open/")
    assert told("-opened") == 2
