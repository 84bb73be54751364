"""Advice, statements of position, and concerns about procedure: what is said beside a decision."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from decisions import operations
from decisions.models import Advice
from dissent import operations as dissent
from dissent.models import ProceduralConcern, Referral, Ruling, Statement
from ledger.verifying import faults
from meetings import operations as meetings
from meetings.models import Paragraph
from tests.conftest import set_clock
from tests.dissent.levels import Levels, refused, things, told
from tests.factories import AlternateFactory, SeatFactory, UserFactory, user_of

pytestmark = pytest.mark.django_db
Kind = Referral.Kind


def build() -> Levels:
    return Levels(set_clock)


# --- advice


@pytest.mark.parametrize("who", ["chair", "pmo", "programme_pmo"])
def test_chair_and_secretariat_write_advice_down_with_who_said_it_and_when(house, who):
    decision = house.tabled()
    advice = operations.record_advice(
        decision, "ipa", " Wait for the redline. ", person=house.ipa.person, when="after", given_on=date(2023, 7, 11), by=getattr(house, who)
    )
    assert (advice.body, advice.text, advice.person, advice.given_on) == ("ipa", "Wait for the redline.", house.ipa.person, date(2023, 7, 11))
    assert list(faults()) == []


@pytest.mark.parametrize("who", ["ipa", "observer", "reader", "dno", "stranger"])
def test_advisers_and_members_write_no_advice(house, who):
    decision = house.tabled()
    refused(lambda: operations.record_advice(decision, "ipa", "Wait.", by=getattr(house, who)), "Only the Chair of DAG or the secretariat", 403)
    assert not Advice.objects.exists()


def test_advice_has_a_body_words_and_a_day_that_has_come_and_comes_before_the_decision(house):
    decision = house.tabled()
    refused(lambda: operations.record_advice(decision, "press", "Wait.", by=house.pmo), "Say whose advice it is")
    refused(lambda: operations.record_advice(decision, "ipa", " ", by=house.pmo), "Write down what was said")
    refused(lambda: operations.record_advice(decision, "ipa", "Wait.", given_on=date(2023, 7, 13), by=house.pmo), "13 Jul 2023 is still to come")
    done = house.determined()
    refused(lambda: operations.record_advice(done, "ipa", "Wait.", by=house.pmo), "advice comes before the decision")


# --- statements of position


def test_a_seat_states_its_position_unedited_before_or_after_the_decision(house):
    text = "  We reject this.\n\n1. Costs *fall* on us. "
    for decision in (house.tabled(), house.determined()):
        assert dissent.state_position(decision, house.dno_seat, text, by=house.dno).text == text
    assert list(faults()) == []


def test_an_approved_alternate_states_it_for_the_seat(house):
    alternate = UserFactory(person=AlternateFactory(seat=house.dno_seat).person)
    unapproved = UserFactory(person=AlternateFactory(seat=house.dno_seat, approved_on=None, approved_by="", approved_how="").person)
    decision = house.tabled()
    refused(lambda: dissent.state_position(decision, house.dno_seat, "No.", by=unapproved), "You do not sit in a seat of DAG", 403)
    assert dissent.state_position(decision, house.dno_seat, "No.", by=alternate).made_by == alternate.person


@pytest.mark.parametrize("who", ["other", "chair", "pmo", "programme_pmo", "ipa", "reader", "observer", "stranger"])
def test_nobody_states_the_position_of_a_seat_that_is_not_theirs(house, who):
    decision = house.tabled()
    refused(lambda: dissent.state_position(decision, house.dno_seat, "No.", by=getattr(house, who)), "You do not sit in a seat of DAG", 403)


def test_a_seat_of_another_group_says_nothing_here(house):
    elsewhere = SeatFactory(group=house.psg)
    refused(lambda: dissent.state_position(house.tabled(), elsewhere, "No.", by=user_of(elsewhere)), "You do not sit in a seat of DAG", 403)


def test_a_position_is_stated_once_and_cannot_be_changed(house):
    decision = house.tabled()
    statement = dissent.state_position(decision, house.dno_seat, "No.", by=house.dno)
    refused(lambda: dissent.state_position(decision, house.dno_seat, "Yes.", by=house.dno), "it is published unedited, so it is not changed")
    with pytest.raises(DatabaseError), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(text="Yes.")


def test_there_is_no_position_on_a_draft_on_what_was_withdrawn_or_without_words(house):
    draft = house.drafted()
    refused(lambda: dissent.state_position(draft, house.dno_seat, "No.", by=house.dno), "nothing to state a position on")
    gone = operations.withdraw(house.tabled(), why="No need", by=house.pmo)
    refused(lambda: dissent.state_position(gone, house.dno_seat, "No.", by=house.dno), "nothing to state a position on")
    refused(lambda: dissent.state_position(house.tabled(), house.dno_seat, " \n", by=house.dno), "Write your position")


def test_a_statement_put_under_another_decision_shows_in_the_ledger(house, as_owner):
    statement, other = dissent.state_position(house.tabled(), house.dno_seat, "No.", by=house.dno), house.tabled()
    as_owner("UPDATE dissent_statement SET decision_id = %s WHERE id = %s", other.pk, statement.pk)
    assert "decision_id" in " ".join(faults())


# --- concerns about procedure


def test_a_concern_about_procedure_is_ruled_on_by_the_chair_and_minuted(house):
    decision = house.tabled(meeting=house.meeting, item=house.item)
    concern = dissent.raise_procedural_concern(decision, house.dno_seat, "We were not asked to review it.", by=house.dno)
    assert told("a concern about how") == {house.chair.email, house.pmo.email, house.programme_pmo.email}
    assert things(house.chair) == {f"Rule on the concern of DNO Representative about how {decision} is being decided": ""}
    concern = dissent.rule_on(concern, "The papers were out in time.", by=house.chair)
    assert (concern.status, concern.answer) == ("ruled_on", "The papers were out in time.")
    paragraph = Paragraph.objects.get(item=house.item)
    assert paragraph.text == "The Chair ruled: The papers were out in time."
    assert Ruling.objects.get().paragraph == paragraph
    assert told("the Chair ruled") == {house.dno.email}
    assert things(house.chair) == {}
    assert list(faults()) == []


def test_a_ruling_after_the_minutes_are_out_of_the_chairs_hand_is_kept_with_the_decision(house):
    decision = house.tabled(meeting=house.meeting, item=house.item)
    concern = dissent.raise_procedural_concern(decision, house.dno_seat, "Papers late.", by=house.dno)
    meetings.clear(meetings.send_to_chair(house.meeting.minutes, by=house.pmo), by=house.chair)
    assert dissent.rule_on(concern, "They were on time.", by=house.chair).ruling.paragraph is None


@pytest.mark.parametrize("who", ["dno", "pmo", "programme_pmo", "ipa", "stranger"])
def test_nobody_but_the_chair_rules(house, who):
    concern = dissent.raise_procedural_concern(house.tabled(), house.dno_seat, "Papers late.", by=house.dno)
    refused(lambda: dissent.rule_on(concern, "No.", by=getattr(house, who)), "Only the Chair of DAG rules on this", 403)
    assert not things(getattr(house, who))


def test_a_ruling_is_given_once_in_words_and_not_of_what_was_withdrawn(house):
    decision = house.tabled()
    concern = dissent.raise_procedural_concern(decision, house.dno_seat, "Papers late.", by=house.dno)
    refused(lambda: dissent.rule_on(concern, "", by=house.chair), "Give the ruling")
    dissent.rule_on(concern, "They were on time.", by=house.chair)
    refused(lambda: dissent.rule_on(concern, "They were late.", by=house.chair), "ruled on: too late or too soon to rule")
    second = dissent.raise_procedural_concern(decision, house.dno_seat, "Not tabled.", by=house.dno)
    operations.withdraw(decision, why="No need", by=house.pmo)
    refused(lambda: dissent.rule_on(second, "No.", by=house.chair), "was withdrawn: there is nothing to rule on")
    assert things(house.chair) == {}


def test_a_concern_about_procedure_comes_before_the_decision_and_from_a_seat(house):
    done = house.determined()
    refused(lambda: dissent.raise_procedural_concern(done, house.dno_seat, "Late.", by=house.dno), "raise a significant concern with the decision instead")
    decision = house.drafted()
    refused(lambda: dissent.raise_procedural_concern(decision, house.dno_seat, "Late.", by=house.observer), "You do not sit in a seat of DAG", 403)
    refused(lambda: dissent.raise_procedural_concern(decision, house.dno_seat, "", by=house.dno), "Say what is wrong")
    assert dissent.raise_procedural_concern(decision, house.dno_seat, "Not tabled for decision.", by=house.dno).pk
    assert ProceduralConcern.objects.count() == 1
