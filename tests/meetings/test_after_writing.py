"""Minutes that are written: sent back with a reason, approved at a later meeting, published in further editions, on pages."""

from datetime import UTC, datetime

import pytest

from meetings import operations
from meetings.models import Minutes, MinutesEdition
from notifications.models import Notice
from tests.pages import Visitor, forms_on, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(rooms, settings):
    settings.DEMO = True  # the second factor has tests of its own
    return rooms()


def minutes() -> Minutes:
    return Minutes.objects.get()


def test_the_chair_sends_cleared_minutes_back_and_the_secretariat_is_told_why(room):
    operations.clear(operations.send_to_chair(room.minutes, by=room.pmo), by=room.chair)
    page = Visitor(room.chair).does("/desk/meetings/DAG026/minutes/send-back/", {"why": "SC said the opposite in item 1."})
    assert "are a draft again" in text_of(page)
    assert minutes().status == "draft"
    mail = Notice.objects.get(key__contains="sent-back")
    assert "SC said the opposite in item 1." in mail.body
    assert "/desk/meetings/DAG026/minute/" in mail.body


def test_the_chair_is_sent_the_draft_and_nobody_writes_in_it_while_they_read(room):
    sent = Visitor(room.pmo).does(f"/desk/do/meetings.send_to_chair/{room.minutes.pk}/", {})
    assert "The Chair can read the minutes of DAG026 now" in text_of(sent)
    mail = Notice.objects.get(key__contains="to-clear")
    assert mail.address == room.chair.person.email
    refused = Visitor(room.pmo).opens("/desk/meetings/DAG026/minute/")
    assert refused.status_code == 409
    assert "The Chair is reading the minutes of DAG026: take them back to change them." in text_of(refused)
    Visitor(room.pmo).does("/desk/meetings/DAG026/minutes/send-back/", {"why": "Item 3 lacks a name."})
    assert Visitor(room.pmo).opens("/desk/meetings/DAG026/minute/").status_code == 200


def test_without_a_reason_they_stay_cleared(room):
    operations.clear(operations.send_to_chair(room.minutes, by=room.pmo), by=room.chair)
    page = Visitor(room.chair).does("/desk/meetings/DAG026/minutes/send-back/", {"why": " "})
    assert page.status_code == 409
    assert "Say what is to be changed." in text_of(page)
    assert minutes().status == "cleared"


def test_minutes_are_approved_at_a_later_meeting(room, clock):
    room.circulated()
    operations.schedule(room.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=room.pmo)
    visitor = Visitor(room.pmo)
    page = visitor.opens("/desk/meetings/DAG026/minutes/approve/")
    assert "DAG027" not in page.content.decode(), "it has not come yet"
    clock("2023-08-09 15:00")
    page = visitor.opens("/desk/meetings/DAG026/minutes/approve/")
    chosen = next(form["sound"]["meeting"] for form in forms_on(page) if "meeting" in form["sound"])
    assert "are approved" in text_of(visitor.sends(page, {"meeting": chosen}))
    assert (minutes().status, str(minutes().approved_on)) == ("approved", "2023-08-09")


def test_what_is_written_after_publication_comes_with_a_further_edition(room):
    operations.publish(room.circulated(), by=room.pmo)
    operations.write_paragraph(room.item, "After the meeting, the Programme confirmed the date.", kind="addendum", by=room.pmo)
    visitor = Visitor(room.pmo)
    page = visitor.does("/desk/meetings/DAG026/minutes/editions/new/", {"kind": "addendum", "note": "The date was confirmed."})
    assert "Edition 2 of the minutes of DAG026 is public" in text_of(page)
    assert [(each.n, each.kind, each.note) for each in MinutesEdition.objects.order_by("n")][1:] == [(2, "addendum", "The date was confirmed.")]
    assert "the Programme confirmed the date" in text_of(Visitor().opens("/meetings/DAG026/"))


def test_a_further_edition_says_what_changed(room):
    operations.publish(room.circulated(), by=room.pmo)
    page = Visitor(room.pmo).does("/desk/meetings/DAG026/minutes/editions/new/", {"kind": "correction", "note": ""})
    assert page.status_code == 409
    assert "Say what changed, for readers." in text_of(page)
    assert MinutesEdition.objects.count() == 1


def test_before_it_is_circulated_it_is_said_how_many_are_mailed_and_whose_address_nobody_knows(room):
    room.member.email = None
    room.member.save_by(room.pmo)
    operations.clear(operations.send_to_chair(room.minutes, by=room.pmo), by=room.chair)
    page = text_of(Visitor(room.pmo).opens(f"/desk/do/meetings.circulate/{room.minutes.pk}/"))
    assert "2 people with a seat in DAG are sent a link to the minutes of DAG026" in page
    assert f"Nobody knows an address of {room.member.name}: nothing is sent there." in page
