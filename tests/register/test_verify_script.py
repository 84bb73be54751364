"""static/verify_decision.py, run as anybody would run it: on files as the portal gives them, and on forged ones."""

import copy
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product

import pytest
from django.test import Client

from decisions.models import Cast, RollRow
from decisions.sentences import roll_sentence
from ledger.heads import published_heads
from ledger.models import BLOCK, GENESIS
from records.canonical import canonical, sha256
from tests.conftest import set_clock
from tests.factories import GroupFactory
from tests.register.proving import SCRIPT, Vote, page, run_script, written
from tests.register.proving import told as asked

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def staged(scene):
    return scene(vote_and_ask)


def vote_and_ask() -> dict:
    taken = Vote(set_clock)
    taken.take()
    taken.publish()
    return Client().get("/decisions/DAG-DEC01/verify.json").json()


@pytest.fixture
def told(staged, db) -> dict:
    """The file of a decision of the portal, seven entries of which are shown."""
    return staged()


@pytest.fixture
def heads(told) -> list[str]:
    """As they were mailed on 12 and 19 July."""
    return [str(each.head) for each in published_heads(30)][::-1]


def entry_of(told: dict, kind: str) -> dict:
    return next(entry for entry in told["entries"] if entry["columns"]["kind"] == kind)


def hashed_payload(entry: dict) -> str:
    return sha256(entry["payload"]["salt"].encode(), canonical(entry["payload"]["body"]))


# --- as the portal gives it


def test_a_file_as_the_portal_gives_it_is_whole(told, heads, tmp_path):
    code, said = run_script(written(tmp_path, told), *heads)
    assert code == 0
    numbers = ", ".join(str(entry["columns"]["seq"]) for entry in told["entries"])
    assert said.startswith(f"Nothing altered: DAG-DEC01. Entries that fit: {numbers}. Votes counted again: 1.\n")
    assert "CR018 v1.8: One seat advised approving and one rejecting; one abstained and one did not vote." in said


def test_without_a_head_kept_outside_it_says_first_that_nothing_was_compared_and_vouches_for_nothing(told, tmp_path):
    code, said = run_script(written(tmp_path, told))
    numbers = ", ".join(str(entry["columns"]["seq"]) for entry in told["entries"])
    assert code == 2
    assert said.startswith(f"No head that you noted vouches for entries {numbers}: whoever wrote all of this anew could make it fit itself.\nThe rest fits: DAG-DEC01.")
    assert "Nothing altered" not in said
    assert "not compared with a head kept outside" in said


def test_it_says_which_entries_the_noted_heads_vouch_for(told, heads, tmp_path):
    file = written(tmp_path, told)
    code, said = run_script(file, heads[1])
    assert (code, said.startswith("No head that you noted vouches for entries ")) == (2, True)
    assert "not compared with a head kept outside; look for the one mailed, " + heads[0].split(":")[0] + " of 2023-07-12" in said
    assert "vouched for by the head that you noted, " + heads[1].split(":")[0] + " of 2023-07-19" in said
    code, said = run_script(file, *heads)
    assert (code, "not compared" in said) == (0, False)


def test_a_fingerprint_as_it_is_printed_will_do(told, heads, tmp_path):
    published = entry_of(told, "published")
    fingerprint = f"{published['columns']['seq']}:{published['hash'][:12]}"
    code, said = run_script(written(tmp_path, told), fingerprint)
    assert (code, f"{published['columns']['seq']}," in said.splitlines()[0]) == (2, False), "the others are not compared by it"
    every = [f"{entry['columns']['seq']}:{entry['hash'][:12]}" for entry in told["entries"]]
    assert run_script(written(tmp_path, told), *every)[0] == 0
    code, said = run_script(written(tmp_path, told), f"{published['columns']['seq']}:{'0' * 12}")
    assert (code, "is not the one you noted" in said) == (1, True)


def test_a_head_that_is_not_in_the_file_cannot_be_compared_and_it_says_which_can(told, tmp_path):
    code, said = run_script(written(tmp_path, told), f"99999:{'a' * 64}")
    assert code == 1
    assert "Nothing here can be compared with entry 99999, which you noted. Compare one of" in said


def test_it_takes_an_address_as_well_as_a_file(told, heads, tmp_path):
    written(tmp_path, told)
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever).start()
    try:
        assert run_script(f"http://127.0.0.1:{server.server_port}/told.json", *heads)[0] == 0
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("content", ["", "[]", "{}", "not json", '{"entries": [{"columns": {}}]}'])
def test_what_is_no_such_file_is_refused_in_words(content, tmp_path):
    file = tmp_path / "told.json"
    file.write_text(content)
    code, said = run_script(file)
    assert code == 1
    assert "This is not a file that the portal made, or no head, or it is damaged" in said


def test_a_file_that_is_not_there_and_a_head_that_is_none_are_refused_in_words(told, tmp_path):
    assert run_script(tmp_path / "nowhere.json")[0] == 1
    code, said = run_script(written(tmp_path, told), "yesterday's")
    assert (code, "or no head" in said) == (1, True)


def test_entries_that_no_head_covers_yet_are_named_and_not_vouched_for(told, heads, tmp_path):
    code, said = run_script(written(tmp_path, told | {"heads": told["heads"][:1]}), heads[0])
    assert code == 2
    published, issued = (entry_of(told, kind)["columns"]["seq"] for kind in ("published", "edition issued"))
    assert said.endswith(f"\n{published}, {issued}: newer than the last published head.\n")


# --- forged


def test_one_flipped_byte_in_a_comment_is_found(told, tmp_path):
    cast = entry_of(told, "voted")
    cast["payload"]["body"]["record"]["comment"] = cast["payload"]["body"]["record"]["comment"].replace("£", "¢")
    code, said = run_script(written(tmp_path, told))
    assert code == 1
    assert f"What entry {cast['columns']['seq']} sealed has been changed: it does not fit the hash kept of it." in said


def test_one_flipped_byte_in_a_comment_of_the_roll_is_found(told, tmp_path):
    told["votes"][0]["record"]["roll"][1]["comment"] += " "
    code, said = run_script(written(tmp_path, told))
    assert code == 1
    assert "What is told of the vote on CR018 v1.8 is not what was sealed." in said


def vote_otherwise(told: dict, seat: int, choice: str) -> dict:
    """Change a vote wherever the file tells it, with the count and the sentence; the hashes are left."""
    vote = told["votes"][0]
    cast = next(e for e in told["entries"] if e["columns"]["seq"] == vote["casts"][seat])
    closed = next(e for e in told["entries"] if e["columns"]["seq"] == vote["entry"])
    cast["payload"]["body"]["record"]["choice"] = choice
    cast["columns"]["subject_ref"] = f"{choice.capitalize()} for {vote['record']['roll'][seat]['constituency']}"
    for roll in (vote["record"]["roll"], closed["payload"]["body"]["record"]["roll"]):
        roll[seat]["choice"] = choice
    tally: dict = {}
    for row in vote["record"]["roll"]:
        tally[row["choice"] or row["state"]] = tally.get(row["choice"] or row["state"], 0) + 1
    vote["tally"] = closed["payload"]["body"]["facts"]["tally"] = tally
    vote["sentence"] = roll_sentence([{"choice": row["choice"] or row["state"]} for row in vote["record"]["roll"]])
    return cast


def test_a_vote_changed_with_the_hash_left_does_not_fit_its_payloads_hash(told, tmp_path):
    cast = vote_otherwise(told, 1, "approve")
    code, said = run_script(written(tmp_path, told))
    assert code == 1
    assert f"What entry {cast['columns']['seq']} sealed has been changed" in said


def test_a_vote_changed_and_its_payload_hashed_again_does_not_fit_the_entrys_hash(told, tmp_path):
    vote_otherwise(told, 1, "approve")
    for entry in told["entries"]:
        if "payload" in entry:
            entry["columns"]["payload_sha256"] = hashed_payload(entry)
    code, said = run_script(written(tmp_path, told))
    assert code == 1
    assert "has been changed: its hash does not fit what it says." in said
    assert "sealed has been changed" not in said


@pytest.mark.parametrize("kind", ["opened", "changed vote", "voted", "closed", "determined", "published"])
def test_an_entry_removed_is_missed(told, tmp_path, kind):
    told["entries"].remove(entry_of(told, kind))
    code, said = run_script(written(tmp_path, told))
    assert code == 1
    assert "is missing" in said


def test_a_vote_removed_with_the_links_beside_it_is_missed_in_the_roll(told, tmp_path):
    cast = entry_of(told, "voted")
    told["entries"].remove(cast)
    code, said = run_script(written(tmp_path, told))
    assert code == 1
    assert "The entry of the vote of Constituency 1 Representative is missing or says something else." in said


def test_two_entries_swapped_are_found(told, tmp_path):
    swapped = copy.deepcopy(told)
    swapped["entries"][1], swapped["entries"][2] = swapped["entries"][2], swapped["entries"][1]
    assert run_script(written(tmp_path, swapped)) == (1, "The entries are not in order.\n")
    one, other = swapped["entries"][1]["columns"], swapped["entries"][2]["columns"]
    one["seq"], other["seq"] = other["seq"], one["seq"]
    code, said = run_script(written(tmp_path, swapped))
    assert code == 1
    assert "its hash does not fit" in said
    assert "does not follow" in said


def test_a_count_or_a_sentence_that_the_votes_do_not_give_is_found(told, tmp_path):
    for part, lie in (("tally", {"approve": 4}), ("sentence", "Four seats advised approving and no rejecting.")):
        forged = copy.deepcopy(told)
        forged["votes"][0][part] = lie
        code, said = run_script(written(tmp_path, forged))
        assert code == 1
        assert "is not what its votes give" in said


def write_anew(told: dict) -> None:
    """Make everything in the file fit again: payloads, entries, links, published heads."""
    chain = {link["seq"]: link for link in told["links"]}
    chain |= {entry["columns"]["seq"]: entry for entry in told["entries"]}
    hashes = {0: GENESIS}
    for seq, one in sorted(chain.items()):
        prev = hashes.get(seq - 1, one.get("prev_hash") or one.get("columns", {}).get("prev_hash"))
        if "columns" in one:
            one["columns"] |= {"prev_hash": prev} | ({"payload_sha256": hashed_payload(one)} if "payload" in one else {})
            one["hash"] = sha256(canonical(one["columns"]))
        else:
            one["prev_hash"] = prev
        hashes[seq] = one["hash"]
    for head in told["heads"]:
        said = head["entry"]["payload"]["body"]["record"]
        for block in head["blocks"]:
            first = said["first"] + block["n"] * BLOCK
            block["hashes"] = [hashes.get(first + n, known) for n, known in enumerate(block["hashes"])]
            said["blocks"][block["n"]] = sha256(canonical(block["hashes"]))
        head["entry"]["columns"]["payload_sha256"] = hashed_payload(head["entry"])
        head["entry"]["hash"] = sha256(canonical(head["entry"]["columns"]))


def test_a_file_written_anew_as_a_whole_fits_itself_and_fails_with_a_head(told, heads, tmp_path):
    vote_otherwise(told, 1, "approve")
    write_anew(told)
    file = written(tmp_path, told)
    code, said = run_script(file)
    assert (code, "The rest fits: DAG-DEC01." in said, "Nothing altered" in said) == (2, True, False)
    assert "Two seats advised approving and no rejecting" in said
    code, said = run_script(file, heads[0])
    assert code == 1
    assert f"Entry {heads[0].split(':')[0]} is not the one you noted: this was written anew since." in said


def test_a_forger_who_leaves_the_head_as_it_was_mailed_fails_by_itself(told, heads, tmp_path):
    genuine = copy.deepcopy(told["heads"])
    vote_otherwise(told, 1, "approve")
    write_anew(told)
    told["heads"] = genuine
    code, said = run_script(written(tmp_path, told), *heads)
    assert code == 1
    assert "is not the one that was there when the head of 2023-07-12 was published." in said


def test_a_forger_who_leaves_out_the_entries_list_of_a_head_is_found(told, heads, tmp_path):
    told["heads"][0]["blocks"] = []
    assert run_script(written(tmp_path, told), *heads)[0] == 1


# --- the record altered behind its entries, and the file asked for afterwards

ALTERED = {
    "an outcome": "UPDATE decisions_settlement SET outcome = 'rejected'",
    "who determined": "UPDATE decisions_decision SET determined_by_id = (SELECT min(id) FROM groups_person WHERE id <> determined_by_id)",
    "the group": "UPDATE decisions_decision SET group_id = (SELECT max(id) FROM groups_group)",
    "a vote detached": "UPDATE decisions_question SET decision_id = NULL",
    "an edition": "UPDATE decisions_decisionedition SET body = jsonb_set(body, '{sentence}', '\"Nobody advised.\"')",
}


@pytest.mark.forged
@pytest.mark.parametrize("altered", ALTERED.values(), ids=ALTERED)
def test_neither_page_nor_script_vouch_for_a_record_altered_behind_its_entries(told, tmp_path, client, as_owner, altered):
    GroupFactory()
    as_owner(altered)
    forged = asked(client, "DAG-DEC01")
    code, said = run_script(written(tmp_path, forged))
    assert (code, "Nothing altered" in said, "Something does not fit." in page(client, "DAG-DEC01")) == (1, False, True)
    code, said = run_script(written(tmp_path, forged | {"faults": []}))  # where the portal keeps quiet about it
    assert (code in (1, 2), said.startswith("Nothing altered")) == (True, False)


def test_a_vote_that_the_page_shows_and_the_file_leaves_out_is_missed(told, tmp_path):
    told["votes"] = []
    code, said = run_script(written(tmp_path, told))
    assert (code, "The page shows 1 votes (CR018 v1.8), and 0 are told here ()." in said) == (1, True)


def test_a_page_that_shows_something_else_than_its_entry_sealed_is_found(told, tmp_path):
    told["edition"]["body"]["reasons"] = ["Another."]
    code, said = run_script(written(tmp_path, told))
    assert (code, "Edition 1 of the page is not the last one that was sealed." in said) == (1, True)


# --- the same words as the portal


def test_it_puts_every_count_into_the_words_of_the_portal():
    names: dict = {"__name__": "read"}
    exec(compile(SCRIPT.read_text(), str(SCRIPT), "exec"), names)  # noqa: S102 (a script that is no module of ours)
    states = [*Cast._meta.get_field("choice").flatchoices, *RollRow.State.choices]
    assert {state for state, _ in states} == {"approve", "reject", *names["REST"]}
    for counts in product((0, 1, 2, 14), repeat=3):
        for three in (("approve", "reject", "abstain"), ("absent", "silent", "expected"), ("vacant", "unreadable", "reject")):
            rows = [{"choice": state} for state, count in zip(three, counts, strict=True) for _ in range(count)]
            tally = names["Counter"](row["choice"] for row in rows)
            assert names["sentence"](tally) == roll_sentence(rows)


def test_it_digests_in_blocks_as_large_as_the_portals():
    assert f"BLOCK, NUMBERS = {BLOCK}, " in SCRIPT.read_text()
