"""Words that were blacked out can be erased from every table by the owner of the database; what was sealed is still told from forgery."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from dissent.operations import state_position
from groups.models import Organisation, User
from ledger import erasing
from ledger.models import BlackOut, Entry, Payload, Redaction
from ledger.operations import black_out, redact
from ledger.redacted import Redactions
from ledger.verifying import faults
from ledger.withdrawn import SAID
from meetings import operations as meetings
from meetings.models import EditionPDF
from notifications.sweeping import run_and_remember
from records.guards import append_only_tables
from records.rules import Refused
from register import checking
from tests.conftest import set_clock
from tests.factories import OrganisationFactory, UserFactory, issue_all, issue_one
from tests.pages import text_of
from tests.register.proving import Vote, run_script, written

pytestmark = pytest.mark.django_db
WORDS = "Flat 3, 12 Zqorbel Street"
TOKEN = "zqorbel"
ORDER = {"why": "a person’s address", "ordered_by": "a court"}
SHOWN = "/decisions/DAG-DEC01/"
PAGES = (
    SHOWN, f"{SHOWN}?edition=1", f"{SHOWN}?edition=2", "/decisions/DAG-DEC01.json", "/decisions/DAG-DEC01.json?edition=2", f"{SHOWN}changes/?from=1&to=2",
    "/decisions/", "/decisions.csv", "/decisions.json", "/search/?q=address", "/meetings/DAG026/", "/meetings/DAG026/editions/1/", "/meetings/DAG026.json",
)  # fmt: skip


@pytest.fixture(scope="module")
def staged(scene):
    return scene(blacked_out)


def blacked_out() -> Vote:
    """An address in the comment of each seat, in the minutes and in a statement, where it is written otherwise; withdrawn since."""
    taken = Vote(set_clock, comment=f"My address is {WORDS}.")
    taken.take()
    meetings.write_paragraph(taken.item, f"The seat may be written to at {WORDS}.", by=taken.pmo)
    taken.publish()
    issue_all("group", "seat")
    taken.decision.refresh_from_db()
    state_position(taken.decision, taken.members[0].seat, "Write to flat 3,  12 ZQORBEL\nStreet.", by=taken.users[0])
    OrganisationFactory(name=f"The Tenants of {WORDS}")
    run_and_remember()
    black_out(WORDS, **ORDER, by=taken.pmo)
    run_and_remember()
    return taken


@pytest.fixture
def taken(staged, db) -> Vote:
    return staged()


@pytest.fixture
def owned(taken) -> Vote:
    """The same, and this connection is the owner's."""
    as_the_owner()
    return taken


def as_the_owner() -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def erase(taken: Vote) -> Redaction:
    return redact(BlackOut.objects.latest("pk"), by=taken.pmo)


def run(taken: Vote, *told: str, number: int | None = None) -> str:
    said = StringIO()
    call_command("redact", "--black-out", str(number or BlackOut.objects.latest("pk").pk), "--by", taken.pmo.username, *told, stdout=said)
    return said.getvalue()


def tables_with(token: str) -> dict[str, int]:
    """Table by table, how many rows hold it in any column whatever."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{token}%"])  # noqa: S608
            if count := cursor.fetchone()[0]:
                found[table] = count
    return found


def forge(sql: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in append_only_tables():
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER append_only')
        cursor.execute(sql, values)


def answers() -> dict[str, bytes]:
    return {address: Client().get(address).content for address in PAGES}


# --- what is erased


def test_before_it_the_words_stand_in_many_tables_though_they_are_shown_nowhere(taken):
    tables = tables_with(TOKEN)
    assert {"decisions_cast", "decisions_decisionedition", "dissent_statement", "ledger_blackout", "ledger_payload", "meetings_historicalparagraph"} <= set(tables)
    assert [address for address, page in answers().items() if TOKEN in page.decode().casefold()] == []


def test_after_it_no_column_of_any_table_holds_the_words(owned):
    erase(owned)
    assert tables_with(TOKEN) == {}


def test_what_is_shown_stays_as_it_was_to_the_byte(owned):
    before = answers()
    erase(owned)
    assert answers() == before
    assert "Words were withdrawn from this page on Wed 19 Jul 2023, on the order of a court: a person’s address." in text_of(Client().get(SHOWN))


def test_a_pdf_that_was_taken_back_is_emptied_and_the_one_made_since_stands(owned):
    taken_back = EditionPDF.objects.exclude(withdrawal=None).get()
    assert bytes(taken_back.content)
    erase(owned)
    taken_back.refresh_from_db()
    assert bytes(taken_back.content) == b""
    assert Client().get("/meetings/DAG026/minutes.pdf").content.startswith(b"%PDF")


def test_what_was_sealed_has_another_salt_so_that_the_old_hash_tells_nobody_that_he_guessed_right(owned):
    payload = next(each for each in Payload.objects.select_related("entry") if TOKEN in json.dumps(each.body).casefold())
    salt, sealed = payload.salt, payload.entry.payload_sha256
    made = erase(owned)
    payload.refresh_from_db()
    assert payload.salt != salt
    assert made.entries[str(payload.entry.seq)] == payload.computed_sha256() != sealed == payload.entry.payload_sha256


def test_a_name_that_none_may_have_twice_gets_its_key_behind_the_mark(owned):
    OrganisationFactory(name="The Tenants of [withdrawn]")
    erase(owned)
    names = dict(Organisation.objects.filter(name__contains=SAID).values_list("pk", "name"))
    last = max(pk for pk in names if names[pk] != "The Tenants of [withdrawn]")
    assert names[last] == f"The Tenants of [withdrawn] {last}"
    assert list(faults()) == []


def test_a_mark_longer_than_the_words_is_cut_where_the_column_ends(owned):
    Organisation(name=f"Zqor {'x' * 108} Zqor").save_by(owned.pmo)
    redact(black_out("Zqor ", **ORDER, by=owned.pmo), by=owned.pmo)  # the blank is taken off: a word within words
    assert not Organisation.objects.filter(name__icontains="zqor").exists()
    assert list(faults()) == []


def test_the_same_words_can_be_blacked_out_again_when_they_are_read_in_anew(owned):
    erase(owned)
    again = black_out(WORDS, **ORDER, by=owned.pmo)
    assert again.pk != BlackOut.objects.first().pk


def test_words_that_overlap_with_others_withdrawn_are_not_told_by_halves(owned):
    other = black_out("Street is long", **ORDER, by=owned.pmo)
    Organisation(name=f"{WORDS} is long").save_by(owned.pmo)
    redact(BlackOut.objects.exclude(pk=other.pk).get(), by=owned.pmo)
    assert Organisation.objects.get(name__endswith="is long").name == "[withdrawn] is long"
    assert tables_with(TOKEN) == {}


def test_the_subject_of_a_decision_goes_from_wherever_it_stands(owned):
    redact(black_out("CR018", **ORDER, by=owned.pmo), by=owned.pmo)
    assert set(tables_with("CR018")) == {"ledger_entry"}  # the columns of the chain
    assert list(faults()) == []
    assert list(checking.faults()) == []
    assert "Something does not fit" not in text_of(Client().get(f"{SHOWN}verify/"))


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
    assert "As sealed, but for 5 places withdrawn." in said
    assert "Words were erased since from what entries" in said
    file = json.loads(Client().get(f"{SHOWN}verify.json").content)
    assert file["withdrawn"]["places"] == before["withdrawn"]["places"]
    assert file["withdrawn"]["entries"] == before["withdrawn"]["entries"]
    assert set(map(str, file["withdrawn"]["erased"])) <= set(made.entries)
    code, told = run_script(written(tmp_path, file))
    assert code == 2
    assert "Words were erased since from what entries" in told


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


# --- who, and what is refused


def test_the_portal_is_refused_and_told_whom_to_connect_as(taken):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableowner FROM pg_tables WHERE tablename = 'ledger_entry'")
        (owner,) = cursor.fetchone()
    with pytest.raises(CommandError, match=f"connect as {owner}. This is portal_app"):
        run(taken)
    assert tables_with(TOKEN)


def test_only_a_black_out_is_redacted_and_only_by_somebody(owned):
    with pytest.raises(CommandError, match="There is no black-out 999"):
        run(owned, number=999)
    with pytest.raises(CommandError, match="Nobody signs in as nobody"):
        call_command("redact", "--black-out", "1", "--by", "nobody")


def test_who_bears_the_name_that_is_erased_does_not_do_it(owned):
    somebody = UserFactory(person__name="Zqorina Example")
    with pytest.raises(Refused, match="Let somebody else do it"):
        redact(black_out("Zqorina Example", **ORDER, by=owned.pmo), by=somebody)


def test_a_dry_run_counts_the_rows_of_each_column_and_changes_nothing(owned):
    before = tables_with(TOKEN)
    said = run(owned, "--dry-run")
    assert tables_with(TOKEN) == before
    assert not Redaction.objects.exists()
    assert "dissent_statement.text: 1\n" in said
    assert "ledger_blackout.words: 1\n" in said
    assert f"decisions_decisionedition.body: {before['decisions_decisionedition']}\n" in said
    assert {line.partition(".")[0] for line in said.splitlines()[:-1]} == set(before)


def test_twice_does_nothing(owned):
    assert "Back-ups made before still hold the words" in run(owned)
    entries = Entry.objects.count()
    assert "were erased before" in run(owned)
    assert erase(owned) is None
    assert Entry.objects.count() == entries


def test_an_error_half_way_leaves_everything_as_it_was(owned, monkeypatch):
    before = tables_with(TOKEN)
    monkeypatch.setattr(erasing, "_noted", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        erase(owned)
    assert tables_with(TOKEN) == before
    assert list(faults()) == []


def test_the_guards_stand_again_after_it(owned):
    erase(owned)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgenabled FROM pg_trigger WHERE tgname = 'append_only'")
        assert cursor.fetchall() == [("O",)]


def test_words_that_are_put_together_of_several_columns_are_refused_and_stay_withdrawn(owned):
    made = black_out(owned.decision.get_where_taken_display(), **ORDER, by=owned.pmo)
    before = tables_with(made.words)
    with pytest.raises(Refused, match="The public page of the decision DAG-DEC01 puts the words together anew"):
        redact(made, by=owned.pmo)
    assert tables_with(made.words) == before


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


# --- what is looked through


def test_every_column_that_can_hold_words_is_looked_through_or_it_is_said_why_not():
    """An app of tomorrow is covered without a word: this asks PostgreSQL which columns there are."""
    searched = {(model._meta.db_table, field.column) for model, fields in erasing.columns().items() for field in fields}
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type IN "
            "('text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY') AND udt_name NOT IN ('_int4', '_int8')"  # numbers
        )
        there = {(table, column) for table, column in cursor.fetchall() if table in models}
    kept = {(table, column): why for table, column in there - searched if not (why := kept_because(models[table], column))}
    assert kept == {}
    assert searched <= there


def kept_because(model, column: str) -> str:
    field = next(each for each in model._meta.concrete_fields if each.column == column)
    told = erasing.KEPT.get(model._meta.label) or erasing.KEPT_APPS.get(model._meta.app_label)
    return told or ("choices" if field.choices else "") or ("a password" if (model, column) == (User, "password") else "")


def test_the_only_column_of_bytes_is_that_of_pdfs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'bytea'")
        assert cursor.fetchall() == [("meetings_editionpdf.content",)]


def test_hashes_are_left_whatever_letters_they_hold(owned):
    before = list(Entry.objects.values_list("hash", "payload_sha256"))
    digits = before[0][0][:5]
    redact(black_out(digits, **ORDER, by=owned.pmo), by=owned.pmo)
    assert list(Entry.objects.values_list("hash", "payload_sha256"))[: len(before)] == before
    assert list(faults()) == []
