"""Words that were blacked out can be erased from every table by the owner of the database."""

import json

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from groups.models import Organisation, User
from ledger import erasing
from ledger.models import BlackOut, Entry, Payload, Redaction
from ledger.operations import black_out, redact
from ledger.verifying import faults
from ledger.withdrawn import SAID
from meetings.models import EditionPDF
from records.rules import Refused
from register import checking
from tests.factories import OrganisationFactory, UserFactory
from tests.pages import text_of
from tests.register.erased import ORDER, SHOWN, TOKEN, WORDS, answers, erase, run, tables_with

pytestmark = pytest.mark.django_db


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
    assert "Words were withdrawn from this page on 19 Jul 2023, on the order of a court: a person’s address." in text_of(Client().get(SHOWN))


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
        assert {name for (name,) in cursor.fetchall()} == {"meetings_editionpdf.content", "meetings_headlinepdf.content", "meetings_agendapdf.content", "artefacts_releasenote.content"}


def test_hashes_are_left_whatever_letters_they_hold(owned):
    before = list(Entry.objects.values_list("hash", "payload_sha256"))
    digits = before[0][0][:5]
    redact(black_out(digits, **ORDER, by=owned.pmo), by=owned.pmo)
    assert list(Entry.objects.values_list("hash", "payload_sha256"))[: len(before)] == before
    assert list(faults()) == []
