"""Erasing words while others are at it, and dying on the way: all of it or nothing."""

import pytest
from django.db import connection

from decisions import operations as decisions
from decisions.models import Cast
from ledger import erasing
from ledger.models import BlackOut, Entry, Redaction
from ledger.operations import black_out, redact
from ledger.verifying import faults
from records.rules import Refused
from tests.races.crews import Crews, database_of_the_test, job, until_the_dead_are_gone
from tests.races.halls import Hall

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "12 Zqorbel Street"


@pytest.fixture
def hall() -> Hall:
    """A vote with the words in it, withdrawn since."""
    hall = Hall(2)
    question = hall.ask()
    decisions.cast_vote(question.roll.order_by("order").first(), "approve", comment=f"Write to {WORDS}.", by=hall.voters[0])
    black_out(WORDS, why="an address", ordered_by="a court", by=hall.pmo)
    hall.question = question
    return hall


@pytest.fixture
def owners(tmp_path):
    """A crew that connects as the owner of the tables."""
    crews = Crews(database_of_the_test().partition("?")[0], tmp_path / "owners.log")
    yield crews
    crews.end()


def words_stand() -> bool:
    return WORDS in Cast.objects.get(n=1).comment


@pytest.mark.many(1)
@pytest.mark.parametrize("dies", ["written", "sealed"])
def test_an_erasure_killed_before_its_commit_leaves_everything_and_can_be_done_again(hall, owners, dies):
    entries = Entry.objects.count()
    told = {"black_out": BlackOut.objects.get().pk, "user": hall.pmo.pk}
    (dead,) = owners.run(job("erase", dies=dies, **told))
    assert dead.killed
    until_the_dead_are_gone()
    assert words_stand()
    assert (Entry.objects.count(), Redaction.objects.count()) == (entries, 0)
    assert list(faults()) == []
    assert guards() == {"O"}
    assert owners.all(job("erase", **told)) == ["erased"]
    assert not words_stand()
    assert list(faults()) == []


@pytest.mark.long
def test_of_two_who_erase_the_same_words_at_once_one_does(hall, owners):
    told = {"black_out": BlackOut.objects.get().pk, "user": hall.pmo.pk}
    came = owners.all(job("erase", **told), job("erase", **told))
    assert sorted(came) == ["before", "erased"]
    assert Redaction.objects.count() == 1
    assert list(faults()) == []


@pytest.mark.long
def test_votes_given_meanwhile_wait_and_are_counted(hall, owners):
    rows = list(hall.question.roll.order_by("order"))
    told = {"black_out": BlackOut.objects.get().pk, "user": hall.pmo.pk}
    came = owners.all(job("erase", **told), *[job("vote", row=rows[1].pk, user=hall.voters[1].pk) for _ in range(3)])
    assert came[0] == "erased"
    assert [set(each) for each in came[1:]] == [{"cast", "n", "at", "key"}] * 3
    assert Cast.objects.filter(row=rows[1]).count() == 3
    assert list(faults()) == []


@pytest.mark.long
def test_while_somebody_keeps_writing_nothing_is_erased_and_it_says_what_to_do(hall, owners, monkeypatch):
    monkeypatch.setattr(erasing, "TRIES", 2)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("UPDATE groups_person SET name = name")
        with pytest.raises(Refused, match="Somebody keeps writing"):
            redact(BlackOut.objects.get(), by=hall.pmo)
        assert words_stand()
    finally:
        other.rollback()
        other.close()


def guards() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgenabled FROM pg_trigger WHERE tgname = 'append_only'")
        return {each for (each,) in cursor.fetchall()}
