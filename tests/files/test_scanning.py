"""Virus scans: clean is handed out, infected never, and what was not answered waits."""

import contextlib
import socket
import threading

import pytest

from files import scanning
from files.by_the_clock import scan_again, waiting
from files.models import Blob, Result, Scan
from files.operations import keep
from groups.models import User
from records import sweep
from records.clock import portal_now
from records.rules import Refused
from tests.files import samples

pytestmark = pytest.mark.django_db


class Clamd:
    """Speaks as clamd does, and finds the test virus."""

    def __init__(self, path, said=None):
        self.listening, self.said, self.got = socket.socket(socket.AF_UNIX), said, []
        self.listening.bind(str(path))
        self.listening.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listening.accept()
                with connection, connection.makefile("rb") as came:
                    connection.sendall(self._answer(came))

    def _answer(self, came) -> bytes:
        command = b""
        while not command.endswith(b"\0"):
            command += came.read(1)
        if command == b"zPING\0":
            return b"PONG\0"
        if command == b"zVERSION\0":
            return b"ClamAV 1.0.7/27200\0"
        content = b""
        while length := int.from_bytes(came.read(4), "big"):
            content += came.read(length)
        self.got.append(content)
        return self.said or (b"stream: Eicar-Test-Signature FOUND\0" if samples.EICAR in content else b"stream: OK\0")


@pytest.fixture
def clamd(tmp_path, settings):
    """Start one: clamd(), or clamd(b"what it says of everything")."""
    started = []

    def start(said=None):
        settings.PORTAL_CLAMD = str(tmp_path / f"clamd-{len(started)}")
        started.append(Clamd(settings.PORTAL_CLAMD, said))
        return started[-1]

    yield start
    for each in started:
        each.listening.shutdown(socket.SHUT_RDWR)
        each.listening.close()


@pytest.fixture
def silent(tmp_path, settings, monkeypatch):
    """One that takes what it is sent, and says nothing."""
    monkeypatch.setattr(scanning, "PATIENCE", 0.1)
    settings.PORTAL_CLAMD = str(tmp_path / "silent")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(settings.PORTAL_CLAMD)
        listening.listen()
        yield


def test_what_is_clean_is_handed_out_and_it_is_written_down_who_said_so(clamd, somebody):
    scanner = clamd()
    content = samples.png(samples.chunk(b"IDAT", bytes(200_000)))
    blob = keep(("a.png", content), by=somebody)
    scan = Scan.objects.get()
    assert (scan.blob, scan.result, scan.scanner, scan.words) == (blob, Result.CLEAN, "ClamAV 1.0.7/27200", "OK")
    assert scanner.got == [content]
    assert blob.is_servable
    assert blob.safety == "Scanned"


def test_what_is_infected_is_refused_and_not_kept(clamd, somebody, folder):
    clamd()
    with pytest.raises(Refused, match=r"found Eicar-Test-Signature in the file"):
        keep(("a.txt", samples.EICAR), by=somebody)
    assert not Blob.objects.exists()
    assert not folder.exists()


@pytest.mark.parametrize("why", ["away", "silent", "at its limit"])
def test_what_is_not_answered_is_kept_and_not_handed_out(why, somebody, settings, request, tmp_path):
    if why == "away":
        settings.PORTAL_CLAMD = str(tmp_path / "nobody")
    elif why == "silent":
        request.getfixturevalue("silent")
    else:
        request.getfixturevalue("clamd")(b"INSTREAM size limit exceeded. ERROR\0")
    blob = keep(("a.txt", b"words"), by=somebody)
    assert Scan.objects.get().result == Result.UNANSWERED
    assert not blob.is_servable
    assert blob.safety == "Checking"


def test_the_clock_has_it_scanned_once_the_scanner_answers(clamd, somebody, settings, tmp_path):
    settings.PORTAL_CLAMD = str(tmp_path / "nobody")
    blob = keep(("a.txt", b"words"), by=somebody)
    assert not waiting(portal_now()).exists()
    clamd()
    assert list(waiting(portal_now())) == [blob]
    report = sweep.run()
    assert report.done["scan"] == 1
    assert not report.failures
    assert Blob.objects.get().is_servable
    assert blob.scans.last().recorded_by == User.objects.the_clock()
    assert not waiting(portal_now()).exists()


def test_what_is_found_infected_later_is_never_handed_out_and_not_taken_again(clamd, somebody, settings, tmp_path):
    settings.PORTAL_CLAMD = str(tmp_path / "nobody")
    blob = keep(("a.txt", samples.EICAR), by=somebody)
    clamd()
    scan_again(blob)
    blob = Blob.objects.get()
    assert blob.is_infected
    assert not blob.is_servable
    settings.PORTAL_CLAMD = ""
    assert not Blob.objects.get().is_servable
    with pytest.raises(Refused, match="Eicar"):
        keep(("b.txt", samples.EICAR), by=somebody)


def test_what_was_kept_before_there_was_a_scanner_waits_for_it(clamd, somebody):
    blob = keep(("a.txt", b"words"), by=somebody)
    assert blob.safety == "Not scanned"
    clamd()
    assert not Blob.objects.get().is_servable
    assert list(waiting(portal_now())) == [blob]


def test_a_file_of_which_the_scanner_cannot_say_is_tried_again_after_an_hour(clamd, somebody, clock):
    clamd(b"INSTREAM: Can't allocate memory ERROR\0")
    blob = keep(("a.txt", b"words"), by=somebody)
    assert not waiting(portal_now()).exists()
    clock("2023-07-12 11:01")
    assert list(waiting(portal_now())) == [blob]


def test_a_scanner_is_asked_over_the_network_too(somebody, settings):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings.PORTAL_CLAMD = f"127.0.0.1:{listening.getsockname()[1]}"

        def answer():
            with listening.accept()[0] as connection:
                connection.sendall(b"PONG\0")

        answering = threading.Thread(target=answer)
        answering.start()
        assert scanning.answers()
        answering.join()
    assert not scanning.answers()
