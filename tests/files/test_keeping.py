"""Keeping a file: once, whole, by somebody; or not at all."""

import errno
import io
import os
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import connection, transaction

from files.kinds import Kind
from files.models import Blob, CleanCopy
from files.operations import cleaned_name, keep
from files.storing import Folder, name_of, opened, store
from files.verifying import faults
from groups.models import User
from records.canonical import sha256
from records.models import Unsigned
from records.operations import operating
from records.rules import Refused, require
from tests.factories import UserFactory
from tests.files import samples

pytestmark = pytest.mark.django_db


def read(kept) -> bytes:
    with opened(kept.sha256) as file:
        return file.read()


def lying_in(folder) -> list[str]:
    return sorted(os.path.relpath(os.path.join(where, name), folder) for where, _, names in os.walk(folder) for name in names)


def test_a_file_is_kept_under_its_hash_with_who_and_what(somebody, folder):
    content = samples.pdf()
    blob = keep(SimpleUploadedFile("paper.pdf", content), by=somebody)
    assert (blob.sha256, blob.size, blob.kind, blob.recorded_by) == (sha256(content), len(content), Kind.PDF, somebody)
    assert lying_in(folder) == [name_of(blob.sha256)] == [f"{blob.sha256[:2]}/{blob.sha256[2:4]}/{blob.sha256}"]
    assert read(blob) == content
    assert blob.served == blob
    assert blob.safety == "Not scanned"
    assert blob.is_servable


def test_what_names_somebody_is_kept_beside_its_clean_copy(somebody, folder):
    content = samples.reviewed()
    blob = keep(("paper.docx", content), by=somebody)
    copy = CleanCopy.objects.get()
    assert blob.served == copy
    assert copy.sha256 != blob.sha256
    assert sha256(read(copy)) == copy.sha256
    assert read(blob) == content
    assert lying_in(folder) == sorted([name_of(blob.sha256), name_of(copy.sha256)])
    assert blob.notes == ["has comments", "has tracked changes"]


def test_the_same_content_under_another_name_is_the_same_blob(somebody, folder):
    first, second = keep(("a.txt", b"words"), by=somebody), keep(("b.txt", b"words"), by=UserFactory())
    assert first == second
    assert len(lying_in(folder)) == 1


def test_two_that_differ_in_their_author_alone_have_the_same_clean_copy(somebody, folder):
    papers = [samples.office("docx", None, {"docProps/core.xml": samples.core(who)}) for who in ("Ada", "Ben")]
    first, second = (keep(("a.docx", paper), by=somebody) for paper in papers)
    assert first != second
    assert first.served.sha256 == second.served.sha256
    assert len(lying_in(folder)) == 3


def test_the_rules_are_asked_for_content_that_is_known_too(somebody):
    keep(("a.txt", b"words"), by=somebody)
    with pytest.raises(Refused, match="does not take"):
        keep(("a.exe", b"words"), by=somebody)


def test_all_reasons_are_given_and_name_the_field(somebody, folder):
    with pytest.raises(Refused) as refused:
        keep(("a.exe", b""), by=somebody)
    assert [reason.field for reason in refused.value.reasons] == ["file", "file"]
    with pytest.raises(Refused, match="Choose a file"):
        keep(None, by=somebody)
    with pytest.raises(Refused, match="not what its name says") as refused:
        keep(("a.pdf", b"words"), by=somebody)
    assert refused.value.reasons[0].field == "file"
    assert not Blob.objects.exists()
    assert not lying_in(folder)


def test_nothing_is_kept_by_nobody_and_nothing_is_changed_or_deleted(somebody):
    blob = keep(("a.txt", b"words"), by=somebody)
    with pytest.raises(Unsigned):
        blob.delete()
    with pytest.raises(Unsigned):
        Blob(sha256="0" * 64, size=1, kind="txt").save()


def test_a_file_that_got_lost_is_put_back_by_whoever_hands_it_in_again(somebody, folder):
    content = samples.reviewed()
    blob = keep(("a.docx", content), by=somebody)
    for name in lying_in(folder):
        (folder / name).unlink()
    assert len(list(faults())) == 2
    assert keep(("b.docx", content), by=somebody) == blob
    assert not list(faults())


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_leaves_no_row_and_is_an_orphan(somebody, folder):
    def kept_and_then_refused():
        with operating():
            keep(("a.txt", b"words"), by=somebody)
            require(["Something else is amiss."])

    with pytest.raises(Refused):
        kept_and_then_refused()
    assert not Blob.objects.exists()
    assert lying_in(folder) == [name_of(sha256(b"words"))]


@pytest.mark.parametrize("when", ["write", "fsync"])
def test_a_full_disk_is_said_and_leaves_nothing(somebody, folder, monkeypatch, when):
    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    if when == "fsync":
        monkeypatch.setattr("files.storing.os.fsync", full)
    else:
        monkeypatch.setattr("files.storing.ContentFile.chunks", lambda self: iter([b"half", full()]))
    with pytest.raises(Refused, match="cannot keep files at the moment"):
        keep(("a.txt", b"half and half"), by=somebody)
    assert not lying_in(folder)
    assert not Blob.objects.exists()


GROWS_NO_FURTHER = """
import errno, resource, sys
from django.conf import settings
settings.configure(STORAGES={"files": {"BACKEND": "files.storing.Folder", "OPTIONS": {"location": sys.argv[1]}}})
from files.storing import store
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    store(bytes(200_000))
except OSError as error:
    print(errno.errorcode[error.errno])
"""


def test_a_file_that_may_grow_no_further_leaves_nothing(folder):
    """The kernel itself says no, in a process of its own."""
    said = subprocess.run([sys.executable, "-c", GROWS_NO_FURTHER, str(folder)], cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert (said.stdout, said.stderr) == ("EFBIG\n", "")
    assert not lying_in(folder)


def test_an_upload_that_breaks_off_while_it_is_read_leaves_nothing(somebody, folder):
    class Broken(io.BytesIO):
        def read(self, *size):
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        keep(UploadedFile(Broken(), "a.txt", size=5), by=somebody)
    assert not lying_in(folder)
    assert not Blob.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_file_twice_at_once_is_one_blob(folder):
    user, start, kept = UserFactory(), threading.Barrier(4), []

    def hand_in():
        try:
            start.wait()
            with transaction.atomic():
                kept.append(keep(("a.docx", samples.reviewed()), by=User.objects.get(pk=user.pk)).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=hand_in) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(kept) == 4
    assert len(set(kept)) == 1
    assert Blob.objects.count() == CleanCopy.objects.count() == 1
    assert len(lying_in(folder)) == 2


def test_what_is_just_being_written_is_not_there_yet(folder, monkeypatch):
    seen = []
    monkeypatch.setattr("files.storing.os.fsync", lambda number: seen.append(lying_in(folder)))
    store(b"words")
    assert seen[0][0].startswith("incoming/")
    assert seen[1:] == [[name_of(sha256(b"words"))]] * 3


def test_a_name_that_is_no_hash_leads_nowhere(folder):
    from django.core.exceptions import SuspiciousFileOperation
    from django.core.files.base import ContentFile

    for name in ("../a", "/etc/a"):
        with pytest.raises(SuspiciousFileOperation):
            Folder(location=str(folder)).save(name, ContentFile(b"a"))


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("paper.pdf", "paper.pdf"),
        ("C:\\Users\\ada\\paper.pdf", "paper.pdf"),
        ("../../etc/paper.pdf", "paper.pdf"),
        ("  two   words .pdf ", "two words.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "a Set-Cookie- b.pdf"),
        ("in\u202eno\u200bt\x00.pdf", "innot.pdf"),
        ('a"b<c>.pdf', "a-b-c-.pdf"),
        ("Cafe\u0301.PDF", "Café.PDF"),
        ("решение.docx", "решение.docx"),
        ("pешение.docx", None),  # its first letter is Latin
        ("x" * 300 + ".docx", "x" * 145 + ".docx"),
    ],
)
def test_a_name_is_shown_without_what_does_not_belong_into_one(given, shown):
    if shown is None:
        with pytest.raises(Refused, match="mixes letters"):
            cleaned_name(given)
    else:
        assert cleaned_name(given) == shown
