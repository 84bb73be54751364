"""Before an assessment is issued the secretariat looks at what goes out: to whom, with which files, until when."""

import pytest

from change_requests import operations as changes
from change_requests.models import Assessment, RequestFile
from decisions import operations as decisions
from decisions.models import Decision, Outcome
from decisions.subjects import Subject, Terms
from notifications.models import Notice
from records.rules import Refused
from tests.change_requests.offices import SAID, Office
from tests.conftest import set_clock
from tests.factories import AppointmentFactory, BelongingFactory, ConstituencyFactory, OrganisationFactory, SeatFactory
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
TYPED = {"kind": "impact", "days": "10", "authority": "The Programme’s"}


class Counter:
    """A version with an attachment, ready to go out; of one firm nobody is known who answers."""

    def __init__(self):
        self.office = Office(set_clock)
        self.request = self.office.raised(attachments=["Message formats"])
        self.version = self.request.versions.get()
        self.alone = OrganisationFactory(name="Nobody Known Ltd")
        BelongingFactory(organisation=self.alone, constituency=self.office.seats[0].constituency)
        self.at = f"/desk/change-requests/versions/{self.version.pk}/assess/"
        self.secretary = Visitor(self.office.secretary)

    def checks(self, **typed):
        return self.secretary.does(self.at, TYPED | typed)

    def settle(self, outcome: str) -> None:
        decision = decisions.table(decisions.draft(self.office.group, "CR", "The SRO decided", by=self.office.secretary), by=self.office.secretary)
        decisions.determine(decision, Terms([Subject("change_request", self.request.reference, outcome, version="1.0")], reasons=["As advised."]), by=self.office.chair)


@pytest.fixture(scope="module")
def stage(scene):
    return scene(Counter)


@pytest.fixture
def counter(stage):
    return stage()


def test_nothing_goes_out_before_it_was_looked_at_and_then_once(counter):
    shown = counter.checks()
    told = text_of(shown)
    assert shown.status_code == 200
    assert not Assessment.objects.exists()
    assert "5 organisations of 2 constituencies are asked, and 4 people are mailed." in told
    for person in counter.office.respondents:
        assert person.email in told
    assert RequestFile.objects.get().digest in told
    assert "10 working days after 12 Jul 2023 is 26 Jul 2023 (no bank holidays in between)" in told
    for _ in range(2):
        done = counter.secretary.sends(shown, {"step": "issue"})
    assert "CR001 version 1.0 is out for impact assessment. 5 organisations are asked." in text_of(done)
    assert Assessment.objects.get().roll.count() == 5
    assert Notice.objects.filter(subject__contains="impact assessment, until").count() == 4


def test_whoever_has_no_contact_is_named_with_the_link_that_mends_it(counter):
    shown = counter.checks()
    assert "Nobody is known who answers for 1 of them: Nobody Known Ltd" in text_of(shown)
    pmo = Visitor(counter.office.pmo)
    offered = pmo.does(counter.at, TYPED).content.decode()
    link = f"/desk/groups/{counter.office.group.code}/appointments/new/?kind=respondent&amp;organisation={counter.alone.pk}"
    assert link in offered
    form = pmo.opens(link.replace("&amp;", "&")).content.decode()
    assert f'<option value="{counter.alone.pk}" selected>' in form
    assert link not in shown.content.decode(), "a group's own secretariat appoints nobody"


def test_a_constituency_without_organisations_is_said(counter):
    SeatFactory(group=counter.office.group, constituency=ConstituencyFactory(name="Nowhere"), label="Nowhere Representative")
    assert "No organisation belongs to Nowhere: nobody is asked there." in text_of(counter.checks())


def test_what_not_everybody_can_read_is_named_with_whom_it_reaches(counter):
    office = counter.office
    assert "Not everybody who is asked can read all" not in text_of(counter.checks())
    closed = changes.draft_version(counter.request, "1.1", what_changed="Two attachments.", attachments=["Price list", "Threat model"], by=office.raiser, **SAID)
    for each, visibility in zip(closed.attachments.order_by("n"), ("participants", "pmo_and_assurance"), strict=True):
        changes.attach(closed, (f"{each.n}.txt", each.title.encode()), form="attachment", attachment=each, visibility=visibility, by=office.raiser)
    changes.fix(closed, by=office.raiser)
    without = AppointmentFactory(kind="respondent", organisation=counter.alone).person
    told = text_of(counter.secretary.does(f"/desk/change-requests/versions/{closed.pk}/assess/", TYPED))
    assert "Not everybody who is asked can read all that goes with it:" in told
    assert "1. Price list (1.txt). For participants: whoever is asked and signs in can read it, nobody by a link alone." in told
    assert f"1 of the 5 who are mailed has no account, and cannot sign in: {without.name}." in told
    assert "2. Threat model (2.txt). For the PMO and assurance: nobody who is asked can read it." in told
    assert "The titles stand in the mail and on the public page all the same." in told


def test_what_has_changed_since_it_was_looked_at_is_looked_at_again(counter):
    shown = counter.checks(question="What of the dates?")
    AppointmentFactory(kind="respondent", organisation=counter.alone)
    again = counter.secretary.sends(shown, {"step": "issue"})
    assert again.status_code == 409
    assert "What would go out has changed since you looked, so nothing was sent." in text_of(again)
    assert "5 people are mailed" in text_of(again)
    assert "What of the dates?" in text_of(again)
    assert not Assessment.objects.exists()
    counter.secretary.sends(again, {"step": "issue"})
    assert Assessment.objects.get().question == "What of the dates?"


def test_what_the_rules_refuse_is_said_beside_the_form_and_one_may_go_back(counter):
    refused = counter.checks(days="3")
    assert refused.status_code == 409
    assert "The policy is 10 working days: say why it is 3 here." in text_of(refused)
    back = counter.secretary.sends(counter.checks(question="What of the dates?"), {"step": "change"})
    assert "What of the dates?" in text_of(back)
    assert "Check before it goes out" in text_of(back)


@pytest.mark.parametrize("outcome", [Outcome.APPROVED, Outcome.REJECTED])
def test_what_is_settled_is_not_assessed(counter, outcome):
    counter.settle(outcome)
    with pytest.raises(Refused, match="CR001 is settled"):
        counter.office.assessed(counter.request)


def test_what_is_before_the_seats_is_not_assessed_until_it_is_decided_and_left_open(counter):
    office = counter.office
    question = office.ask(subject="CR001", version="1.0", window_days=None)
    with pytest.raises(Refused, match="The seats are voting on CR001"):
        office.assessed(counter.request)
    decisions.withdraw_question(question, why="Too soon", by=office.secretary)
    assert office.assessed(counter.request).status == "open"


def test_after_a_vote_the_decision_is_waited_for(counter):
    office = counter.office
    question = office.ask(subject="CR001", version="1.0", window_days=None)
    decisions.close(question, by=office.secretary)
    with pytest.raises(Refused, match="The seats have voted on CR001, and nothing is decided yet"):
        office.assessed(counter.request)
    terms = Terms([Subject("change_request", "CR001", Outcome.ISSUED, version="1.0")], reasons=["To be assessed."])
    decisions.determine(Decision.objects.get(questions=question), terms, by=office.chair)
    assert office.assessed(counter.request).status == "open"
