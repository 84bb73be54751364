"""Questions and the roll: who is on it, how votes are cast and kept, and how it closes."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from decisions import operations
from decisions.models import Cast, RollRow
from ledger.verifying import faults
from notifications.sweeping import run_and_remember
from records.rules import Refused
from tests.factories import (
    DecisionFactory,
    GroupFactory,
    HoldingFactory,
    QuestionFactory,
    SeatFactory,
    UserFactory,
    secretary_of,
    user_of,
)

pytestmark = pytest.mark.django_db


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
