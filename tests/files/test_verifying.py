"""Every file is there, byte for byte; and what nothing speaks of is swept when it is a day old."""

import os
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from files.models import Blob
from files.nightly import check_and_remember
from files.operations import keep
from files.storing import name_of, store
from files.verifying import faults, orphans, sweep_orphans
from ledger.models import Check
from records.canonical import sha256
from records.clock import portal_now
from tests.files import samples

pytestmark = pytest.mark.django_db


def age(path, hours):
    moment = (portal_now() - timedelta(hours=hours)).timestamp()
    os.utime(path, (moment, moment))


def test_all_is_well_and_the_command_says_so(somebody, capsys):
    keep(("a.docx", samples.reviewed()), by=somebody)
    keep(("a.txt", b"words"), by=somebody)
    call_command("verify_files")
    assert "Every file is as it was handed in: 2 files." in capsys.readouterr().out


@pytest.mark.parametrize("what", ["blob", "clean copy"])
@pytest.mark.parametrize("how", ["missing", "changed"])
def test_what_is_missing_or_changed_is_named_with_its_hash(somebody, folder, capsys, what, how):
    blob = keep(("a.docx", samples.reviewed()), by=somebody)
    kept = blob if what == "blob" else blob.clean_copy
    path = folder / name_of(kept.sha256)
    if how == "missing":
        path.unlink()
    else:
        path.write_bytes(bytes(kept.size))
    with pytest.raises(CommandError, match="1 fault found"):
        call_command("verify_files")
    said = capsys.readouterr().out
    assert kept.sha256 in said
    assert how in said


def test_what_nothing_speaks_of_is_named_and_swept_when_it_is_a_day_old(somebody, folder):
    kept, orphan = keep(("a.txt", b"words"), by=somebody), store(b"of a transaction that was undone")
    (folder / "incoming" / "half").write_bytes(b"of a process that was killed")
    (folder / "somebody's notes.txt").write_bytes(b"not ours")
    names = [f"{name_of(orphan)}", "incoming/half", "somebody's notes.txt"]
    for name in (*names, name_of(kept.sha256)):
        age(folder / name, 23)
    assert not list(faults())
    for name in (*names, name_of(kept.sha256)):
        age(folder / name, 25)
    assert sorted(orphans()) == sorted(names)
    assert sweep_orphans() == 2
    assert list(orphans()) == ["somebody's notes.txt"]
    assert (folder / name_of(kept.sha256)).exists()


def test_content_that_lay_there_for_long_is_new_once_it_is_kept(somebody, folder):
    """So that nobody sweeps it away before its row is committed."""
    path = folder / name_of(store(b"words"))
    age(path, 48)
    before = path.stat().st_mtime
    keep(("a.txt", b"words"), by=somebody)
    assert path.stat().st_mtime > before


def test_what_is_kept_while_it_is_swept_stays(somebody, folder, monkeypatch):
    path = folder / name_of(store(b"words"))
    age(path, 48)
    monkeypatch.setattr("files.verifying.wait_for_turn", lambda digest: keep(("a.txt", b"words"), by=somebody))
    assert sweep_orphans() == 0
    assert path.exists()


def test_a_scanner_that_has_been_away_for_a_day_is_a_fault(somebody, settings, clock):
    settings.PORTAL_CLAMD = "/nonexistent"
    keep(("a.txt", b"words"), by=somebody)
    assert not list(faults())
    clock("2023-07-13 10:01")
    assert list(faults()) == ["The virus scanner has not answered for 1 file in a day: they are not handed out."]


def test_the_night_looks_at_what_is_new_and_a_thirtieth_and_it_is_remembered(somebody, clock, client):
    assert b"Not yet. It is done every night." in client.get("/status/").content
    blobs = [keep(("a.txt", f"words {n}".encode()), by=somebody) for n in range(60)]
    assert check_and_remember().counted == 60
    clock("2023-08-12 10:00")
    check = check_and_remember()
    assert check.counted == 2
    assert check == Check.last_of(Check.What.FILES)
    assert check_and_remember(everything=True).counted == len(blobs)
    page = client.get("/status/?again").content.decode()
    assert "Last check that files are as they were handed in" in page
    assert "60 files" in page


def test_a_fault_of_the_night_is_shown_to_everybody(somebody, folder, client):
    blob = keep(("a.txt", b"words"), by=somebody)
    (folder / name_of(blob.sha256)).unlink()
    with pytest.raises(CommandError):
        call_command("verify_files", "--remember")
    page = client.get("/status/").content.decode()
    assert "Faults found" in page
    assert blob.sha256 not in page


def test_nothing_was_ever_kept(capsys):
    call_command("verify_files")
    assert "0 files" in capsys.readouterr().out
    assert not Blob.objects.exists()
    assert sha256(b"") not in orphans()
