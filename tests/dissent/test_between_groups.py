"""What passes between groups: recommendations, escalations, delegations; and what waits for whom."""

from datetime import UTC, date, datetime

import pytest

from decisions import operations
from decisions.models import Delegation, Outcome
from decisions.subjects import Subject, Terms
from dissent import operations as dissent
from dissent.models import Referral
from dissent.shown import chain_of
from dissent.states import histories, life_of
from ledger.models import Entry
from ledger.verifying import faults
from meetings import operations as meetings
from meetings.tabling import what_may_be_tabled
from tests.conftest import set_clock
from tests.dissent.levels import SAID, Levels, may, refused, things, to_the_psg, told, waiting
from tests.factories import ConstituencyFactory, SeatFactory, user_of

pytestmark = pytest.mark.django_db
Kind = Referral.Kind


def build() -> Levels:
    return Levels(set_clock)


# --- between groups


def test_a_working_group_recommends_and_gets_one_of_the_five_answers_and_only_these(house):
    asked = dissent.refer(house.wg, house.dag, Kind.RECOMMENDATION, "Approve the catalogue.", by=house.wg_pmo)
    assert (asked.due_on, told("recommendation from BPRWG")) == (date(2023, 7, 26), {house.chair.email, house.pmo.email, house.programme_pmo.email})
    five = {"approved", "rejected", "sent_back", "approved_subject_to", "passed_to_psg"}
    for outcome in (set(Outcome.values) - five) | {""}:
        refused(lambda outcome=outcome: dissent.answer_referral(asked, "So it is.", outcome=outcome, by=house.chair), "(ToR i to v)")
    for outcome in five:
        one = dissent.refer(house.wg, house.dag, Kind.RECOMMENDATION, "Approve the catalogue.", by=house.wg_chair)
        assert dissent.answer_referral(one, "So it is.", outcome=outcome, by=house.chair).answer_outcome == outcome
    assert house.wg_chair.email in told("DAG has answered: recommendation")
    assert list(faults()) == []


def test_what_is_passed_to_the_psg_goes_there_at_once_and_its_answer_comes_back(house):
    asked = dissent.refer(house.wg, house.dag, Kind.RECOMMENDATION, "Approve the catalogue.", by=house.wg_pmo)
    asked = dissent.answer_referral(asked, "No consensus.", outcome="passed_to_psg", by=house.chair)
    above = asked.carried_to
    assert (above.kind, above.from_group, above.to_group, above.text) == ("escalation", house.dag, house.psg, "Approve the catalogue.")
    assert list(things(house.sro)) == ["Say who answers the escalation from DAG"]
    dissent.answer_referral(above, "Approve it.", by=house.sro)
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
    asked = dissent.refer(house.wg, house.dag, Kind.RECOMMENDATION, "Approve it.", by=house.wg_pmo)
    assert dissent.answer_referral(asked, "Accepted.", outcome="approved", decision=decision, by=house.chair).answer_decision == decision
    assert list(decision.answers.all()) == [asked]


def test_a_public_decision_names_the_decision_that_answered_it_once_that_is_public_too(house):
    asked = dissent.refer(house.dag, house.psg, Kind.ESCALATION, "Above the threshold.", clause="v", decision=house.published(), by=house.programme_pmo)
    drafted = operations.table(operations.draft(house.psg, "CR018", "The SRO approved CR018", by=house.programme_pmo), by=house.programme_pmo)
    answer = operations.determine(drafted, Terms([Subject("change_request", "CR018", Outcome.APPROVED)]), by=house.sro)
    dissent.answer_referral(asked, "So it is.", decision=answer, by=house.sro)
    assert referred_with(asked) is None
    operations.publish(answer, by=house.programme_pmo)
    assert referred_with(asked) == answer.reference


def referred_with(asked: Referral) -> str | None:
    """With which decision what was put to the group was answered, as the public reads it."""
    (told,) = asked.origin_decision.editions.latest("n").body["dissent"]["referred"]
    return told["answered_with"]


@pytest.mark.parametrize("who", ["chair", "ipa"])
def test_to_ofgem_the_sro_and_the_ipa_escalate(house, who):
    escalated = dissent.refer(house.dag, house.ofgem, Kind.ESCALATION, "Above the threshold.", clause="ToR, Level 1", by=getattr(house, who))
    assert (escalated.to_group, house.observer.email in told("Ofgem: escalation from DAG")) == (house.ofgem, True)


@pytest.mark.parametrize("who", ["pmo", "programme_pmo", "dno", "observer", "reader", "stranger", "wg_chair"])
def test_nobody_else_escalates_to_ofgem(house, who):
    refused(
        lambda: dissent.refer(house.dag, house.ofgem, Kind.ESCALATION, "x", clause="Level 1", by=getattr(house, who)),
        "To Ofgem the SRO (as Chair) or the Independent Programme Assurance escalates", 403,
    )  # fmt: skip


def test_the_sro_is_in_the_chair_of_the_psg_and_the_advisory_groups_not_of_a_working_group(house):
    assert dissent.refer(house.psg, house.ofgem, Kind.ESCALATION, "x", clause="Level 1", by=house.sro).pk
    refused(lambda: dissent.refer(house.wg, house.ofgem, Kind.ESCALATION, "x", clause="Level 1", by=house.wg_chair), "To Ofgem the SRO", 403)


def test_the_ipa_refers_nothing_else(house):
    refused(lambda: dissent.refer(house.dag, house.psg, Kind.ESCALATION, "x", clause="v", by=house.ipa), "Only the Chair or the secretariat of DAG", 403)


REFER_REFUSED = {
    "a recommendation of the DAG": (lambda h: {"source": h.dag, "target": h.psg, "kind": Kind.RECOMMENDATION}, "DAG may escalate"),
    "a recommendation past the DAG": (lambda h: {"source": h.wg, "target": h.psg, "kind": Kind.RECOMMENDATION}, "A recommendation goes to the advisory group above"),
    "an escalation downwards": (lambda h: {"source": h.psg, "target": h.dag, "kind": Kind.ESCALATION, "by": h.sro}, "An escalation goes up"),
    "an escalation without a clause": (lambda h: {"source": h.dag, "target": h.psg, "kind": Kind.ESCALATION, "clause": ""}, "Give the clause"),
    "a concern": (lambda h: {"source": h.dag, "target": h.psg, "kind": Kind.CONCERN}, "DAG may escalate: choose one of these"),
    "nothing": (lambda h: {"source": h.dag, "target": h.psg, "kind": Kind.ESCALATION, "text": ""}, "Say what is referred"),
    "something for a group of others": (lambda h: {"source": h.wg, "target": h.dag, "kind": Kind.RECOMMENDATION, "by": h.dno}, "Only the Chair or the secretariat of BPRWG"),
    "what another group decided": (lambda h: {"source": h.wg, "target": h.dag, "kind": Kind.RECOMMENDATION, "decision": h.determined()}, "is no decision of BPRWG, or was withdrawn"),
    "a decision that was withdrawn": (lambda h: {"source": h.dag, "target": h.psg, "kind": Kind.ESCALATION, "decision": operations.withdraw(h.drafted(), why="x", by=h.pmo)}, "is no decision of DAG, or was withdrawn"),
    "something wanted yesterday": (lambda h: {"source": h.dag, "target": h.psg, "kind": Kind.ESCALATION, "due_on": date(2023, 7, 11)}, "That day is over: give one to come, or none."),
}  # fmt: skip


@pytest.mark.parametrize("case", REFER_REFUSED)
def test_nobody_refers(house, case):
    make, sentence = REFER_REFUSED[case]
    asked = {"text": "x", "clause": "v", "by": house.programme_pmo} | make(house)
    refused(lambda: dissent.refer(asked.pop("source"), asked.pop("target"), asked.pop("kind"), asked.pop("text"), **asked), sentence)
    assert not Referral.objects.exists()


DELEGATE_REFUSED = {
    "upwards": (lambda h: {"source": h.dag, "target": h.psg}, "DAG cannot delegate upwards"),
    "by a working group": (lambda h: {"source": h.wg, "target": h.dag}, "BPRWG decides nothing of its own"),
    "without a scope": (lambda h: {"scope": " "}, "Say what is delegated"),
    "without a first day": (lambda h: {"first": None}, "Say from when"),
    "without a last day": (lambda h: {"last": None}, "Say until when"),
    "that ends before it begins": (lambda h: {"last": date(2023, 7, 1)}, "The last day is before the first"),
    "without a clause": (lambda h: {"clause": ""}, "Give the clause"),
    "to itself": (lambda h: {"target": h.dag}, "Choose another group"),
    "by a member": (lambda h: {"by": h.dno}, "Only the Chair or the secretariat of DAG"),
}


@pytest.mark.parametrize("case", DELEGATE_REFUSED)
def test_nobody_delegates(house, case):
    make, sentence = DELEGATE_REFUSED[case]
    asked = {"source": house.dag, "target": house.wg, "scope": "All of it", "first": date(2023, 8, 1), "last": date(2023, 8, 31), "clause": "v", "by": house.programme_pmo} | make(house)
    refused(lambda: operations.delegate(asked.pop("source"), asked.pop("target"), "x", **asked), sentence)
    assert not Delegation.objects.exists()


def test_a_delegation_has_scope_dates_and_clause_and_is_used_not_answered(house, clock):
    given = operations.delegate(
        house.psg, house.dag, "Level 2 decisions on CR018.", scope="CR018 only", first=date(2023, 8, 1), last=date(2023, 8, 31),
        clause="PSG ToR 4.2", by=house.sro,
    )  # fmt: skip
    assert (given.first_day, given.last_day) == (date(2023, 8, 1), date(2023, 8, 31))
    assert told("delegation from PSG") == {house.chair.email, house.pmo.email, house.programme_pmo.email}
    assert [given.state_on(day)[0] for day in (date(2023, 7, 31), date(2023, 8, 1), date(2023, 8, 31), date(2023, 9, 1))] == ["To come", "In force", "In force", "Over"]
    assert things(house.chair) == {}
    refused(lambda: operations.withdraw_delegation(given, why="x", by=house.chair), "Only the Chair or the secretariat of PSG", 403)
    assert operations.withdraw_delegation(given, why="Done", by=house.sro).status == "withdrawn"
    assert list(faults()) == []


def test_the_dates_of_a_delegation_are_sealed(house, as_owner):
    given = operations.delegate(
        house.psg, house.dag, "x", scope="y", first=date(2023, 8, 1), last=date(2023, 8, 31), clause="z", by=house.sro
    )
    as_owner("UPDATE decisions_delegation SET during = '[2023-01-01,2023-12-31)' WHERE id = %s", given.pk)
    assert "first_day" in " ".join(faults())


# --- what waits, and what may be said


def test_what_waits_is_exactly_what_the_rules_allow_of_everything_in_sight(house, clock):
    house.psg_seat()
    carrier = user_of(SeatFactory(group=house.psg, constituency=ConstituencyFactory()))
    decision = house.determined()
    raised = house.concern(decision)
    answered = dissent.answer_referral(dissent.raise_concern(house.determined(), house.dno_seat, "x", by=house.dno), "y", by=house.chair)
    disputed = dissent.answer_referral(dissent.raise_concern(house.determined(), house.dno_seat, "x", by=house.dno), "y", by=house.chair)
    disputed = dissent.dispute_answer(disputed, "z", by=house.dno)
    asked = dissent.refer(house.wg, house.dag, Kind.RECOMMENDATION, "x", by=house.wg_pmo)
    verbs = {
        user: {(thing.verb, int(thing.url.split("/")[3])) for thing in waiting(getattr(house, user))}
        for user in ("chair", "pmo", "dno", "other", "observer", "reader", "sro", "stranger", "wg_pmo", "programme_pmo", "ipa")
    }
    keeping = {("take_on", raised.pk), ("take_on", asked.pk), ("carry_up", disputed.pk)}
    assert verbs == {
        "chair": keeping, "pmo": keeping, "programme_pmo": keeping, "dno": {("judge", answered.pk), ("carry_up", disputed.pk)},
        "other": set(), "observer": set(), "reader": set(), "sro": set(), "stranger": set(), "wg_pmo": set(), "ipa": set(),
    }  # fmt: skip
    assert waiting(carrier) == []


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [
        ("dno", {"state", "procedure"}, {"state", "concern"}), ("chair", {"advise"}, set()), ("pmo", {"advise"}, set()),
        ("observer", set(), set()), ("reader", set(), set()), ("stranger", set(), set()),
    ],
)  # fmt: skip
def test_what_may_be_said_of_a_decision_before_and_after(house, who, before, after):
    assert may(house.tabled(), getattr(house, who)) & SAID == before
    assert may(house.determined(), getattr(house, who)) & SAID == after


def test_who_has_said_it_is_not_offered_it_again(house):
    decision = house.determined()
    house.concern(decision)
    dissent.state_position(decision, house.dno_seat, "No.", by=house.dno)
    assert may(decision, house.dno) & SAID == set()


def test_every_step_has_its_entry_in_the_ledger(house, clock):
    house.psg_seat()
    concern, there = to_the_psg(house, clock)
    dissent.take_on(there, house.sro.person, by=house.sro)
    dissent.answer_referral(there, "No.", by=house.sro)
    entries = Entry.objects.filter(subject_kind="referral").order_by("seq").values_list("kind", "subject_pk")
    assert list(entries) == [
        ("concern raised", concern.pk), ("answered", concern.pk), ("not satisfied", concern.pk), ("carried up", concern.pk),
        ("concern raised", there.pk), ("taken on", there.pk), ("answered", there.pk),
    ]  # fmt: skip


def test_what_a_group_was_asked_is_offered_for_its_agenda_until_it_is_on_one_or_answered(house):
    set_clock("2023-07-12 10:00")
    meeting = meetings.schedule(house.dag, "99", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=house.programme_pmo)
    asked = [dissent.refer(house.wg, house.dag, Kind.RECOMMENDATION, "Keep this among us.", by=house.wg_pmo) for _ in range(2)]

    def offered() -> list[str]:
        return [each.title for each in what_may_be_tabled(meeting) if each.key.startswith("referral:")]

    assert offered() == ["Recommendation from BPRWG, of 12 Jul 2023", "Recommendation from BPRWG, of 12 Jul 2023 (2)"]
    assert not [each for each in what_may_be_tabled(meeting) if "Keep this among us" in each.title + each.why], "agendas are public"
    meetings.table_offered(meeting, f"referral:{asked[1].pk}", by=house.programme_pmo)
    assert offered() == ["Recommendation from BPRWG, of 12 Jul 2023"]
    dissent.answer_referral(asked[0], "So it is.", outcome="approved", by=house.chair)
    assert offered() == []
