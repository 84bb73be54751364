"""The meeting of 12 July 2023, as its minutes tell it, read in from the retelling."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from archive.operations import import_minutes
from archive.samples import DAG026
from decisions import operations as decisions
from decisions.models import Decision, Outcome, Question
from decisions.subjects import Subject, Terms
from groups.models import Group, Person, User
from groups.programme import load
from ledger.verifying import faults
from meetings.models import Action, Meeting
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]



@pytest.fixture(scope="module")
def staged(scene):
    return scene(papers_read_in)


def papers_read_in() -> Meeting:
    for file in ("programme/mhhs.toml", "rehearsal/demo-people.toml"):
        load(ROOT / file)
    import_minutes(DAG026.read_bytes(), DAG026.name, by=User.objects.the_archivist())
    return Meeting.objects.get(code="DAG026")


@pytest.fixture
def read_in(staged, db):
    return staged()


def test_what_was_read_in_is_the_meeting(read_in):
    assert read_in.held_on == date(2023, 7, 12)
    assert read_in.first_published_on == date(2023, 7, 19)
    assert read_in.publication_due_at == datetime(2023, 7, 26, 16, tzinfo=UTC)
    assert Decision.objects.count() == 6
    assert (read_in.actions.count(), read_in.action_reviews.count(), Action.objects.count()) == (4, 4, 8)
    assert read_in.items.filter(status="deferred").count() == 5
    counts = {s: read_in.attendances.filter(section=s).count() for s in ("chair", "representatives", "programme", "others", "apologies")}
    assert counts == {"chair": 1, "representatives": 12, "programme": 9, "others": 5, "apologies": 2}


def test_cr018_was_approved_against_six_to_four_with_six_reasons_given(read_in):
    decision = Decision.objects.get(reference="DAG-DEC60")
    assert decision.against_advice is True
    assert decision.reasons.count() == 6
    assert (decision.maker, decision.where_taken, decision.determined_as) == ("sro", "after", "DAG Chair")
    assert [str(s) for s in decision.settlements.all()] == ["CR018 v1.8: Approved", "CR017: Rejected: another was approved instead"]
    question = Question.objects.get()
    assert question.recount() == {"abstain": 2, "absent": 1, "approve": 4, "reject": 6}
    absent = question.roll.get(state="absent")
    assert (absent.seat.constituency.code, absent.casts.count()) == ("consumer", 0)
    assert absent.as_shown()["choice_label"] == "Constituency representative not in attendance"


def test_dec56_baselines_three_documents_on_there_being_no_objections(read_in):
    decision = Decision.objects.get(reference="DAG-DEC56")
    assert decision.basis == "no_objections"
    assert [(s.subject_version, s.outcome) for s in decision.settlements.all()] == [("1.0", "baselined")] * 3


def test_dec59_is_approved_with_conditions_and_dec58_only_issued(read_in):
    outcomes = {d.reference: [s.outcome for s in d.settlements.all()] for d in Decision.objects.all()}
    assert outcomes["DAG-DEC59"] == ["approved_subject_to"]
    assert outcomes["DAG-DEC58"] == ["issued_to_assessment"]
    assert Decision.objects.get(reference="DAG-DEC59").settlements.get().conditions.startswith("implementing it")


def test_nobody_gets_an_account_a_seat_or_a_right_from_being_named_in_minutes(read_in):
    assert User.objects.filter(person__isnull=False).count() == 0
    present = read_in.attendances.filter(section="representatives")
    assert not any(a.person.holdings.exists() for a in present.filter(on_behalf_of__gt=""))


def test_the_two_supplier_agents_are_told_apart_in_the_vote_and_not_in_the_list(read_in):
    assert read_in.attendances.filter(printed_role="Supplier Agent Representative", seat=None).count() == 2
    assert Question.objects.get().roll.filter(seat__isnull=False).count() == 13


def test_the_next_decision_after_reading_in_is_the_sixty_first(read_in):
    group = Group.objects.get(code="DAG")
    pmo, chair = account("pmo@example.org"), account("chair@example.org")
    decision = decisions.table(decisions.draft(group, "CR024", "The SRO approved CR024", by=pmo), by=pmo)
    assert str(decisions.determine(decision, Terms([Subject("change_request", "CR024", Outcome.APPROVED)]), by=chair)) == "DAG-DEC61"


def test_the_whole_is_vouched_for_and_a_changed_decision_shows(read_in, as_owner):
    assert list(faults()) == []
    as_owner("UPDATE decisions_decision SET wording = 'The SRO rejected CR018' WHERE reference = 'DAG-DEC60'")
    assert any("changed since: decisions" in fault for fault in faults())


def account(email: str) -> User:
    person = Person.objects.get(email=email)
    return User.objects.filter(person=person).first() or UserFactory(person=person)


def test_the_minutes_lead_to_every_decision_and_say_what_became_of_it(read_in, client):
    page = client.get("/meetings/DAG026/").content.decode()
    for decision in read_in.decisions.all():
        assert page.count(f'href="/decisions/{decision.reference}/"') >= 2, "in the table, and where it stands in the minutes"
    assert "CR018 approved, CR017 rejected" in page
