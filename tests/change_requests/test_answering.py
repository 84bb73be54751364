"""How an organisation answers: a second person approves, colleagues have links of their own, what came by mail is kept; and in which way the rest are silent."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from change_requests import operations as changes
from change_requests.links import colleague_token, token_for
from change_requests.models import AssessmentRow, Colleague, MailedOriginal, Response, ResponseDraft
from change_requests.notices import opened_key
from ledger.verifying import faults
from notifications.models import Bounce, Notice
from records import sweep
from records.clock import portal_now
from records.opened import Stale
from records.rules import Refused
from tests.change_requests.offices import NONE, Office
from tests.conftest import set_clock
from tests.factories import AppointmentFactory
from tests.pages import Visitor, drained, forms_on, text_of

pytestmark = pytest.mark.django_db
DRAFT = {"position": ["support"], "impact": ["low"], "audience": ["everyone"], "name": ["Ann"]}
SAID = {"position": "support", "impact": "low"}


class Firm:
    """The first firm has two people who answer for it, both with accounts; one assessment is out."""

    def __init__(self):
        self.office = Office(set_clock)
        self.first, self.firm = self.office.respondents[0], self.office.firms[0]
        self.second = self.office.appointed("respondent", self.firm)
        self.assessment = self.office.assessed()
        self.row = self.office.place(self.assessment, 0)
        self.at = f"/desk/assessments/rows/{self.row.pk}/answer/"

    def wants_approval(self) -> None:
        changes.want_approval(self.firm, by=self.first)
        self.row = self.office.place(self.assessment, 0)

    def puts_forward(self) -> ResponseDraft:
        changes.keep_draft(self.row, DRAFT, by=self.first)
        return changes.put_forward(self.row, name="Ann", by=self.first)

    def closes(self, clock) -> None:
        clock("2023-07-26 17:00")
        sweep.run()
        self.assessment.refresh_from_db()

    def read(self, user) -> str:
        return self.office.reads(user, f"/desk/assessments/{self.assessment.pk}/")

    def bounces(self, user) -> None:
        for notice in Notice.objects.filter(key=opened_key(self.assessment.pk), person=user.person):
            Bounce(notice=notice, at=portal_now(), said="5.1.1 No such user", report=f"<{notice.pk}>").save_by(self.office.pmo)


@pytest.fixture(scope="module")
def stage(scene):
    return scene(Firm)


@pytest.fixture
def firm(stage):
    return stage()


def refused(match: str):
    return pytest.raises(Refused, match=match)


def mails(about: str) -> list[str]:
    return sorted(Notice.objects.filter(subject__contains=about).values_list("address", flat=True))


class TestApproval:
    def test_nobody_sends_alone_what_another_has_to_approve(self, firm):
        firm.wants_approval()
        for by, why in ((firm.first, "put it forward first"), (None, "by a link it is not sent")):
            with refused(why):
                changes.submit(firm.row, SAID, name="Ann", by=by)
        firm.puts_forward()
        with refused("you have put it forward, and somebody else sends it"):
            changes.submit(firm.row, SAID, name="Ann", by=firm.first)
        assert mails("waits for your approval") == [firm.second.email]
        given = changes.submit(firm.row, SAID, name="Ann", by=firm.second)
        assert (given.approval.put_forward_by, given.approval.approved_by) == (firm.first.person, firm.second.person)
        assert not list(faults())
        assert f"put forward by Ann, approved by {firm.second.person}" in firm.read(firm.office.secretary)

    def test_what_is_changed_after_it_was_put_forward_is_put_forward_anew(self, firm):
        firm.wants_approval()
        looked_at = firm.puts_forward().revision
        changes.keep_draft(firm.row, DRAFT | {"impact": ["high"]}, by=firm.second)
        with refused("put it forward first"):
            changes.submit(firm.row, SAID, name="Ann", revision=looked_at, by=firm.second)
        changes.put_forward(firm.row, name="Ben", by=firm.second)
        with refused("It has been changed since you looked at it"):
            changes.submit(firm.row, SAID, name="Ann", revision=looked_at, by=firm.first)
        changes.keep_draft(firm.row, DRAFT, by=firm.first)
        with pytest.raises(Stale):
            changes.put_forward(firm.row, name="Ann", revision=looked_at, by=firm.first)

    def test_no_way_leads_around_it(self, firm):
        firm.wants_approval()
        changes.need_no_approval(firm.firm, by=firm.first)
        with refused("put it forward first"):  # of what was out when it was said
            changes.submit(firm.row, SAID, name="Ann", by=firm.first)
        other = firm.office.place(firm.assessment, 1)
        AppointmentFactory(kind="respondent", organisation=firm.firm, person=firm.office.respondents[1].person)
        with refused("has its answers approved by a second person: answer for it on its own page"):
            changes.submit(other, SAID, name="Ann", also=[firm.row], by=firm.office.respondents[1])
        assert not Response.objects.exists()
        assert changes.submit(firm.office.place(firm.office.assessed(firm.office.raised("Next")), 0), SAID, name="Ann", by=firm.first).n == 1

    def test_two_people_with_accounts_are_needed(self, firm):
        with refused("Two people who answer for .* need an account"):
            changes.want_approval(firm.office.firms[1], by=firm.office.respondents[1])
        with refused("There is no such organisation"):
            changes.want_approval(firm.firm, by=firm.office.respondents[1])

    def test_at_the_close_what_nobody_approved_is_no_answer_and_reminders_say_whose_approval_is_waited_for(self, firm, clock):
        firm.wants_approval()
        firm.puts_forward()
        clock("2023-07-19 09:00")
        sweep.run()
        (told,) = Notice.objects.filter(subject__contains="for your answer", person=firm.second.person)
        assert f"Ann has put an answer forward. It waits for the approval of {firm.second.person}, and is no answer until it is approved." in told.body
        firm.closes(clock)
        assert not Response.objects.exists()
        assert "0 of 4 have answered. Nothing heard from 4 of 4." in firm.read(firm.office.secretary)
        assert "What Ann had put forward is no answer: nobody approved it before the close." in firm.office.reads(firm.second, firm.at)
        for who in (firm.office.secretary, firm.office.reader, firm.office.holders[0]):
            assert "put forward" not in firm.read(who).lower(), "what an organisation has not sent is its own"

    def test_on_the_pages_one_writes_and_another_approves(self, firm):
        page = Visitor(firm.first).does(f"/desk/do/change_requests.want_approval/{firm.firm.pk}/")
        assert "From now on a second person approves each answer." in text_of(page)
        assert f"{firm.firm}: answers are approved by a second person" in Notice.objects.get(person=firm.second.person, key__startswith="answering-rule").subject
        writer, approver = Visitor(firm.first), Visitor(firm.second)
        checked = writer.client.post(firm.at, {"step": "none"}, follow=True)
        assert "Send this answer" not in text_of(checked)
        waiting = text_of(writer.sends(checked, {"step": "forward"}))
        assert f"It is no answer until it is approved by {firm.second.person}." in waiting
        assert f"Approve the answer of {firm.firm}" in text_of(approver.opens("/desk/"))
        assert "Approve the answer" not in text_of(writer.opens("/desk/"))
        sent = approver.sends(approver.opens(f"{firm.at}?checked"), {"step": "submit"})
        assert f"approved by {firm.second.person}" in text_of(sent)
        assert Response.objects.get().position == "no_impact"


class TestColleagues:
    def named(self, firm, **told) -> Colleague:
        said = {"name": "Cora Field", "address": f"cora@{firm.first.person.email.rpartition('@')[2]}", "named_by_name": "Ann", "by": None} | told
        return changes.name_colleague(firm.row, said.pop("name"), said.pop("address"), **said)

    def test_a_colleague_has_a_link_of_their_own_and_the_contacts_are_told_of_both(self, firm, client):
        colleague = self.named(firm)
        assert mails("Cora Field may answer for") == sorted([firm.first.email, firm.second.email])
        (sent,) = Notice.objects.filter(address=colleague.address)
        at = f"/desk/assessments/answer/{colleague_token(colleague)}/"
        assert at in sent.body
        assert token_for(firm.row) not in sent.body
        page = client.get(at)
        assert f"Ann has named you, Cora Field, to answer for {firm.firm}." in text_of(page)
        assert "Let a colleague answer" not in text_of(page)
        checked = client.post(at, {"step": "none"}, follow=True)
        (form,) = forms_on(checked)
        done = client.post(at, dict(form["data"]) | {"step": "submit"}, follow=True)
        assert "Your answer is recorded" in text_of(done)
        given = Response.objects.get()
        assert (given.how, given.submitted_name) == ("colleague", "Cora Field")
        assert mails(f"answer of {firm.firm} recorded") == sorted([firm.first.email, firm.second.email, colleague.address])

    def test_it_leads_nowhere_once_it_is_taken_back_or_the_organisation_has_a_new_one(self, firm, client):
        one, other = self.named(firm), self.named(firm, address=f"carl@{firm.first.person.email.rpartition('@')[2]}")
        ends = [f"/desk/assessments/answer/{colleague_token(each)}/" for each in (one, other)]
        Visitor(firm.first).client.post(firm.at, {"step": "end", "colleague": one.pk})
        assert [client.get(at).status_code for at in ends] == [404, 200]
        changes.send_link(firm.row, by=firm.office.secretary)
        assert [client.get(at).status_code for at in ends] == [404, 404]

    @pytest.mark.parametrize(
        ("told", "why"),
        [
            ({"address": "somebody@elsewhere.test"}, "Give an address that ends as those of"), ({"address": "no address"}, "Give an e-mail address"),
            ({"name": "http://evil.test"}, "Give your colleague’s name"), ({"named_by_name": " "}, "Give your own name"),
        ],
    )  # fmt: skip
    def test_the_portal_writes_to_nobody_at_large(self, firm, told, why):
        before = Notice.objects.count()
        with refused(why):
            self.named(firm, **told)
        assert (Notice.objects.count(), Colleague.objects.count()) == (before, 0)

    def test_so_many_a_day_over_all_assessments_and_not_by_a_colleague(self, firm, client):
        domain = firm.first.person.email.rpartition("@")[2]
        made = [self.named(firm, address=f"c{n}@{domain}") for n in range(3)]
        with refused("3 colleagues of .* were named today"):
            self.named(firm, address=f"c4@{domain}")
        set_clock("2023-07-13 10:00")
        answer = client.post(f"/desk/assessments/answer/{colleague_token(made[0])}/", {"step": "name", "colleague-name": "Dan", "colleague-address": f"d@{domain}"})
        assert "by the link of a colleague nobody is" in text_of(answer)
        with refused("has a link already"):
            self.named(firm, address=f"C0@{domain}")
        assert self.named(firm, address=f"c4@{domain}").pk

    def test_what_is_wrong_is_said_beside_what_was_typed(self, firm):
        answer = Visitor(firm.first).client.post(firm.at, {"step": "name", "colleague-name": "Dan Marsh", "colleague-address": "dan@elsewhere.test"})
        assert answer.status_code == 409
        assert 'value="Dan Marsh"' in answer.content.decode()
        assert "Give an address that ends as those of" in text_of(answer)

    def test_with_approval_a_colleague_puts_forward_and_somebody_appointed_approves(self, firm):
        firm.wants_approval()
        colleague = self.named(firm)
        changes.keep_draft(firm.row, DRAFT, by=None)
        with refused("somebody who answers for the organisation signs in to put it forward"):
            changes.put_forward(firm.row, name="Ann", by=None)
        changes.put_forward(firm.row, name=colleague.name, colleague=colleague, by=None)
        assert changes.submit(firm.row, SAID, name="Cora Field", by=firm.first).approval.put_forward_name == "Cora Field"


class TestMailed:
    def test_the_mail_itself_is_kept_for_the_secretariat_and_assurance_and_a_receipt_is_sent(self, firm):
        given = changes.record_mailed(firm.row, NONE, name="Ann", original=("answer.txt", b"Canary of the mail"), sent_from="ann@elsewhere.test", by=firm.office.secretary)
        kept = MailedOriginal.objects.get(response=given)
        assert mails(f"answer of {firm.firm} recorded") == sorted([firm.first.email, firm.second.email, "ann@elsewhere.test"])
        assert token_for(firm.row) not in Notice.objects.get(address="ann@elsewhere.test").body, "the link is for whoever is appointed"
        assert not list(faults())
        may = {firm.office.secretary: 200, firm.office.pmo: 200, firm.office.reader: 200}
        for user in (firm.office.secretary, firm.office.pmo, firm.office.reader, firm.office.chair, firm.office.holders[0], firm.first, firm.office.raiser, firm.office.stranger):
            answer = drained(Visitor(user).client.get(f"/desk/assessments/originals/{kept.pk}/"))
            assert answer.status_code == may.get(user, 404), user
        assert "the mail as it came" in firm.read(firm.office.secretary)
        assert "the mail as it came" not in firm.read(firm.office.chair)

    def test_whoever_answers_may_correct_it(self, firm):
        changes.record_mailed(firm.row, NONE, name="Ann", by=firm.office.secretary)
        assert changes.submit(firm.row, SAID, name="Ben", by=firm.second).n == 2
        assert "the mail itself is not kept here" not in firm.read(firm.office.secretary)

    def test_a_file_that_is_refused_leaves_what_was_typed(self, firm):
        at, visitor = f"/desk/assessments/rows/{firm.row.pk}/mailed/", Visitor(firm.office.secretary)
        with pytest.raises(Refused):
            changes.record_mailed(firm.row, NONE, name="Ann", original=("answer.exe", b"MZ\0\0"), by=firm.office.secretary)
        answer = visitor.does(at, {"position": "no_impact", "name": "Ann", "sent_from": "no address"})
        assert "Give the address from which it came" in text_of(answer)
        assert 'value="Ann"' in answer.content.decode()
        assert not Response.objects.exists()


class TestSilence:
    def test_silent_is_not_one_thing(self, firm):
        reads = firm.read(firm.office.secretary)
        assert reads.count("Silent: told, and not opened") == 4
        firm.bounces(firm.first)
        assert "Silent: the mail came back" not in firm.read(firm.office.secretary), "one of its two people was reached"
        firm.bounces(firm.second)
        assert firm.read(firm.office.secretary).count("Silent: the mail came back") == 1
        assert "1 mail came back" in firm.office.reads(firm.office.reader, f"/desk/groups/{firm.office.group.code}/process/change-requests/")
        changes.send_link(firm.row, by=firm.office.secretary)
        assert "Silent: the mail came back" not in firm.read(firm.office.secretary), "the new link may have arrived"
        changes.note_opening(firm.row)
        assert "Silent: told, opened, and not answered" in firm.read(firm.office.secretary)

    def test_of_how_many_nothing_was_heard_is_said_to_each(self, firm, clock):
        firm.office.answer(firm.assessment, 1, position="support")
        firm.closes(clock)
        assert "2 asked: 1 supports. Nothing heard from 1 of 2." in firm.read(firm.office.holders[0])
        assert "1 of 4 have answered. Nothing heard from 3 of 4." in firm.read(firm.office.secretary)
        changes.publish_results(firm.assessment, by=firm.office.secretary)
        assert "Nothing heard from 3 of 4." in firm.office.reads(None, "/change-requests/CR001/")


class TestList:
    def test_whoever_answers_finds_what_was_asked_and_answered(self, firm, clock):
        at = "/desk/assessments/"
        assert "Not answered yet" in firm.office.reads(firm.first, at)
        firm.office.answer(firm.assessment, 0, position="support")
        shown = firm.office.reads(firm.second, at)
        assert "Nothing waits for your answer." in shown
        assert "Answered, and still open" in shown
        firm.closes(clock)
        assert "Over" in firm.office.reads(firm.first, at)
        assert "You answer for no organisation" in firm.office.reads(firm.office.stranger, at)

    def test_an_answer_that_was_changed_and_not_sent_says_so_until_it_is(self, firm, clock):
        at = "/desk/assessments/"
        firm.office.answer(firm.assessment, 0, position="support")
        assert "Changed since" not in firm.office.reads(firm.first, at)
        clock("2023-07-13 10:00")
        changes.keep_draft(firm.row, DRAFT | {"impact": ["high"]}, by=firm.second)
        assert "Support Changed since, and not sent" in firm.office.reads(firm.first, at)
        clock("2023-07-13 10:05")
        changes.submit(firm.row, SAID | {"impact": "high"}, name="Ben", by=firm.second)
        assert "Changed since" not in firm.office.reads(firm.first, at)
        clock("2023-07-14 10:00")
        changes.keep_draft(firm.row, DRAFT, by=firm.second)
        firm.closes(clock)
        assert "Changed since, and never sent" in firm.office.reads(firm.first, at)

    def test_what_was_changed_and_put_forward_waits_for_approval(self, firm, clock):
        firm.wants_approval()
        firm.puts_forward()
        changes.submit(firm.row, SAID, name="Ann", by=firm.second)
        assert "Changed since" not in firm.office.reads(firm.first, "/desk/assessments/")
        clock("2023-07-13 10:00")
        changes.keep_draft(firm.row, DRAFT | {"impact": ["high"]}, by=firm.first)
        changes.put_forward(firm.row, name="Ann", by=firm.first)
        assert "Changed since, waits for approval" in firm.office.reads(firm.first, "/desk/assessments/")

    def test_it_asks_the_database_no_more_for_six_than_for_one(self, firm):
        visitor = Visitor(firm.first)
        visitor.opens("/desk/assessments/")
        with CaptureQueriesContext(connection) as one:
            visitor.opens("/desk/assessments/")
        for n in range(5):
            changes.keep_draft(firm.office.place(firm.office.assessed(firm.office.raised(f"Another {n}")), 0), DRAFT, by=firm.first)
        with CaptureQueriesContext(connection) as six:
            assert text_of(visitor.opens("/desk/assessments/")).count("Draft kept, nothing sent") == 5
        assert len(six) == len(one)

    def test_an_organisation_that_was_never_asked_says_so(self, firm):
        newcomer = firm.office.appointed("respondent", firm.office.organisation)
        assert "Nothing has been asked yet" in firm.office.reads(newcomer, "/desk/assessments/")


def test_a_roll_row_remembers_what_its_organisation_had_said(firm):
    firm.wants_approval()
    again = firm.office.assessed(firm.office.raised("Another"))
    assert set(AssessmentRow.objects.filter(assessment=again, needs_approval=True).values_list("organisation", flat=True)) == {firm.firm.pk}
