"""Paper, each in a process of its own, which may take only so much memory and time: one large paper stops nothing else.

What comes is what records/printing.py makes. To bring that in takes four times as long as to make a paper, so it is not begun for each: a
press that has it in hand waits a minute for the next paper, and parts for each into a process that makes it. Both ends say how much
they are about to say; a press is asked by JSON, and answers with a letter and the PDF, or why not.
"""

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parents[1]
PATIENCE = 60  # seconds, also where the machine is busy; the process itself ends at records/printing.py's limits
# WeasyPrint tries several names of each library, and for every one that is not there a compiler, a linker and the loader's list would
# be asked, in some fifty processes: a third of what it takes to begin. The names that Debian gives them are among those it tries.
PRINTS = """
import ctypes.util, sys
ctypes.util.find_library = lambda name: None
sys.path.insert(0, sys.argv[1])
from records.printing import main
main()
"""
TOO_MUCH = "Printing it takes more time or memory than a paper may have. What was printed before stays; the page has all of it."


class AddressRefused(Exception):
    """A document to be printed names an address: printing stops, since nothing but its own text may be in it."""


class TooLarge(Exception):
    """Nothing came of it within the limits."""


def pdf(html: str, stylesheet: str, *, made_at: datetime) -> bytes:
    """The document as PDF/UA-1. Raises TooLarge, or AddressRefused."""
    with TemporaryDirectory() as there:  # what is left lying about, however the process ends, goes with it
        asked = {"html": html, "stylesheet": stylesheet, "made_at": made_at.isoformat(), "there": there}
        answer = _answered(json.dumps(asked).encode())
    said, rest = answer[:1], answer[1:]
    if said == b"R":
        raise AddressRefused(rest.decode())
    if said != b"P":
        raise TooLarge(TOO_MUCH)
    return rest


def send(line: socket.socket, said: bytes) -> None:
    line.sendall(len(said).to_bytes(8, "big") + said)


def receive(line: socket.socket) -> bytes:
    """What the other end sent. Raises EOFError if it is gone."""
    return _exactly(line, int.from_bytes(_exactly(line, 8), "big"))


def _exactly(line: socket.socket, length: int) -> bytes:
    read = bytearray()
    while len(read) < length:
        if not (more := line.recv(min(length - len(read), 1 << 20))):
            raise EOFError
        read += more
    return bytes(read)


class Press:
    """A process with all in it that printing takes, at the other end of a line."""

    def __init__(self) -> None:
        self.line, its = socket.socketpair()
        self.line.settimeout(PATIENCE)
        where = {name: os.environ[name] for name in ("HOME", "XDG_CACHE_HOME") if name in os.environ}  # what is known of fonts is kept there
        with its:
            self.process = subprocess.Popen([sys.executable, "-I", "-c", PRINTS, str(HERE)], stdin=its.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=where, cwd="/", start_new_session=True)  # noqa: S603 - ours

    def answer(self, asked: bytes) -> bytes:
        send(self.line, asked)
        return receive(self.line)

    def end(self) -> None:
        """With whatever it is making."""
        self.line.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def leave(self) -> None:
        """It belongs to the process of which this one is a copy."""
        self.line.close()
        self.process.returncode = 0


_waiting: list[Press] = []  # at most one; others are begun beside it while several papers are made at once


def _answered(asked: bytes) -> bytes:
    """Raises TooLarge if no answer comes."""
    with contextlib.suppress(IndexError, EOFError, ConnectionError):  # none waits, or nothing was asked of it for so long that it has ended
        return _asked_of(_waiting.pop(), asked)
    try:
        return _asked_of(Press(), asked)
    except (EOFError, ConnectionError) as error:
        raise TooLarge(TOO_MUCH) from error


def _asked_of(press: Press, asked: bytes) -> bytes:
    """The press waits afterwards for the next paper, unless it has come to nothing or another waits already."""
    try:
        answer = press.answer(asked)
    except TimeoutError as error:
        press.end()
        raise TooLarge(TOO_MUCH) from error
    except BaseException:
        press.end()
        raise
    if _waiting:
        press.end()
    else:
        _waiting.append(press)
    return answer


def end_all() -> None:
    """Of this process."""
    while _waiting:
        _waiting.pop().end()


def _leave_all() -> None:
    while _waiting:
        _waiting.pop().leave()


atexit.register(end_all)
os.register_at_fork(after_in_child=_leave_all)
