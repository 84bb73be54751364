"""A process of its own that stops the launcher's children when the launcher can no longer do it.

It reads one line for each child from a pipe. The pipe closes when the launcher ends, whatever ended it; those of the
children that are still running are then stopped, the last started first. Standard library only, and nothing else of
the launcher's, so that it starts in an instant.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time

PATIENCE = 8.0


def line(pid: int, stop_signal: int) -> bytes:
    """What the launcher writes about a child. The time it started guards against its number being used again."""
    return f"{pid} {int(stop_signal)} {started(pid)}\n".encode()


def started(pid: int) -> str:
    """When a process started, as Linux counts it, or "" where that is not told or the process is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] == "Z" else fields[19]


def running(pid: int, since: str) -> bool:
    if sys.platform == "linux":
        return bool(since) and started(pid) == since
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def signal_group(leader: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody of it is left
        os.killpg(leader, number)


def stop(pid: int, number: int, since: str) -> None:
    if running(pid, since):
        os.kill(pid, number)
    deadline = time.monotonic() + PATIENCE
    while running(pid, since) and time.monotonic() < deadline:
        time.sleep(0.05)
    if running(pid, since):
        os.kill(pid, signal.SIGKILL)
    # What it started itself may still be there. While a group has members, its number names no other process.
    signal_group(pid, signal.SIGKILL)


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # only the end of the launcher ends this
    children = [text.split(" ") for text in sys.stdin.read().splitlines()]
    for path in sys.argv[1:]:
        # What they say has become untrue.
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
    for pid, number, since in reversed(children):
        stop(int(pid), int(number), since)


if __name__ == "__main__":
    main()
