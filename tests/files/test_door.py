"""How much may be sent is said before anything is read: an anonymous upload writes nothing anywhere."""

import io
import os
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import UnreadablePostError
from django.test import Client, RequestFactory
from django.urls import resolve

from files.door import MOST_TYPED, MOST_WITH_FILES, DoorMiddleware
from files.kinds import MIB
from files.models import Blob

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.files.urls")]


class Unread(io.RawIOBase):
    """What is sent: whoever reads of it fails the test."""

    def readinto(self, buffer):
        raise AssertionError("it was read")

    def readable(self):
        return True


@pytest.fixture
def temporary(tmp_path, settings):
    """Where Django would write what is sent."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(folder)
    return folder


@pytest.fixture
def signed_in(somebody):
    client = Client()
    client.force_login(somebody)
    return client


def sent_unread(client, path, length, **more):
    told = {"CONTENT_TYPE": "multipart/form-data; boundary=x"} | ({"CONTENT_LENGTH": str(length)} if length is not None else {})
    return client.generic("POST", path, **told, **more, **{"wsgi.input": Unread()})


PUBLIC_AND_CLOSED = ["/", "/decisions/", "/open/", "/open-and-takes-files/", "/behind/", "/in/", "/desk/", "/accounts/login/"]


@pytest.mark.parametrize("path", PUBLIC_AND_CLOSED)
def test_thirty_megabytes_of_nobody_are_answered_without_being_read(client, temporary, path):
    answer = sent_unread(client, path, 30 * MIB)
    assert answer.status_code == 413
    assert b"None of it was read or kept" in answer.content
    assert not list(temporary.iterdir())


@pytest.mark.parametrize("path", ["/open/", "/open-and-takes-files/", "/behind/", "/accounts/login/"])
def test_nobody_s_files_are_passed_over_even_if_they_are_small(client, temporary, path, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1
    answer = client.post(path, {"a": "b", "file": SimpleUploadedFile("a.pdf", bytes(MIB))})
    assert answer.status_code in (200, 302, 401)
    assert "open" not in path or answer.content == b"1 0"
    assert not list(temporary.iterdir())


def test_whoever_is_signed_in_may_send_more_where_files_are_taken_and_nowhere_else(signed_in):
    for path, most in (("/in/", MOST_WITH_FILES), ("/behind/", MOST_TYPED), ("/open-and-takes-files/", MOST_TYPED)):
        assert sent_unread(signed_in, path, most + 1).status_code == 413
        with pytest.raises(AssertionError, match="it was read"):
            sent_unread(signed_in, path, most)


def test_the_page_says_how_large_a_file_may_be(signed_in):
    assert b"The most a file may be is 25 MB." in sent_unread(signed_in, "/in/", 30 * MIB).content
    assert b"larger than this address takes" in sent_unread(signed_in, "/behind/", 30 * MIB).content


@pytest.mark.parametrize("path", PUBLIC_AND_CLOSED)
def test_what_does_not_say_how_long_it_is_is_not_read(signed_in, path):
    answer = sent_unread(signed_in, path, None, HTTP_TRANSFER_ENCODING="chunked")
    assert answer.status_code == 411


def test_so_many_files_in_one_form_and_no_more(signed_in):
    assert signed_in.post("/in/", {"file": [SimpleUploadedFile("a.txt", b"a") for _ in range(21)]}).status_code == 400


def test_so_many_fields_in_one_form_and_no_more(signed_in):
    assert signed_in.post("/in/", {"a": ["b"] * 1001}).status_code == 400


@pytest.mark.parametrize("path", ["/", "/decisions/", "/open/", "/open-and-takes-files/"])
def test_who_asks_is_not_looked_at_for_a_page_for_everyone(path):
    class Nobody:
        @property
        def is_authenticated(self):
            raise AssertionError("the door looked who it is")

    request = RequestFactory().post(path, {"a": "b"})
    request.user = Nobody()
    assert DoorMiddleware(None).process_view(request, resolve(path, "tests.files.urls").func, (), {}) is None


URLENCODED = "application/x-www-form-urlencoded"


def test_a_form_without_files_is_read_as_ever(client):
    assert client.post("/open/", "a=b&c=d", content_type=URLENCODED).content == b"2 0"
    assert client.post("/open/", "", content_type=URLENCODED).content == b"0 0"


def test_whoever_signs_in_comes_in(client, somebody, settings):
    settings.DEMO = True
    answer = client.post("/accounts/login/", urlencode({"login": somebody.email, "password": "correct horse battery"}), content_type=URLENCODED)
    assert answer.headers["Location"] == "/desk/"


def test_half_a_form_is_none(client):
    told = {"CONTENT_TYPE": URLENCODED, "CONTENT_LENGTH": "30", "wsgi.input": io.BytesIO(b"choice=approve&co")}
    with pytest.raises(UnreadablePostError):
        client.generic("POST", "/open/", **told)


def test_an_upload_that_is_cut_off_leaves_nothing(signed_in, temporary, folder, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1
    half = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n' + b"words " * 100_000
    told = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(len(half) + 9_000), "wsgi.input": io.BytesIO(half)}
    with pytest.raises(UnreadablePostError, match="9000 bytes of what was announced did not come"):
        signed_in.generic("POST", "/in/", **told)
    assert not Blob.objects.exists()
    assert not list(temporary.iterdir())
    assert not [name for _, _, names in os.walk(folder) for name in names]
