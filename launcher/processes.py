"""Child processes that cannot outlive their parent, however it ends.

Three things see to that. An orderly end stops them one by one. When the launcher is killed outright, the kernel
signals each child (on Linux), and a watchdog, which notices that the pipe from the launcher has closed, stops
whatever is still there: the kernel's signal alone may be lost where a program changes user on its way.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from launcher import watchdog
from launcher.folders import ROOT
from launcher.progress import Problem, tail

PR_SET_PDEATHSIG = 1
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 10.0  # seconds a child has to end before it is killed


@dataclass
class Child:
    name: str
    process: subprocess.Popen[bytes]
    log: Path
    stop_signal: signal.Signals
    service: bool  # others lean on it: it is stopped after them

    def died(self) -> bool:
        return self.process.poll() is not None

    def obituary(self) -> str:
        code = self.process.returncode
        how = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        return f"{self.name} {how}. The end of {self.log}:\n{tail(self.log)}"

    def ask_to_stop(self) -> None:
        if not self.died():
            self.process.send_signal(self.stop_signal)

    def see_off(self) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        # What a child started may outlast it. Each child leads a process group of its own.
        watchdog.signal_group(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Family:
    """The children of one command, and the watchdog over them. Use as a context: the end of it stops them all."""

    def __init__(self, logs: Path, *, hold: Sequence[IO[str]] = (), untrue: Sequence[Path] = ()) -> None:
        """Even after a violent death, the lock files in `hold` stay locked until the last child is gone, and the
        files in `untrue` are removed before that: what they say holds only while the launcher lives."""
        self.logs = logs
        self.children: list[Child] = []
        self.logs.mkdir(parents=True, exist_ok=True)
        self.pipe: Any = None
        self.watchdog: subprocess.Popen[bytes] | None = None
        self.hold = hold
        self.untrue = untrue

    def __enter__(self) -> Family:
        self.watchdog = subprocess.Popen(
            [sys.executable, "-I", "-B", watchdog.__file__, *self.untrue],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[file.fileno() for file in self.hold],
            start_new_session=True,  # out of reach of signals to the launcher's group
        )
        self.pipe = self.watchdog.stdin
        return self

    def __exit__(self, *_: object) -> None:
        # A second Ctrl-C must not leave the stopping half done.
        before = {number: signal.signal(number, signal.SIG_IGN) for number in ENDINGS}
        self.stop_all()
        for number, handler in before.items():
            signal.signal(number, handler)

    def stop_all(self) -> None:
        self.stop([child for child in self.children if not child.service])
        for child in reversed(self.children.copy()):
            self.stop([child])
        if self.watchdog is not None:
            self.pipe.close()
            self.watchdog.wait()

    def start(
        self,
        name: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        service: bool = False,
        tell: bool = False,
    ) -> Child:
        """With `tell`, what it prints is not logged but can be read from the child's process.stdout."""
        log = self.logs / f"{name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE if tell else output,
                stderr=output,
                env=env,
                start_new_session=True,  # so that Ctrl-C reaches the launcher only, which then stops them in order
                preexec_fn=lambda: die_with_parent(stop_signal),
            )
        child = Child(name, process, log, stop_signal, service)
        self.children.append(child)
        self.watch(process, stop_signal)
        return child

    def foreground(self, command: Sequence[str], env: Mapping[str, str]) -> int:
        """Runs a command that has the terminal to itself; its exit code."""
        process = subprocess.Popen(command, cwd=ROOT, env=env, preexec_fn=lambda: die_with_parent(signal.SIGTERM))
        self.watch(process, signal.SIGTERM)
        # Ctrl-C reaches the command as well: it is the command that answers.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            return process.wait()
        finally:
            process.terminate()
            process.wait()
            signal.signal(signal.SIGINT, before)

    def watch(self, process: subprocess.Popen[bytes], stop_signal: signal.Signals) -> None:
        self.pipe.write(watchdog.line(process.pid, stop_signal))
        self.pipe.flush()

    def stop(self, children: Sequence[Child]) -> None:
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.see_off()
            self.children.remove(child)

    def check(self) -> None:
        """Complains about the first child that ended by itself."""
        for child in self.children:
            if child.died():
                raise Problem(child.obituary())


def die_with_parent(stop_signal: signal.Signals) -> None:
    """Runs in the child, before its program: the kernel is to signal it when the launcher is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0)
        if os.getppid() == 1:  # too late: the launcher went in between
            os._exit(1)
