"""Checking a decision in public: papers that were read in."""

from pathlib import Path

import pytest
from django.conf import settings

from archive.operations import import_minutes
from archive.samples import DAG026
from decisions.models import Decision
from groups.models import User
from groups.programme import load
from ledger.heads import published_heads
from ledger.operations import black_out
from notifications.sweeping import run_and_remember
from tests.conftest import set_clock
from tests.register.proving import page, run_script, told, written

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def staged(scene):
    return scene(papers_read_in)


def papers_read_in() -> None:
    set_clock("2023-07-20 10:00")
    load(Path(settings.BASE_DIR) / "programme" / "mhhs.toml")
    import_minutes(DAG026.read_bytes(), DAG026.name, by=User.objects.the_archivist())
    set_clock("2023-07-20 17:05")
    run_and_remember()


@pytest.fixture
def read_in(staged, db):
    return staged()


def test_a_decision_read_in_is_whole_and_the_entry_is_that_of_the_papers(read_in, client):
    said = page(client, "DAG-DEC60")
    assert "Nothing has been altered." in said
    assert "Four seats advised approving and six rejecting; two abstained and one was not in attendance." in said
    assert "Published papers read in" in said
    assert "The archivist" in said
    columns = [entry["columns"] for entry in told(client, "DAG-DEC60")["entries"]]
    assert {(each["kind"], each["subject_kind"]) for each in columns} == {("imported", "imported_file"), ("edition issued", "decision_edition")}


def test_the_file_of_a_decision_read_in_is_whole(read_in, client, tmp_path):
    for decision in Decision.objects.published():
        file = client.get(f"/decisions/{decision.reference}/verify.json").json()
        code, said = run_script(written(tmp_path, file), str(published_heads(1)[0].head))
        assert (code, said.splitlines()[0].split(".")[0]) == (0, f"Nothing altered: {decision.reference}")
    file["decision"]["record"]["wording"] += "."
    assert run_script(written(tmp_path, file)) == (1, "What is told of the decision is not what was sealed.\n")


def test_a_decision_whose_papers_hold_words_withdrawn_since_is_checked_without_them(read_in, client, tmp_path):
    black_out("GS felt that approval was out of reach", why="said in confidence", ordered_by="a court", by=User.objects.the_archivist())
    code, said = run_script(written(tmp_path, told(client, "DAG-DEC60")))
    assert code == 2
    assert said.splitlines()[0].startswith("What the decision says is not told here, so that it could not be compared"), "what was not compared comes first"
    assert "Unaltered, but for 1 places withdrawn" in said


def test_papers_whose_payload_tells_another_vote_do_not_fit(read_in, client, as_owner):
    as_owner("UPDATE decisions_cast SET choice = 'approve' WHERE choice = 'reject'")
    said = page(client, "DAG-DEC60")
    assert "What is shown of the vote on CR018 v1.8 is not what entry" in said
    assert "Changed since: roll." in said
