"""Planning a meeting, a year of them, moving and cancelling them; who is told, and what their calendars are sent."""

import email
import email.policy
import re
from datetime import UTC, date, datetime, time

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from meetings import operations
from meetings.forms.planning import moments, refused_time
from meetings.invitations import entry, escaped, folded
from meetings.models import Meeting
from meetings.planning import LAST, extraordinary_number, next_number, nth_weekday, series
from notifications.models import Notice
from notifications.operations import deliver
from records.clock import LONDON, portal_now
from records.rules import Refused
from records.working_days import Calendar
from tests.factories import (
    AlternateFactory,
    GroupFactory,
    HoldingFactory,
    MeetingFactory,
    PersonFactory,
    SeatFactory,
    UserFactory,
    secretary_of,
)
from tests.meetings.rooms import Room
from tests.pages import Visitor, forms_on, text_of

pytestmark = pytest.mark.django_db
NEW = "/desk/groups/DAG/meetings/new/"
SERIES = "/desk/groups/DAG/meetings/new/series/"


@pytest.fixture(autouse=True)
def without_a_second_factor(settings):
    settings.DEMO = True


@pytest.fixture
def office(clock):
    """The DAG with a chair, a secretary and one seat; no meeting. On 1 July 2023, nine in the morning."""
    clock("2023-07-01 09:00")
    office = Room.__new__(Room)
    office.group = GroupFactory(code="DAG", name="Design Advisory Group", parent=GroupFactory(code="PSG", level=2))
    office.pmo = secretary_of(office.group)
    office.member = HoldingFactory(seat=SeatFactory(group=office.group), person=PersonFactory(name="Ruth Ansell")).person
    office.visitor = Visitor(office.pmo)
    return office


def planned(office, number="26", at=datetime(2023, 7, 12, 9, tzinfo=UTC), **told) -> Meeting:
    return operations.schedule(office.group, number, starts_at=at, by=office.pmo, **told)


def refused(match: str):
    return pytest.raises(Refused, match=match)


# --- numbers


def test_the_next_number_follows_the_highest_even_if_that_meeting_was_cancelled(office):
    assert next_number(office.group) == 1
    operations.cancel(planned(office, "26"), why="No business", by=office.pmo)
    assert next_number(office.group) == 27


def test_an_extraordinary_meeting_is_numbered_after_the_one_before_it(office):
    planned(office, "20")
    planned(office, "21", datetime(2023, 8, 9, 9, tzinfo=UTC))
    assert extraordinary_number(office.group, date(2023, 7, 20)) == "20.1"
    planned(office, "20.1", datetime(2023, 7, 20, 9, tzinfo=UTC), kind="extraordinary")
    assert extraordinary_number(office.group, date(2023, 7, 25)) == "20.2"
    assert extraordinary_number(office.group, date(2023, 8, 30)) == "21.1"


def test_the_first_meeting_of_a_group_is_number_one_even_if_it_is_extraordinary(office):
    assert extraordinary_number(office.group, date(2023, 7, 20)) == "1"


# --- one meeting


def test_a_meeting_is_planned_on_the_pages_and_nobody_is_told(office):
    page = office.visitor.does(NEW, {"day": "2023-07-12", "starts": "10:00", "ends": "12:30", "venue": "Virtual", "joining_link": "https://meet.example.org/dag"})
    assert "DAG001 is planned. Nobody has been told yet" in text_of(page)
    meeting = Meeting.objects.get()
    assert (meeting.starts_at, meeting.ends_at) == (datetime(2023, 7, 12, 9, tzinfo=UTC), datetime(2023, 7, 12, 11, 30, tzinfo=UTC))
    assert not Notice.objects.exists()
    public = text_of(Visitor().opens("/meetings/DAG001/"))
    assert "Virtual" in public
    assert "meet.example.org" not in public


def test_the_number_is_proposed_by_kind_and_may_be_typed(office):
    planned(office, "20", datetime(2023, 6, 30, 9, tzinfo=UTC))
    assert "Leave it empty for the next: 21, or 20.1 for an extraordinary one today." in text_of(office.visitor.opens(NEW))
    office.visitor.does(NEW, {"day": "2023-07-12", "starts": "10am", "kind": "extraordinary"})
    office.visitor.does(NEW, {"day": "2023-07-13", "starts": "10.00", "number": "30"})
    assert set(Meeting.objects.values_list("code", flat=True)) == {"DAG020", "DAG020.1", "DAG030"}
    page = office.visitor.does(NEW, {"day": "2023-07-14", "starts": "10:00", "number": "30"})
    assert "There is a meeting DAG 30 already." in text_of(page)
    assert 'value="2023-07-14"' in page.content.decode()  # nothing typed is lost


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"day": "2024-03-31", "starts": "01:30"}, "There is no 01:30 on Sun 31 Mar 2024: the clocks go forward that night"),
        ({"day": "2024-03-30", "starts": "22:00", "ends": "01:30"}, "There is no 01:30 on Sun 31 Mar 2024"),
        ({"day": "2023-06-30", "starts": "10:00"}, "Fri 30 Jun 2023 is over"),
        ({"day": "2023-07-12", "starts": "25:00"}, "Give a time, such as 10:00."),
        ({"day": "2023-07-12", "starts": "10:00", "ends": "09:00"}, "a meeting ends within twelve hours"),
        ({"day": "2023-07-12", "starts": "10:00", "number": "1e3"}, "A meeting's number is a number"),
        ({"day": "2023-07-12", "starts": "10:00", "joining_link": "javascript:alert(1)"}, "Give an address that begins with https://."),
        ({"day": "", "starts": ""}, "Give the day."),
    ],
)
def test_what_cannot_be_planned_is_refused_in_a_sentence(office, typed, said):
    page = office.visitor.does(NEW, typed)
    assert said in text_of(page)
    assert not Meeting.objects.exists()


def test_a_meeting_may_go_on_over_midnight(office):
    office.visitor.does(NEW, {"day": "2023-07-12", "starts": "22:00", "ends": "00:30"})
    meeting = Meeting.objects.get()
    assert (meeting.held_on, meeting.ends_local.date()) == (date(2023, 7, 12), date(2023, 7, 13))


def test_on_the_day_the_clocks_change_a_meeting_lasts_as_long_as_the_clocks_say():
    begins, ends = moments(date(2024, 3, 30), time(23), time(3))
    assert (ends - begins).total_seconds() == 3 * 3600
    begins, ends = moments(date(2024, 10, 26), time(23), time(3))
    assert (ends - begins).total_seconds() == 5 * 3600


def test_only_the_hour_that_the_clocks_leave_out_is_no_time():
    out = [hour for hour in range(24) if refused_time(date(2024, 3, 31), time(hour, 30))]
    assert out == [1]
    assert not [hour for hour in range(24) if refused_time(date(2024, 10, 27), time(hour, 30))]


def test_sent_twice_it_is_planned_once(office):
    page = office.visitor.opens(NEW)
    for _ in range(2):
        office.visitor.sends(page, {"day": "2023-07-12", "starts": "10:00"})
    assert Meeting.objects.count() == 1


# --- a year of them


def test_the_second_wednesday_and_the_last_friday_of_a_month():
    assert nth_weekday(2023, 11, 2, 2) == date(2023, 11, 8)
    assert nth_weekday(2023, 2, 1, 2) == date(2023, 2, 1)
    assert nth_weekday(2024, 2, LAST, 4) == date(2024, 2, 23)


@given(st.integers(2015, 2029), st.integers(1, 12), st.sampled_from([1, 2, 3, 4, LAST]), st.integers(0, 4))
def test_such_a_day_is_in_its_month_and_in_its_week(year, month, week, weekday):
    day = nth_weekday(year, month, week, weekday)
    assert (day.year, day.month, day.weekday()) == (year, month, weekday)
    assert (day.day - 1) // 7 == week - 1 if week != LAST else (day.month % 12 + 1) == nth_weekday(year + month // 12, month % 12 + 1, 1, weekday).month


def test_a_bank_holiday_moves_it_to_the_next_working_day_and_says_so(office):
    first = series(office.group, date(2023, 12, 1), 2, 4, 0, Calendar())[0]  # the fourth Monday of December 2023 is Christmas Day
    assert (first.on, first.instead_of, first.why) == (date(2023, 12, 27), date(2023, 12, 25), "Christmas Day")


def test_none_of_a_series_is_before_its_first_day(office):
    days = [each.on for each in series(office.group, date(2023, 7, 13), 3, 2, 2, Calendar())]
    assert days == [date(2023, 8, 9), date(2023, 9, 13), date(2023, 10, 11)]


TYPED = {"week": "4", "weekday": "0", "starts": "10:00", "ends": "12:00", "first": "2023-10-01", "months": "3"}


def test_a_series_is_shown_before_it_is_made_and_each_day_can_be_left_out(office):
    planned(office, "5", datetime(2023, 10, 23, 14, tzinfo=UTC))
    page = office.visitor.does(SERIES, TYPED)
    said = text_of(page)
    assert "Mon 25 Dec 2023 is no working day (Christmas Day): the next one is taken." in said
    assert "DAG005 is on that day already." in said
    assert Meeting.objects.count() == 1
    ticked = [value for name, value in forms_on(page)[0]["data"] if name == "day"]
    assert ticked == ["2023-11-27", "2023-12-27"]  # not the day that is taken
    office.visitor.sends(page, {"step": "make", "day": ["2023-10-23", "2023-12-27"]})
    made = Meeting.objects.exclude(number="5").order_by("starts_at")
    assert [(meeting.code, meeting.held_on) for meeting in made] == [("DAG006", date(2023, 10, 23)), ("DAG007", date(2023, 12, 27))]
    assert {meeting.starts_at.astimezone(LONDON).hour for meeting in made} == {10}  # before and after the clocks change


def test_a_series_without_a_day_is_not_made_and_the_page_stays(office):
    page = office.visitor.does(SERIES, TYPED)
    page = office.visitor.sends(page, {"step": "make", "day": []})
    assert "Tick at least one day." in text_of(page)
    assert "On these days" in text_of(page)
    page = office.visitor.sends(page, {"step": "back"})
    assert 'value="2023-10-01"' in page.content.decode()
    assert not Meeting.objects.exists()


def test_a_day_that_the_page_did_not_show_is_not_taken(office):
    page = office.visitor.does(SERIES, TYPED)
    office.visitor.sends(page, {"step": "make", "day": ["2023-11-27", "2031-01-01", "\0"]})
    assert [meeting.held_on for meeting in Meeting.objects.all()] == [date(2023, 11, 27)]


def test_a_series_beyond_the_bank_holidays_on_file_is_refused(office):
    page = office.visitor.does(SERIES, TYPED | {"first": "2030-06-01", "months": "12"})
    assert "The bank holidays of 2031 are not on file" in text_of(page)


def test_all_of_a_series_is_made_or_none(office):
    times = [(datetime(2023, 8, 9, 9, tzinfo=UTC), None), (datetime(2023, 9, 9, 9, tzinfo=UTC), datetime(2023, 9, 9, 8, tzinfo=UTC))]
    with refused("It would end before it begins"):
        operations.schedule_series(office.group, times, by=office.pmo)
    assert not Meeting.objects.exists()


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
    assert list(Notice.objects.filter(person=later).values_list("subject", flat=True)) == ["DAG026 on Wed 12 Jul 2023, 10:00am"]
    assert Notice.objects.count() == 3


def test_moving_says_why_tells_who_was_invited_and_raises_the_sequence(office):
    meeting = operations.invite(planned(office), by=office.pmo)
    page = office.visitor.opens("/desk/meetings/DAG026/move/")
    assert "2 people are told by mail" in text_of(page)
    page = office.visitor.sends(page, {"day": "2023-07-19"})
    assert "Say why: whoever was invited is told." in text_of(page)
    page = office.visitor.sends(page, {"why": "The Chair is away"})
    assert "DAG026 is moved to 10:00 on Wed 19 Jul 2023. Everyone who is invited is told with the next post." in text_of(page)
    notice = Notice.objects.get(person=office.member, subject__contains="moved")
    assert "because: The Chair is away" in notice.body
    assert (calendar_of(notice)["SEQUENCE"], calendar_of(notice)["DTSTART"]) == ("1", "20230719T090000Z")
    public = text_of(Visitor().opens("/meetings/DAG026/"))
    assert "This meeting was moved. It was to begin at 10:00am on Wed 12 Jul 2023." in public
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


# --- what comes after


def test_the_next_meeting_is_the_next_that_is_planned_and_can_be_corrected(office, clock):
    meeting = planned(office)
    planned(office, "27", datetime(2023, 8, 9, 9, tzinfo=UTC))
    clock("2023-07-12 15:00")
    assert operations.hold(meeting, by=office.pmo).next_meeting_on == date(2023, 8, 9)
    page = office.visitor.does("/desk/meetings/DAG026/next/", {"on": "2023-07-01"})
    assert "the next meeting is later" in text_of(page)
    office.visitor.sends(page, {"on": "2023-08-16"})
    assert Meeting.objects.get(number="26").next_meeting_on == date(2023, 8, 16)


def test_only_the_secretariat_plans(office):
    member = UserFactory(person=office.member)
    for verb in (
        lambda: operations.schedule_series(office.group, [(datetime(2023, 8, 9, 9, tzinfo=UTC), None)], by=member),
        lambda: operations.invite(planned(office), by=member),
    ):
        with refused("Only the secretariat of DAG may do this"):
            verb()


def test_the_meetings_to_come_are_listed_with_what_can_be_done(office):
    planned(office)
    said = text_of(office.visitor.opens("/desk/meetings/"))
    assert "DAG026" in said
    assert "Schedule a meeting" in said
    assert "Nobody has been invited yet" in said
