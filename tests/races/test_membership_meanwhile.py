"""Who sits where changes while a vote is open."""

from datetime import timedelta

import pytest

from decisions import operations as decisions
from decisions.models import Cast
from groups import operations as groups
from groups.models import Holding
from ledger.verifying import faults
from records.clock import portal_today
from records.periods import period
from records.rules import Refused
from tests.factories import AlternateFactory, HoldingFactory, PersonFactory, SeatFactory, UserFactory, a_pmo, user_of
from tests.races.crews import job
from tests.races.halls import Hall

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_alternate_revoked_while_the_form_is_open_is_refused_and_told_when_that_was(crews):
    hall = Hall(1)
    alternate = AlternateFactory(seat=hall.seats[0])
    row, stand_in = hall.ask().roll.get(), UserFactory(person=alternate.person)
    sent = job("vote", row=row.pk, user=stand_in.pk)
    (said,) = crews.all(sent, before=lambda: groups.revoke_alternate(alternate, why="The constituency asked for it", by=hall.voters[0]))
    assert "You were its alternate until" in said["refused"][0]
    assert "revoked" in said["refused"][0]
    assert not Cast.objects.exists()
    assert row.attempts.get().said == said["refused"][0]
    assert list(faults()) == []


def test_holder_and_alternate_who_vote_at_once_both_have_a_receipt_and_one_vote_counts(crews):
    hall = Hall(1)
    stand_in = UserFactory(person=AlternateFactory(seat=hall.seats[0]).person)
    question = hall.ask()
    row = question.roll.get()
    came = crews.all(
        job("vote", row=row.pk, user=hall.voters[0].pk, choice="approve"),
        job("vote", row=row.pk, user=stand_in.pk, choice="abstain"),
    )
    assert sorted(each["n"] for each in came) == [1, 2]
    assert question.recount() == {("approve", "abstain")[came.index(max(came, key=lambda each: each["n"]))]: 1}


def roll_of(question) -> list[tuple]:
    return list(question.roll.order_by("order").values_list("constituency", "holder", "state"))


def test_a_seat_added_while_a_vote_is_open_has_no_row_and_its_holder_no_vote(crews):
    hall = Hall(2)
    question = hall.ask()
    before = roll_of(question)
    seat = SeatFactory(group=hall.group, order=3)
    newcomer = user_of(seat)
    assert roll_of(question) == before
    for row in question.roll.all():
        with pytest.raises(Refused, match="You may not vote for"):
            decisions.cast_vote(row, "approve", by=newcomer)
    crews.all(*hall.votes(question))
    assert decisions.close(question, by=hall.pmo).tally == {"approve": 2}
    assert roll_of(hall.ask())[-1][0] == seat.label


def test_a_seat_that_ends_while_a_vote_is_open_stays_on_its_roll(crews):
    hall = Hall(2)
    question = hall.ask()
    before = roll_of(question)
    seat = hall.seats[1]
    seat.during = period(seat.during.lower, portal_today() - timedelta(days=1))
    seat.save_by(hall.pmo)
    assert roll_of(question) == before
    crews.all(hall.votes(question)[0])
    assert decisions.close(question, by=hall.pmo).tally == {"approve": 1, "expected": 1}
    assert len(roll_of(hall.ask())) == 1


def test_a_vote_given_stands_although_who_gave_it_leaves_the_seat_before_the_close(crews):
    hall, pmo = Hall(1), a_pmo()
    question = hall.ask()
    crews.all(*hall.votes(question))
    holding = Holding.objects.get(seat=hall.seats[0])
    groups.end_holding(holding, last=portal_today() - timedelta(days=1), by=pmo)
    successor = UserFactory(person=HoldingFactory(seat=hall.seats[0], person=PersonFactory(), during=period(portal_today())).person)
    assert question.recount() == {"approve": 1}
    assert roll_of(question)[0][1] == str(hall.voters[0])
    with pytest.raises(Refused, match="You may not vote for"):
        decisions.cast_vote(question.roll.get(), "reject", by=hall.voters[0])
    assert decisions.cast_vote(question.roll.get(), "reject", by=successor).n == 2
    assert list(faults()) == []
