"""F11, F14, F23, F25: a clock that goes back, a migration beside an open vote, a disk that is full, a dump that is restored: nothing is lost, repeated or half done."""

import re
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connection

from decisions.models import Cast
from files.operations import keep
from files.storing import name_of
from ledger.heads import published_heads
from ledger.verifying import faults
from notifications.models import Notice, SweepRun
from notifications.sweeping import run_and_remember
from records.clock import LONDON
from tests import databases
from tests.files import samples
from tests.races.crews import ROOT, environment
from tests.races.halls import Hall

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
CLOSES = datetime(2026, 10, 26, 17, tzinfo=LONDON)


@pytest.fixture
def closing(clock):
    clock("2026-10-19 10:00")
    hall = Hall(4)
    return hall, hall.ask(closes_at=CLOSES)


def test_nothing_is_done_again_after_the_clock_was_set_back_an_hour(closing, clock):
    """The heads and the mail of the second time, too: each is what a row says, and that is done."""
    _, question = closing
    clock(CLOSES + timedelta(minutes=5))
    assert run_and_remember().done["close"] == 1
    told, heads = Notice.objects.count(), len(published_heads(30))
    clock(CLOSES - timedelta(minutes=55))
    assert run_and_remember().done == {}
    clock(CLOSES + timedelta(minutes=10))
    assert run_and_remember().failures == []
    question.refresh_from_db()
    assert question.close_recorded_at == CLOSES + timedelta(minutes=5)
    assert (Notice.objects.count(), len(published_heads(30)), len(mail.outbox)) == (told, heads, told)
    assert SweepRun.objects.count() == 3
    assert list(faults()) == []


def test_votes_are_given_while_a_migration_runs(crews, closing):
    """With all that follows one: every grant and every trigger is laid down anew."""
    hall, question = closing
    as_owner = databases.environment(connection.settings_dict["NAME"])
    migrating = subprocess.Popen([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=as_owner)
    receipts = [receipt for _ in range(3) for receipt in crews.all(*hall.votes(question))]
    assert migrating.wait() == 0
    assert Cast.objects.count() == len(receipts) == 12
    assert all("at" in receipt for receipt in receipts)
    assert list(faults()) == []


@pytest.fixture
def restored():
    """The name of a database that a dump is put back into."""
    name = f"test_{databases.RUN}_restored"
    databases.create(name, "template0")
    yield name
    databases.drop(name)


@pytest.fixture
def folder(settings, tmp_path):
    """Where files lie."""
    settings.PORTAL_CLAMD = ""
    settings.STORAGES = settings.STORAGES | {"files": {"BACKEND": "files.storing.Folder", "OPTIONS": {"location": str(tmp_path / "files")}}}
    return tmp_path / "files"


def test_a_dump_and_the_files_put_back_are_whole_against_a_head_kept_outside(crews, closing, clock, restored, folder, tmp_path):
    """As docs/operations.md has it: pg_dump, tar, pg_restore, tar, verify_ledger, verify_files; and the guards are there again."""
    hall, question = closing
    crews.all(*hall.votes(question))
    kept = [keep(("paper.docx", samples.reviewed()), by=hall.pmo), keep(("notes.txt", b"What was said"), by=hall.pmo)]
    clock(CLOSES + timedelta(minutes=5))
    run_and_remember()
    head, tools = str(published_heads(1)[0].head), programs()
    told, file = connection.settings_dict, str(tmp_path / "portal.dump")
    where = ["--host", told["HOST"], "--username", told["USER"], *(["--port", str(told["PORT"])] if told["PORT"] else [])]
    subprocess.run([tools / "pg_dump", *where, "--format", "custom", "--file", file, told["NAME"]], check=True)
    subprocess.run([tools / "pg_restore", *where, "--exit-on-error", "--dbname", restored, file], check=True)
    subprocess.run(["tar", "--create", "--directory", folder, "--exclude", "./incoming", "--file", tmp_path / "files.tar", "."], check=True)
    (again := tmp_path / "again").mkdir()
    subprocess.run(["tar", "--extract", "--directory", again, "--file", tmp_path / "files.tar"], check=True)
    there = environment(databases.environment(restored)["DATABASE_URL"] + "?options=-c%20role%3Dportal_app") | {"PORTAL_FILES": str(again), "PORTAL_CLAMD": ""}
    verified = subprocess.run([sys.executable, "manage.py", "verify_ledger", "--head", head], cwd=ROOT, env=there, capture_output=True, text=True)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert re.search(r"The ledger is whole: \d+ entries, and agrees with the head", verified.stdout)
    counted = subprocess.run([sys.executable, "manage.py", "verify_files"], cwd=ROOT, env=there, capture_output=True, text=True)
    assert counted.returncode == 0, counted.stdout + counted.stderr
    lost = again / name_of(kept[1].sha256)
    lost.write_bytes(b"What was never said")
    missed = subprocess.run([sys.executable, "manage.py", "verify_files"], cwd=ROOT, env=there, capture_output=True, text=True)
    assert missed.returncode == 1
    assert kept[1].sha256[:12] in missed.stdout + missed.stderr
    deleting = "from django.db import connection; connection.cursor().execute('DELETE FROM decisions_cast')"
    refused = subprocess.run([sys.executable, "manage.py", "shell", "-c", deleting], cwd=ROOT, env=there, capture_output=True, text=True)
    assert "permission denied" in refused.stderr


def programs():
    """Of the version that serves."""
    from launcher.postgres import binaries

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        folder = binaries().get(int(cursor.fetchone()[0]) // 10000)
    if folder is None or not (folder / "pg_dump").exists():
        pytest.skip("there is no pg_dump of the version of this PostgreSQL")
    return folder
