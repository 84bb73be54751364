"""Checking a decision in public: other rolls than the usual one, and what it costs."""

import pytest

from groups.models import User
from ledger.heads import published_heads
from ledger.models import BLOCK
from ledger.operations import seal_now
from notifications.sweeping import run_and_remember
from tests.factories import HoldingFactory
from tests.register.proving import SECRET, Vote, page, run_script, told, written

pytestmark = pytest.mark.django_db

# Both build the body of the edition anew, to compare; the page looks up besides what it links to.
MOST = {"verify/": 14, "verify.json": 15}


@pytest.mark.many(1)
@pytest.mark.parametrize("agrees", [True, False])
def test_a_dispute_of_a_spoken_vote_is_public_and_its_confirmation_is_not(clock, client, agrees):
    spoken = Vote(clock)
    spoken.spoken(agrees=agrees)
    spoken.publish()
    said, file = page(client, "DAG-DEC01"), client.get("/decisions/DAG-DEC01/verify.json").content.decode()
    assert "Nothing has been altered." in said
    assert ("Vote disputed by the seat’s holder" in said) is not agrees
    assert ("I said reject" in file) is not agrees
    assert SECRET not in said + file


@pytest.mark.long
def test_entries_in_a_later_block_of_a_head_are_found_in_it(clock, client, tmp_path):
    clock("2023-07-12 08:00")
    holding = HoldingFactory()
    for _ in range(BLOCK + 3):
        seal_now("appointed", holding, by=User.objects.the_installer())
    taken = Vote(clock)
    taken.take()
    taken.publish()
    file = told(client, "DAG-DEC01")
    assert [block["n"] for block in file["heads"][0]["blocks"]] == [1]
    assert run_script(written(tmp_path, file), *[str(each.head) for each in published_heads(30)])[0] == 0


# --- what it costs


def test_it_asks_the_database_as_often_whatever_the_ledger_and_the_roll(clock, client, django_assert_max_num_queries):
    small = Vote(clock, seats=2)
    small.take()
    small.publish()
    asked = []
    for _ in range(2):
        counted = {}
        for address, most in MOST.items():
            with django_assert_max_num_queries(most) as queries:
                assert client.get(f"/decisions/DAG-DEC01/{address}").status_code == 200
            counted[address] = len(queries)
        asked.append(counted)
        by, holding = User.objects.the_installer(), HoldingFactory()
        for _ in range(150):  # more than a block of hashes
            seal_now("appointed", holding, by=by)
        clock("2023-07-20 17:05")
        run_and_remember()
    assert asked[0] == asked[1]


@pytest.mark.long
@pytest.mark.parametrize("seats", [3, 30])
def test_a_longer_roll_costs_no_more_questions(clock, client, seats, django_assert_max_num_queries):
    larger = Vote(clock, seats=seats)
    larger.take()
    larger.publish()
    for address, most in MOST.items():
        with django_assert_max_num_queries(most):
            assert client.get(f"/decisions/DAG-DEC01/{address}").status_code == 200
