"""ClamAV, asked over its socket. Who asks is told clean, infected, or that there was no answer; never an exception."""

import logging
import socket
import struct
from typing import NamedTuple

from django.conf import settings
from django.db import models

logger = logging.getLogger(__name__)

PATIENCE = 30  # seconds for one file
PATIENCE_TO_CONNECT = 3
PIECE = 64 * 1024


class Result(models.TextChoices):
    CLEAN = "clean", "Clean"
    INFECTED = "infected", "Infected"
    UNANSWERED = "unanswered", "No answer"


class Answer(NamedTuple):
    result: Result
    scanner: str  # as it calls itself, with its version and that of its list
    words: str


def is_named() -> bool:
    """Whether there is a scanner to ask."""
    return bool(settings.PORTAL_CLAMD)


def answers() -> bool:
    """Whether it is there now."""
    try:
        return _asked(b"PING") == "PONG"
    except OSError:
        return False


def scanned(content: bytes) -> Answer:
    scanner = ""
    try:
        scanner = _asked(b"VERSION")[:200]
        words = _asked(b"INSTREAM", content).removeprefix("stream: ")[:300]
    except OSError as error:
        logger.warning("The virus scanner does not answer: %s", error)
        return Answer(Result.UNANSWERED, scanner, str(error)[:300])
    if words == "OK":
        return Answer(Result.CLEAN, scanner, words)
    if words.endswith(" FOUND"):
        return Answer(Result.INFECTED, scanner, words.removesuffix(" FOUND"))
    logger.warning("The virus scanner could not say: %s", words)
    return Answer(Result.UNANSWERED, scanner, words)


def _asked(command: bytes, content: bytes | None = None) -> str:
    with _connected() as connection:
        connection.sendall(b"z" + command + b"\0")
        if content is not None:
            for at in range(0, len(content), PIECE):
                piece = content[at : at + PIECE]
                connection.sendall(struct.pack("!L", len(piece)) + piece)
            connection.sendall(struct.pack("!L", 0))
        said = b""
        while not said.endswith(b"\0") and len(said) < 4096 and (more := connection.recv(4096)):
            said += more
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


def _connected() -> socket.socket:
    """By a path, or a host and its port."""
    where = settings.PORTAL_CLAMD
    if where.startswith("/"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(PATIENCE_TO_CONNECT)
        try:
            connection.connect(where)
        except OSError:
            connection.close()
            raise
    else:
        host, _, port = where.rpartition(":")
        connection = socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE_TO_CONNECT)
    connection.settimeout(PATIENCE)
    return connection
