"""Who came, by the report of a call: read as it comes, shown against the seats, and taken over."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from meetings import teams
from meetings.models import Attendance
from records.rules import Refused
from tests.meetings.attended import recorded, save
from tests.pages import forms_on, text_of

pytestmark = pytest.mark.django_db
HERE = "/desk/meetings/DAG026/attendance/"
NEW, REPORT = f"{HERE}people/new/", f"{HERE}report/"


HEAD = "1. Summary\nMeeting title\tDAG 26\n\n2. Participants\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n"
ROWS = (
    "Chan, Sarah (Guest)\t7/12/23, 9:58:03 AM\t7/12/23, 12:30:00 PM\t2h 31m\t\t\tPresenter\n"
    "Somebody Strange\t7/12/23, 10:40:00 AM\t7/12/23, 11:00:00 AM\t20m\t\t\tAttendee\n"
    "\n3. In-Meeting Activities\nName\tJoin Time\tLeave Time\nSarah Chan\t7/12/23, 9:58:03 AM\t7/12/23, 12:30:00 PM\n"
)
LONG_AGO = "Full Name,User Action,Timestamp\nSarah Chan,Joined,\"12/07/2023, 10:20:00\"\nSarah Chan,Left,\"12/07/2023, 10:30:00\"\nSarah Chan,Joined,\"12/07/2023, 10:40:00\"\nSarah Chan,Left,\"12/07/2023, 12:00:00\"\n"
DAY = date(2023, 7, 12)


def test_a_report_of_today_is_read_by_its_participants():
    found = teams.read(HEAD + ROWS, DAY)
    assert [row.name for row in found] == ["Chan, Sarah (Guest)", "Somebody Strange"]
    assert found[0].joined_at == datetime(2023, 7, 12, 8, 58, 3, tzinfo=UTC)
    assert found[0].left_at == datetime(2023, 7, 12, 11, 30, tzinfo=UTC)
    assert teams.plain_name(found[0].name) == "Sarah Chan"


def test_an_older_report_is_read_by_who_joined_and_left():
    found = teams.read(LONG_AGO, DAY)
    assert [(row.name, row.joined_at, row.left_at) for row in found] == [
        ("Sarah Chan", datetime(2023, 7, 12, 9, 20, tzinfo=UTC), datetime(2023, 7, 12, 11, 0, tzinfo=UTC))
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8", "utf-8-sig"])
def test_a_file_is_read_however_it_is_encoded(encoding):
    assert teams.read(teams.decoded((HEAD + ROWS).encode(encoding)), DAY)[0].name == "Chan, Sarah (Guest)"


def test_a_day_is_read_whichever_way_round_it_is_written():
    for written in ("7/12/23, 9:58:03 AM", "12/07/2023, 09:58:03", "2023-07-12 09:58:03", "7/12/23, 9:58:03\u202fAM"):
        assert teams.read(f"Name,First Join\nA B,\"{written}\"\n", DAY)[0].joined_at == datetime(2023, 7, 12, 8, 58, 3, tzinfo=UTC)
    assert teams.read('Name,First Join\nA B,"1/2/23, 9:58:03 AM"\n', DAY)[0].joined_at is None  # of another day


def test_who_left_before_they_joined_by_a_clock_that_went_back_left_in_the_second_hour():
    (found,) = teams.read('Name,First Join,Last Leave\nA B,"10/29/23, 1:50:00 AM","10/29/23, 1:10:00 AM"\n', date(2023, 10, 28))
    assert (found.joined_at, found.left_at) == (datetime(2023, 10, 29, 0, 50, tzinfo=UTC), datetime(2023, 10, 29, 1, 10, tzinfo=UTC))


@pytest.mark.parametrize("text", ["", "Dear all", "Name\n", "Name,First Join\n", "Name,First Join\n,\n", 'Name,First Join\n"', "\0", "Name\tFirst Join\n" + "\t" * 5000])
def test_what_is_no_report_is_refused_in_a_sentence(text):
    with pytest.raises(Refused):
        teams.read(text, DAY)


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_read_or_refused(text):
    for whole in (text, HEAD + text):
        with suppress(Refused):
            assert teams.read(whole, DAY)


@given(st.binary(max_size=300))
def test_whatever_file_is_chosen_is_read_or_refused(content):
    with suppress(Refused):
        assert teams.decoded(content) is not None


def test_the_report_is_shown_against_the_seats_before_anything_is_written(hall):
    page = hall.visitor.does(REPORT, {"report": HEAD + ROWS})
    said = text_of(page)
    assert "Somebody Strange 10:40 to 11:00, part of the meeting . Nobody of that name is expected." in said.replace("meeting.", "meeting .")
    assert not recorded(hall)
    assert dict(forms_on(page)[0]["data"])["who-0"] == f"seat-{hall.second.pk} present"
    assert dict(forms_on(page)[0]["data"])["who-1"] == ""
    hall.visitor.sends(page, {"step": "take", "who-1": "new"})
    assert recorded(hall) == {("Sarah Chan", "representatives", "present"), ("Somebody Strange", "others", "present")}
    rows = {row.printed_name: row for row in Attendance.objects.filter(dropped=False)}
    assert rows["Sarah Chan"].joined_at == datetime(2023, 7, 12, 8, 58, 3, tzinfo=UTC)
    assert (rows["Sarah Chan"].part_meeting, rows["Somebody Strange"].part_meeting) == (False, True)
    assert "By the report, 09:58 to 12:30" in text_of(hall.visitor.opens(HERE))


def test_what_the_report_said_stays_when_the_grid_is_saved(hall):
    page = hall.visitor.does(REPORT, {"report": LONG_AGO})
    hall.visitor.sends(page, {"step": "take"})
    hall.visitor.does(HERE, {f"seat-{hall.first.pk}": "present"})
    row = Attendance.objects.get(person=hall.holder)
    assert (row.part_meeting, row.joined_at) == (True, datetime(2023, 7, 12, 9, 20, tzinfo=UTC))


def test_a_file_from_teams_is_taken(hall):
    upload = SimpleUploadedFile("report.csv", (HEAD + ROWS).encode("utf-16"), "text/csv")
    page = hall.visitor.client.post(REPORT, {"report": "", "file": upload})
    assert "Somebody Strange" in text_of(page)
    page = hall.visitor.client.post(REPORT, {"file": SimpleUploadedFile("report.csv", b"\xff\xfe\x00", "text/csv")})
    assert "This file is no text that can be read" in text_of(page)
    page = hall.visitor.client.post(REPORT, {"file": SimpleUploadedFile("report.csv", b"x" * 400_001, "text/csv")})
    assert "larger than any report of a call" in text_of(page)


def test_two_people_do_not_come_for_one_seat(hall):
    page = hall.visitor.does(REPORT, {"report": "Name,First Join\nSarah Chan,x\nSam Cole,y\n"})
    page = hall.visitor.sends(page, {"step": "take"})
    assert f"Two people came for one seat ({hall.second.label})" in text_of(page)
    assert not recorded(hall)
    hall.visitor.sends(page, {"step": "take", "who-0": ""})
    assert recorded(hall) == {("Sam Cole", "representatives", "present"), ("Sarah Chan", "apologies", "absent")}


def test_a_stranger_in_the_report_can_be_said_to_have_come_for_a_seat(hall):
    page = hall.visitor.does(REPORT, {"report": HEAD + ROWS})
    page = hall.visitor.sends(page, {"step": "take", "who-0": "", "who-1": f"seat-{hall.second.pk} new"})
    assert recorded(hall) == {("Somebody Strange", "representatives", "present"), ("Sarah Chan", "apologies", "absent")}
    row = Attendance.objects.get(printed_name="Somebody Strange")
    assert (row.seat, row.part_meeting, row.joined_at) == (hall.second, True, datetime(2023, 7, 12, 9, 40, tzinfo=UTC))


def test_two_strangers_do_not_come_for_one_seat_and_one_of_two_devices_does(hall):
    seat = f"seat-{hall.second.pk} new"
    page = hall.visitor.does(REPORT, {"report": "Name,First Join\nOne Stranger,x\nOther Stranger,y\nOne Stranger (Guest),z\n"})
    page = hall.visitor.sends(page, {"step": "take", "who-0": seat, "who-1": seat, "who-2": seat})
    assert f"Two people came for one seat ({hall.second.label})" in text_of(page)
    assert not recorded(hall)
    hall.visitor.sends(page, {"step": "take", "who-0": seat, "who-1": "", "who-2": seat})
    assert recorded(hall) == {("One Stranger", "representatives", "present"), ("Sarah Chan", "apologies", "absent")}


def test_whoever_was_named_and_not_approved_is_known_to_the_report(hall):
    page = hall.visitor.does(REPORT, {"report": "Name,First Join\nUna Approved,x\n"})
    assert "Una Approved, alternate for" in text_of(page)
    assert dict(forms_on(page)[0]["data"])["who-0"] == f"seat-{hall.first.pk} alternate-{hall.named.pk}"


def test_a_report_about_nobody_writes_nothing(hall):
    page = hall.visitor.does(REPORT, {"report": "Name,First Join\nSomebody Strange,x\n"})
    page = hall.visitor.sends(page, {"step": "take"})
    assert "Say of somebody in the report who they are." in text_of(page)
    page = hall.visitor.sends(page, {"step": "take", "who-0": "seat-999999 present"})
    assert not recorded(hall)


def test_what_others_recorded_meanwhile_is_not_written_over_by_a_report(hall):
    page = hall.visitor.does(REPORT, {"report": LONG_AGO})
    save(hall, {"second": "apologies"})
    page = hall.visitor.sends(page, {"step": "take"})
    assert page.status_code == 409
    assert recorded(hall) == {("Sarah Chan", "apologies", "absent")}
