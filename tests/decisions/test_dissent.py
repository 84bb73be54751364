"""Dissent with an answer: advice, statements, concerns before and after a decision, and what passes between groups."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from decisions import operations
from decisions.due import carry_by, say_by
from decisions.life import histories, life_of, state_of, turn_of
from decisions.models import Advice, Outcome, ProceduralConcern, Referral, Ruling, Statement
from decisions.passing import chain_of
from decisions.things_said import verbs_for, verbs_on, waiting
from groups.models import Policy
from groups.standing import Standing
from ledger.models import Entry
from ledger.verifying import faults
from meetings import operations as meetings
from meetings.models import Paragraph
from records.clock import portal_now, portal_today
from records.periods import period
from records.rules import Refused
from tests.conftest import set_clock
from tests.decisions.levels import Levels, told
from tests.factories import AlternateFactory, ConstituencyFactory, HoldingFactory, SeatFactory, UserFactory, user_of

pytestmark = pytest.mark.django_db
Kind = Referral.Kind


@pytest.fixture(scope="module")
def levels(scene):
    return scene(lambda: Levels(set_clock))


@pytest.fixture
def house(levels, db) -> Levels:
    return levels()


def refused(act, sentence: str, status: int | None = None) -> Refused:
    with pytest.raises(Refused) as caught:
        act()
    assert sentence in str(caught.value)
    if status:
        assert caught.value.status == status
    return caught.value


def standing(user) -> Standing:
    return Standing(user, portal_today())


def things(user) -> dict[str, str]:
    """What waits for somebody, and by when."""
    return {thing.title: f"{thing.due_at:%Y-%m-%d}" if thing.due_at else "" for thing in waiting(standing(user), portal_now())}


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
        assert operations.state_position(decision, house.dno_seat, text, by=house.dno).text == text
    assert list(faults()) == []


def test_an_approved_alternate_states_it_for_the_seat(house):
    alternate = UserFactory(person=AlternateFactory(seat=house.dno_seat).person)
    unapproved = UserFactory(person=AlternateFactory(seat=house.dno_seat, approved_on=None, approved_by="", approved_how="").person)
    decision = house.tabled()
    refused(lambda: operations.state_position(decision, house.dno_seat, "No.", by=unapproved), "You do not sit in a seat of DAG", 403)
    assert operations.state_position(decision, house.dno_seat, "No.", by=alternate).made_by == alternate.person


@pytest.mark.parametrize("who", ["other", "chair", "pmo", "programme_pmo", "ipa", "reader", "observer", "stranger"])
def test_nobody_states_the_position_of_a_seat_that_is_not_theirs(house, who):
    decision = house.tabled()
    refused(lambda: operations.state_position(decision, house.dno_seat, "No.", by=getattr(house, who)), "You do not sit in a seat of DAG", 403)


def test_a_seat_of_another_group_says_nothing_here(house):
    elsewhere = SeatFactory(group=house.psg)
    refused(lambda: operations.state_position(house.tabled(), elsewhere, "No.", by=user_of(elsewhere)), "You do not sit in a seat of DAG", 403)


def test_a_position_is_stated_once_and_cannot_be_changed(house):
    decision = house.tabled()
    statement = operations.state_position(decision, house.dno_seat, "No.", by=house.dno)
    refused(lambda: operations.state_position(decision, house.dno_seat, "Yes.", by=house.dno), "it is published unedited, so it is not changed")
    with pytest.raises(DatabaseError), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(text="Yes.")


def test_there_is_no_position_on_a_draft_on_what_was_withdrawn_or_without_words(house):
    draft = house.drafted()
    refused(lambda: operations.state_position(draft, house.dno_seat, "No.", by=house.dno), "nothing to state a position on")
    gone = operations.withdraw(house.tabled(), why="No need", by=house.pmo)
    refused(lambda: operations.state_position(gone, house.dno_seat, "No.", by=house.dno), "nothing to state a position on")
    refused(lambda: operations.state_position(house.tabled(), house.dno_seat, " \n", by=house.dno), "Write your position")


def test_a_statement_put_under_another_decision_shows_in_the_ledger(house, as_owner):
    statement, other = operations.state_position(house.tabled(), house.dno_seat, "No.", by=house.dno), house.tabled()
    as_owner("UPDATE decisions_statement SET decision_id = %s WHERE id = %s", other.pk, statement.pk)
    assert "decision_id" in " ".join(faults())


# --- concerns about procedure


def test_a_concern_about_procedure_is_ruled_on_by_the_chair_and_minuted(house):
    decision = house.tabled(meeting=house.meeting, item=house.item)
    concern = operations.raise_procedural_concern(decision, house.dno_seat, "We were not asked to review it.", by=house.dno)
    assert told("a concern about how") == {house.chair.email, house.pmo.email, house.programme_pmo.email}
    assert things(house.chair) == {f"Rule on the concern of DNO Representative about how {decision} is being decided": ""}
    concern = operations.rule_on(concern, "The papers were out in time.", by=house.chair)
    assert (concern.status, concern.answer) == ("ruled_on", "The papers were out in time.")
    paragraph = Paragraph.objects.get(item=house.item)
    assert paragraph.text == "The Chair ruled: The papers were out in time."
    assert Ruling.objects.get().paragraph == paragraph
    assert told("the Chair ruled") == {house.dno.email}
    assert things(house.chair) == {}
    assert list(faults()) == []


def test_a_ruling_after_the_minutes_are_out_of_the_chairs_hand_is_kept_with_the_decision(house):
    decision = house.tabled(meeting=house.meeting, item=house.item)
    concern = operations.raise_procedural_concern(decision, house.dno_seat, "Papers late.", by=house.dno)
    meetings.clear(house.meeting.minutes, by=house.chair)
    assert operations.rule_on(concern, "They were on time.", by=house.chair).ruling.paragraph is None


@pytest.mark.parametrize("who", ["dno", "pmo", "programme_pmo", "ipa", "stranger"])
def test_nobody_but_the_chair_rules(house, who):
    concern = operations.raise_procedural_concern(house.tabled(), house.dno_seat, "Papers late.", by=house.dno)
    refused(lambda: operations.rule_on(concern, "No.", by=getattr(house, who)), "Only the Chair of DAG rules on this", 403)
    assert not things(getattr(house, who))


def test_a_ruling_is_given_once_in_words_and_not_of_what_was_withdrawn(house):
    decision = house.tabled()
    concern = operations.raise_procedural_concern(decision, house.dno_seat, "Papers late.", by=house.dno)
    refused(lambda: operations.rule_on(concern, "", by=house.chair), "Give the ruling")
    operations.rule_on(concern, "They were on time.", by=house.chair)
    refused(lambda: operations.rule_on(concern, "They were late.", by=house.chair), "ruled on: too late or too soon to rule")
    second = operations.raise_procedural_concern(decision, house.dno_seat, "Not tabled.", by=house.dno)
    operations.withdraw(decision, why="No need", by=house.pmo)
    refused(lambda: operations.rule_on(second, "No.", by=house.chair), "was withdrawn: there is nothing to rule on")
    assert things(house.chair) == {}


def test_a_concern_about_procedure_comes_before_the_decision_and_from_a_seat(house):
    done = house.determined()
    refused(lambda: operations.raise_procedural_concern(done, house.dno_seat, "Late.", by=house.dno), "raise a significant concern with the decision instead")
    decision = house.drafted()
    refused(lambda: operations.raise_procedural_concern(decision, house.dno_seat, "Late.", by=house.observer), "You do not sit in a seat of DAG", 403)
    refused(lambda: operations.raise_procedural_concern(decision, house.dno_seat, "", by=house.dno), "Say what is wrong")
    assert operations.raise_procedural_concern(decision, house.dno_seat, "Not tabled for decision.", by=house.dno).pk
    assert ProceduralConcern.objects.count() == 1


# --- a significant concern, end to end


def test_a_concern_is_answered_in_ten_working_days_and_the_seat_has_ten_more(house, clock):
    concern = house.concern()
    assert (concern.status, concern.due_on, concern.stands_meanwhile) == ("raised", date(2023, 7, 26), True)
    assert told("significant concern from DAG") == {house.chair.email, house.pmo.email, house.programme_pmo.email}
    title = f"concern of DNO Representative with {concern.origin_decision}"
    assert things(house.chair) == things(house.pmo) == {f"Say who answers the significant {title}": "2023-07-26"}
    assert things(house.dno) == {}
    concern = operations.take_on(concern, house.other.person, stands_meanwhile=False, by=house.pmo)
    assert told("will answer") == {house.other.email, house.dno.email}
    assert things(house.pmo) == {}
    assert things(house.chair) == {f"Answer the significant {title}": "2023-07-26"}
    clock("2023-07-20 10:00")
    concern = operations.answer_referral(concern, "The cost is capped.", by=house.chair)
    assert (concern.is_open, say_by(concern)) == (False, date(2023, 8, 3))
    assert told("has answered") == {house.dno.email}
    assert things(house.dno) == {f"Say whether the answer to the significant {title} satisfies": "2023-08-03"}
    assert things(house.chair) == {}
    concern = operations.accept_answer(concern, by=house.dno)
    assert (concern.status, things(house.dno), concern.is_open) == ("accepted", {}, False)
    assert list(faults()) == []


def test_a_group_may_give_itself_another_number_of_days(house):
    Policy(group=house.dag, key=Policy.Key.CONCERN, value="3", since=date(2023, 1, 1)).save_by(house.pmo)
    assert house.concern().due_on == date(2023, 7, 17)


def test_an_answer_nobody_judged_in_time_stands(house, clock):
    concern = operations.answer_referral(house.concern(), "The cost is capped.", by=house.chair)  # 12 July, so until the 26th
    clock("2023-07-26 23:59")
    assert "judge" in verbs_for(concern, standing(house.dno))
    clock("2023-07-27 00:01")
    assert things(house.dno) == {}
    assert turn_of(concern, portal_today()) is None
    refused(lambda: operations.dispute_answer(concern, "It is not.", by=house.dno), "Until Wed 26 Jul 2023 it could be said")
    refused(lambda: operations.accept_answer(concern, by=house.dno), "It stands")


def to_the_psg(house, clock, **kwargs) -> tuple[Referral, Referral]:
    concern = operations.answer_referral(house.concern(), "The cost is capped.", by=house.chair)
    concern = operations.dispute_answer(concern, "A cap is no answer.", by=house.dno)
    clock("2023-07-14 10:00")
    there = operations.carry_up(concern, by=house.dno, **kwargs)
    return Referral.objects.get(pk=concern.pk), there


def test_a_concern_not_satisfied_goes_to_the_psg_through_the_seat_of_its_constituency_and_the_answer_comes_back(house, clock):
    seat = house.psg_seat()
    carrier = user_of(seat)
    concern, there = to_the_psg(house, clock)
    assert told("not satisfied") == {house.chair.email, house.pmo.email, house.programme_pmo.email}
    assert (concern.status, concern.carrier, concern.carried_to) == ("carried_up", seat, there)
    assert (there.from_group, there.to_group, there.raised_by_seat, there.due_on) == (house.dag, house.psg, seat, date(2023, 7, 28))
    assert (concern.is_open, concern.last, chain_of(there)) == (True, there, [concern, there])
    assert told("PSG: significant concern from DAG") == {house.sro.email, house.programme_pmo.email, carrier.email}
    assert state_of(concern, portal_today())[0] == "Carried to the PSG"
    assert turn_of(concern, portal_today()).who == "The PSG"
    there = operations.answer_referral(there, "The PSG finds the cap sufficient.", by=house.sro)
    concern = Referral.objects.get(pk=concern.pk)
    assert not concern.is_open
    assert state_of(concern, portal_today())[0] == "Answered by the PSG"
    assert {house.dno.email, carrier.email, house.chair.email} <= told("PSG has answered")
    told_of_it = [step.title for step in life_of(concern, histories(chain_of(concern)))]
    assert told_of_it == [
        "Raised with the DAG by the DNO Representative", "The DAG answered", "The answer does not satisfy",
        "Carried to the PSG, through the DNO Representative there", "The PSG answered",
    ]  # fmt: skip
    assert list(faults()) == []


def test_the_first_seat_judges_the_psgs_answer_and_only_sro_or_ipa_take_it_to_ofgem(house, clock):
    house.psg_seat()
    _, there = to_the_psg(house, clock)
    there = operations.answer_referral(there, "No.", by=house.sro)
    there = operations.dispute_answer(there, "Neither does this satisfy.", by=house.dno)
    for who in (house.dno, house.pmo, house.programme_pmo, house.other):
        refused(lambda who=who: operations.carry_up(there, by=who), "the SRO or the Independent Programme Assurance", 403)
    assert any("to Ofgem" in title for title in things(house.ipa))
    last = operations.carry_up(there, by=house.ipa)
    assert (last.to_group, last.raised_by_seat) == (house.ofgem, there.raised_by_seat)
    assert house.observer.email in told("Ofgem: significant concern")
    last = operations.answer_referral(last, "Ofgem does not intervene.", by=house.pmo)
    assert Referral.objects.filter(carried_to=None).get() == last
    refused(lambda: operations.dispute_answer(last, "No.", by=house.dno), "There is no group above Ofgem: its answer is the last")
    assert operations.accept_answer(last, by=house.dno).status == "accepted"
    assert list(faults()) == []


def test_the_sro_takes_a_concern_to_ofgem_too(house, clock):
    house.psg_seat()
    _, there = to_the_psg(house, clock)
    assert operations.carry_up(there, by=house.sro).to_group == house.ofgem


def test_where_the_constituency_has_no_seat_above_another_representative_is_chosen(house, clock):
    vacant = house.psg_seat()  # a seat nobody sits in represents nobody
    another = SeatFactory(group=house.psg)
    carrier = user_of(another)
    concern = operations.dispute_answer(operations.answer_referral(house.concern(), "No.", by=house.chair), "Why?", by=house.dno)
    caught = refused(lambda: operations.carry_up(concern, by=house.dno), "Choose a representative in PSG who carries it")
    assert caught.reasons[0].field == "carrier"
    refused(lambda: operations.carry_up(concern, carrier=vacant, by=house.dno), "does not represent anybody in PSG today")
    refused(lambda: operations.carry_up(concern, carrier=house.dno_seat, by=house.dno), "does not represent anybody in PSG today")
    there = operations.carry_up(concern, carrier=another, by=house.dno)
    there = operations.answer_referral(there, "No.", by=house.sro)
    assert "judge" in verbs_for(there, standing(carrier))
    assert "judge" in verbs_for(there, standing(house.dno))
    assert "judge" not in verbs_for(there, standing(house.other))


def test_where_the_constituency_has_a_seat_above_nobody_else_carries_it(house, clock):
    HoldingFactory(seat=house.psg_seat())
    another = SeatFactory(group=house.psg)
    HoldingFactory(seat=another)
    concern = operations.dispute_answer(operations.answer_referral(house.concern(), "No.", by=house.chair), "Why?", by=house.dno)
    refused(lambda: operations.carry_up(concern, carrier=another, by=house.dno), "has a seat in PSG: it goes through that one")


def test_a_group_with_a_chair_in_the_portal_answers_for_itself(house, clock):
    house.psg_seat()
    _, there = to_the_psg(house, clock)
    refused(lambda: operations.answer_referral(there, "No.", by=house.programme_pmo), "Only the Chair of PSG may answer this", 403)
    house.sro.is_active = False
    house.sro.save()
    assert operations.answer_referral(there, "No.", by=house.programme_pmo).status == "answered"


def test_a_group_answers_first_and_what_it_leaves_unanswered_can_be_carried_up(house, clock):
    HoldingFactory(seat=house.psg_seat())
    concern = house.concern()
    refused(lambda: operations.carry_up(concern, by=house.dno), "DAG has until Wed 26 Jul 2023 to answer")
    assert "carry_up" in verbs_for(concern, standing(house.chair))
    clock("2023-07-26 12:00")
    assert things(house.dno) == {}
    clock("2023-07-27 09:00")
    assert list(things(house.dno)) == [f"Carry the significant concern of DNO Representative with {concern.origin_decision} to PSG"]
    assert operations.carry_up(concern, by=house.dno).to_group == house.psg


@pytest.mark.parametrize("who", ["chair", "pmo", "programme_pmo"])
def test_chair_and_secretariat_may_pass_a_concern_on_unanswered(house, who):
    assert operations.carry_up(house.concern(), by=getattr(house, who)).to_group == house.psg


def test_what_is_not_satisfied_never_lapses_and_is_carried_or_withdrawn(house, clock):
    concern = operations.dispute_answer(operations.answer_referral(house.concern(), "No.", by=house.chair), "Why?", by=house.dno)
    assert carry_by(concern) == date(2023, 7, 26)
    clock("2024-07-26 12:00")
    assert concern.is_open
    assert "carry_up" in verbs_for(concern, standing(house.dno))
    assert operations.withdraw_referral(concern, why="We have settled it.", by=house.dno).status == "withdrawn"
    assert life_of(concern, histories([concern]))[-1].text == "We have settled it."
    assert house.chair.email in told("significant concern withdrawn")


CONCERN_REFUSED = {
    "raised by the Chair": (lambda h, c: operations.raise_concern(c.origin_decision, h.dno_seat, "x", by=h.chair), "You do not sit in a seat"),
    "raised by the PMO": (lambda h, c: operations.raise_concern(c.origin_decision, h.dno_seat, "x", by=h.pmo), "You do not sit in a seat"),
    "raised by assurance": (lambda h, c: operations.raise_concern(c.origin_decision, h.dno_seat, "x", by=h.reader), "You do not sit in a seat"),
    "raised for another seat": (lambda h, c: operations.raise_concern(c.origin_decision, h.dno_seat, "x", by=h.other), "You do not sit in a seat"),
    "raised twice": (lambda h, c: operations.raise_concern(c.origin_decision, h.dno_seat, "x", by=h.dno), "is open already"),
    "raised without words": (lambda h, c: operations.raise_concern(h.determined(), h.dno_seat, " ", by=h.dno), "Say what your concern is"),
    "raised too soon": (lambda h, c: operations.raise_concern(h.tabled(), h.dno_seat, "x", by=h.dno), "has not been determined"),
    "taken on by a member": (lambda h, c: operations.take_on(c, h.dno.person, by=h.dno), "Only the Chair or the secretariat of DAG"),
    "taken on by the seat that raised it": (lambda h, c: operations.take_on(c, h.dno.person, by=h.chair), "raised this, or sits in the seat that did"),
    "taken on by nobody": (lambda h, c: operations.take_on(c, None, by=h.chair), "Say who answers"),
    "answered by the PMO": (lambda h, c: operations.answer_referral(c, "x", by=h.pmo), "Only the Chair of DAG may answer this"),
    "answered by the seat": (lambda h, c: operations.answer_referral(c, "x", by=h.dno), "Only the Chair of DAG may answer this"),
    "answered without words": (lambda h, c: operations.answer_referral(c, " ", by=h.chair), "Write the answer"),
    "answered as a recommendation": (lambda h, c: operations.answer_referral(c, "x", outcome="approved", by=h.chair), "Only a recommendation is answered with"),
    "answered by another's decision": (lambda h, c: operations.answer_referral(c, "x", decision=h.tabled(), by=h.chair), "is no decision of DAG that has been taken"),
    "judged before the answer": (lambda h, c: operations.dispute_answer(c, "x", by=h.dno), "raised: too late or too soon"),
    "accepted by the Chair": (lambda h, c: operations.accept_answer(operations.answer_referral(c, "x", by=h.chair), by=h.chair), "Only the seat that raised it"),
    "disputed by another seat": (lambda h, c: operations.dispute_answer(operations.answer_referral(c, "x", by=h.chair), "y", by=h.other), "Only the seat that raised it"),
    "disputed without words": (lambda h, c: operations.dispute_answer(operations.answer_referral(c, "x", by=h.chair), " ", by=h.dno), "Say why the answer does not satisfy"),
    "carried up by another seat": (lambda h, c: operations.carry_up(c, by=h.other), "Only the seat that raised it, the Chair or the secretariat"),
    "carried up after its answer": (lambda h, c: operations.carry_up(operations.answer_referral(c, "x", by=h.chair), by=h.chair), "answered: too late or too soon"),
    "carried up twice": (lambda h, c: [operations.carry_up(c, by=h.chair) for _ in "12"], "carried to the group above: too late or too soon"),
    "withdrawn by the PMO": (lambda h, c: operations.withdraw_referral(c, why="x", by=h.pmo), "Only the seat that raised the concern may withdraw it"),
    "withdrawn by the Chair": (lambda h, c: operations.withdraw_referral(c, why="x", by=h.chair), "Only the seat that raised the concern may withdraw it"),
    "withdrawn without a reason": (lambda h, c: operations.withdraw_referral(c, why="", by=h.dno), "Say why it is withdrawn"),
    "withdrawn twice": (lambda h, c: [operations.withdraw_referral(c, why="x", by=h.dno) for _ in "12"], "withdrawn: too late or too soon"),
}  # fmt: skip


@pytest.mark.parametrize("case", CONCERN_REFUSED)
def test_a_concern_refuses(house, case):
    act, sentence = CONCERN_REFUSED[case]
    concern = house.concern()
    refused(lambda: act(house, concern), sentence)


def test_a_concern_is_raised_with_the_newest_decision_of_the_line(house):
    old = house.determined()
    new = operations.table(operations.draft(house.dag, "CR018", "The SRO rejected CR018", meeting=house.meeting, supersedes=old, by=house.pmo), by=house.pmo)
    from decisions.subjects import Subject

    operations.determine(new, [Subject("change_request", "CR018", Outcome.REJECTED)], reasons=["It was approved in error."], by=house.chair)
    refused(lambda: house.concern(old), f"{old} was superseded by DAG-DEC02: raise your concern with that one")


def test_the_seat_speaks_whoever_sits_in_it(house, clock):
    concern = operations.answer_referral(house.concern(), "No.", by=house.chair)
    clock("2023-07-13 10:00")
    holding = house.dno_seat.holdings.get()
    holding.during = period(date(2021, 11, 17), date(2023, 7, 12))
    holding.save_by(house.pmo)
    successor = UserFactory(person=HoldingFactory(seat=house.dno_seat, during=period(date(2023, 7, 13))).person)
    refused(lambda: operations.dispute_answer(concern, "No.", by=house.dno), "Only the seat that raised it", 403)
    assert operations.dispute_answer(concern, "No.", by=successor).status == "not_satisfied"


def test_a_closed_group_takes_nothing_more_but_lets_an_open_concern_go_up(house, clock):
    decision, concern = house.tabled(), house.concern()
    house.dag.closed_on = date(2023, 7, 13)
    house.dag.save_by(house.pmo)
    clock("2023-07-14 10:00")
    closed = "closed on 13 Jul 2023"
    refused(lambda: operations.state_position(decision, house.dno_seat, "No.", by=house.dno), closed)
    refused(lambda: operations.record_advice(decision, "ipa", "No.", by=house.pmo), closed)
    refused(lambda: operations.raise_procedural_concern(decision, house.dno_seat, "No.", by=house.dno), closed)
    refused(lambda: operations.answer_referral(concern, "No.", by=house.chair), closed)
    refused(lambda: operations.refer(house.dag, house.psg, Kind.ESCALATION, "x", clause="v", by=house.chair), closed)
    decision.refresh_from_db()
    assert verbs_on(decision, standing(house.dno)) == set()
    assert operations.carry_up(concern, by=house.pmo).to_group == house.psg


# --- between groups


def test_a_working_group_recommends_and_gets_one_of_the_five_answers_and_only_these(house):
    asked = operations.refer(house.wg, house.dag, Kind.RECOMMENDATION, "Approve the catalogue.", by=house.wg_pmo)
    assert (asked.due_on, told("recommendation from BPRWG")) == (date(2023, 7, 26), {house.chair.email, house.pmo.email, house.programme_pmo.email})
    five = {"approved", "rejected", "sent_back", "approved_subject_to", "passed_to_psg"}
    for outcome in (set(Outcome.values) - five) | {""}:
        refused(lambda outcome=outcome: operations.answer_referral(asked, "So it is.", outcome=outcome, by=house.chair), "(ToR i to v)")
    for outcome in five:
        one = operations.refer(house.wg, house.dag, Kind.RECOMMENDATION, "Approve the catalogue.", by=house.wg_chair)
        assert operations.answer_referral(one, "So it is.", outcome=outcome, by=house.chair).answer_outcome == outcome
    assert house.wg_chair.email in told("DAG has answered: recommendation")
    assert list(faults()) == []


def test_what_is_passed_to_the_psg_goes_there_at_once_and_its_answer_comes_back(house):
    asked = operations.refer(house.wg, house.dag, Kind.RECOMMENDATION, "Approve the catalogue.", by=house.wg_pmo)
    asked = operations.answer_referral(asked, "No consensus.", outcome="passed_to_psg", by=house.chair)
    above = asked.carried_to
    assert (above.kind, above.from_group, above.to_group, above.text) == ("escalation", house.dag, house.psg, "Approve the catalogue.")
    assert list(things(house.sro)) == ["Say who answers the escalation from DAG"]
    operations.answer_referral(above, "Approve it.", by=house.sro)
    assert house.wg_pmo.email in told("PSG has answered")
    asked.refresh_from_db()
    titles = [step.title for step in life_of(asked, histories(chain_of(asked)))]
    assert titles == [
        "Recommended to the DAG by the BPRWG",
        "The DAG answered: passed to the PSG: the threshold for Ofgem is met, or there is no consensus", "The PSG answered",
    ]  # fmt: skip
    assert list(faults()) == []


def test_a_recommendation_may_be_answered_by_a_decision_of_the_group(house):
    decision = house.determined()
    asked = operations.refer(house.wg, house.dag, Kind.RECOMMENDATION, "Approve it.", by=house.wg_pmo)
    assert operations.answer_referral(asked, "Accepted.", outcome="approved", decision=decision, by=house.chair).answer_decision == decision
    assert list(decision.answers.all()) == [asked]


@pytest.mark.parametrize("who", ["chair", "ipa"])
def test_to_ofgem_the_sro_and_the_ipa_escalate(house, who):
    escalated = operations.refer(house.dag, house.ofgem, Kind.ESCALATION, "Above the threshold.", clause="ToR, Level 1", by=getattr(house, who))
    assert (escalated.to_group, house.observer.email in told("Ofgem: escalation from DAG")) == (house.ofgem, True)


@pytest.mark.parametrize("who", ["pmo", "programme_pmo", "dno", "observer", "reader", "stranger", "wg_chair"])
def test_nobody_else_escalates_to_ofgem(house, who):
    refused(
        lambda: operations.refer(house.dag, house.ofgem, Kind.ESCALATION, "x", clause="Level 1", by=getattr(house, who)),
        "To Ofgem the SRO (as Chair) or the Independent Programme Assurance escalates", 403,
    )  # fmt: skip


def test_the_sro_is_in_the_chair_of_the_psg_and_the_advisory_groups_not_of_a_working_group(house):
    assert operations.refer(house.psg, house.ofgem, Kind.ESCALATION, "x", clause="Level 1", by=house.sro).pk
    refused(lambda: operations.refer(house.wg, house.ofgem, Kind.ESCALATION, "x", clause="Level 1", by=house.wg_chair), "To Ofgem the SRO", 403)


def test_the_ipa_refers_nothing_else(house):
    refused(lambda: operations.refer(house.dag, house.psg, Kind.ESCALATION, "x", clause="v", by=house.ipa), "Only the Chair or the secretariat of DAG", 403)


REFER_REFUSED = {
    "a recommendation of the DAG": (lambda h: {"source": h.dag, "target": h.psg, "kind": Kind.RECOMMENDATION}, "DAG may escalate or delegate"),
    "a recommendation past the DAG": (lambda h: {"source": h.wg, "target": h.psg, "kind": Kind.RECOMMENDATION}, "A recommendation goes to the advisory group above"),
    "an escalation downwards": (lambda h: {"source": h.psg, "target": h.dag, "kind": Kind.ESCALATION, "by": h.sro}, "An escalation goes up"),
    "an escalation without a clause": (lambda h: {"source": h.dag, "target": h.psg, "kind": Kind.ESCALATION, "clause": ""}, "Give the clause"),
    "a delegation upwards": (lambda h: {"source": h.dag, "target": h.psg, "kind": Kind.DELEGATION}, "DAG cannot delegate upwards"),
    "a delegation by a working group": (lambda h: {"source": h.wg, "target": h.wg, "kind": Kind.DELEGATION}, "BPRWG may recommend or escalate"),
    "a delegation without a scope": (lambda h: {"source": h.dag, "target": h.wg, "kind": Kind.DELEGATION, "scope": " "}, "Say what is delegated"),
    "a delegation without a first day": (lambda h: {"source": h.dag, "target": h.wg, "kind": Kind.DELEGATION, "first": None}, "Say from when"),
    "a delegation without a last day": (lambda h: {"source": h.dag, "target": h.wg, "kind": Kind.DELEGATION, "last": None}, "Say until when"),
    "a delegation that ends before it begins": (lambda h: {"source": h.dag, "target": h.wg, "kind": Kind.DELEGATION, "last": date(2023, 7, 1)}, "The last day is before the first"),
    "a delegation without a clause": (lambda h: {"source": h.dag, "target": h.wg, "kind": Kind.DELEGATION, "clause": ""}, "Give the clause"),
    "something to itself": (lambda h: {"source": h.dag, "target": h.dag, "kind": Kind.DELEGATION}, "Choose another group"),
    "a concern": (lambda h: {"source": h.dag, "target": h.psg, "kind": Kind.CONCERN}, "DAG may escalate or delegate: choose one of these"),
    "nothing": (lambda h: {"source": h.dag, "target": h.psg, "kind": Kind.ESCALATION, "text": ""}, "Say what is referred"),
    "something for a group of others": (lambda h: {"source": h.wg, "target": h.dag, "kind": Kind.RECOMMENDATION, "by": h.dno}, "Only the Chair or the secretariat of BPRWG"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFER_REFUSED)
def test_nobody_refers(house, case):
    make, sentence = REFER_REFUSED[case]
    asked = {"text": "x", "clause": "v", "scope": "All of it", "first": date(2023, 8, 1), "last": date(2023, 8, 31), "by": house.programme_pmo} | make(house)
    refused(lambda: operations.refer(asked.pop("source"), asked.pop("target"), asked.pop("kind"), asked.pop("text"), **asked), sentence)
    assert not Referral.objects.exists()


def test_a_delegation_has_scope_dates_and_clause_and_is_used_not_answered(house, clock):
    given = operations.refer(
        house.psg, house.dag, Kind.DELEGATION, "Level 2 decisions on CR018.", scope="CR018 only", first=date(2023, 8, 1), last=date(2023, 8, 31),
        clause="PSG ToR 4.2", by=house.sro,
    )  # fmt: skip
    assert (given.first_day, given.last_day, given.due_on) == (date(2023, 8, 1), date(2023, 8, 31), None)
    assert [state_of(given, day)[0] for day in (date(2023, 7, 31), date(2023, 8, 1), date(2023, 8, 31), date(2023, 9, 1))] == ["To come", "In force", "In force", "Over"]
    refused(lambda: operations.answer_referral(given, "x", by=house.chair), "A delegation is not answered")
    refused(lambda: operations.take_on(given, house.other.person, by=house.chair), "A delegation is not answered")
    assert things(house.chair) == {}
    refused(lambda: operations.withdraw_referral(given, why="x", by=house.chair), "Only the Chair or the secretariat of PSG", 403)
    assert operations.withdraw_referral(given, why="Done", by=house.sro).status == "withdrawn"
    assert list(faults()) == []


def test_the_dates_of_a_delegation_are_sealed(house, as_owner):
    given = operations.refer(
        house.psg, house.dag, Kind.DELEGATION, "x", scope="y", first=date(2023, 8, 1), last=date(2023, 8, 31), clause="z", by=house.sro
    )
    as_owner("UPDATE decisions_referral SET during = '[2023-01-01,2023-12-31)' WHERE id = %s", given.pk)
    assert "first_day" in " ".join(faults())


# --- what waits, and what may be said


def test_what_waits_is_exactly_what_the_rules_allow_of_everything_in_sight(house, clock):
    house.psg_seat()
    carrier = user_of(SeatFactory(group=house.psg, constituency=ConstituencyFactory()))
    decision = house.determined()
    raised = house.concern(decision)
    answered = operations.answer_referral(operations.raise_concern(house.determined(), house.dno_seat, "x", by=house.dno), "y", by=house.chair)
    disputed = operations.answer_referral(operations.raise_concern(house.determined(), house.dno_seat, "x", by=house.dno), "y", by=house.chair)
    disputed = operations.dispute_answer(disputed, "z", by=house.dno)
    asked = operations.refer(house.wg, house.dag, Kind.RECOMMENDATION, "x", by=house.wg_pmo)
    verbs = {
        user: {(thing.verb, int(thing.url.split("/")[3])) for thing in waiting(standing(getattr(house, user)), portal_now())}
        for user in ("chair", "pmo", "dno", "other", "observer", "reader", "sro", "stranger", "wg_pmo", "programme_pmo", "ipa")
    }
    keeping = {("take_on", raised.pk), ("take_on", asked.pk), ("carry_up", disputed.pk)}
    assert verbs == {
        "chair": keeping, "pmo": keeping, "programme_pmo": keeping, "dno": {("judge", answered.pk), ("carry_up", disputed.pk)},
        "other": set(), "observer": set(), "reader": set(), "sro": set(), "stranger": set(), "wg_pmo": set(), "ipa": set(),
    }  # fmt: skip
    assert list(waiting(standing(carrier), portal_now())) == []


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [
        ("dno", {"state", "procedure"}, {"state", "concern"}), ("chair", {"advise"}, set()), ("pmo", {"advise"}, set()),
        ("observer", set(), set()), ("reader", set(), set()), ("stranger", set(), set()),
    ],
)  # fmt: skip
def test_what_may_be_said_of_a_decision_before_and_after(house, who, before, after):
    assert verbs_on(house.tabled(), standing(getattr(house, who))) == before
    assert verbs_on(house.determined(), standing(getattr(house, who))) == after


def test_who_has_said_it_is_not_offered_it_again(house):
    decision = house.determined()
    house.concern(decision)
    operations.state_position(decision, house.dno_seat, "No.", by=house.dno)
    assert verbs_on(decision, standing(house.dno)) == set()


def test_every_step_has_its_entry_in_the_ledger(house, clock):
    house.psg_seat()
    concern, there = to_the_psg(house, clock)
    operations.take_on(there, house.sro.person, by=house.sro)
    operations.answer_referral(there, "No.", by=house.sro)
    entries = Entry.objects.filter(subject_kind="decisions.referral").order_by("seq").values_list("kind", "subject_pk")
    assert list(entries) == [
        ("concern raised", concern.pk), ("answered", concern.pk), ("not satisfied", concern.pk), ("carried up", concern.pk),
        ("concern raised", there.pk), ("taken on", there.pk), ("answered", there.pk),
    ]  # fmt: skip
