"""What came of an assessment: themes with the raiser’s replies, counts, and what is told to nobody."""


import pytest

from change_requests import operations as changes
from change_requests.models import Assessment
from records import sweep
from tests.change_requests.offices import mails, refused
from tests.factories import AppointmentFactory

pytestmark = pytest.mark.django_db


class TestResults:
    @pytest.fixture
    def closed(self, office, clock):
        assessment = office.assessed()
        office.answer(assessment, 0, position="object", comments="Canary of everyone", cost="Canary of the Programme", confidence={"cost": "programme"})
        office.answer(assessment, 2, position="support", comments="Canary of participants", confidence={"comments": "participants", "position": "programme"})
        clock("2023-07-27 10:00")
        sweep.run()
        return Assessment.objects.get()

    def test_nothing_is_published_before_an_objection_is_in_a_theme(self, office, closed):
        with refused(f"{office.firms[0]} objects, and is in no theme"):
            changes.publish_results(closed, by=office.secretary)

    def test_a_theme_is_made_of_answers_and_the_raiser_replies(self, office, closed):
        row = office.place(closed, 0)
        with refused("Say which answers it is made of"):
            changes.write_theme(closed, "Cost", rows=[], by=office.secretary)
        with refused("A theme is made of answers to this assessment"):
            changes.write_theme(closed, "Cost", rows=[office.place(closed, 1).pk], by=office.secretary)
        theme = changes.write_theme(closed, "Cost", text="Some find it dear.", rows=[row.pk], by=office.secretary)
        with refused("Only Fenmoor Networks or the secretariat"):
            changes.reply_to_theme(theme, "It is cheap.", by=office.chair)
        changes.reply_to_theme(theme, "It is cheap.", by=office.raiser)
        changes.publish_results(closed, by=office.secretary)
        told = closed.version.change_request.editions.latest("n").body["assessments"][0]["results"]
        assert [(each["title"], each["answers"], each["reply"]) for each in told["themes"]] == [("Cost", 1, "It is cheap.")]
        assert len(mails("what became of the answers")) == 6
        with refused("What came of it is published"):
            office.answer(closed, 1)

    def test_what_is_given_in_confidence_reaches_nobody_it_is_not_for(self, office, closed):
        changes.write_theme(closed, "Cost", rows=[office.place(closed, 0).pk], by=office.secretary)
        changes.publish_results(closed, by=office.secretary)
        public = office.visitor(office.stranger)
        for address in ("/change-requests/CR001/", "/change-requests/CR001.json", "/change-requests.csv", "/change-requests.json", "/change-requests.atom", "/search/?q=canary"):
            page = public.client.get(address).content.decode()
            assert "Canary of the Programme" not in page, address
            assert "Canary of participants" not in page, address
        shown = office.reads(office.stranger, "/change-requests/CR001/")
        assert "Canary of everyone" in shown
        assert "1 in confidence" in shown  # the position of the one firm of a constituency that answered
        seat = office.reads(office.holders[0], f"/desk/assessments/{closed.pk}/")
        assert "Canary of everyone" in seat
        assert "Canary of the Programme" not in seat
        assert "Given in confidence" in seat
        assert "Canary of participants" not in seat  # another constituency's
        other = office.reads(office.holders[1], f"/desk/assessments/{closed.pk}/")
        assert "Canary of participants" in other
        for who in (office.secretary, office.chair, office.reader):
            page = office.reads(who, f"/desk/assessments/{closed.pk}/")
            assert "Canary of the Programme" in page
            assert "Canary of participants" in page
        assert office.reader.person.assurance_readings.filter(reference__startswith="answers to").exists()

    def test_the_table_to_take_away_holds_what_the_page_shows(self, office, closed):
        table = office.visitor(office.holders[0]).client.get(f"/desk/assessments/{closed.pk}/answers.csv").content.decode()
        assert "Canary of everyone" in table
        assert "Canary of the Programme" not in table
        assert "Canary of participants" not in table
        assert "Canary of the Programme" in office.visitor(office.secretary).client.get(f"/desk/assessments/{closed.pk}/answers.csv").content.decode()

    def test_a_seat_reads_what_its_constituency_said_in_one_sentence(self, office, closed):
        assert "2 asked: 1 objects. Nothing heard from 1 of 2." in office.reads(office.holders[0], f"/desk/assessments/{closed.pk}/")

    def test_nothing_of_an_answer_is_public_before_that(self, office, closed):
        body = str(closed.version.change_request.editions.latest("n").body)
        assert "Canary" not in body
        assert str(office.firms[0]) not in body


class TestInConfidence:
    """Seats and raisers work for competitors of those who answer."""

    @pytest.fixture
    def running(self, office):
        assessment = office.assessed()
        office.answer(assessment, 0, position="object", comments="Canary", confidence={"position": "programme"})
        return assessment

    def test_before_the_close_a_seat_reads_that_it_was_answered_and_not_what(self, office, running):
        page = office.reads(office.holders[0], f"/desk/assessments/{running.pk}/")
        table = office.visitor(office.holders[0]).client.get(f"/desk/assessments/{running.pk}/answers.csv").content.decode()
        assert str(office.firms[0]) in page
        for told in (page, table):
            assert "Canary" not in told
            assert "object" not in told.lower()

    def test_a_count_does_not_tell_what_one_answer_keeps_in_confidence(self, office, running, clock):
        clock("2023-07-27 10:00")
        sweep.run()
        page = office.reads(office.holders[0], f"/desk/assessments/{running.pk}/")
        assert "2 asked: 1 in confidence. Nothing heard from 1 of 2." in page
        assert "1 objects" not in page

    def test_whoever_may_not_publish_is_not_told_who_objects(self, office, running, clock):
        clock("2023-07-27 10:00")
        sweep.run()
        for who in (office.holders[0], office.raiser, office.chair):
            answer = office.visitor(who).client.get(f"/desk/do/change_requests.publish_results/{running.pk}/")
            assert answer.status_code == 403
            assert str(office.firms[0]) not in answer.content.decode()

    def test_themes_are_for_its_own_raiser_before_they_are_public(self, office, running, clock):
        clock("2023-07-27 10:00")
        sweep.run()
        changes.write_theme(running, "Canary theme", rows=[office.place(running, 0).pk], by=office.secretary)
        other = office.observer
        AppointmentFactory(kind="raiser", organisation=office.firms[1], person=other.person)
        page = f"/desk/assessments/{running.pk}/"
        assert "Canary theme" in office.reads(office.raiser, page)
        assert "Canary theme" not in office.reads(other, page)
