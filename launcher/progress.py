"""One line a step, with its seconds; on standard error, because standard output belongs to what is being run."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TAIL_LINES = 25


class Problem(SystemExit):
    """Something the person at the keyboard has to know or do; shown as plain text, without a traceback."""

    def __init__(self, message: str, status: int = 1) -> None:
        super().__init__(status)
        self.message = message


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(label: str) -> Iterator[None]:
    print(f"{label} ... ", end="", file=sys.stderr, flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        say("failed")
        raise
    say(f"{time.monotonic() - started:.1f} s")


def tail(log: Path, lines: int = TAIL_LINES) -> str:
    """The end of a log, to show beside the news that its process died."""
    if not log.exists():
        return "(no log was written)"
    return "\n".join(f"  | {line}" for line in log.read_text("utf-8", "replace").splitlines()[-lines:])
