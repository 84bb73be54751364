"""Decisions: a vote is advice, the Chair determines, and the reasons are published."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from decisions import operations
from decisions.lifecycle import DECISION, QUESTION, DecisionStatus, QuestionStatus
from decisions.models import Cast, Decision, Outcome, RollRow, Settlement
from decisions.rules import goes_against_the_advice
from decisions.subjects import Subject, Terms
from dissent.lifecycle import CONCERN, REFERRAL
from dissent.models import Referral
from groups.numbering import mint_past
from ledger.models import Entry
from ledger.verifying import faults
from notifications.sweeping import run_and_remember
from records.rules import Refused
from tests.factories import (
    DecisionFactory,
    GroupFactory,
    HoldingFactory,
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
    assert [str(s) for s in decision.settlements.all()] == ["CR018 v1.8: Approved", "CR017: Rejected: excluded by another"]


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


# --- questions and the roll


def test_the_roll_has_every_voting_seat_in_force_vacant_ones_too():
    group = GroupFactory()
    held = HoldingFactory(seat=SeatFactory(group=group))
    vacant = SeatFactory(group=group)
    SeatFactory(group=group, chair=True)
    question = operations.open_question(QuestionFactory(group=group), by=secretary_of(group))
    assert {(row.seat, row.state) for row in question.roll.all()} == {(held.seat, "expected"), (vacant, "vacant")}


def test_the_wording_on_the_roll_is_of_the_day_it_was_opened():
    group = GroupFactory()
    seat = HoldingFactory(seat=SeatFactory(group=group, label="DNO Representative")).seat
    question = operations.open_question(QuestionFactory(group=group), by=secretary_of(group))
    seat.label = "Network Representative"
    seat.save_by(UserFactory())
    assert question.roll.get().constituency == "DNO Representative"


@pytest.fixture
def ballot(clock):
    """An open question with one seat; its row and holder."""
    clock("2023-07-12 10:00")
    group = GroupFactory()
    user = user_of(SeatFactory(group=group))
    question = operations.open_question(QuestionFactory(group=group, closes_at="2023-07-19T16:00Z"), by=secretary_of(group))
    return question.roll.get(), user


def test_a_changed_vote_counts_and_the_earlier_one_is_kept(ballot):
    row, user = ballot
    operations.cast_vote(row, "approve", by=user)
    operations.cast_vote(row, "reject", comment="On reflection", by=user)
    assert RollRow.objects.get(pk=row.pk).result == "reject"
    assert [cast.choice for cast in row.casts.order_by("n")] == ["approve", "reject"]


def test_the_same_vote_sent_twice_gives_the_same_receipt(ballot):
    row, user = ballot
    key = uuid4()
    assert operations.cast_vote(row, "approve", key=key, by=user) == operations.cast_vote(row, "approve", key=key, by=user)
    assert row.casts.count() == 1


@pytest.mark.parametrize(("moment", "counts"), [("2023-07-19 16:59:59.999999", True), ("2023-07-19 17:00:00", False)])
def test_a_window_is_open_until_its_last_moment_and_not_at_it(ballot, clock, moment, counts):
    row, user = ballot
    clock(moment)
    if counts:
        assert operations.cast_vote(row, "approve", by=user).choice == "approve"
    else:
        with pytest.raises(Refused, match="not recorded"):
            operations.cast_vote(row, "approve", by=user)


def test_nobody_votes_for_another_seat(ballot):
    row, _ = ballot
    for stranger in (user_of(SeatFactory(group=row.question.group)), secretary_of(row.question.group), UserFactory()):
        with pytest.raises(Refused, match="may not vote for"):
            operations.cast_vote(row, "approve", by=stranger)


def test_the_database_itself_refuses_a_late_vote_whoever_writes_it(ballot, clock):
    row, user = ballot
    clock("2023-07-19 17:00:01")
    forged = Cast(row=row, n=1, choice="approve", cast_by=user.person, capacity="holder", recorded_at="2023-07-12T10:00Z", idempotency_key="0" * 32)
    with pytest.raises(IntegrityError, match="not open"), transaction.atomic():
        forged.save_by(user)


def test_a_vote_is_never_changed_or_deleted(ballot):
    row, user = ballot
    cast = operations.cast_vote(row, "approve", by=user)
    for forge in (lambda: Cast.objects.filter(pk=cast.pk).update(choice="reject"), lambda: Cast.objects.filter(pk=cast.pk).delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            forge()


def test_a_seat_stands_once_on_the_roll(ballot):
    row, user = ballot
    with pytest.raises(IntegrityError, match="roll_one_row_a_seat"), transaction.atomic():
        RollRow(question=row.question, seat=row.seat, constituency="again").save_by(user)


def test_an_absence_is_a_state_of_the_row_and_no_words_are_put_in_the_seats_mouth(ballot):
    row, _ = ballot
    operations.mark_absent(row, by=secretary_of(row.question.group))
    shown = RollRow.objects.get(pk=row.pk).as_shown()
    assert (shown["choice"], shown["choice_label"], shown["comment"]) == ("absent", "Constituency representative not in attendance", "")


def test_the_clock_closes_a_question_at_its_hour_and_keeps_the_count(ballot, clock):
    row, user = ballot
    operations.cast_vote(row, "approve", by=user)
    clock("2023-07-19 17:03:00")
    run_and_remember()
    question = type(row.question).objects.get(pk=row.question.pk)
    assert (question.status, question.tally) == ("closed", {"approve": 1})
    assert question.close_recorded_at > question.closes_at
    assert question.recount() == question.tally


def test_a_vote_is_nobodys_to_see_on_a_public_page_before_it_is_over(ballot, client):
    row, user = ballot
    operations.cast_vote(row, "reject", comment="Zqxcomment", by=user)
    decision = DecisionFactory(
        group=row.question.group, status="determined", number=7, reference="DAG-DEC07", decided_on=date(2023, 7, 12),
        published_at="2023-07-12T10:00Z", published_by=user,
    )  # fmt: skip
    question = row.question
    question.decision = decision
    question.save_by(user)
    for address in ("/decisions/DAG-DEC07/", "/decisions/DAG-DEC07.json"):
        assert "Zqxcomment" not in client.get(address).content.decode()


def test_nothing_is_put_to_the_seats_once_it_is_determined():
    decision = in_state(DecisionStatus.DETERMINED)
    question = QuestionFactory(group=decision.group, decision=decision)
    with pytest.raises(Refused, match="nothing to advise on"):
        operations.open_question(question, by=secretary_of(decision.group))


def test_a_seat_is_marked_absent_only_while_the_roll_is_open(ballot, clock):
    row, _ = ballot
    pmo = secretary_of(row.question.group)
    clock("2023-07-19 17:00")
    operations.close(row.question, by=pmo)
    with pytest.raises(Refused, match="not changed any more"):
        operations.mark_absent(row, by=pmo)


def test_a_form_sent_again_with_another_answer_is_refused(ballot):
    row, user = ballot
    key = uuid4()
    operations.cast_vote(row, "approve", key=key, by=user)
    with pytest.raises(Refused, match="sent before, with another answer"):
        operations.cast_vote(row, "reject", key=key, by=user)


def test_a_vote_slipped_in_past_the_portal_is_found(ballot):
    row, user = ballot
    operations.cast_vote(row, "approve", by=user)
    assert list(faults()) == []
    Cast(row=row, n=2, choice="reject", cast_by=user.person, capacity="holder", recorded_at="2023-07-12T10:00Z", idempotency_key=uuid4()).save_by(user)
    assert any("No entry of the ledger speaks of the cast Reject" in fault for fault in faults())


def test_a_count_that_the_votes_do_not_bear_out_is_found(ballot, as_owner, clock):
    row, user = ballot
    operations.cast_vote(row, "approve", by=user)
    clock("2023-07-19 17:00")
    operations.close(row.question, by=secretary_of(row.question.group))
    as_owner("UPDATE decisions_question SET tally = '{\"reject\": 1}' WHERE id = %s", row.question_id)
    assert any("The count kept of the question on CR018 v1.8" in fault for fault in faults())


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
