"""Decisions: a vote is advice, the Chair determines, and the reasons are published."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from decisions import operations
from decisions.lifecycle import DECISION, QUESTION, DecisionStatus, QuestionStatus
from decisions.models import Decision, Outcome, Settlement
from decisions.rules import goes_against_the_advice
from decisions.subjects import Subject, Terms
from dissent.lifecycle import CONCERN, REFERRAL
from dissent.models import Referral
from groups.numbering import mint_past
from ledger.models import Entry
from records.rules import Refused
from tests.factories import (
    DecisionFactory,
    GroupFactory,
    MeetingFactory,
    PersonFactory,
    QuestionFactory,
    SeatFactory,
    UserFactory,
    chair_of,
    secretary_of,
    user_of,
)

pytestmark = pytest.mark.django_db
APPROVED = [Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")]
REJECTED = [Subject("change_request", "CR018", Outcome.REJECTED, version="1.8")]
REASONS = ["Without it the baseline is round-the-clock operation for all."]

VERBS = {
    "table": lambda d, pmo, chair: operations.table(d, by=pmo),
    "defer": lambda d, pmo, chair: operations.defer(d, why="No time", by=pmo),
    "withdraw": lambda d, pmo, chair: operations.withdraw(d, why="Overtaken", by=pmo),
    "determine": lambda d, pmo, chair: operations.determine(d, Terms(APPROVED), by=chair),
}
QUESTION_VERBS = {
    "open": lambda q, pmo: operations.open_question(q, by=pmo),
    "close": lambda q, pmo: operations.close(q, by=pmo),
    "withdraw": lambda q, pmo: operations.withdraw_question(q, why="Put wrongly", by=pmo),
}


def in_state(status):
    told = {"decided_on": date(2023, 7, 12), "number": 999} if status == DecisionStatus.DETERMINED else {}
    return DecisionFactory(status=status, **told)


@pytest.mark.parametrize("status", DecisionStatus)
@pytest.mark.parametrize("verb", DECISION)
def test_each_verb_of_a_decision_starts_only_where_the_table_says(verb, status):
    decision = in_state(status)
    pmo, chair = secretary_of(decision.group), chair_of(decision.group)
    if status in DECISION[verb].origins:
        assert VERBS[verb](decision, pmo, chair).status == DECISION[verb].target
    else:
        with pytest.raises(Refused, match=f"to {verb} it|is determined"):
            VERBS[verb](decision, pmo, chair)


@pytest.mark.parametrize("status", QuestionStatus)
@pytest.mark.parametrize("verb", QUESTION)
def test_each_verb_of_a_question_starts_only_where_the_table_says(verb, status, clock):
    clock("2023-07-12 10:00")
    question = QuestionFactory(status=status, **({} if status == QuestionStatus.DRAFT else {"opens_at": "2023-07-12T08:00Z"}))
    pmo = secretary_of(question.group)
    if status in QUESTION[verb].origins:
        assert QUESTION_VERBS[verb](question, pmo).status == QUESTION[verb].target
    else:
        with pytest.raises(Refused, match=f"to {verb} it"):
            QUESTION_VERBS[verb](question, pmo)


@pytest.mark.parametrize("table", [DECISION, QUESTION, REFERRAL, CONCERN], ids=lambda t: t.noun)
def test_every_state_can_be_reached(table):
    start = {"decision": "draft", "question": "draft"}.get(table.noun, "raised")
    reached, before = {start}, None
    while reached != before:
        before = set(reached)
        reached |= {move.target for move in table.values() if move.origins & reached}
    assert reached == {str(state) for state in table.states()}


class Vote:
    """A question about CR018 with so many seats for and against, asked and closed."""

    def __init__(self, approve: int, reject: int):
        self.group = GroupFactory()
        self.pmo, self.chair = secretary_of(self.group), chair_of(self.group)
        holders = [user_of(SeatFactory(group=self.group)) for _ in range(approve + reject)]
        self.decision = operations.table(DecisionFactory(group=self.group), by=self.pmo)
        question = operations.open_question(QuestionFactory(group=self.group, decision=self.decision), by=self.pmo)
        for n, (row, user) in enumerate(zip(question.roll.order_by("pk"), holders, strict=True)):
            operations.cast_vote(row, "approve" if n < approve else "reject", comment="As consulted", by=user)
        self.question = operations.close(question, by=self.pmo)


def test_the_chair_may_go_against_the_votes_but_must_say_why():
    vote = Vote(approve=1, reject=2)
    with pytest.raises(Refused, match="goes against the balance of advice"):
        operations.determine(vote.decision, Terms(APPROVED), by=vote.chair)
    decision = operations.determine(vote.decision, Terms(APPROVED, reasons=REASONS), by=vote.chair)
    assert decision.against_advice is True
    assert [reason.text for reason in decision.reasons.all()] == REASONS


def test_approving_with_the_votes_needs_no_reasons():
    vote = Vote(approve=2, reject=1)
    assert operations.determine(vote.decision, Terms(APPROVED), by=vote.chair).against_advice is False


@pytest.mark.parametrize("reasons", [[], ["  "], ["No."]])
def test_rejecting_needs_reasons_that_mean_something(reasons):
    vote = Vote(approve=0, reject=2)
    with pytest.raises(Refused, match="something is rejected"):
        operations.determine(vote.decision, Terms(REJECTED, reasons=reasons), by=vote.chair)


def test_passing_up_needs_reasons():
    decision = in_state(DecisionStatus.TABLED)
    with pytest.raises(Refused, match="passed up"):
        operations.determine(decision, Terms([Subject("other", "CR018", Outcome.PASSED_TO_PSG)]), by=chair_of(decision.group))


def test_a_decision_may_settle_several_things_with_different_outcomes():
    vote = Vote(approve=1, reject=2)
    both = [*APPROVED, Subject("change_request", "CR017", Outcome.REJECTED_AS_EXCLUDED)]
    decision = operations.determine(vote.decision, Terms(both, reasons=REASONS), by=vote.chair)
    assert [str(s) for s in decision.settlements.all()] == ["CR018 v1.8: Approved", "CR017: Rejected: another was approved instead"]


def test_the_advice_on_one_subject_is_not_measured_by_the_outcome_of_another():
    vote = Vote(approve=2, reject=1)
    both = [Subject("change_request", "CR017", Outcome.REJECTED_AS_EXCLUDED), *APPROVED]
    assert goes_against_the_advice(vote.decision, both) is False


def test_a_vote_that_is_still_open_must_close_before_the_chair_determines():
    group = GroupFactory()
    decision = DecisionFactory(group=group, status=DecisionStatus.TABLED)
    operations.open_question(QuestionFactory(group=group, decision=decision), by=secretary_of(group))
    with pytest.raises(Refused, match="still open"):
        operations.determine(decision, Terms(APPROVED, reasons=REASONS), by=chair_of(group))


def test_only_the_chair_determines():
    decision = in_state(DecisionStatus.TABLED)
    for somebody in (secretary_of(decision.group), user_of(SeatFactory(group=decision.group)), chair_of(GroupFactory())):
        with pytest.raises(Refused, match="Only the Chair") as refused:
            operations.determine(decision, Terms(APPROVED), by=somebody)
        assert refused.value.status == 403


def test_a_decision_goes_by_its_meeting_until_it_is_determined_and_then_by_the_groups_number():
    group = GroupFactory(code="DAG")
    mint_past("group:DAG", "decision", 59)
    pmo = secretary_of(group)
    decision = operations.table(operations.draft(group, "CR018", "The SRO approved CR018", by=pmo), by=pmo)
    assert str(decision) == "DAG/1"
    assert str(operations.determine(decision, Terms(APPROVED), by=chair_of(group))) == "DAG-DEC60"


def test_an_ex_committee_decision_falls_due_ten_working_days_after_it_is_decided(clock):
    clock("2023-07-12 15:00")
    decision = in_state(DecisionStatus.TABLED)
    decision = operations.determine(decision, Terms(APPROVED), by=chair_of(decision.group))
    assert decision.publication_due_at == datetime(2023, 7, 26, 16, tzinfo=UTC)


def test_a_decision_names_the_one_it_supersedes_once_that_is_public_too():
    group = GroupFactory()
    pmo, chair = secretary_of(group), chair_of(group)

    def determined(wording: str, **told) -> Decision:
        drafted = operations.draft(group, "CR018", wording, by=pmo, **told)
        return operations.determine(operations.table(drafted, by=pmo), Terms(APPROVED, reasons=REASONS), by=chair)

    first = determined("The SRO approved CR018")
    later = determined("The SRO approved CR018 after all", supersedes=first)
    operations.publish(later, by=pmo)
    assert later.editions.latest("n").body["supersedes"] is None
    operations.publish(first, by=pmo)
    assert later.editions.latest("n").body["supersedes"] == first.reference


def test_a_determined_decision_has_a_day_and_a_number_whoever_writes():
    decision = in_state(DecisionStatus.TABLED)
    decision.status = DecisionStatus.DETERMINED
    with pytest.raises(IntegrityError, match="determined_has_day_and_number"), transaction.atomic():
        decision.save_by(UserFactory())


def test_what_legally_matters_is_in_the_ledger():
    vote = Vote(approve=2, reject=0)
    operations.determine(vote.decision, Terms(APPROVED), by=vote.chair)
    kinds = list(Entry.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["opened", "voted", "voted", "closed", "determined"]


def test_nothing_is_put_to_the_seats_once_it_is_determined():
    decision = in_state(DecisionStatus.DETERMINED)
    question = QuestionFactory(group=decision.group, decision=decision)
    with pytest.raises(Refused, match="nothing to advise on"):
        operations.open_question(question, by=secretary_of(decision.group))


@pytest.mark.parametrize(("on", "reason"), [(date(2030, 1, 1), "still to come"), (date(2023, 7, 11), "cannot have been decided before")])
def test_a_decision_is_dated_neither_ahead_nor_before_its_meeting(clock, on, reason):
    meeting = MeetingFactory(held=True)
    clock("2023-07-13 10:00")
    decision = DecisionFactory(group=meeting.group, meeting=meeting, where_taken="meeting", status="tabled")
    with pytest.raises(Refused, match=reason):
        operations.determine(decision, Terms(APPROVED, on=on), by=chair_of(meeting.group))


# --- what the tables hold


@pytest.mark.parametrize(
    ("told", "constraint"),
    [
        ({"kind": "concern"}, "concern_has_its_decision"),
        ({"kind": "recommendation", "answer_outcome": "noted"}, "recommendation_has_five_answers"),
        ({"kind": "escalation", "to_group": None}, "between_two_groups"),
    ],
)
def test_the_database_knows_what_a_referral_needs(told, constraint):
    dag, psg = GroupFactory(), GroupFactory()
    to_group = told.pop("to_group", psg) or dag
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Referral(from_group=dag, to_group=to_group, raised_by=PersonFactory(), raised_at="2023-07-12T10:00Z", text="x", **told).save_by(UserFactory())


def test_a_settlement_has_a_known_outcome_whoever_writes():
    with pytest.raises(IntegrityError, match="settlement_outcome_known"), transaction.atomic():
        Settlement(decision=DecisionFactory(), n=1, subject_kind="other", subject_ref="x", outcome="maybe").save_by(UserFactory())


def test_a_decision_without_a_meeting_was_taken_ex_committee_whoever_writes():
    with pytest.raises(IntegrityError, match="has_a_meeting_or_none_needed"), transaction.atomic():
        DecisionFactory(where_taken=Decision.WhereTaken.MEETING)
