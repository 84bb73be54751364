"""Two Chairs determine the same decision at the same instant, each in a process: one does, the other is told of it."""

from datetime import datetime

import pytest

from decisions import operations as decisions
from decisions.models import Decision, Outcome, Reason, Settlement
from decisions.subjects import Subject, Terms
from groups.models import User
from ledger.verifying import faults
from records.clock import LONDON
from records.rules import Refused
from tests.factories import DecisionFactory, GroupFactory, chair_of
from tests.races.crews import job
from tests.races.halls import Hall, entries

pytestmark = pytest.mark.django_db(transaction=True)
OUTCOMES = ("approved", "rejected")


def one_wins_and_the_other_is_told(crews, runs: int):
    group = GroupFactory()
    chairs = [chair_of(group), chair_of(group)]
    tabled = [DecisionFactory(group=group, status="tabled") for _ in range(runs)]
    came = crews.all(*[job("determine", pairs=[[d.pk, outcome] for d in tabled], user=user.pk) for user, outcome in zip(chairs, OUTCOMES, strict=True)])
    for decision, *said in zip(tabled, *came, strict=True):
        (winner,) = [n for n, each in enumerate(said) if "won" in each]
        stands_as_the_winner_said(Decision.objects.get(pk=decision.pk), chairs[winner], OUTCOMES[winner], told=said[1 - winner]["refused"])
    assert entries("determined") == runs
    assert sorted(Decision.objects.values_list("number", flat=True)) == list(range(1, runs + 1))
    assert list(faults()) == []


def stands_as_the_winner_said(decision: Decision, winner: User, outcome: str, told: list[str]):
    assert (decision.status, decision.determined_by, decision.determined_by_name) == ("determined", winner.person, str(winner))
    assert [s.outcome for s in Settlement.objects.filter(decision=decision)] == [outcome]
    assert [r.text for r in Reason.objects.filter(decision=decision)] == [f"Because it is {outcome}, says {winner}."]
    when = f"{decision.determined_at.astimezone(LONDON):%H:%M:%S}"
    assert f"{decision} is determined: {winner} decided at {when}" in told[0]
    assert f"CR018: {outcome}" in told[0]


def test_of_two_who_determine_at_once_one_does_and_the_other_is_told_of_it(crews):
    one_wins_and_the_other_is_told(crews, 5)


@pytest.mark.long
def test_a_hundred_times_over(crews):
    one_wins_and_the_other_is_told(crews, 100)


def test_a_determination_after_the_closing_second_counts_the_votes_although_no_sweep_has_closed_them_yet(clock):
    clock("2026-10-19 10:00")
    hall = Hall(3)
    decision = DecisionFactory(group=hall.group, status="tabled")
    question = hall.ask(decision=decision, closes_at=datetime(2026, 10, 26, 17, tzinfo=LONDON))
    for row, user in zip(question.roll.order_by("order"), hall.voters, strict=True):
        decisions.cast_vote(row, "reject", comment="As consulted", by=user)
    clock("2026-10-26 17:01")
    with pytest.raises(Refused, match="balance of advice"):
        decisions.determine(decision, Terms([Subject("change_request", "CR018", Outcome.APPROVED)]), by=hall.chair)
    decision = decisions.determine(decision, Terms([Subject("change_request", "CR018", Outcome.APPROVED)], reasons=["The need is urgent."]), by=hall.chair)
    assert decision.against_advice is True
    assert list(faults()) == []
