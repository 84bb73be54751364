"""The whole of ./portal demo, in a copy of the checkout: its start, its neighbours, its ends."""

import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.launcher.test_processes import gone, without_addresses

ROOT = Path(__file__).resolve().parents[2]
NOT_COPIED = shutil.ignore_patterns(".portal", ".git", "__pycache__", ".*_cache", ".hypothesis")
PATIENCE = 600  # seconds; only a fault ever lasts as long
WARM_SECONDS = 10  # of processor, all processes together, from the command to the end

pytestmark = pytest.mark.long


@pytest.fixture
def checkout(tmp_path):
    """A copy of the project whose Python packages are those that run this test."""
    copy = tmp_path / "portal"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED, symlinks=True)
    (copy / ".portal").mkdir(mode=0o700)
    (copy / ".portal" / "venv").symlink_to(sys.prefix)
    return copy


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Demo:
    def __init__(self, checkout, port):
        self.checkout, self.said = checkout, checkout.parent / f"said-{time.monotonic_ns()}"
        with self.said.open("w") as output:
            self.process = subprocess.Popen(
                ["./portal", "demo", "--port", str(port)],
                cwd=checkout,
                env=without_addresses(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def wait_ready(self):
        deadline = time.monotonic() + PATIENCE
        while "\nReady: " not in self.said.read_text():
            assert self.process.poll() is None, self.said.read_text()
            assert time.monotonic() < deadline, self.said.read_text()
            time.sleep(0.1)

    def end(self, number):
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def portal(checkout, *arguments):
    return subprocess.run(
        ["./portal", *arguments],
        cwd=checkout,
        env=without_addresses(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def status(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE) as answer:
        return answer.status


def processor_seconds():
    """Of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_the_life_of_a_demo(checkout, port):
    with Demo(checkout, port) as demo:
        demo.wait_ready()
        assert status(port, "/") == 200

        second = portal(checkout, "demo", "--port", str(port + 1))
        assert second.returncode == 1
        assert f"already running at http://localhost:{port}" in second.stderr

        beside = portal(checkout, "manage", "verify_ledger")
        assert beside.returncode == 0, beside.stderr

        demo.end(signal.SIGKILL)
        assert gone(str(checkout)) == []
        assert "database system is shut down" in (checkout / ".portal/logs/postgres.log").read_text()
        assert "ready to exit" in (checkout / ".portal/logs/redis.log").read_text()

    before = processor_seconds()
    with Demo(checkout, port) as demo:
        demo.wait_ready()
        assert demo.end(signal.SIGINT) == 0
        assert gone(str(checkout)) == []
    assert processor_seconds() - before < WARM_SECONDS

    alone = portal(checkout, "manage", "verify_ledger")
    assert alone.returncode == 0, alone.stderr
    assert gone(str(checkout)) == []


def test_a_child_that_dies_is_named_and_ends_the_demo(checkout, port):
    (checkout / "dag_portal" / "wsgi.py").write_text("raise RuntimeError('no portal today')\n")
    with Demo(checkout, port) as demo:
        assert demo.process.wait(PATIENCE) == 1
    said = demo.said.read_text()
    assert "web ended with exit code" in said
    assert "no portal today" in said
    assert gone(str(checkout)) == []


def test_a_taken_port_is_said_before_anything_is_started(checkout):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = portal(checkout, "demo", "--port", str(port))
    assert refused.returncode == 1
    assert f"Port {port} is taken by another program" in refused.stderr
    assert not os.path.exists(checkout / ".portal" / "pg")
