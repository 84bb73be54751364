"""Nothing is left running, however the launcher ends. Real processes throughout."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from launcher.folders import socket_folder
from launcher.processes import Family
from launcher.progress import Problem

ROOT = Path(__file__).resolve().parents[2]
SERVICE_ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL", "CELERY_BROKER_URL", "REDIS_URL")

STUBBORN = "trap '' TERM; echo started; while :; do sleep 0.1; done"
TWO_CHILDREN = """
import sys, time
from pathlib import Path
from launcher.processes import Family
with Family(Path(sys.argv[1])) as family:
    family.start("sleeper", ["sleep", sys.argv[2]])
    family.start("parent", ["sh", "-c", "sleep $0 & wait", sys.argv[2]])
    print("up", flush=True)
    time.sleep(600)
"""
REAL_SERVICES = """
import sys, time
from pathlib import Path
from launcher.processes import Family
from launcher.services import Services
folder = Path(sys.argv[1])
with Family(folder / "logs") as family:
    services = Services(folder, durable=False)
    services.start(family)
    print("up", flush=True)
    time.sleep(600)
"""


def without_addresses():
    return {name: value for name, value in os.environ.items() if name not in SERVICE_ADDRESSES}


def launch(script, *arguments):
    """A launcher of its own, with its children running."""
    launcher = subprocess.Popen(
        [sys.executable, "-c", script, *arguments], stdout=subprocess.PIPE, cwd=ROOT, env=without_addresses(), text=True
    )
    with launcher.stdout as output:
        assert output.readline() == "up\n"
    return launcher


def mentioning(word):
    """The command lines that hold a word that only the processes of one test have."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if word in line and int(folder.name) != os.getpid():
            found.append(line)
    return found


def gone(word, seconds=120.0):
    deadline = time.monotonic() + seconds
    while (left := mentioning(word)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
class TestNothingIsLeft:
    @pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
    def test_of_plain_children(self, tmp_path, number):
        marker = f"{600 + os.getpid()}.{number:d}"
        launcher = launch(TWO_CHILDREN, str(tmp_path), marker)
        while len(mentioning(f"sleep {marker}")) < 2:  # the second is started by a shell
            time.sleep(0.02)
        launcher.send_signal(number)
        launcher.wait(120)
        assert gone(marker) == []

    @pytest.mark.long
    def test_of_postgresql_and_redis(self, tmp_path):
        sockets = socket_folder(tmp_path)  # which Redis is known by
        launcher = launch(REAL_SERVICES, str(tmp_path))
        assert len(mentioning(str(tmp_path))) >= 3
        launcher.kill()
        launcher.wait(120)
        assert gone(str(tmp_path)) == []
        assert gone(str(sockets)) == []
        assert "database system is shut down" in (tmp_path / "logs" / "postgres.log").read_text()


def test_a_child_that_will_not_end_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr("launcher.processes.PATIENCE", 0.3)
    with Family(tmp_path) as family:
        child = family.start("stubborn", ["sh", "-c", STUBBORN])
        while not child.log.read_text():
            time.sleep(0.02)
    assert child.process.returncode == -signal.SIGKILL


def test_a_child_that_ends_by_itself_is_named_with_its_last_words(tmp_path):
    with Family(tmp_path) as family:
        family.start("patient", ["sleep", "60"])
        child = family.start("worker", ["sh", "-c", "echo out of paper; exit 3"])
        child.process.wait()
        with pytest.raises(Problem) as told:
            family.check()
    assert "worker ended with exit code 3" in told.value.message
    assert "out of paper" in told.value.message


def test_those_that_others_lean_on_are_stopped_last(tmp_path):
    ends = tmp_path / "ends"
    script = f"trap 'sleep $1; echo $0 >> {ends}; exit' TERM; echo started; while :; do sleep 0.05; done"
    with Family(tmp_path / "logs") as family:
        children = [
            family.start("database", ["sh", "-c", script, "database", "0"], service=True),
            family.start("web", ["sh", "-c", script, "web", "0.5"]),
        ]
        while not all(child.log.read_text() for child in children):
            time.sleep(0.02)
    assert ends.read_text().split() == ["web", "database"]
