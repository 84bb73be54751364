"""A significant concern with a decision, end to end: raised, answered, judged, carried up."""

from datetime import date

import pytest

from decisions import operations
from decisions.models import Outcome
from dissent import operations as dissent
from dissent.due import carry_by, say_by
from dissent.models import Referral
from dissent.shown import chain_of
from dissent.states import histories, life_of, state_of, turn_of
from groups.models import Policy
from ledger.verifying import faults
from records.clock import portal_today
from records.periods import period
from tests.conftest import set_clock
from tests.dissent.levels import SAID, Levels, may, refused, things, to_the_psg, told
from tests.factories import HoldingFactory, SeatFactory, UserFactory, user_of

pytestmark = pytest.mark.django_db
Kind = Referral.Kind


def build() -> Levels:
    return Levels(set_clock)


def test_a_concern_is_answered_in_ten_working_days_and_the_seat_has_ten_more(house, clock):
    concern = house.concern()
    assert (concern.status, concern.due_on, concern.stands_meanwhile) == ("raised", date(2023, 7, 26), True)
    assert told("significant concern from DAG") == {house.chair.email, house.pmo.email, house.programme_pmo.email}
    title = f"concern of DNO Representative with {concern.origin_decision}"
    assert things(house.chair) == things(house.pmo) == {f"Say who answers the significant {title}": "2023-07-26"}
    assert things(house.dno) == {}
    concern = dissent.take_on(concern, house.other.person, stands_meanwhile=False, by=house.pmo)
    assert told("will answer") == {house.other.email, house.dno.email}
    assert things(house.pmo) == {}
    assert things(house.chair) == {f"Answer the significant {title}": "2023-07-26"}
    clock("2023-07-20 10:00")
    concern = dissent.answer_referral(concern, "The cost is capped.", by=house.chair)
    assert (concern.is_open, say_by(concern)) == (False, date(2023, 8, 3))
    assert told("has answered") == {house.dno.email}
    assert things(house.dno) == {f"Say whether the answer to the significant {title} satisfies": "2023-08-03"}
    assert things(house.chair) == {}
    concern = dissent.accept_answer(concern, by=house.dno)
    assert (concern.status, things(house.dno), concern.is_open) == ("accepted", {}, False)
    assert list(faults()) == []


def test_a_group_may_give_itself_another_number_of_days(house):
    Policy(group=house.dag, key=Policy.Key.CONCERN, value="3", since=date(2023, 1, 1)).save_by(house.pmo)
    assert house.concern().due_on == date(2023, 7, 17)


def test_an_answer_nobody_judged_in_time_stands(house, clock):
    concern = dissent.answer_referral(house.concern(), "The cost is capped.", by=house.chair)  # 12 July, so until the 26th
    clock("2023-07-26 23:59")
    assert "judge" in may(concern, house.dno)
    clock("2023-07-27 00:01")
    assert things(house.dno) == {}
    assert turn_of(concern, portal_today()) is None
    refused(lambda: dissent.dispute_answer(concern, "It is not.", by=house.dno), "Until 26 Jul 2023 it could be said")
    refused(lambda: dissent.accept_answer(concern, by=house.dno), "It stands")


def test_a_concern_not_satisfied_goes_to_the_psg_through_the_seat_of_its_constituency_and_the_answer_comes_back(house, clock):
    seat = house.psg_seat()
    carrier = user_of(seat)
    concern, there = to_the_psg(house, clock)
    assert told("not satisfied") == {house.chair.email, house.pmo.email, house.programme_pmo.email}
    assert (concern.status, concern.carrier, concern.carried_to) == ("carried_up", seat, there)
    assert (there.from_group, there.to_group, there.raised_by_seat, there.due_on) == (house.dag, house.psg, seat, date(2023, 7, 28))
    assert (concern.is_open, concern.last, chain_of(there)) == (True, there, [concern, there])
    assert told("PSG: significant concern from DAG") == {house.sro.email, house.programme_pmo.email, carrier.email}
    assert state_of(concern)[0] == "Carried to the PSG"
    assert turn_of(concern, portal_today()).who == "The PSG"
    there = dissent.answer_referral(there, "The PSG finds the cap sufficient.", by=house.sro)
    concern = Referral.objects.get(pk=concern.pk)
    assert not concern.is_open
    assert state_of(concern)[0] == "Answered by the PSG"
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
    there = dissent.answer_referral(there, "No.", by=house.sro)
    there = dissent.dispute_answer(there, "Neither does this satisfy.", by=house.dno)
    for who in (house.dno, house.pmo, house.programme_pmo, house.other):
        refused(lambda who=who: dissent.carry_up(there, by=who), "the SRO or the Independent Programme Assurance", 403)
    assert any("to Ofgem" in title for title in things(house.ipa))
    last = dissent.carry_up(there, by=house.ipa)
    assert (last.to_group, last.raised_by_seat) == (house.ofgem, there.raised_by_seat)
    assert house.observer.email in told("Ofgem: significant concern")
    last = dissent.answer_referral(last, "Ofgem does not intervene.", by=house.pmo)
    assert Referral.objects.filter(carried_to=None).get() == last
    refused(lambda: dissent.dispute_answer(last, "No.", by=house.dno), "There is no group above Ofgem: its answer is the last")
    assert dissent.accept_answer(last, by=house.dno).status == "accepted"
    assert list(faults()) == []


def test_the_sro_takes_a_concern_to_ofgem_too(house, clock):
    house.psg_seat()
    _, there = to_the_psg(house, clock)
    assert dissent.carry_up(there, by=house.sro).to_group == house.ofgem


def test_where_the_constituency_has_no_seat_above_another_representative_is_chosen(house, clock):
    vacant = house.psg_seat()  # a seat nobody sits in represents nobody
    another = SeatFactory(group=house.psg)
    carrier = user_of(another)
    concern = dissent.dispute_answer(dissent.answer_referral(house.concern(), "No.", by=house.chair), "Why?", by=house.dno)
    caught = refused(lambda: dissent.carry_up(concern, by=house.dno), "Choose a representative in PSG who carries it")
    assert caught.reasons[0].field == "carrier"
    refused(lambda: dissent.carry_up(concern, carrier=vacant, by=house.dno), "does not represent anybody in PSG today")
    refused(lambda: dissent.carry_up(concern, carrier=house.dno_seat, by=house.dno), "does not represent anybody in PSG today")
    there = dissent.carry_up(concern, carrier=another, by=house.dno)
    there = dissent.answer_referral(there, "No.", by=house.sro)
    assert "judge" in may(there, carrier)
    assert "judge" in may(there, house.dno)
    assert "judge" not in may(there, house.other)


def test_where_the_constituency_has_a_seat_above_nobody_else_carries_it(house, clock):
    HoldingFactory(seat=house.psg_seat())
    another = SeatFactory(group=house.psg)
    HoldingFactory(seat=another)
    concern = dissent.dispute_answer(dissent.answer_referral(house.concern(), "No.", by=house.chair), "Why?", by=house.dno)
    refused(lambda: dissent.carry_up(concern, carrier=another, by=house.dno), "has a seat in PSG: it goes through that one")


def test_a_group_with_a_chair_in_the_portal_answers_for_itself(house, clock):
    house.psg_seat()
    _, there = to_the_psg(house, clock)
    refused(lambda: dissent.answer_referral(there, "No.", by=house.programme_pmo), "Only the Chair of PSG may answer this", 403)
    house.sro.is_active = False
    house.sro.save()
    assert dissent.answer_referral(there, "No.", by=house.programme_pmo).status == "answered"


def test_a_group_answers_first_and_what_it_leaves_unanswered_can_be_carried_up(house, clock):
    HoldingFactory(seat=house.psg_seat())
    concern = house.concern()
    refused(lambda: dissent.carry_up(concern, by=house.dno), "DAG has until 26 Jul 2023 to answer")
    assert "carry_up" in may(concern, house.chair)
    clock("2023-07-26 12:00")
    assert things(house.dno) == {}
    clock("2023-07-27 09:00")
    assert list(things(house.dno)) == [f"Carry the significant concern of DNO Representative with {concern.origin_decision} to PSG"]
    assert dissent.carry_up(concern, by=house.dno).to_group == house.psg


@pytest.mark.parametrize("who", ["chair", "pmo", "programme_pmo"])
def test_chair_and_secretariat_may_pass_a_concern_on_unanswered(house, who):
    assert dissent.carry_up(house.concern(), by=getattr(house, who)).to_group == house.psg


def test_what_is_not_satisfied_never_lapses_and_is_carried_or_withdrawn(house, clock):
    concern = dissent.dispute_answer(dissent.answer_referral(house.concern(), "No.", by=house.chair), "Why?", by=house.dno)
    assert carry_by(concern) == date(2023, 7, 26)
    clock("2024-07-26 12:00")
    assert concern.is_open
    assert "carry_up" in may(concern, house.dno)
    assert dissent.withdraw_referral(concern, why="We have settled it.", by=house.dno).status == "withdrawn"
    assert life_of(concern, histories([concern]))[-1].text == "We have settled it."
    assert house.chair.email in told("significant concern withdrawn")


CONCERN_REFUSED = {
    "raised by the Chair": (lambda h, c: dissent.raise_concern(c.origin_decision, h.dno_seat, "x", by=h.chair), "You do not sit in a seat"),
    "raised by the PMO": (lambda h, c: dissent.raise_concern(c.origin_decision, h.dno_seat, "x", by=h.pmo), "You do not sit in a seat"),
    "raised by assurance": (lambda h, c: dissent.raise_concern(c.origin_decision, h.dno_seat, "x", by=h.reader), "You do not sit in a seat"),
    "raised for another seat": (lambda h, c: dissent.raise_concern(c.origin_decision, h.dno_seat, "x", by=h.other), "You do not sit in a seat"),
    "raised twice": (lambda h, c: dissent.raise_concern(c.origin_decision, h.dno_seat, "x", by=h.dno), "is open already"),
    "raised without words": (lambda h, c: dissent.raise_concern(h.determined(), h.dno_seat, " ", by=h.dno), "Say what your concern is"),
    "raised too soon": (lambda h, c: dissent.raise_concern(h.tabled(), h.dno_seat, "x", by=h.dno), "has not been determined"),
    "taken on by a member": (lambda h, c: dissent.take_on(c, h.dno.person, by=h.dno), "Only the Chair or the secretariat of DAG"),
    "taken on by the seat that raised it": (lambda h, c: dissent.take_on(c, h.dno.person, by=h.chair), "raised this, or sits in the seat that did"),
    "taken on by nobody": (lambda h, c: dissent.take_on(c, None, by=h.chair), "Say who answers"),
    "answered by the PMO": (lambda h, c: dissent.answer_referral(c, "x", by=h.pmo), "Only the Chair of DAG may answer this"),
    "answered by the seat": (lambda h, c: dissent.answer_referral(c, "x", by=h.dno), "Only the Chair of DAG may answer this"),
    "answered without words": (lambda h, c: dissent.answer_referral(c, " ", by=h.chair), "Write the answer"),
    "answered as a recommendation": (lambda h, c: dissent.answer_referral(c, "x", outcome="approved", by=h.chair), "Only a recommendation is answered with"),
    "answered by another's decision": (lambda h, c: dissent.answer_referral(c, "x", decision=h.tabled(), by=h.chair), "is no decision of DAG that has been taken"),
    "answered by the decision itself": (lambda h, c: dissent.answer_referral(c, "x", decision=c.origin_decision, by=h.chair), "is what this is about: another decision answers it"),
    "judged before the answer": (lambda h, c: dissent.dispute_answer(c, "x", by=h.dno), "raised: too late or too soon"),
    "accepted by the Chair": (lambda h, c: dissent.accept_answer(dissent.answer_referral(c, "x", by=h.chair), by=h.chair), "Only the seat that raised it"),
    "disputed by another seat": (lambda h, c: dissent.dispute_answer(dissent.answer_referral(c, "x", by=h.chair), "y", by=h.other), "Only the seat that raised it"),
    "disputed without words": (lambda h, c: dissent.dispute_answer(dissent.answer_referral(c, "x", by=h.chair), " ", by=h.dno), "Say why the answer does not satisfy"),
    "carried up by another seat": (lambda h, c: dissent.carry_up(c, by=h.other), "Only the seat that raised it, the Chair or the secretariat"),
    "carried up after its answer": (lambda h, c: dissent.carry_up(dissent.answer_referral(c, "x", by=h.chair), by=h.chair), "answered: too late or too soon"),
    "carried up twice": (lambda h, c: [dissent.carry_up(c, by=h.chair) for _ in "12"], "carried to the group above: too late or too soon"),
    "withdrawn by the PMO": (lambda h, c: dissent.withdraw_referral(c, why="x", by=h.pmo), "Only the seat that raised the concern may withdraw it"),
    "withdrawn by the Chair": (lambda h, c: dissent.withdraw_referral(c, why="x", by=h.chair), "Only the seat that raised the concern may withdraw it"),
    "withdrawn without a reason": (lambda h, c: dissent.withdraw_referral(c, why="", by=h.dno), "Say why it is withdrawn"),
    "withdrawn twice": (lambda h, c: [dissent.withdraw_referral(c, why="x", by=h.dno) for _ in "12"], "withdrawn: too late or too soon"),
}  # fmt: skip


@pytest.mark.many(7)
@pytest.mark.parametrize("case", CONCERN_REFUSED)
def test_a_concern_refuses(house, case):
    act, sentence = CONCERN_REFUSED[case]
    concern = house.concern()
    refused(lambda: act(house, concern), sentence)


def test_a_concern_is_raised_with_the_newest_decision_of_the_line(house):
    old = house.determined()
    new = operations.table(operations.draft(house.dag, "CR018", "The SRO rejected CR018", meeting=house.meeting, supersedes=old, by=house.pmo), by=house.pmo)
    from decisions.subjects import Subject, Terms

    operations.determine(new, Terms([Subject("change_request", "CR018", Outcome.REJECTED)], reasons=["It was approved in error."]), by=house.chair)
    refused(lambda: house.concern(old), f"{old} was superseded by DAG-DEC02: raise your concern with that one")


def test_the_seat_speaks_whoever_sits_in_it(house, clock):
    concern = dissent.answer_referral(house.concern(), "No.", by=house.chair)
    clock("2023-07-13 10:00")
    holding = house.dno_seat.holdings.get()
    holding.during = period(date(2021, 11, 17), date(2023, 7, 12))
    holding.save_by(house.pmo)
    successor = UserFactory(person=HoldingFactory(seat=house.dno_seat, during=period(date(2023, 7, 13))).person)
    refused(lambda: dissent.dispute_answer(concern, "No.", by=house.dno), "Only the seat that raised it", 403)
    assert dissent.dispute_answer(concern, "No.", by=successor).status == "not_satisfied"


def test_a_closed_group_takes_nothing_more_but_lets_an_open_concern_go_up(house, clock):
    decision, concern = house.tabled(), house.concern()
    house.dag.closed_on = date(2023, 7, 13)
    house.dag.save_by(house.pmo)
    clock("2023-07-14 10:00")
    closed = "closed on 13 Jul 2023"
    refused(lambda: dissent.state_position(decision, house.dno_seat, "No.", by=house.dno), closed)
    refused(lambda: operations.record_advice(decision, "ipa", "No.", by=house.pmo), closed)
    refused(lambda: dissent.raise_procedural_concern(decision, house.dno_seat, "No.", by=house.dno), closed)
    refused(lambda: dissent.answer_referral(concern, "No.", by=house.chair), closed)
    refused(lambda: dissent.refer(house.dag, house.psg, Kind.ESCALATION, "x", clause="v", by=house.chair), closed)
    decision.refresh_from_db()
    assert may(decision, house.dno) & SAID == set()
    assert dissent.carry_up(concern, by=house.pmo).to_group == house.psg
