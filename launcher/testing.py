"""./portal test: the suite, on services of its own that are thrown away afterwards."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from launcher import prepare
from launcher.folders import STATE, called_after, private
from launcher.processes import Family
from launcher.progress import say, step
from launcher.services import Services, as_owner, base_environment
from launcher.watchdog import running, started

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
RUNS = STATE / "test"
MEMORY = Path("/dev/shm")  # noqa: S108 - used by folders.private alone
ROOM = 6 << 30  # bytes, more than all that a whole run makes
NOT_PARALLEL = ("-n", "--numprocesses", "--pdb", "--trace", "--dist")


def run(arguments: list[str]) -> int:
    browser = find_tools()
    remove_left_over()
    folder = folder_of_runs() / f"{os.getpid()}-{started(os.getpid())}"
    try:
        with Family(folder / "logs") as family:
            services = Services(folder, durable=False)
            with step("Starting PostgreSQL and Redis for the tests"):
                services.start(family)
            environment = as_owner(base_environment() | services.addresses())
            environment["PORTAL_CHROMIUM"] = browser
            environment["PORTAL_FILES"] = str(folder / "files")
            if services.postgres:
                environment["PORTAL_TEST_SERVER_THROWN_AWAY"] = "1"  # nobody has to tidy up in it
            return family.foreground([sys.executable, "-m", "pytest", *pytest_arguments(arguments)], environment)
    finally:
        remove(folder)


def pytest_arguments(given: Sequence[str]) -> list[str]:
    """What pytest is told: both cores, and of what is long the brief form or the whole, unless the arguments say otherwise.

    In the whole a browser is waited for half of the time, by a third process.
    """
    arguments = [argument for argument in given if argument != "--all"]
    added = []
    if not any(chooses_workers(argument) for argument in arguments) and "no:xdist" not in " ".join(arguments):
        added += ["-n", "3" if "--all" in given else "2", "--dist", "worksteal"]  # by tests/workers.py
    if not any(argument.startswith("-m") for argument in arguments):
        added += ["-m", "not brief" if "--all" in given else "not long"]
    return [*added, *arguments]


def chooses_workers(argument: str) -> bool:
    name = argument.partition("=")[0]
    return name in NOT_PARALLEL or (name.startswith("-n") and name[2:].isalnum())


def find_tools() -> str:
    """The browser's path, or "" when none can be had: the tests that need it then say so and are skipped."""
    wanted = [] if find_browser() else ["chromium"]
    if not loads("libatomic.so.1"):  # the browser's driver is a Node program, and a bare Debian has not got what it needs
        wanted.append("libatomic1")
    if shutil.which("pdftoppm") is None:
        wanted.append("poppler-utils")
    for package in wanted:
        if not prepare.can_apt():
            say(f"Some tests will be skipped without {package}. To run them: sudo apt-get install {package}")
            continue
        with step(f"Installing {package} (apt)"):
            had = prepare.apt_install([package])
        if not had:
            say(f"{package} could not be installed: some tests will be skipped.")
    return find_browser()


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def find_browser() -> str:
    return next((path for name in BROWSERS if (path := shutil.which(name))), "")


def folder_of_runs() -> Path:
    """Where a run keeps what it throws away: in memory, where there is plenty. Tables are emptied after many a test, and that makes and unmakes a dozen files for each."""
    if memory() < 2 * ROOM or not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM:
        return RUNS
    return private(MEMORY / called_after(STATE))


def memory() -> int:
    """Bytes that this machine, or the part of it that is ours, has to spare."""
    free = [int(line.split()[1]) << 10 for line in read("/proc/meminfo").splitlines() if line.startswith("MemAvailable:")]
    most = read("/sys/fs/cgroup/memory.max").strip()
    return min([*free, *([int(most)] if most.isdigit() else [])], default=0)


def read(path: str) -> str:
    try:
        return Path(path).read_text("ascii")
    except OSError:
        return ""


def remove_left_over() -> None:
    """What a run that was killed has left behind. Other runs may be going on beside this one."""
    for folder in (*RUNS.glob("*-*"), *(MEMORY / called_after(STATE)).glob("*-*")):
        pid, _, since = folder.name.partition("-")
        if pid.isdigit() and not running(int(pid), since):
            remove(folder)


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
