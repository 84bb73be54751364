"""A name and a passage of papers that were read in are erased, one after the other, from them and from all that was made of them."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from archive.models import ImportedFile
from archive.operations import import_minutes
from archive.samples import DAG026
from decisions.models import Decision
from groups.models import User
from groups.programme import load
from ledger.operations import black_out, redact
from ledger.verifying import faults
from notifications.sweeping import run_and_remember
from register import checking
from tests.conftest import set_clock
from tests.factories import issue_all
from tests.pages import text_of
from tests.register.erased import tables_with
from tests.register.proving import run_script, told, written

pytestmark = pytest.mark.django_db
NAME, PASSAGE = "Petra Lindqvist", "GS felt that approval was out of reach"


@pytest.fixture(scope="module")
def staged(scene):
    return scene(read_in_and_redacted)


def read_in_and_redacted() -> User:
    set_clock("2023-07-20 10:00")
    load(Path(settings.BASE_DIR) / "programme" / "mhhs.toml")
    by = User.objects.the_archivist()
    import_minutes(DAG026.read_bytes(), DAG026.name, by=by)
    issue_all("group", "seat")
    set_clock("2023-07-20 17:05")
    run_and_remember()
    assert len(tables_with(NAME)) > 8
    for words, why in ((NAME, "a person’s name"), (PASSAGE, "said in confidence")):
        made = black_out(words, why=why, ordered_by="a court", by=by)
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            redact(made, by=by)
            cursor.execute("SET ROLE portal_app")
    return by


@pytest.fixture
def by(staged, db) -> User:
    return staged()


def test_name_and_passage_stand_in_no_table(by):
    assert tables_with(NAME) == tables_with(PASSAGE) == {}
    assert tables_with("Lindqvist") == {}


def test_ledger_and_register_are_whole(by):
    assert list(faults()) == []
    assert list(checking.faults()) == []


def test_each_decision_made_of_them_can_still_be_checked(by, client, tmp_path):
    for decision in Decision.objects.published():
        assert "Something does not fit" not in text_of(client.get(f"/decisions/{decision.reference}/verify/"))
        file = told(client, decision.reference)
        code, said = run_script(written(tmp_path, file))
        assert (code, "Words were erased since from what entries" in said) == (2, True), said


def test_the_same_file_is_known_by_its_hash_and_not_read_in_again(by):
    files = ImportedFile.objects.count()
    import_minutes(DAG026.read_bytes(), DAG026.name, by=by)
    assert ImportedFile.objects.count() == files
    assert tables_with(NAME) == {}


def test_the_page_of_the_meeting_says_where_it_stood_and_why(by):
    page = text_of(Client().get("/meetings/DAG026/"))
    assert "[withdrawn]" in page
    assert "Words were withdrawn from this page on 20 Jul 2023, on the order of a court: a person’s name." in page
