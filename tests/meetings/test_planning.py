"""Planning a meeting, and a year of them; which is the next."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.standing import Standing
from meetings import operations
from meetings.forms.planning import moments, refused_time
from meetings.models import Meeting
from meetings.planning import LAST, extraordinary_number, next_number, nth_weekday, series
from notifications.models import Notice
from records.clock import LONDON, portal_now
from records.verbs import offers
from records.working_days import Calendar
from tests.factories import (
    UserFactory,
)
from tests.meetings.planned import planned, refused
from tests.pages import Visitor, forms_on, text_of

pytestmark = pytest.mark.django_db
NEW = "/desk/groups/DAG/meetings/new/"
SERIES = "/desk/groups/DAG/meetings/new/series/"


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


@pytest.mark.parametrize(("day", "said"), [("2023-07-15", "No working day Saturday"), ("2023-08-28", "No working day Late Summer Bank Holiday"), ("2023-07-12", "")])
def test_a_meeting_on_a_day_off_says_so_to_its_members(office, day, said):
    page = text_of(office.visitor.does(NEW, {"day": day, "starts": "10:00"}))
    assert "DAG001 is planned" in page
    assert ("No working day" in page) == bool(said)
    assert said in page


def test_writing_the_minutes_is_the_first_button_once_the_meeting_has_begun(office, clock):
    meeting = planned(office, "26", datetime(2023, 7, 12, 9, tzinfo=UTC))

    def look() -> str:
        return next(each.look for each in offers(meeting, Standing.at(office.pmo, portal_now()), portal_now()) if each.verb.name == "meetings.minute")

    clock("2023-07-12 09:59")
    assert look() == "secondary"
    clock("2023-07-12 10:00")
    assert look() == "button"


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
        ({"day": "2023-06-30", "starts": "10:00"}, "30 Jun 2023 is over"),
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


# --- what comes after


def test_the_next_meeting_is_the_next_that_is_planned_and_can_be_corrected(office, clock):
    meeting = planned(office)
    planned(office, "27", datetime(2023, 8, 9, 9, tzinfo=UTC))
    clock("2023-07-12 15:00")
    assert "The next meeting is DAG027, planned for 9 Aug 2023: the minutes say so." in text_of(office.visitor.opens(f"/desk/do/meetings.hold/{meeting.pk}/"))
    assert operations.hold(meeting, by=office.pmo).next_meeting_on == date(2023, 8, 9)
    page = office.visitor.does("/desk/meetings/DAG026/next/", {"on": "2023-07-01"})
    assert "the next meeting is later" in text_of(page)
    office.visitor.sends(page, {"on": "2023-08-16"})
    assert Meeting.objects.get(number="26").next_meeting_on == date(2023, 8, 16)


def test_the_next_meeting_is_offered_when_it_was_planned_only_after_this_one_was_held(office, clock):
    meeting = planned(office)
    clock("2023-07-12 15:00")
    assert "No next meeting is planned" in text_of(office.visitor.opens(f"/desk/do/meetings.hold/{meeting.pk}/"))
    operations.hold(meeting, by=office.pmo)
    assert "No meeting of DAG is planned after DAG026." in text_of(office.visitor.opens("/desk/meetings/DAG026/next/"))
    planned(office, "27", datetime(2023, 8, 9, 9, tzinfo=UTC))
    page = office.visitor.opens("/desk/meetings/DAG026/next/")
    assert "DAG027 is planned for 9 Aug 2023." in text_of(page)
    office.visitor.sends(page, {})
    assert Meeting.objects.get(number="26").next_meeting_on == date(2023, 8, 9)


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
