"""./portal manage: one of manage.py's commands on the demo's data, beside the running demo or without it.

Commands print JSON and the like: standard output is theirs alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from launcher.board import BOARD, announce, announced, withdraw
from launcher.folders import LOGS, ROOT, STATE, sign, try_lock, wait_lock
from launcher.postgres import initialised
from launcher.processes import Family
from launcher.progress import Problem, say, step
from launcher.services import Environment, Services, as_owner, demo_environment

# These change the tables themselves, or need to see all of them.
OWNERS_COMMANDS = (
    "migrate",
    "makemigrations",
    "showmigrations",
    "sqlmigrate",
    "squashmigrations",
    "optimizemigration",
    "flush",
    "sqlflush",
    "sqlsequencereset",
    "dbshell",
    "inspectdb",
    "loaddata",
    "createcachetable",
    "load_programme",
    "redact",
    "test",
)
DEFAULT_PORT = 8000


def run(arguments: list[str]) -> int:
    command = arguments[0] if arguments else "help"
    with services_up() as (family, addresses):
        environment = demo_environment(addresses, int(addresses.get("PORTAL_PORT", DEFAULT_PORT)), addresses.get("PORTAL_HOST", "localhost"))
        if command != "migrate" and not initialised(environment["DATABASE_OWNER_URL"]):
            first_migrate(environment)
        if command in OWNERS_COMMANDS:
            environment = as_owner(environment)
        return family.foreground([sys.executable, "manage.py", *arguments], environment)


def first_migrate(environment: Environment) -> None:
    with step("Making the database"):
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        done = subprocess.run(
            command, cwd=ROOT, env=as_owner(environment), stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False
        )
        if done.returncode:
            raise Problem("The database could not be made.", done.returncode)


@contextmanager
def services_up() -> Iterator[tuple[Family, Environment]]:
    """The addresses of running services: the demo's or another command's where there are some, else started here."""
    with ExitStack() as stack:
        alone, addresses = find_services(stack)
        if alone is None:
            yield stack.enter_context(Family(LOGS)), addresses
            return
        stack.enter_context(alone)
        sign(alone, "manage", os.getpid())
        withdraw()
        family = stack.enter_context(Family(LOGS, hold=[alone], untrue=[BOARD]))
        services = Services(STATE)
        services.start(family)
        try:
            yield family, announce(services.addresses())
        finally:
            withdraw()
            # Others may have joined meanwhile: their commands end first.
            wait_lock("users.lock").close()


def find_services(stack: ExitStack):  # type: ignore[no-untyped-def]
    """Either the lock that makes this process the one to start services, or the addresses of those that run."""
    told = False
    while True:
        joining = wait_shared(stack)
        if (alone := try_lock("services.lock")) is not None:
            joining.close()
            return alone, {}
        if (addresses := announced()) is not None:
            return None, addresses
        joining.close()
        if not told:
            say("Waiting for the services of another ./portal, which is starting or stopping.")
            told = True
        pause()


def wait_shared(stack: ExitStack):  # type: ignore[no-untyped-def]
    """Kept for as long as this process uses services that another one started."""
    while (users := try_lock("users.lock", shared=True)) is None:
        pause()
    return stack.enter_context(users)


def pause() -> None:
    time.sleep(0.1)
