"""Checking a decision in public: papers that were read in, other rolls than the usual one, and what it costs."""

import pytest

from archive.operations import import_minutes
from archive.samples import DAG026
from decisions.models import Decision
from groups.models import User
from groups.programme import load
from ledger.heads import published_heads
from ledger.models import BLOCK
from ledger.operations import seal_now
from notifications.sweeping import run_and_remember
from tests.factories import HoldingFactory
from tests.register.proving import SECRET, Vote, page, run_script, told, written

pytestmark = pytest.mark.django_db

MOST = {"verify/": 17, "verify.json": 18}  # with one vote; each further vote asks twice more


@pytest.fixture
def read_in(db, clock):
    clock("2023-07-20 10:00")
    load(DAG026.parents[2] / "programme" / "mhhs.toml")
    import_minutes(DAG026.read_bytes(), DAG026.name, by=User.objects.the_archivist())
    clock("2023-07-20 17:05")
    run_and_remember()


# --- papers that were read in


def test_a_decision_read_in_is_whole_and_the_entry_is_that_of_the_papers(read_in, client):
    said = page(client, "DAG-DEC60")
    assert "Whole." in said
    assert "Four seats advised approving and six rejecting; two abstained and one was not in attendance." in said
    assert "Published papers read in" in said
    assert "The archivist" in said
    (entry,) = told(client, "DAG-DEC60")["entries"]
    assert (entry["columns"]["kind"], entry["columns"]["subject_kind"]) == ("imported", "imported_file")


def test_the_file_of_a_decision_read_in_is_whole(read_in, client, tmp_path):
    for decision in Decision.objects.published():
        file = client.get(f"/decisions/{decision.reference}/verify.json").json()
        code, said = run_script(written(tmp_path, file), str(published_heads(1)[0].head))
        assert (code, said.splitlines()[0].split(".")[0]) == (0, f"Whole: {decision.reference}")
    file["decision"]["record"]["wording"] += "."
    assert run_script(written(tmp_path, file)) == (1, "What is told of the decision is not what was sealed.\n")


def test_papers_whose_payload_tells_another_vote_do_not_fit(read_in, client, as_owner):
    as_owner("UPDATE decisions_cast SET choice = 'approve' WHERE choice = 'reject'")
    said = page(client, "DAG-DEC60")
    assert "What is shown of the vote on CR018 v1.8 is not what entry" in said
    assert "Changed since: roll." in said


# --- other rolls


@pytest.mark.parametrize("agrees", [True, False])
def test_a_dispute_of_a_spoken_vote_is_public_and_its_confirmation_is_not(clock, client, agrees):
    spoken = Vote(clock)
    spoken.spoken(agrees=agrees)
    spoken.publish()
    said, file = page(client, "DAG-DEC01"), client.get("/decisions/DAG-DEC01/verify.json").content.decode()
    assert "Whole." in said
    assert ("Vote disputed by the seat’s holder" in said) is not agrees
    assert ("I said reject" in file) is not agrees
    assert SECRET not in said + file


def test_entries_in_a_later_block_of_a_head_are_found_in_it(clock, client, tmp_path):
    clock("2023-07-12 08:00")
    for _ in range(BLOCK + 3):
        seal_now("appointed", HoldingFactory(), by=User.objects.the_installer())
    taken = Vote(clock)
    taken.take()
    taken.publish()
    file = told(client, "DAG-DEC01")
    assert [block["n"] for block in file["heads"][0]["blocks"]] == [1]
    assert run_script(written(tmp_path, file), *[str(each.head) for each in published_heads(30)])[0] == 0


# --- what it costs


@pytest.mark.parametrize("address", MOST)
def test_it_asks_the_database_as_often_whatever_the_ledger_and_the_roll(clock, client, address, django_assert_max_num_queries):
    small = Vote(clock, seats=2)
    small.take()
    small.publish()
    asked = []
    for _ in range(2):
        with django_assert_max_num_queries(MOST[address]) as queries:
            assert client.get(f"/decisions/DAG-DEC01/{address}").status_code == 200
        asked.append(len(queries))
        by = User.objects.the_installer()
        for _ in range(150):  # more than a block of hashes
            seal_now("appointed", HoldingFactory(), by=by)
        clock("2023-07-20 17:05")
        run_and_remember()
    assert asked[0] == asked[1]


@pytest.mark.parametrize("address", MOST)
@pytest.mark.parametrize("seats", [3, 30])
def test_a_longer_roll_costs_no_more_questions(clock, client, address, seats, django_assert_max_num_queries):
    larger = Vote(clock, seats=seats)
    larger.take()
    larger.publish()
    with django_assert_max_num_queries(MOST[address]):
        assert client.get(f"/decisions/DAG-DEC01/{address}").status_code == 200
