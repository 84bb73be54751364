"""Comments, closes and extensions of a review at the same instant, each in a process of its own."""

import pytest

from artefacts import operations as artefacts
from artefacts.models import Comment, Review
from ledger.verifying import faults
from register import checking
from tests.artefacts.libraries import Desk
from tests.factories import AlternateFactory, UserFactory
from tests.races.crews import job
from tests.races.halls import entries

pytestmark = pytest.mark.django_db(transaction=True)


def what_is_wrong() -> list[str]:
    return [*faults(), *checking.faults(lambda noun: noun.record._base_manager.values("pk") if noun.name == "artefact" else [])]


@pytest.mark.long
def test_holder_and_alternate_who_comment_at_once_have_both_commented(crews, clock):
    desk = Desk(clock)
    alternate = UserFactory(person=AlternateFactory(seat=desk.seats[0]).person)
    row = desk.place(desk.review(), 0)
    came = crews.all(*[job("say_in_review", row=row.pk, user=user.pk, text=f"{n}", times=3) for n, user in enumerate([desk.holders[0], alternate] * 2)])
    assert sorted(int(each["number"].rpartition("-")[2]) for own in came for each in own) == list(range(1, 13))
    assert Comment.objects.count() == entries("commented") == 12
    assert what_is_wrong() == []


def test_of_one_sheet_brought_in_by_two_at_once_each_line_is_there_once(crews, clock):
    desk = Desk(clock)
    alternate = UserFactory(person=AlternateFactory(seat=desk.seats[0]).person)
    row, texts = desk.place(desk.review(), 0), [f"Comment {n}" for n in range(20)]
    came = crews.all(*[job("bring_in_comments", row=row.pk, user=user.pk, texts=texts) for user in (desk.holders[0], alternate)])
    assert sorted(map(len, came)) == [0, 20]
    assert Comment.objects.count() == 20
    assert what_is_wrong() == []


@pytest.mark.many(1)
@pytest.mark.parametrize(("at", "wins"), [("2023-07-26 16:59:59.999999", "comment"), ("2023-07-26 17:00", "close")])
def test_of_a_close_and_a_comment_at_once_the_databases_clock_says_which_it_is(crews, clock, at, wins):
    desk = Desk(clock)
    review = desk.review()
    said = [job("say_in_review", row=desk.place(review, n).pk, user=desk.holders[n].pk, text="At the last moment", times=2) for n in range(2)]
    clock(at)
    *came, state, other = crews.all(*said, job("close_review", review=review.pk), job("close_review", review=review.pk))
    assert {state, other} == ({"open"} if wins == "comment" else {"closed"})
    assert all(("number" in each) == (wins == "comment") for own in came for each in own)
    assert Comment.objects.count() == (4 if wins == "comment" else 0)
    assert entries("closed") == (wins == "close")
    assert what_is_wrong() == []


@pytest.mark.long
def test_everybody_who_comments_beside_an_extension_has_commented(crews, clock):
    desk = Desk(clock)
    review = desk.review()
    said = [job("say_in_review", row=desk.place(review, n).pk, user=desk.holders[n].pk, text="Beside it", times=4) for n in range(2)]
    came = crews.all(*said, job("extend_review", review=review.pk, user=desk.secretary.pk, days=12))
    assert came[-1]["closes_at"].startswith("2023-07-28T17:00")
    assert Comment.objects.count() == 8
    assert what_is_wrong() == []


@pytest.mark.long
def test_a_log_that_is_published_beside_late_comments_holds_them_all_or_refuses_them(crews, clock):
    desk = Desk(clock)
    review = desk.closed(desk.review())
    artefacts.give_review_leave(desk.place(review, 0), why="Ill", by=desk.secretary)
    said = job("say_in_review", row=desk.place(review, 0).pk, user=desk.holders[0].pk, text="Late", times=5)
    crews.all(said, job("publish_log", review=review.pk, user=desk.secretary.pk))
    assert Review.objects.get().log_published_at is not None
    assert len(desk.told["log"]["comments"]) == Comment.objects.count()
    assert what_is_wrong() == []
