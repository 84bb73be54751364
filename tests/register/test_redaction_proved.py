"""After words were erased, what was sealed is still told from forgery, and says that they were."""

import json

import pytest
from django.core.management import call_command
from django.test import Client

from dissent.operations import state_position
from groups.models import Organisation
from ledger.models import BlackOut, Entry
from ledger.operations import black_out, redact
from ledger.redacted import Redactions
from ledger.verifying import faults
from ledger.withdrawn import SAID
from register import checking
from tests.factories import issue_one
from tests.pages import text_of
from tests.register.erased import ORDER, SHOWN, TOKEN, WORDS, erase, forge, run, tables_with
from tests.register.proving import run_script, written

pytestmark = pytest.mark.django_db


# --- what is still proved


def test_ledger_and_register_are_whole_and_say_what_was_redacted(owned, capsys):
    made = erase(owned)
    assert list(faults()) == []
    assert list(checking.faults()) == []
    call_command("verify_ledger")
    call_command("verify_register")
    said = capsys.readouterr().out
    rows = sum(map(len, made.rows.values()))
    assert f"Redacted, and as sealed redactions left it: what {len(made.entries)} entries sealed, {len(made.records)} records and {rows} rows (entry {Entry.objects.about(made).get().seq})." in said
    assert "The ledger is whole" in said
    assert f"Redacted: {sum(len(ns) for pks in made.editions.values() for ns in pks.values())} editions." in said


def test_the_redaction_is_sealed_with_what_it_touched_and_says_none_of_it(owned):
    made = erase(owned)
    entry = Entry.objects.about(made).get()
    assert (entry.kind, entry.actor) == ("redacted", str(owned.pmo))
    assert entry.payload.body["record"]["entries"] == made.entries
    assert TOKEN not in json.dumps(entry.payload.body).casefold()
    assert set(made.editions) == {"decision", "minutes"}
    assert made.editions["decision"] == {str(owned.decision.pk): [1, 2]}


ALTERATIONS = {
    "what an entry sealed": "UPDATE ledger_payload SET body = replace(body::text, '[withdrawn]', 'nothing')::jsonb WHERE body::text LIKE '%%[withdrawn]%%'",
    "a statement": "UPDATE dissent_statement SET text = 'I am for it.'",
    "a vote": "UPDATE decisions_cast SET comment = 'I am for it.' WHERE comment LIKE '%%[withdrawn]%%'",
    "an edition": "UPDATE decisions_decisionedition SET body = jsonb_set(body, '{title}', '\"Other\"') WHERE n = 2",
    "an edition of the minutes": "UPDATE meetings_minutesedition SET body = replace(body::text, '[withdrawn]', 'nothing')::jsonb",
    "a history": "UPDATE meetings_historicalparagraph SET text = 'Nothing.' WHERE text LIKE '%%[withdrawn]%%'",
    "a record past its verbs": "UPDATE groups_organisation SET name = 'Nobody' WHERE name LIKE '%%[withdrawn]%%'",
    "the black-out": "UPDATE ledger_blackout SET words = 'other words'",
    "an emptied PDF": "UPDATE meetings_editionpdf SET content = 'x' WHERE length(content) = 0",
    "the redaction": "UPDATE ledger_redaction SET rows = '{}'",
}


@pytest.mark.many(3)
@pytest.mark.forged
@pytest.mark.parametrize("what", ALTERATIONS)
def test_an_alteration_of_what_was_redacted_is_found(owned, what):
    erase(owned)
    forge(ALTERATIONS[what])
    assert list(faults()) != []


@pytest.mark.forged
def test_what_was_forged_before_is_not_excused_by_it(owned):
    forge("UPDATE dissent_statement SET text = %s", f"Never write to {WORDS}.")
    forge("UPDATE ledger_payload SET body = jsonb_set(body, '{facts}', '{\"x\": 1}') WHERE body::text ILIKE '%%zqorbel%%'")
    before = list(faults())
    erase(owned)
    assert tables_with(TOKEN) == {}
    assert set(before) <= set(faults())


@pytest.mark.forged
def test_a_redaction_without_an_entry_excuses_nothing(owned):
    made = erase(owned)
    forge("UPDATE ledger_entry SET kind = 'something else' WHERE subject_kind = 'redaction'")
    assert Redactions.sealed().entries == {}
    assert any("The payload of entry" in fault for fault in faults())
    assert made.entries


@pytest.mark.long
@pytest.mark.forged
def test_a_record_that_a_verb_changes_later_is_compared_no_more_until_words_are_erased_from_it_again(owned):
    erase(owned)
    tenants = Organisation.objects.get(name__contains=SAID)
    tenants.name = "The Tenants"
    tenants.save_by(owned.pmo, "they said so")
    assert list(faults()) == []
    tenants.name = "The Zqorbellians"
    tenants.save_by(owned.pmo, "they said so")
    redact(black_out("Zqorbellians", **ORDER, by=owned.pmo), by=owned.pmo)
    assert list(faults()) == []
    forge("UPDATE groups_organisation SET name = 'Nobody' WHERE name = 'The [withdrawn]'")
    assert [fault for fault in faults() if f"Row {tenants.pk} of groups_organisation has been changed" in fault]


def test_the_check_of_the_decision_and_the_script_say_that_words_were_erased(owned, tmp_path):
    before = json.loads(Client().get(f"{SHOWN}verify.json").content)
    made = erase(owned)
    said = text_of(Client().get(f"{SHOWN}verify/"))
    assert "Unaltered, but for 5 places withdrawn." in said
    assert "Words were erased since from what entries" in said
    file = json.loads(Client().get(f"{SHOWN}verify.json").content)
    assert file["withdrawn"]["places"] == before["withdrawn"]["places"]
    assert file["withdrawn"]["entries"] == before["withdrawn"]["entries"]
    assert set(map(str, file["withdrawn"]["erased"])) <= set(made.entries)
    code, told = run_script(written(tmp_path, file))
    assert code == 2
    assert "Words were erased since from what entries" in told


@pytest.mark.many(1)
@pytest.mark.forged
@pytest.mark.parametrize("what", ["what an entry sealed", "a statement", "a vote", "an edition"])
def test_the_check_of_the_decision_finds_what_was_altered_after_it(owned, what):
    erase(owned)
    forge(ALTERATIONS[what])
    assert "Something does not fit." in text_of(Client().get(f"{SHOWN}verify/"))
    assert (list(checking.faults()) == []) == (what == "what an entry sealed")


def test_no_edition_is_issued_of_what_reads_as_before_and_a_later_one_still_says_why(owned):
    erase(owned)
    count = owned.decision.editions.count()
    issue_one(owned.decision)
    assert owned.decision.editions.count() == count
    state_position(owned.decision, owned.members[1].seat, "I am content.", by=owned.users[1])
    assert owned.decision.editions.count() == count + 1
    assert "Words were withdrawn from this page" in text_of(Client().get(SHOWN))
    twin = Client().get("/decisions/DAG-DEC01.json")
    assert "withdrawn" not in twin.json()  # its own hash fits: the mark was sealed with it
    assert Client().get("/decisions/DAG-DEC01.json?edition=2").json()["withdrawn"]


# --- what stands in the chain itself


def test_a_name_in_the_columns_of_the_chain_is_withdrawn_when_it_is_shown_before_and_after(owned, tmp_path):
    name = str(owned.chair)
    assert name in text_of(Client().get(f"{SHOWN}verify/"))
    made = black_out(name, **ORDER, by=owned.pmo)
    for _ in range(2):
        page, file = Client().get(f"{SHOWN}verify/").content.decode(), Client().get(f"{SHOWN}verify.json").content.decode()
        assert name not in page
        assert name not in file
        assert "[withdrawn]" in page
        assert "Something does not fit" not in page
        told = json.loads(file)
        code, said = run_script(written(tmp_path, told))
        assert (code, told["withdrawn"]["columns"] != []) == (2, True), said
        assert "not all columns are told" in said
        if not hasattr(BlackOut.objects.get(pk=made.pk), "redaction"):
            assert "They stay in the columns of entries" in run(owned)
    assert set(tables_with(name)) == {"ledger_entry"}
    assert list(faults()) == []
    assert list(checking.faults()) == []


def test_a_link_that_was_changed_shows_also_where_columns_are_withdrawn(owned, tmp_path):
    black_out(str(owned.chair), **ORDER, by=owned.pmo)
    told = json.loads(Client().get(f"{SHOWN}verify.json").content)
    entry = next(each for each in told["entries"] if each["columns"]["seq"] in told["withdrawn"]["columns"])
    entry["hash"] = "a" * 64
    assert run_script(written(tmp_path, told))[0] == 1


def test_the_subject_of_a_vote_is_withdrawn_when_it_is_checked(taken, tmp_path):
    black_out("CR018 v1.8", **ORDER, by=taken.pmo)
    assert "CR018 v1.8" not in text_of(Client().get(f"{SHOWN}verify/"))
    file = Client().get(f"{SHOWN}verify.json").content.decode()
    assert "CR018 v1.8" not in file
    assert run_script(written(tmp_path, json.loads(file)))[0] == 2
