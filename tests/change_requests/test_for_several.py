"""One answer stands for several organisations; those off the roll are counted apart; and everybody learns what became of their answer, once."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from change_requests import operations as changes
from change_requests.links import token_for
from change_requests.models import OffRollAnswer, Response
from decisions import operations as decisions
from decisions.models import Outcome
from decisions.subjects import Subject, Terms
from ledger.verifying import faults
from notifications.models import Notice
from records import sweep
from records.rules import Refused
from tests.change_requests.offices import NONE, Office
from tests.conftest import set_clock
from tests.factories import AppointmentFactory, BelongingFactory
from tests.pages import Visitor, forms_on, text_of

pytestmark = pytest.mark.django_db
OBJECTS = {"position": "object", "comments": "Dear."}


class Parent:
    """Somebody who answers for the first two firms; the third belongs to both constituencies."""

    def __init__(self):
        self.office = Office(set_clock)
        self.parent = self.office.respondents[0]
        AppointmentFactory(kind="respondent", organisation=self.office.firms[1], person=self.parent.person)
        BelongingFactory(organisation=self.office.firms[2], constituency=self.office.seats[0].constituency)
        self.assessment = self.office.assessed()
        self.rows = list(self.assessment.roll.order_by("order"))
        self.first, self.second = (self.office.place(self.assessment, n) for n in (0, 1))

    def closes(self, clock) -> None:
        clock("2023-07-26 17:00")
        sweep.run()
        self.assessment.refresh_from_db()


@pytest.fixture(scope="module")
def stage(scene):
    return scene(Parent)


@pytest.fixture
def house(stage):
    return stage()


class TestForSeveral:
    def test_each_has_an_answer_of_its_own_and_whoever_answers_for_both_gets_one_mail(self, house):
        given = changes.submit(house.first, OBJECTS, name="Ann", also=[house.second], by=house.parent)
        (other,) = house.second.responses.all()
        assert (other.position, other.given_with, other.receipt != given.receipt) == ("object", given, True)
        own = Notice.objects.filter(person=house.parent.person, subject__contains="answer of")
        assert [notice.body.count("Receipt:") for notice in own] == [2]
        assert Notice.objects.filter(person=house.office.respondents[1].person, subject__contains="answer of").count() == 1
        assert not list(faults())

    def test_sent_twice_it_is_recorded_once(self, house):
        key = uuid4()
        for _ in range(2):
            changes.submit(house.first, NONE, name="Ann", also=[house.second], by=house.parent, key=key)
        assert Response.objects.count() == 2

    def test_nobody_answers_with_it_for_whom_they_were_not_appointed(self, house):
        with pytest.raises(Refused, match="You may not answer for"):
            changes.submit(house.first, NONE, name="Ann", also=[house.office.place(house.assessment, 3)], by=house.parent)
        with pytest.raises(Refused, match="You may not answer for"):
            changes.submit(house.first, NONE, name="Ann", also=[house.second], by=None)
        assert not Response.objects.exists()

    def test_on_the_page_they_are_chosen_checked_and_named(self, house):
        at, visitor = f"/desk/assessments/rows/{house.first.pk}/answer/", Visitor(house.parent)
        page = visitor.opens(at)
        n = next(n for n, form in enumerate(forms_on(page)) if any(name == "comments" for name, _ in form["data"]))
        checked = visitor.sends(page, OBJECTS | {"also": [str(house.second.pk)], "step": "check"}, form=n)
        assert f"It is sent for these, too, each with a receipt of its own: {house.second.organisation_name}" in text_of(checked)
        done = visitor.sends(checked, {"step": "submit"})
        assert f"It was recorded for {house.second.organisation_name}" in text_of(done)
        assert Response.objects.count() == 2
        assert f"given with the answer of {house.first.organisation_name}" in house.office.reads(house.office.secretary, f"/desk/assessments/{house.assessment.pk}/")

    def test_by_its_link_an_organisation_answers_for_each_of_its_constituencies(self, house):
        one, other = house.assessment.roll.filter(organisation=house.office.firms[2]).order_by("order")
        page = text_of(Visitor().opens(f"/desk/assessments/answer/{token_for(one)}/"))
        assert f"{other.organisation_name} ({other.constituency_name})" in page
        assert house.first.organisation_name not in page
        changes.submit(one, NONE, name="Ann", also=[other], by=None)
        assert other.responses.count() == 1

    def test_the_secretariat_says_for_whom_a_mailed_answer_stands(self, house):
        others = [row for row in house.rows if row.pk != house.first.pk]
        changes.record_mailed(house.first, NONE, name="Ann", also=others, by=house.office.secretary)
        assert {row.responses.get().how for row in house.rows} == {"mailed"}


class TestOffTheRoll:
    def answered(self, house, **said) -> OffRollAnswer:
        told = {"team": "Migration team", "said": OBJECTS, "name": "Mo", "by": house.office.secretary}
        return changes.answer_off_roll(house.assessment, **(told | said))

    def test_it_is_counted_apart_and_the_latest_counts(self, house, clock):
        self.answered(house)
        assert self.answered(house, said=NONE, team="migration TEAM").receipt == "CR001-IA1/O2"
        page = house.office.reads(house.office.secretary, f"/desk/assessments/{house.assessment.pk}/")
        assert "0 of 5 have answered" in page
        assert "Off the roll, counted apart" in page
        assert "Dear." not in page
        house.closes(clock)
        changes.publish_results(house.assessment, by=house.office.secretary)
        public = house.office.reads(None, "/change-requests/CR001/")
        assert "Answered off the roll, counted apart" in public
        assert "Nothing heard" in public
        assert not list(faults())

    @pytest.mark.parametrize(
        ("said", "match"), [({"team": " "}, "Say for whom"), ({"said": {"position": "object"}}, "Say what they object to"), ({"name": ""}, "Give the name of whoever answered")]
    )
    def test_an_unsound_one_is_refused(self, house, said, match):
        with pytest.raises(Refused, match=match):
            self.answered(house, **said)

    def test_whoever_is_on_the_roll_answers_there_and_a_seat_for_its_constituency_only_there(self, house):
        with pytest.raises(Refused, match="is on the roll"):
            self.answered(house, team=house.first.organisation_name.upper())
        with pytest.raises(Refused, match="Only the Programme’s seats"):
            self.answered(house, by=house.office.holders[0])
        assert self.answered(house, by=house.office.observer).how == "account"

    def test_nobody_answers_anew_for_whom_somebody_else_has(self, house):
        self.answered(house)
        with pytest.raises(Refused, match="Mo has answered for Migration team already"):
            self.answered(house, team="MIGRATION team", by=house.office.observer)
        self.answered(house, team="Testing", by=house.office.observer)
        self.answered(house, team="Testing", said=NONE, by=house.office.observer)
        assert self.answered(house, team="Testing").n == 4

    def test_the_database_itself_says_what_is_late(self, house):
        made = self.answered(house)
        late = OffRollAnswer(assessment=house.assessment, n=9, team="Late", position="support", submitted_name="Mo", how="mailed", late=True)
        with pytest.raises(IntegrityError, match="for the clock to say"), transaction.atomic():
            late.save_by(made.recorded_by)

    def test_after_the_close_only_the_secretariat_writes_one_down_and_it_is_late(self, house, clock):
        house.closes(clock)
        with pytest.raises(Refused, match="It closed at"):
            self.answered(house, by=house.office.observer)
        assert self.answered(house).late


class TestWhatBecameOfIt:
    def decided(self, house, outcome: str = Outcome.REJECTED):
        drafted = decisions.table(decisions.draft(house.office.group, "Hours", "The SRO decided", by=house.office.secretary), by=house.office.secretary)
        subject = Subject("change_request", "CR001", outcome, version="1.0")
        return decisions.publish(decisions.determine(drafted, Terms([subject], reasons=["It was weighed, and this is why."]), by=house.office.chair), by=house.office.secretary)

    def assessed(self, house, clock):
        changes.submit(house.first, OBJECTS, name="Ann", also=[house.second], by=house.parent)
        house.closes(clock)
        theme = changes.write_theme(house.assessment, "Costs", rows=[house.first.pk, house.second.pk], by=house.office.secretary)
        changes.reply_to_theme(theme, "They fall later.", by=house.office.raiser)

    def mails(self):
        return Notice.objects.filter(subject__contains="what became of your answer")

    def test_whoever_answered_is_told_once_with_theme_reply_and_decision(self, house, clock):
        self.assessed(house, clock)
        changes.publish_results(house.assessment, by=house.office.secretary)
        assert not self.mails().exists()
        decided = self.decided(house)
        self.decided(house)
        (own,) = self.mails().filter(person=house.parent.person)
        assert all(words in own.body for words in ("“Costs”", "They fall later.", "rejected", decided.reference))
        assert own.body.count("It is part of the theme") == 2
        assert set(self.mails().values_list("address", flat=True)) == {house.parent.email, house.office.respondents[1].email}

    def test_decided_before_the_results_are_public_it_waits_for_them(self, house, clock):
        self.assessed(house, clock)
        self.decided(house)
        assert not self.mails().exists()
        changes.publish_results(house.assessment, by=house.office.secretary)
        assert self.mails().count() == 2

    def test_it_stands_on_the_page_by_account_and_by_link(self, house, clock):
        self.assessed(house, clock)
        changes.publish_results(house.assessment, by=house.office.secretary)
        decided = self.decided(house)
        for page in (
            house.office.reads(house.parent, f"/desk/assessments/rows/{house.first.pk}/answer/"), house.office.reads(None, f"/desk/assessments/answer/{token_for(house.first)}/"),
        ):  # fmt: skip
            assert "What became of your answer" in page
            assert "They fall later." in page
            assert decided.reference in page
        silent = house.office.place(house.assessment, 3)
        assert "What became" not in house.office.reads(None, f"/desk/assessments/answer/{token_for(silent)}/")
