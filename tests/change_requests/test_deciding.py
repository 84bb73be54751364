"""A decision settles change requests in the version that was decided; of two that exclude each other one is approved, and the other rejected with it."""

import pytest
from django.utils.text import capfirst

from change_requests import operations as changes
from change_requests.models import ChangeRequest, Determination
from change_requests.states import SETTLING, is_settled, with_last_outcome
from decisions import operations as decisions
from decisions.models import Decision, Outcome
from decisions.preview import look_at_first
from decisions.subjects import Subject, Terms
from ledger.verifying import faults
from records import sweep
from records.dates import as_moment
from records.hooks import offered_from_above
from records.rules import Refused
from records.subjects import find, open_in
from tests.change_requests.offices import SAID, Office
from tests.conftest import set_clock
from tests.pages import text_of

pytestmark = pytest.mark.django_db
CR = "change_request"
REASONS = ["It was weighed, and this is why."]


@pytest.fixture(scope="module")
def offices(scene):
    return scene(lambda: Office(set_clock))


@pytest.fixture
def office(offices):
    return offices()


def tabled(office) -> Decision:
    return decisions.table(decisions.draft(office.group, "Hours", "The SRO decided", by=office.secretary), by=office.secretary)


def decide(office, *subjects: Subject) -> Decision:
    return decisions.determine(tabled(office), Terms(list(subjects), reasons=REASONS), by=office.chair)


def state(reference: str) -> str:
    return ChangeRequest.objects.get(reference=reference).editions.latest("n").body["state_in_words"]


def test_a_number_nobody_has_and_an_assessment_that_is_not_over_are_said_before_deciding(office):
    request, _ = office.raised(), office.raised("Other")
    assessment = office.assessed(request)
    subjects = [Subject(CR, reference, Outcome.APPROVED, version="1.0") for reference in ("CR001", "CR002", "CR999")]
    assert look_at_first(tabled(office), Terms(subjects)) == [
        "The portal keeps no record of CR999. Is that the right number?",
        f"{capfirst(str(assessment))} is open until {as_moment(assessment.closes_at)}: what is answered until then comes after the decision.",
    ]


@pytest.mark.long
def test_the_database_and_the_page_say_alike_which_are_settled(office):
    """Of each outcome one, decided in public, and then in private the other way."""
    outcomes = ("approved", "approved_subject_to", "rejected", "issued_to_assessment", "sent_back", "deferred", "withdrawn", "noted")
    told = {office.raised(outcome).reference: outcome for outcome in outcomes}
    subjects = [Subject(CR, ref, outcome, version="1.0", conditions="Tests" if "subject" in outcome else "") for ref, outcome in told.items()]
    decisions.publish(decide(office, *subjects), by=office.secretary)
    decide(office, *(Subject(CR, ref, "deferred" if outcome == "rejected" else "rejected", version="1.0") for ref, outcome in told.items()))
    found = with_last_outcome(ChangeRequest.objects.exclude(number=None))
    public = {each: list(each.determinations.filter(settlement__decision__published_at__isnull=False).order_by("pk")) for each in found}
    assert {each.title for each in found if each.last_outcome in SETTLING} == {each.title for each, made in public.items() if is_settled(made)}
    assert {each.title for each in found if each.last_outcome in SETTLING} == {"approved", "approved_subject_to", "rejected", "withdrawn"}


def test_it_is_settled_when_decided_and_said_so_when_that_is_public(office):
    office.raised()
    decided = decide(office, Subject(CR, "CR1", Outcome.APPROVED, version="1.0"))
    assert Determination.objects.get().version.label == "1.0"
    assert state("CR001") == "Raised by Fenmoor Networks"
    decisions.publish(decided, by=office.secretary)
    assert state("CR001") == f"Approved by {decided.reference} in version 1.0"
    assert not list(faults())


def test_before_it_is_public_only_the_group_reads_what_was_decided(office):
    request = office.raised()
    decided = decide(office, Subject(CR, "CR001", Outcome.APPROVED, version="1.0"))
    page = f"/desk/change-requests/{request.pk}/"
    assert {name: decided.reference in office.reads(getattr(office, name), page) for name in ("chair", "secretary", "raiser")} == {
        "chair": True, "secretary": True, "raiser": False,
    }  # fmt: skip
    decisions.publish(decided, by=office.secretary)
    assert decided.reference in office.reads(office.raiser, page)


def test_deciding_another_version_than_was_assessed_needs_a_published_reason_that_names_it(office, clock):
    request = office.raised(label="1.1")
    office.assessed(request)
    changes.fix(changes.draft_version(request, "1.8", what_changed="Four edits", by=office.raiser, **SAID), by=office.raiser)
    subject = Subject(CR, "CR001", Outcome.APPROVED, version="1.8")
    for reasons in ([], ["It is needed."], ["It is 11.1 times as good, and 1.18 as dear."]):
        with pytest.raises(Refused, match=r"was assessed in version 1\.1, and version 1\.8 is decided: a reason has to say why"):
            decisions.determine(tabled(office), Terms([subject], reasons=reasons), by=office.chair)
    why = ["What changed since version 1.1 follows what was answered to it."]
    decided = decisions.publish(decisions.determine(tabled(office), Terms([subject], reasons=why), by=office.chair), by=office.secretary)
    assert state("CR001") == f"Approved by {decided.reference} in version 1.8"


def test_the_chair_reads_beside_the_form_what_came_of_assessing_it(office, clock):
    assessment = office.assessed(office.raised())
    office.answer(assessment, 0, position="object", comments="It is dear.", confidence={"comments": "programme"})
    decision = decisions.table(decisions.draft(office.group, "CR001: hours", "The SRO decided", by=office.secretary), by=office.secretary)
    page = f"/desk/decisions/{decision.pk}/determine/"
    assert "The impact assessment of" not in office.reads(office.chair, page)  # it is running
    clock("2023-07-27 10:00")
    sweep.run()
    theme = changes.write_theme(assessment, "Cost", text="Some find it dear.", rows=[office.place(assessment, 0).pk], by=office.secretary)
    changes.reply_to_theme(theme, "It is cheap.", by=office.raiser)
    said = office.reads(office.chair, page)
    for words in ("The impact assessment of CR001 version 1.0", "asked: 1 objects", "Some find it dear.", "The raiser replies: It is cheap."):
        assert words in said
    assert "It is dear." not in said


def test_a_seat_reads_on_its_ballot_the_themes_and_what_its_constituency_answered(office, clock):
    assessment = office.assessed(office.raised())
    office.answer(assessment, 0, position="object", comments="It is dear.", confidence={"comments": "programme"})
    office.answer(assessment, 2, position="support")
    clock("2023-07-27 10:00")
    sweep.run()
    theme = changes.write_theme(assessment, "Cost", text="Some find it dear.", rows=[office.place(assessment, 0).pk], by=office.secretary)
    changes.reply_to_theme(theme, "It is cheap.", by=office.raiser)
    question = office.ask(subject="CR1", version="1.0")
    first, second = (office.reads(holder, f"/desk/questions/{question.pk}/vote/") for holder in office.holders)
    for ballot in (first, second):
        for words in ("The impact assessment of CR001 version 1.0: 1 theme", "Some find it dear.", "The raiser replies: It is cheap."):
            assert words in ballot
        assert "It is dear." not in ballot
    assert "Your constituency: 2 asked: 1 objects. Nothing heard from 1 of 2." in first
    assert "Your constituency: 2 asked: 1 supports. Nothing heard from 1 of 2." in second


def test_a_ballot_on_what_was_not_assessed_speaks_of_no_assessment(office):
    question = office.ask(subject=office.raised().reference, version="1.0")
    assert "impact assessment" not in office.reads(office.holders[0], f"/desk/questions/{question.pk}/vote/")


def test_deciding_the_version_that_was_assessed_needs_none(office):
    office.assessed(office.raised())
    decide(office, Subject(CR, "CR001", Outcome.APPROVED, version="v1"))


def test_what_is_withdrawn_is_not_approved(office):
    changes.withdraw(office.raised(), why="It was a mistake", by=office.raiser)
    with pytest.raises(Refused, match="CR001 is withdrawn: it cannot be approved"):
        decide(office, Subject(CR, "CR001", Outcome.APPROVED, version="1.0"))


def test_only_a_fixed_version_is_decided(office):
    request = office.raised()
    changes.draft_version(request, "1.1", what_changed="More", by=office.raiser, **SAID)
    for version in ("1.1", "not stated", "7"):
        with pytest.raises(Refused, match=r"Say which version of CR001 is decided\. Fixed: 1\.0\."):
            decide(office, Subject(CR, "CR001", Outcome.APPROVED, version=version))


def test_approving_one_of_two_that_exclude_each_other_rejects_the_other_on_the_same_form(office):
    one, other = office.raised("One"), office.raised("Two")
    changes.exclude(one, other, why="Either, not both", by=office.secretary)
    with pytest.raises(Refused, match=r"CR001 and CR002 exclude each other \(Either, not both\): say on this form that CR002 is rejected"):
        decide(office, Subject(CR, "CR001", Outcome.APPROVED, version="1.0"))
    offered = list(offered_from_above("decisions.determine", tabled(office), references=["CR001"]))
    assert [(each.ref, each.outcome, each.version) for each in offered] == [("CR002", Outcome.REJECTED_AS_EXCLUDED, "1.0")]
    decisions.publish(decide(office, Subject(CR, "CR001", Outcome.APPROVED, version="1.0"), *offered), by=office.secretary)
    assert state("CR002").startswith("Rejected by ")
    assert [*offered_from_above("decisions.determine", tabled(office), references=["CR001"])] == []  # there is nothing left to reject


def test_rejecting_both_needs_neither(office):
    one, other = office.raised("One"), office.raised("Two")
    changes.exclude(one, other, why="Either, not both", by=office.secretary)
    assert decide(office, Subject(CR, "CR001", Outcome.REJECTED, version="1.0")).settlements.count() == 1


def test_the_form_of_the_chair_starts_from_both(office):
    one, other = office.raised("One"), office.raised("Two")
    changes.exclude(one, other, why="Either, not both", by=office.secretary)
    question = office.ask(subject="CR001", version="1.0")
    office.vote(question, "approve", "reject")
    office.clock("2023-07-19 17:00")
    decisions.close_when_due(question)
    page = office.visitor(office.chair).opens(f"/desk/decisions/{question.decision_id}/determine/").content.decode()
    assert 'value="CR001"' in page
    assert 'value="CR002"' in page


def test_a_question_to_assessment_leaves_it_open(office):
    office.raised()
    decisions.publish(decide(office, Subject(CR, "CR001", Outcome.ISSUED, version="1.0")), by=office.secretary)
    assert [each.ref for each in open_in(office.group)] == ["CR001"]
    decisions.publish(decide(office, Subject(CR, "CR001", Outcome.APPROVED, version="1.0")), by=office.secretary)
    assert [each.ref for each in open_in(office.group)] == []


def test_a_reference_is_found_in_any_spelling(office):
    office.raised("Hours")
    assert {each.called for each in find("CR1", "cr-001", "CR 001").values()} == {"CR001: Hours"}
    assert find("CR002", "CR", "", "CR" + "9" * 30) == {}


def test_what_the_portal_has_no_record_of_is_decided_as_before(office):
    assert decide(office, Subject(CR, "CR018", Outcome.APPROVED, version="1.8")).settlements.get().subject == "CR018 v1.8"
    assert not Determination.objects.exists()


def test_a_decision_and_what_it_settled_lead_to_each_other(office):
    office.raised()
    decided = decisions.publish(decide(office, Subject(CR, "CR001", Outcome.APPROVED, version="1.0")), by=office.secretary)
    visitor = office.visitor(office.stranger)
    assert '<a class="govuk-link" href="/change-requests/CR001/">CR001</a>' in visitor.opens(f"/decisions/{decided.reference}/").content.decode()
    page = visitor.opens("/change-requests/CR001/")
    assert f"/decisions/{decided.reference}/" in page.content.decode()
    assert "Approved, version 1.0" in text_of(page)


def test_seats_vote_on_a_fixed_version_only(office):
    office.raised()
    question = office.bring(subject="CR001", version="1.8")
    with pytest.raises(Refused, match=r"Say which version of CR001 is voted on\. Fixed: 1\.0\."):
        decisions.open_question(question, by=office.secretary)
    decisions.open_question(decisions.change_question(question, version="v1.0", by=office.secretary), by=office.secretary)


def test_what_can_be_put_to_the_seats_is_offered_where_it_is_typed(office):
    office.raised("Hours")
    page = office.visitor(office.secretary).opens(f"/desk/groups/{office.group.code}/questions/new/").content.decode()
    assert '<option value="CR001">Hours (1.0)</option>' in page
