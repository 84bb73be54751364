"""A version is put to the organisations it concerns: they answer in time, by account, link or mail; the clock closes; themes are published."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from change_requests import operations as changes
from change_requests.links import token_for
from change_requests.models import Assessment, AssessmentRow, RequestFile, Response, ResponseDraft
from groups.holidays import record_holiday
from groups.models import Belonging, HolidayChange
from ledger.verifying import faults
from notifications.models import Notice
from records import sweep
from records.clock import LONDON
from records.periods import period
from records.rules import Refused
from tests.change_requests.offices import NONE, SAID, Office
from tests.factories import AppointmentFactory
from tests.pages import forms_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(clock):
    return Office(clock)


def refused(match: str):
    return pytest.raises(Refused, match=match)


def local(moment) -> str:
    return f"{moment.astimezone(LONDON):%Y-%m-%d %H:%M}"


def mails(about: str) -> list[str]:
    return sorted(Notice.objects.filter(subject__icontains=about).values_list("address", flat=True))


class TestOpening:
    def test_it_closes_at_five_in_london_on_the_tenth_working_day(self, office):
        assessment = office.assessed()
        assert (local(assessment.closes_at), assessment.window_days, assessment.days_why) == ("2023-07-26 17:00", 10, "")

    def test_a_second_one_has_five_days_by_itself(self, office, clock):
        request = office.raised()
        office.assessed(request)
        clock("2023-07-26 17:00")
        sweep.run()
        changes.fix(changes.draft_version(request, "2.0", what_changed="Less", by=office.raiser, **SAID), by=office.raiser)
        assert office.assessed(request).window_days == 5

    def test_any_other_number_of_days_says_why(self, office):
        with refused("The policy is 10 working days: say why it is 3 here"):
            office.assessed(days=3)
        assert office.assessed(office.raised(), days=3, days_why="It is small").days_why == "It is small"

    @pytest.mark.parametrize("days", [0, -1, 61, 10**6])
    def test_no_window_is_endless_or_empty(self, office, days):
        with refused("Give between 1 and 60 working days"):
            office.assessed(days=days, days_why="A slip")

    def test_it_says_on_whose_authority(self, office):
        with refused("Say under which decision it is issued"):
            office.assessed(authority=" ")

    def test_it_is_the_secretariats_to_open(self, office):
        with refused("Only the secretariat"):
            office.assessed(by=office.raiser)

    def test_a_draft_is_not_assessed_nor_one_that_is_on_hold(self, office):
        draft = office.drafted()
        with refused("is a draft"):
            office.assessed(draft)
        request = changes.hold(office.raised("Other"), why="Wait", by=office.secretary)
        with refused("is on hold: nothing is asked about it"):
            office.assessed(request)

    def test_one_is_open_at_a_time_of_each_kind(self, office):
        request = office.raised()
        office.assessed(request)
        with refused("is out for impact assessment already"):
            office.assessed(request)
        office.assessed(request, kind="information", days=10, days_why="As the other")
        twin = Assessment.objects.filter(kind="impact").get()
        twin.pk, twin.n, twin._state.adding = None, 9, True
        with pytest.raises(IntegrityError, match="assessment_one_open"), transaction.atomic():
            twin.save_by(office.secretary)

    def test_its_roll_is_the_organisations_of_the_constituencies_it_concerns_on_that_day(self, office):
        gone = office.firms[1]
        belonging = Belonging.objects.get(organisation=gone)
        belonging.during = period(date(2021, 1, 1), date(2023, 7, 1))
        belonging.save_by(office.pmo)
        concerned = office.seats[0].constituency.name
        assessment = office.assessed(office.raised(constituencies=[concerned]))
        assert [row.organisation for row in assessment.roll.all()] == [office.firms[0]]

    def test_everybody_who_answers_is_told_once_with_a_link_for_each_row(self, office):
        everywhere = office.appointed("respondent", office.firms[0])
        AppointmentFactory(kind="respondent", organisation=office.firms[1], person=everywhere.person)
        office.assessed()
        own = Notice.objects.get(person=everywhere.person)
        assert own.body.count("/desk/assessments/answer/") == 2
        assert len(mails("impact assessment, until")) == 5

    def test_what_is_attached_is_named_in_what_is_sent(self, office):
        assessment = office.assessed(office.raised(attachments=["Message formats"]))
        (file,) = RequestFile.objects.all()
        assert assessment.sends == [{"n": 1, "title": "Message formats", "sha256": file.digest}]


class TestAnswering:
    def test_an_answer_has_a_receipt_and_everybody_who_answers_for_the_firm_is_told(self, office):
        colleague = office.appointed("respondent", office.firms[0])
        assessment = office.assessed()
        given = office.answer(assessment, 0)
        assert given.receipt == f"CR001-IA1/{office.place(assessment, 0).order}/1"
        assert mails("answer of") == sorted([colleague.email, office.respondents[0].email])
        assert not list(faults())

    def test_a_later_answer_counts_and_the_earlier_stays(self, office):
        assessment = office.assessed()
        office.answer(assessment, 0)
        office.answer(assessment, 0, position="object", comments="It costs too much.")
        row = AssessmentRow.objects.prefetch_related("responses").get(pk=office.place(assessment, 0).pk)
        assert (row.counted.position, row.responses.count()) == ("object", 2)

    def test_nobody_answers_for_another_firm(self, office):
        assessment = office.assessed()
        with refused("There is no such assessment"):
            changes.submit(office.place(assessment, 0), NONE, name="Somebody", by=office.respondents[1])
        with refused("There is no such assessment"):
            changes.submit(office.place(assessment, 0), NONE, name="Somebody", by=office.secretary)

    @pytest.mark.parametrize(
        ("said", "match"),
        [
            ({"position": ""}, "Choose the position"), ({"position": "maybe"}, "Choose the position"), ({"position": "object"}, "Say what you object to"),
            ({"position": "with_comments"}, "Say what you object to"), ({"impact": "huge"}, "Choose how large"),
            ({"confidence": {"cost": "friends"}}, "Choose who may read it"),
        ],
    )  # fmt: skip
    def test_an_unsound_answer_is_refused_and_nothing_is_kept(self, office, said, match):
        assessment = office.assessed()
        with refused(match):
            office.answer(assessment, 0, **said)
        assert not Response.objects.exists()

    def test_the_question_that_is_asked_in_particular_is_answered_by_whoever_sees_an_impact(self, office):
        assessment = office.assessed(question="What would it do to the dates?")
        with refused("Answer the question that is asked in particular"):
            office.answer(assessment, 0, position="support")
        office.answer(assessment, 0, position="no_impact")
        office.answer(assessment, 1, position="support", answer="Nothing.")

    @pytest.mark.parametrize(("at", "taken"), [("2023-07-26 16:59:59.999999", True), ("2023-07-26 17:00", False), ("2023-07-26 17:00:00.000001", False)])
    def test_the_closing_second_is_the_databases(self, office, clock, at, taken):
        assessment = office.assessed()
        clock(at)
        if taken:
            assert not office.answer(assessment, 0).late
        else:
            with refused("It closed at 17:00 on 26 Jul 2023"):
                office.answer(assessment, 0)

    @pytest.mark.forged
    def test_the_database_itself_takes_no_answer_out_of_its_window(self, office, clock):
        assessment = office.assessed()
        given = office.answer(assessment, 0)
        clock("2023-07-26 17:00")
        columns = "row_id, n, position, impact, cost, effort, lead_time, test_dates, alternatives, comments, answer, confidence, submitted_by_id, submitted_name, how, late, recorded_by_id"
        with pytest.raises(IntegrityError, match="the assessment is closed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO change_requests_response ({columns}, idempotency_key) SELECT {columns.replace(' n,', ' 9,')}, gen_random_uuid() FROM change_requests_response WHERE id = %s",  # noqa: S608
                [given.pk],
            )

    def test_a_draft_is_kept_between_devices_and_nobody_else_reads_it(self, office):
        assessment = office.assessed()
        row = office.place(assessment, 0)
        changes.keep_draft(row, {"comments": ["Canary in a draft"]}, by=office.respondents[0])
        changes.keep_draft(row, {"comments": ["Canary in a draft, longer"]}, by=None)
        assert ResponseDraft.objects.get().body == {"comments": ["Canary in a draft, longer"]}
        for who in (office.secretary, office.chair, office.reader, office.holders[0], office.raiser):
            assert "Canary" not in office.reads(who, f"/desk/assessments/{assessment.pk}/")

    def test_a_mailed_answer_is_written_down_and_can_be_corrected_by_the_firm(self, office):
        assessment = office.assessed()
        changes.record_mailed(office.place(assessment, 0), NONE, name="Ann", by=office.secretary)
        office.answer(assessment, 0, position="support")
        assert list(Response.objects.order_by("n").values_list("how", "submitted_name")) == [("mailed", "Ann"), ("account", "Somebody")]
        with refused("Only the secretariat"):
            changes.record_mailed(office.place(assessment, 1), NONE, name="Ann", by=office.chair)


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
        assert "impact assessment 1 of CR001 version 1.0: from Wed 26 Jul 2023 to Thu 27 Jul 2023" in str(later)
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


class TestAgain:
    @pytest.fixture
    def second(self, office, clock):
        request = office.raised()
        first = office.assessed(request)
        office.answer(first, 0, position="support", comments="As it is")
        office.answer(first, 1)
        clock("2023-07-26 17:00")
        sweep.run()
        clock("2023-07-27 10:00")
        changes.fix(changes.draft_version(request, "2.0", what_changed="Less of it", by=office.raiser, **SAID), by=office.raiser)
        return office.assessed(request)

    def test_an_earlier_answer_is_confirmed_or_stands_for_the_version_before_and_is_not_counted(self, office, second):
        changes.confirm(office.place(second, 0), name="Ann", by=office.respondents[0])
        row = AssessmentRow.objects.prefetch_related("responses").get(pk=office.place(second, 0).pk)
        assert (row.counted.how, row.counted.position, row.counted.comments) == ("confirmed", "support", "As it is")
        page = office.reads(office.secretary, f"/desk/assessments/{second.pk}/")
        assert page.count("Answered the assessment before; not confirmed for this version, and not counted") == 1

    def test_an_answer_to_one_question_is_none_to_another(self, office, clock):
        request = office.raised()
        first = office.assessed(request, question="By April?")
        office.answer(first, 0, position="support", answer="Yes")
        clock("2023-07-26 17:00")
        sweep.run()
        clock("2023-07-27 10:00")
        second = office.assessed(request, question="By March?")
        with refused("Another question is asked"):
            changes.confirm(office.place(second, 0), name="Ann", by=office.respondents[0])

    def test_whoever_said_nothing_before_has_nothing_to_confirm(self, office, second):
        with refused("has given no answer before"):
            changes.confirm(office.place(second, 2), name="Ann", by=office.respondents[2])

    def test_the_form_shows_the_earlier_answer_and_starts_from_it(self, office, second):
        page = office.reads(office.respondents[0], f"/desk/assessments/rows/{office.place(second, 0).pk}/answer/")
        assert "What you answered to version 1.0" in page
        assert "It still stands: confirm it" in page
        assert "As it is" in page


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
        assert "2 asked: 1 objects, 1 silent." in office.reads(office.holders[0], f"/desk/assessments/{closed.pk}/")

    def test_nothing_of_an_answer_is_public_before_that(self, office, closed):
        body = str(closed.version.change_request.editions.latest("n").body)
        assert "Canary" not in body
        assert str(office.firms[0]) not in body


def sent(client, here: str, **typed):
    """The check page of what was kept, sent."""
    (form,) = forms_on(client.get(f"{here}?checked"))
    return client.post(here, dict(form["data"]) | typed, follow=True)


class TestByLink:
    def test_two_presses_say_that_it_does_not_concern_the_firm(self, office, client):
        row = office.place(office.assessed(), 0)
        here = f"/desk/assessments/answer/{token_for(row)}/"
        assert "No impact on us" in client.get(here).content.decode()
        check = client.post(here, {"step": "none"}, follow=True).content.decode()
        assert "This is what" in check
        assert not Response.objects.exists()
        refused_page = sent(client, here, step="submit")
        assert refused_page.status_code == 400
        assert "Give your name." in refused_page.content.decode()
        done = sent(client, here, step="submit", name="Ann").content.decode()
        assert "Your answer is recorded" in done
        assert Response.objects.get().how == "link"

    def test_it_is_noted_that_somebody_looked(self, office, client):
        assessment = office.assessed()
        row = office.place(assessment, 0)
        here, page = f"/desk/assessments/answer/{token_for(row)}/", f"/desk/assessments/{assessment.pk}/"
        client.get(here)  # it may be a mail scanner that looks
        assert office.reads(office.secretary, page).count("Silent: told, and not opened") == 4
        client.post(here, {"step": "save", "comments": "Not yet"})
        page = office.reads(office.secretary, page)
        assert page.count("Silent: it was opened, and not answered") == 1
        assert page.count("Silent: told, and not opened") == 3

    @pytest.mark.parametrize("token", ["x", "1.0123", "1.00000000000000000000000000000000:abc", "a" * 900, "\u202e"])
    def test_a_link_that_is_not_ours_says_so(self, office, client, token):
        office.assessed()
        answer = client.get(f"/desk/assessments/answer/{token}/")
        assert answer.status_code == 404
        assert "not one of ours" in answer.content.decode()

    def test_what_was_sent_twice_is_one_answer(self, office, client):
        here = f"/desk/assessments/answer/{token_for(office.place(office.assessed(), 0))}/"
        key = "7f2c1f6e-5a59-4a2e-8d6e-6c6b7a3b2f10"
        client.post(here, {"step": "none", "name": "Ann"})
        for _ in range(2):
            sent(client, here, step="submit", key=key)
        assert Response.objects.count() == 1

    def test_after_the_close_it_says_what_to_do_and_shows_what_was_answered(self, office, clock, client):
        assessment = office.assessed()
        here = f"/desk/assessments/answer/{token_for(office.place(assessment, 0))}/"
        office.answer(assessment, 0, comments="Canary")
        clock("2023-07-26 17:00")
        page = client.get(here).content.decode()
        assert "It closed at 17:00 on 26 Jul 2023" in page
        assert "Your answer is recorded" in page
        assert "Canary" not in page  # the link may have been forwarded
        assert client.post(here, {"step": "none", "name": "Ann"}).status_code == 409

    def test_what_somebody_else_kept_meanwhile_is_shown_before_it_is_sent(self, office, client):
        here = f"/desk/assessments/answer/{token_for(office.place(office.assessed(), 0))}/"
        client.post(here, {"step": "none", "name": "Ann"})
        (looked_at,) = forms_on(client.get(f"{here}?checked"))
        client.post(here, {"step": "save", "position": "object", "comments": "It is dear.", "audience": "everyone", "name": "Ben"})
        page = client.post(here, dict(looked_at["data"]) | {"step": "submit", "name": "Ann"})
        assert page.status_code == 409
        assert "has changed since you looked at it" in page.content.decode()
        assert "It is dear." in page.content.decode()
        assert not Response.objects.exists()

    def test_the_short_way_takes_the_place_of_no_draft_that_says_more(self, office, client):
        here = f"/desk/assessments/answer/{token_for(office.place(office.assessed(), 0))}/"
        client.post(here, {"step": "save", "position": "object", "comments": "It is dear."})
        page = client.post(here, {"step": "none", "name": "Ann"})
        assert page.status_code == 409
        assert "It is dear." in page.content.decode()
        assert ResponseDraft.objects.get().body["comments"] == ["It is dear."]

    def test_a_draft_with_nothing_in_it_is_in_nobodys_way(self, office, client):
        here = f"/desk/assessments/answer/{token_for(office.place(office.assessed(), 0))}/"
        client.post(here, {"step": "save", "position": "", "impact": "", "comments": "", "cost": "", "audience": "everyone", "name": ""})
        assert client.post(here, {"step": "none", "name": "Ann"}).status_code == 302

    def test_an_answer_says_who_may_read_it(self, office, client):
        here = f"/desk/assessments/answer/{token_for(office.place(office.assessed(), 0))}/"
        page = client.post(here, {"step": "check", "position": "no_impact", "name": "Ann"})
        assert page.status_code == 400
        assert "Choose who may read it." in page.content.decode()

    @pytest.mark.parametrize("step", ["none", "confirm", "submit", "save", "check"])
    @pytest.mark.parametrize("name", ["A\x00nn", "A" * 5000, "A\nBcc: b@example.org", "\u202eAnn"])
    def test_no_name_breaks_any_of_its_buttons(self, office, client, step, name):
        here = f"/desk/assessments/answer/{token_for(office.place(office.assessed(), 0))}/"
        assert client.post(here, {"step": step, "name": name}, follow=True).status_code < 500

    def test_a_new_link_makes_the_one_before_useless(self, office, client):
        assessment = office.assessed()
        before = token_for(office.place(assessment, 0))
        with refused("secretariat"):
            changes.send_link(office.place(assessment, 0), by=office.holders[0])
        page = f"/desk/do/change_requests.send_link/{office.place(assessment, 0).pk}/"
        assert "has a new link" in office.visitor(office.secretary).does(page).content.decode()
        assert client.get(f"/desk/assessments/answer/{before}/").status_code == 404
        now = token_for(office.place(assessment, 0))
        assert client.get(f"/desk/assessments/answer/{now}/").status_code == 200
        assert [now in told for told in Notice.objects.filter(subject__contains="a new link").values_list("body", flat=True)] == [True]


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
        assert "2 asked: 1 in confidence, 1 silent." in page
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
