"""An assessment closes by the database’s clock; it is given more time, reminds the silent, and takes late answers by leave."""

from datetime import date

import pytest

from change_requests import operations as changes
from change_requests.models import Assessment
from groups.holidays import record_holiday
from groups.models import Appointment, HolidayChange
from notifications.models import Notice
from records import sweep
from tests.change_requests.offices import local, mails, refused
from tests.pages import text_of

pytestmark = pytest.mark.django_db


class TestTime:
    def test_the_clock_closes_it_once_and_tells_the_secretariat_and_the_raiser(self, office, clock):
        assessment = office.assessed()
        office.answer(assessment, 0)
        clock("2023-07-26 16:59:59")
        sweep.run()
        assert Assessment.objects.get().status == "open"
        clock("2023-07-28 09:00")
        sweep.run()
        sweep.run()
        closed = Assessment.objects.get()
        assert (closed.status, local(closed.closes_at), local(closed.close_recorded_at)) == ("closed", "2023-07-26 17:00", "2023-07-28 09:00")
        assert mails("is closed, 1 of 4") == sorted({office.secretary.email, office.pmo.email, office.raiser.email})

    def test_the_silent_are_reminded_and_they_alone_one_mail_a_day_however_many_wait(self, office, clock):
        first = office.assessed()
        office.assessed(office.raised("Another"))
        office.answer(first, 0)
        clock("2023-07-19 09:00")  # half time
        sweep.run()
        sweep.run()
        told = Notice.objects.filter(subject__contains="for your answer")
        assert sorted(told.values_list("address", flat=True)) == sorted(each.email for each in office.respondents)
        assert {each.person_id: each.body.count("/desk/assessments/answer/") for each in told}[office.respondents[0].person_id] == 1
        assert {each.person_id: each.body.count("/desk/assessments/answer/") for each in told}[office.respondents[1].person_id] == 2

    def test_the_secretariat_reminds_the_silent_at_once_and_nobody_twice_a_day(self, office, clock):
        assessment = office.assessed()
        office.answer(assessment, 0)
        at = f"/desk/do/change_requests.remind/{assessment.pk}/"
        visitor = office.visitor(office.secretary)
        asked = text_of(visitor.opens(at))
        silent = [user.email for user in office.respondents[1:]]
        assert "3 people are mailed: " in asked
        assert [email in asked for email in silent] == [True] * 3
        assert office.respondents[0].email not in asked
        assert "The clock reminds them at 09:00 on 19 Jul 2023 all the same." in asked
        assert mails("for your answer") == []
        assert "The silent are reminded." in text_of(visitor.sends(visitor.opens(at)))
        assert mails("for your answer") == sorted(silent)
        with refused("was reminded today. They can be reminded again tomorrow"):
            changes.remind_now(assessment, by=office.secretary)
        assert "Remind the silent now" not in office.reads(office.secretary, f"/desk/assessments/{assessment.pk}/")
        clock("2023-07-13 10:00")
        changes.remind_now(assessment, by=office.secretary)
        assert len(mails("for your answer")) == 6

    def test_whom_the_clock_has_reminded_today_the_secretariat_does_not_remind_again_nor_the_other_way(self, office, clock):
        assessment = office.assessed()
        clock("2023-07-19 08:00")
        changes.remind_now(assessment, by=office.secretary)
        clock("2023-07-19 09:00")  # half time
        sweep.run()
        assert len(mails("for your answer")) == 4
        assert local(Assessment.objects.get().next_reminder_at) == "2023-07-24 09:00"

    def test_only_the_secretariat_reminds_and_only_the_silent_of_what_is_open(self, office, clock):
        assessment = office.assessed()
        for who in (office.raiser, office.chair, office.holders[0], office.respondents[0], office.reader):
            with refused("Only the secretariat"):
                changes.remind_now(assessment, by=who)
        for n in range(4):
            office.answer(assessment, n)
        with refused("Everybody who was asked has answered"):
            changes.remind_now(assessment, by=office.secretary)
        clock("2023-07-26 17:00")
        with refused("is over, since 17:00 on 26 Jul 2023: nobody is reminded"):
            changes.remind_now(assessment, by=office.secretary)

    def test_where_nobody_is_known_nobody_is_reminded(self, office):
        assessment = office.assessed()
        for n in (1, 2, 3):
            office.answer(assessment, n)
        appointed = Appointment.objects.get(kind="respondent", organisation=office.firms[0])
        appointed.person.email = None
        appointed.person.save_by(office.pmo)
        with refused("Nobody is known who answers for those that are silent"):
            changes.remind_now(assessment, by=office.secretary)

    def test_after_a_pause_one_reminder_stands_for_all_that_were_missed(self, office, clock):
        office.assessed()
        clock("2023-07-26 10:00")
        sweep.run()
        assert len(mails("for your answer")) == 4
        assert Assessment.objects.get().next_reminder_at is None

    def test_more_time_is_given_with_a_reason_never_less_and_told_to_all(self, office):
        assessment = office.assessed()
        for days, match in ((10, "Give more than the 10 working days"), (5, "Give more than the 10"), (61, "at most 60")):
            with refused(match):
                changes.extend(assessment, days, why="Holidays", by=office.secretary)
        with refused("Say why: everybody"):
            changes.extend(assessment, 12, why="", by=office.secretary)
        longer = changes.extend(assessment, 12, why="Holidays", by=office.secretary)
        assert local(longer.closes_at) == "2023-07-28 17:00"
        assert len(mails("more time")) == 6  # the firms, the raiser, and the PMO
        told = longer.version.change_request.editions.latest("n").body["assessments"][0]["extensions"]
        assert [each["why"] for each in told] == ["Holidays"]

    def test_what_is_over_gets_no_more_time(self, office, clock):
        assessment = office.assessed()
        clock("2023-07-26 17:00")
        with refused("is over, since 17:00 on 26 Jul 2023"):
            changes.extend(assessment, 12, why="Holidays", by=office.secretary)

    def test_a_holiday_proclaimed_late_moves_it_when_somebody_confirms(self, office):
        assessment = office.assessed()
        [later] = record_holiday(date(2023, 7, 20), HolidayChange.Kind.PROCLAIMED, name="A coronation", announced_on=date(2023, 7, 12), by=office.pmo)
        assert "impact assessment 1 of CR001 version 1.0: from 26 Jul 2023 to 27 Jul 2023" in str(later)
        assert local(Assessment.objects.get(pk=assessment.pk).closes_at) == "2023-07-27 17:00"

    def test_a_withdrawn_one_takes_no_answer(self, office):
        assessment = office.assessed()
        changes.withdraw_assessment(assessment, why="The wrong version", by=office.secretary)
        with refused("was withdrawn: The wrong version"):
            office.answer(assessment, 0)
        assert len(mails("is withdrawn")) == 6

    def test_a_late_answer_needs_leave_is_marked_and_counted_apart(self, office, clock):
        assessment = office.assessed()
        row = office.place(assessment, 0)
        with refused("is open: nobody needs leave"):
            changes.give_leave(row, why="Ill", by=office.secretary)
        clock("2023-07-27 10:00")
        sweep.run()
        changes.refuse_leave(office.place(assessment, 1), why="Nobody was ill", by=office.secretary)
        with refused("ask the secretariat for leave"):
            office.answer(assessment, 1)
        changes.give_leave(row, why="Ill", by=office.secretary)
        assert office.answer(assessment, 0).late
        changes.publish_results(Assessment.objects.get(), by=office.secretary)
        counts = assessment.version.change_request.editions.latest("n").body["assessments"][0]["results"]["by_constituency"]
        assert [(each["answered"], each["late"]) for each in counts] == [(0, 1), (0, 0)]


def test_the_page_says_whether_it_is_open_by_the_clock_and_not_by_who_closed_it(office, clock, client):
    office.assessed()
    clock("2023-07-26 16:59")
    assert "Open until" in client.get("/change-requests/CR001/").content.decode()
    clock("2023-07-26 17:00")
    page = client.get("/change-requests/CR001/?again").content.decode()
    assert "Open until" not in page
    assert "Closed" in page
    assert "1 change request" in client.get("/change-requests/?state=assessed").content.decode()
    assert "No change request matches" in client.get("/change-requests/?state=assessing").content.decode()
