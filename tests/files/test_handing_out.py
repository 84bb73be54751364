"""Handing files out: the clean copy, to be saved, never run, and only what is safe."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.test.utils import isolate_apps
from django.utils.datastructures import MultiValueDict

from files.forms import UploadField
from files.kinds import MOST_BYTES, Kind
from files.models import Attached, Blob, Result, Scan, Visibility
from files.operations import keep
from files.storing import name_of
from records.clock import portal_now
from tests.files import samples
from tests.files.urls import HandIn

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.files.urls")]


@pytest.fixture
def signed_in(somebody):
    client = Client()
    client.force_login(somebody)
    return client


def whole(answer) -> bytes:
    content = b"".join(answer.streaming_content)
    answer.close()
    return content


def test_a_reader_gets_the_clean_copy_to_be_saved(signed_in, somebody):
    blob = keep(("a.docx", samples.reviewed()), by=somebody)
    answer = signed_in.get(f"/out/{blob.pk}/?name=Überblick.docx")
    assert answer.status_code == 200
    assert samples.AUTHOR.encode() not in samples.unpacked(whole(answer))
    assert answer["ETag"] == f'"{blob.clean_copy.sha256}"'
    assert answer["Content-Length"] == str(blob.clean_copy.size)
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%C3%9Cberblick.docx"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_name_with_quotes_and_lines_breaks_no_header(signed_in, somebody):
    blob = keep(("a.txt", b"words"), by=somebody)
    answer = signed_in.get(f"/out/{blob.pk}/", {"name": 'a"; b\\.txt'})
    assert answer["Content-Disposition"] == 'attachment; filename="a\\"; b\\\\.txt"'
    assert whole(answer) == b"words"


def test_who_has_it_is_told_so(signed_in, somebody):
    blob = keep(("a.txt", b"words"), by=somebody)
    answer = signed_in.get(f"/out/{blob.pk}/", headers={"If-None-Match": f'"{blob.sha256}"'})
    assert answer.status_code == 304
    assert answer["ETag"] == f'"{blob.sha256}"'
    assert not answer.content


def test_who_asks_about_it_only_is_not_sent_it(signed_in, somebody):
    blob = keep(("a.txt", b"words"), by=somebody)
    answer = signed_in.head(f"/out/{blob.pk}/")
    assert (answer.status_code, answer["Content-Length"], answer.content) == (200, "5", b"")


@pytest.mark.parametrize(
    ("name", "content"), [("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), ("a.xml", b'<html xmlns="http://www.w3.org/1999/xhtml"/>')]
)
def test_what_a_browser_could_run_has_no_type_of_its_own(signed_in, somebody, name, content):
    answer = signed_in.get(f"/out/{keep((name, content), by=somebody).pk}/")
    assert answer["Content-Type"] == "application/octet-stream"
    whole(answer)


def test_what_waits_for_its_scan_is_said_to_wait(signed_in, somebody, settings):
    blob = keep(("a.txt", b"words"), by=somebody)
    settings.PORTAL_CLAMD = "/nonexistent"
    answer = signed_in.get(f"/out/{blob.pk}/")
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert b"This file is being checked" in answer.content


def test_what_is_infected_is_not_there_for_anybody(signed_in, somebody):
    blob = keep(("a.txt", b"words"), by=somebody)
    Scan(blob=blob, at=portal_now(), result=Result.INFECTED).save_by(somebody)
    for more in ({}, {"headers": {"If-None-Match": f'"{blob.sha256}"'}}):
        assert signed_in.get(f"/out/{blob.pk}/", **more).status_code == 404


def test_what_got_lost_is_said_and_no_error(signed_in, somebody, folder):
    blob = keep(("a.txt", b"words"), by=somebody)
    (folder / name_of(blob.sha256)).unlink()
    assert signed_in.get(f"/out/{blob.pk}/").status_code == 503


# --- handing in, by a form


def test_a_form_takes_a_file_without_scripts(signed_in):
    page = signed_in.get("/in/").content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert 'accept=".pdf,.docx' in page
    assert "at most 25 MB" in page
    answer = signed_in.post("/in/", {"file": SimpleUploadedFile("paper.pdf", samples.pdf())})
    assert answer.status_code == 302
    assert answer["Location"] == f"/in/?kept={Blob.objects.get().pk}"


def test_why_a_file_is_refused_stands_beside_its_field(signed_in):
    for name, content, why in (("a.exe", b"a", "does not take .exe files"), ("a.pdf", b"words", "not what its name says"), ("a.txt", b"", "is empty")):
        answer = signed_in.post("/in/", {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code in (400, 409)
        assert why in answer.content.decode()
        assert 'id="id_file_error"' in answer.content.decode()
    assert "Choose a file." in signed_in.post("/in/", {}).content.decode()
    assert not Blob.objects.exists()


def test_the_same_form_with_another_file_is_not_taken_for_the_same(signed_in):
    key = "3f0e9c4e-6a0b-4e0f-9a57-0d1f4f9a3b11"

    def send(content):
        return signed_in.post("/in/", {"form_key": key, "file": SimpleUploadedFile("a.txt", content)})

    first, again, other = send(b"words"), send(b"words"), send(b"other words")
    assert first["Location"] == again["Location"]
    assert other.status_code == 409
    assert "You have sent this form before" in other.content.decode()
    assert Blob.objects.count() == 1


def test_a_field_may_take_some_kinds_only():
    field = UploadField(kinds=[Kind.PDF, Kind.PNG], hint="The evidence.")
    assert field.help_text == "The evidence. PDF, PNG; at most 25 MB."
    assert field.widget.attrs["accept"] == ".pdf,.png"
    with pytest.raises(ValidationError, match=r"kind \.docx\. What can be handed in here: PDF, PNG picture"):
        field.clean(SimpleUploadedFile("a.docx", b"a"))


def test_beside_a_file_stands_nothing_that_is_there_now():
    form = HandIn(QueryDict(), MultiValueDict({"file": [SimpleUploadedFile("a.txt", b"a")]}))
    form.stale = True
    assert form.is_valid()
    assert form.theirs() == {}


def test_a_field_says_at_once_what_is_too_large():
    large = SimpleUploadedFile("a.pdf", b"a")
    large.size = MOST_BYTES + 1
    with pytest.raises(ValidationError, match="larger than 25 MB"):
        UploadField().clean(large)


@isolate_apps("files")  # no other test meets a model without a table
def test_what_is_sealed_of_an_attachment_are_both_hashes_its_name_and_who_may_see_it(somebody):
    class Paper(Attached):
        __module__ = "files.models"
        history = None

    blob = keep(("a.docx", samples.reviewed()), by=somebody)
    paper = Paper(blob=blob, name="a.docx", visibility=Visibility.PARTICIPANTS)
    told = {"name": "a.docx", "sha256": blob.sha256, "digest": blob.clean_copy.sha256, "visibility": "participants"}
    assert paper.sealed() == paper.sealed_file() == told
    assert paper.served == blob.clean_copy
