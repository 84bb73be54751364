"""Inviting to a meeting, moving it and cancelling it: who is told, and what their calendars are sent."""

import email
import email.policy
import re
from datetime import UTC, date, datetime

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from meetings import operations
from meetings.invitations import entry, escaped, folded
from meetings.models import Meeting
from notifications.models import Notice
from notifications.operations import deliver
from records.clock import portal_now
from tests.factories import (
    AlternateFactory,
    HoldingFactory,
    MeetingFactory,
    PersonFactory,
    SeatFactory,
    UserFactory,
)
from tests.meetings.planned import planned, refused
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_a_second_factor(settings):
    settings.DEMO = True


# --- inviting, moving, cancelling


def calendar_of(notice: Notice) -> dict[str, str]:
    lines = notice.attachment.replace("\r\n ", "").split("\r\n")
    return dict(line.split(":", 1) for line in lines if ":" in line)


def test_the_page_names_who_is_invited_before_anything_leaves(office):
    meeting = planned(office, joining_link="https://meet.example.org/dag")
    nobody = HoldingFactory(seat=SeatFactory(group=office.group), person=PersonFactory(name="Una Dressed", email=None)).person
    page = office.visitor.opens(f"/desk/do/meetings.invite/{meeting.pk}/")
    said = text_of(page)
    assert "2 people are sent an invitation" in said
    assert "Ruth Ansell" in said
    assert f"No address is known of {nobody.name}: tell them yourself." in said
    assert not Notice.objects.exists()
    office.visitor.sends(page)
    assert set(Notice.objects.values_list("address", flat=True)) == {office.member.email, office.pmo.email}


def test_an_invitation_carries_the_meeting_to_the_calendar(office):
    meeting = operations.invite(planned(office, venue="Room 1; first floor, left", ends_at=datetime(2023, 7, 12, 11, tzinfo=UTC)), by=office.pmo)
    notice = Notice.objects.get(person=office.member)
    told = calendar_of(notice)
    assert (told["METHOD"], told["UID"], told["SEQUENCE"], told["STATUS"]) == ("REQUEST", "dag026@localhost", "0", "CONFIRMED")
    assert (told["DTSTART"], told["DTEND"]) == ("20230712T090000Z", "20230712T110000Z")
    assert told["LOCATION"] == "Room 1\\; first floor\\, left"
    assert f"mailto:{office.member.email}" in notice.attachment
    assert office.pmo.email not in notice.attachment  # nobody sees who else is asked
    assert meeting.invited_at is not None


def test_the_mail_has_a_calendar_part_and_every_try_sends_the_same(office, clock):
    operations.invite(planned(office), by=office.pmo)
    notice = Notice.objects.get(person=office.member)
    clock("2023-07-02 10:00")
    deliver(notice)
    sent = email.message_from_bytes(mail.outbox[0].message().as_bytes(), policy=email.policy.default)
    part = next(part for part in sent.walk() if part.get_content_type() == "text/calendar")
    assert part["Content-Type"].params["method"] == "REQUEST"
    assert part.get_content().replace("\r\n", "\n") == notice.attachment.replace("\r\n", "\n")
    assert sent.get_body(("plain",)).get_content().startswith("Dear Ruth Ansell")


def test_a_mail_without_a_calendar_is_as_it_was(room):
    room.circulated()
    deliver(Notice.objects.first())
    assert mail.outbox[0].message().get_content_type() == "text/plain"


def test_whoever_took_a_seat_since_can_be_invited_and_nobody_twice(office):
    meeting = operations.invite(planned(office), by=office.pmo)
    with refused("Everyone who has a seat has been invited"):
        operations.invite(meeting, by=office.pmo)
    later = HoldingFactory(seat=SeatFactory(group=office.group)).person
    operations.invite(meeting, by=office.pmo)
    assert list(Notice.objects.filter(person=later).values_list("subject", flat=True)) == ["DAG026 on 12 Jul 2023, 10:00"]
    assert Notice.objects.count() == 3


def test_moving_says_why_tells_who_was_invited_and_raises_the_sequence(office):
    meeting = operations.invite(planned(office), by=office.pmo)
    page = office.visitor.opens("/desk/meetings/DAG026/move/")
    assert "2 people are told by mail" in text_of(page)
    page = office.visitor.sends(page, {"day": "2023-07-19"})
    assert "Say why: whoever was invited is told." in text_of(page)
    page = office.visitor.sends(page, {"why": "The Chair is away"})
    assert "DAG026 is moved to 10:00 on 19 Jul 2023. Everyone who is invited is told with the next post." in text_of(page)
    notice = Notice.objects.get(person=office.member, subject__contains="moved")
    assert "because: The Chair is away" in notice.body
    assert (calendar_of(notice)["SEQUENCE"], calendar_of(notice)["DTSTART"]) == ("1", "20230719T090000Z")
    public = text_of(Visitor().opens("/meetings/DAG026/"))
    assert "This meeting was moved. It was to begin at 10:00 on 12 Jul 2023." in public
    assert "The Chair is away" not in public
    assert Meeting.objects.get(pk=meeting.pk).held_on == date(2023, 7, 19)


def test_before_anybody_is_invited_moving_tells_nobody(office):
    planned(office)
    page = office.visitor.opens("/desk/meetings/DAG026/move/")
    assert "Nobody has been invited yet, so nobody is told." in text_of(page)
    office.visitor.sends(page, {"day": "2023-07-19", "why": "The Chair is away"})
    assert not Notice.objects.exists()


def test_a_meeting_is_not_moved_to_where_it_is(office):
    meeting = planned(office)
    with refused("That is when DAG026 is already"):
        operations.move(meeting, starts_at=meeting.starts_at, ends_at=None, why="A slip", by=office.pmo)


def test_two_secretaries_do_not_move_it_over_each_other(office):
    planned(office)
    first, second = (office.visitor.opens("/desk/meetings/DAG026/move/") for _ in range(2))
    office.visitor.sends(first, {"day": "2023-07-19", "why": "The Chair is away"})
    page = office.visitor.sends(second, {"day": "2023-07-20", "why": "The room is taken"})
    assert page.status_code == 409
    assert "Somebody changed this since you opened it" in text_of(page)
    assert Meeting.objects.get().held_on == date(2023, 7, 19)


def test_alternates_named_for_the_meeting_are_spoken_of_before_it_is_moved(office):
    planned(office)
    AlternateFactory(seat=SeatFactory(group=office.group), occasion="DAG026", person=PersonFactory(name="Alma Stand-In"))
    assert "Alma Stand-In" in text_of(office.visitor.opens("/desk/meetings/DAG026/move/"))


def test_cancelling_takes_the_meeting_out_of_calendars(office):
    operations.invite(planned(office), by=office.pmo)
    office.visitor.does("/desk/meetings/DAG026/cancel/", {"why": "Nothing to decide"})
    notice = Notice.objects.get(person=office.member, subject__contains="cancelled")
    told = calendar_of(notice)
    assert (told["METHOD"], told["STATUS"], told["SEQUENCE"]) == ("CANCEL", "CANCELLED", "1")
    assert "because: Nothing to decide" in notice.body
    public = text_of(Visitor().opens("/meetings/DAG026/"))
    assert "This meeting was cancelled." in public
    assert "Nothing to decide" not in public
    with refused("is cancelled: too late or too soon to cancel it"):
        operations.cancel(Meeting.objects.get(), why="Again", by=office.pmo)


def test_a_new_joining_link_is_sent_to_calendars(office):
    operations.invite(planned(office, joining_link="https://meet.example.org/old"), by=office.pmo)
    office.visitor.does("/desk/meetings/DAG026/change/", {"joining_link": "https://meet.example.org/new"})
    notice = Notice.objects.get(person=office.member, subject__contains="changed")
    assert "Join: https://meet.example.org/new" in notice.body
    assert calendar_of(notice)["SEQUENCE"] == "1"


@pytest.mark.parametrize("verb", ["move", "change", "cancel"])
def test_what_was_held_stays_as_it_was(room, verb):
    assert Visitor(room.pmo).client.get(f"/desk/meetings/DAG026/{verb}/").status_code == 409


def test_a_member_takes_the_meeting_into_a_calendar_and_a_stranger_does_not(office):
    planned(office, joining_link="https://meet.example.org/dag")
    answer = Visitor(UserFactory(person=office.member)).client.get("/desk/meetings/DAG026/meeting.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"METHOD:PUBLISH" in answer.content
    assert b"meet.example.org/dag" in answer.content
    assert Visitor(UserFactory()).client.get("/desk/meetings/DAG026/meeting.ics").status_code == 404


# --- the calendar's own rules


anything = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=200)


@given(anything)
def test_whatever_is_typed_stays_inside_its_line(text):
    written = escaped(text)
    assert not re.search(r"[\r\n]", written)
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", written)


@given(anything)
def test_no_line_is_longer_than_75_octets_and_nothing_is_lost(text):
    line = "SUMMARY:" + escaped(text)
    whole = folded(line)
    assert all(len(part.encode()) <= 75 for part in whole.split("\r\n"))
    assert whole.replace("\r\n ", "") == line


def test_a_hostile_venue_adds_no_line_of_its_own():
    meeting = MeetingFactory(venue="Room 1\r\nATTENDEE:mailto:everybody@example.org\nX:1")
    lines = entry(meeting, portal_now()).split("\r\n")
    assert not [line for line in lines if line.startswith(("ATTENDEE", "X:"))]
