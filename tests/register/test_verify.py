"""Checking one decision in public: what the page says when all fits, what when not, and what it never shows."""

import pytest
from django.core.management import call_command

from decisions.models import Decision, Question
from groups.models import User
from ledger.heads import published_heads
from ledger.models import Entry
from ledger.operations import seal_now
from ledger.verifying import faults
from tests.conftest import set_clock
from tests.factories import DecisionFactory, issue_one
from tests.register.proving import SECRET, Vote, page, run_script, told, written

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def taken(scene):
    return scene(vote_and_publish)


def vote_and_publish() -> Vote:
    taken = Vote(set_clock)
    taken.withdrawn_question()
    taken.take()
    taken.publish()
    return taken


@pytest.fixture
def vote(taken, db) -> Vote:
    return taken()


# --- all fits


def test_a_decision_of_the_portal_is_whole_and_its_vote_is_counted_again(vote, client):
    assert list(faults()) == []
    said = page(client, "DAG-DEC01")
    assert "Nothing has been altered." in said
    assert "Something does not fit" not in said
    assert "One seat advised approving and one rejecting; one abstained and one did not vote." in said
    for what in ("Decision determined", "Decision published", "Vote opened", "Vote closed and counted", "Approve for Constituency 0 Representative"):
        assert what in said


def test_the_decision_page_links_to_the_check_and_says_when_its_chain_head_was_published(vote, client):
    said = client.get("/decisions/DAG-DEC01/").content.decode()
    assert 'href="/decisions/DAG-DEC01/verify/"' in said
    assert "head of the ledger published on 19 Jul 2023" in said


def test_the_heads_that_vouch_for_it_are_those_that_were_published(vote, client):
    first, second = published_heads(30)[::-1][0], published_heads(30)[0]
    heads = told(client, "DAG-DEC01")["heads"]
    assert [f"{h['entry']['columns']['seq']}:{h['entry']['hash']}" for h in heads] == [str(first.head), str(second.head)]
    said = page(client, "DAG-DEC01")
    assert str(first.head) in said
    assert str(second.head) in said


def test_before_the_next_head_is_published_the_page_says_that_none_vouches_for_the_last_entry(vote, client, clock, as_owner):
    as_owner("DELETE FROM ledger_dailyhead WHERE day = '2023-07-19'")
    assert "newer than the last published head" in page(client, "DAG-DEC01")


# --- something does not fit


def test_a_vote_that_was_changed_in_the_table_does_not_fit_the_count_nor_its_entry(vote, client, as_owner):
    as_owner("UPDATE decisions_cast SET choice = 'approve' WHERE comment LIKE 'Comment 1%%'")
    said = page(client, "DAG-DEC01")
    assert "Something does not fit." in said
    assert "The count kept of the vote on CR018 v1.8 is not what its votes give." in said
    assert "What is shown of the vote of Constituency 1 Representative is not what entry" in said


def test_a_count_that_was_changed_does_not_fit_its_votes(vote, client, as_owner):
    as_owner("""UPDATE decisions_question SET tally = '{"approve": 3}' WHERE id = %s""", vote.question.pk)
    assert "The count kept of the vote on CR018 v1.8 is not what its votes give." in page(client, "DAG-DEC01")


def test_a_wording_that_was_changed_is_named(vote, client, as_owner):
    as_owner("UPDATE decisions_decision SET wording = 'The SRO rejected CR018' WHERE id = %s", vote.decision.pk)
    said = page(client, "DAG-DEC01")
    assert "What is shown of the decision is not what entry" in said
    assert "Changed since: wording." in said


def test_a_vote_slipped_in_past_the_portal_has_no_entry(vote, client, as_owner):
    silent = vote.question.roll.order_by("order").last()
    as_owner("ALTER TABLE decisions_cast DISABLE TRIGGER USER")  # the database would not take a vote after the close
    as_owner(
        "INSERT INTO decisions_cast (row_id, n, choice, comment, chair_note, cast_by_id, capacity, recorded_at, idempotency_key, recorded_by_id) "
        "VALUES (%s, 1, 'approve', '', '', %s, 'holder', now(), gen_random_uuid(), %s)",
        silent.pk, vote.members[0].person_id, vote.pmo.pk,
    )  # fmt: skip
    assert "No entry of the ledger speaks of the vote of Constituency 3 Representative." in page(client, "DAG-DEC01")


@pytest.mark.parametrize(
    ("forgery", "found"),
    [
        ("UPDATE ledger_entry SET actor = 'somebody else' WHERE id = {id}", "Entry {seq} has been changed: its hash does not fit what it says."),
        ("UPDATE ledger_payload SET salt = 'x' WHERE entry_id = {id}", "What entry {seq} sealed is missing or has been changed"),
        ("DELETE FROM ledger_payload WHERE entry_id = {id}", "What entry {seq} sealed is missing or has been changed"),
        ("UPDATE ledger_payload SET body = '[1]' WHERE entry_id = {id}", "What entry {seq} sealed is missing or has been changed"),
        ("UPDATE ledger_entry SET seq = 9999 WHERE seq = {seq} + 1", "The entry beside entry {seq} is missing."),
        ("UPDATE ledger_entry SET hash = repeat('a', 64) WHERE seq = {seq} - 1", "Entry {seq} does not follow entry {before}"),
        ("UPDATE ledger_entry SET prev_hash = repeat('a', 64) WHERE seq = {seq} + 1", "Entry {after} does not follow entry {seq}"),
    ],
)
@pytest.mark.parametrize("kind", ["determined", "closed"])
def test_an_entry_that_was_tampered_with_is_named(vote, client, as_owner, kind, forgery, found):
    entry = Entry.objects.get(kind=kind)
    numbers = {"id": entry.pk, "seq": entry.seq, "before": entry.seq - 1, "after": entry.seq + 1}
    as_owner(forgery.format(**numbers))
    said = page(client, "DAG-DEC01")
    assert "Something does not fit." in said
    assert found.format(**numbers) in said


def test_entries_written_anew_with_their_neighbours_do_not_fit_the_published_head(vote, client, as_owner):
    """The chain is left broken further on, where this page does not look; the head that was published still shows it."""
    entry = Entry.objects.get(kind="closed")
    entry.actor = "somebody else"
    entry.hash = entry.computed_hash()
    as_owner("UPDATE ledger_entry SET actor = %s, hash = %s WHERE id = %s", entry.actor, entry.hash, entry.pk)
    after = Entry.objects.get(seq=entry.seq + 1)
    after.prev_hash = entry.hash
    after.hash = after.computed_hash()
    as_owner("UPDATE ledger_entry SET prev_hash = %s, hash = %s WHERE id = %s", after.prev_hash, after.hash, after.pk)
    as_owner("UPDATE ledger_entry SET prev_hash = %s WHERE seq = %s", after.hash, after.seq + 1)
    said = page(client, "DAG-DEC01")
    assert "The head published for 12 Jul 2023 does not fit the entries it was made from." in said
    assert "does not follow" not in said


def test_advice_that_was_reworded_does_not_fit(vote, client, as_owner):
    assert "Advice given" in page(client, "DAG-DEC01")
    as_owner("UPDATE decisions_advice SET text = 'The IPA was content.'")
    said = page(client, "DAG-DEC01")
    assert "What is shown of the advice of Independent Programme Assurance is not what entry" in said


@pytest.mark.forged
def test_a_decision_without_any_entry_does_not_fit(client, db):
    by = User.objects.the_installer()
    made = DecisionFactory(reference="DAG-DEC09", number=9, status="determined", decided_on="2023-07-12")
    made.published_at, made.published_by = made.history.first().history_date, by
    made.save_by(by)
    said = page(client, "DAG-DEC09")
    assert "No entry of the ledger speaks of the decision." in said
    assert "No edition of this decision was issued: there is nothing that its page could show." in said
    assert "Something does not fit." in said


# --- what is never shown


def test_nothing_that_is_not_published_is_told_though_its_hashes_are(vote, client):
    said, file = page(client, "DAG-DEC01"), told(client, "DAG-DEC01")
    assert SECRET not in said
    assert SECRET not in client.get("/decisions/DAG-DEC01/verify.json").content.decode()
    kinds = [entry["columns"]["kind"] for entry in file["entries"]]
    assert kinds == ["opened", "changed vote", "voted", "voted", "closed", "advised", "determined", "published", "edition issued"]
    kept_back = Entry.objects.filter(kind__in=["embargoed", "released", "refused vote"]) | Entry.objects.filter(kind="voted", subject_ref__startswith="Reject for Constituency 0")
    assert kept_back.count() == 4
    assert "Of 4 other entries about it, what they say is not published" in said
    for entry in kept_back:
        assert {"seq": entry.seq, "prev_hash": entry.prev_hash, "hash": entry.hash} in file["links"]
        assert f'id="entry-{entry.seq}"' in said
        assert entry.subject_ref not in said


def test_a_question_that_was_withdrawn_is_not_mentioned(vote, client):
    withdrawn = Question.objects.get(status="withdrawn")
    for entry in Entry.objects.about(withdrawn):
        assert f'id="entry-{entry.seq}"' not in page(client, "DAG-DEC01")


def test_an_entry_of_another_kind_shows_its_hash_alone_until_somebody_says_that_it_is_public(vote, client):
    seal_now("something new", vote.decision, by=vote.pmo, note=SECRET)
    said = page(client, "DAG-DEC01")
    assert "something new" not in said
    assert SECRET not in said


def test_what_was_worded_otherwise_when_it_was_determined_keeps_its_payload_back(vote, client, as_owner):
    vote.decision.wording = "The SRO approved CR018 version 1.8"
    vote.decision.save_by(vote.pmo, "corrected")
    issue_one(vote.decision)
    seal_now("published", vote.decision, by=vote.pmo)
    entries = told(client, "DAG-DEC01")["entries"]
    assert [("payload" in entry) for entry in entries if entry["columns"]["subject_kind"] == "decision"] == [False, False, True]
    assert "Nothing has been altered." in page(client, "DAG-DEC01")


def test_what_a_decision_supersedes_is_not_told_while_that_is_not_published(vote, client, tmp_path):
    vote.decision.supersedes = DecisionFactory(reference="DAG-DEC09", group=vote.group)
    vote.decision.save_by(vote.pmo)
    seal_now("published", vote.decision, by=vote.pmo)
    file = client.get("/decisions/DAG-DEC01/verify.json")
    assert "Nothing has been altered." in page(client, "DAG-DEC01")
    assert "DAG-DEC09" not in page(client, "DAG-DEC01") + file.content.decode()
    assert file.json()["decision"]["record"] is None
    code, said = run_script(written(tmp_path, file.json()))
    assert (code, said.startswith("What the decision says is not told here, so that it could not be compared")) == (2, True)
    assert "with the file below nobody can compare it elsewhere" in page(client, "DAG-DEC01")


def test_what_an_earlier_version_of_the_portal_did_not_seal_is_no_fault(vote, client, tmp_path, monkeypatch):
    sealed = Decision.sealed
    monkeypatch.setattr(Decision, "sealed", lambda decision: {**sealed(decision), "something_new": "that nobody sealed"})
    assert "Nothing has been altered." in page(client, "DAG-DEC01")
    assert run_script(written(tmp_path, told(client, "DAG-DEC01")), *[str(each.head) for each in published_heads(30)])[0] == 0


@pytest.mark.parametrize("address", ["verify/", "verify.json"])
def test_a_decision_that_is_not_public_answers_as_one_that_never_was(client, address):
    hidden = DecisionFactory(reference="DAG-DEC61", number=61, status="determined", decided_on="2023-07-12")
    seal_now("determined", hidden, by=User.objects.the_installer())
    seen, never = client.get(f"/decisions/DAG-DEC61/{address}"), client.get(f"/decisions/DAG-DEC62/{address}")
    assert (seen.status_code, seen.content, dict(seen.headers)) == (never.status_code, never.content, dict(never.headers))
    assert seen.status_code == 404


def test_the_whole_ledger_is_checked_by_a_command_which_the_page_names(vote, client, capsys):
    assert "verify_ledger" in page(client, "DAG-DEC01")
    call_command("verify_ledger", head=str(published_heads(1)[0].head))
    assert "The ledger is whole" in capsys.readouterr().out
    assert Decision.objects.published().count() == 1
