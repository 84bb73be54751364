"""A version is put to the organisations it concerns: they answer, and confirm an earlier answer when it is put to them again."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from change_requests import operations as changes
from change_requests.models import Assessment, AssessmentRow, RequestFile, Response, ResponseDraft
from groups.models import Belonging
from ledger.verifying import faults
from notifications.models import Notice
from records import sweep
from records.periods import period
from tests.change_requests.offices import NONE, SAID, local, mails, refused
from tests.factories import AppointmentFactory

pytestmark = pytest.mark.django_db


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
