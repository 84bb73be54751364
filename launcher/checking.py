"""./portal check: what can be told about the code without running its tests. Every check runs; one line each."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from launcher.folders import ROOT
from launcher.services import Environment, base_environment

PYTHON = sys.executable
TOOLS = os.path.dirname(PYTHON)
# No service is needed. Should a check ask for a database all the same, it is not to find somebody else's.
NOWHERE = "postgres://nobody@%2Fnonexistent/nothing"


@dataclass(frozen=True)
class Check:
    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


CHECKS = (
    Check("ruff", (f"{TOOLS}/ruff", "check", ".")),
    Check("types", (f"{TOOLS}/mypy", ".")),
    Check("imports", (f"{TOOLS}/lint-imports",)),
    Check("migrations", (PYTHON, "manage.py", "makemigrations", "--check", "--dry-run")),
    Check(
        "deployment",
        (PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        {"SECURE": "1", "PORTAL_BASE_URL": "https://portal.example", "ALLOWED_HOSTS": "portal.example"},
    ),
    Check("locks", (PYTHON, "-m", "launcher.locks", "--check")),
    Check("documents", (PYTHON, "docs/build.py", "--check")),
)


def run() -> int:
    failed = [check.name for check in CHECKS if exists(check) and not passes(check)]
    print(f"Failed: {', '.join(failed)}." if failed else "All checks pass.", flush=True)
    return 1 if failed else 0


def exists(check: Check) -> bool:
    script = check.command[1] if check.command[0] == PYTHON else ""
    return not script.startswith("docs/") or (ROOT / script).exists()


def passes(check: Check) -> bool:
    started = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env={**environment(), **check.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    result = "ok" if done.returncode == 0 else "FAILED"
    print(f"{check.name:<12} {result:<6} {time.monotonic() - started:5.1f} s", flush=True)
    if done.returncode:
        print(done.stdout.rstrip(), flush=True)
    return done.returncode == 0


def environment() -> Environment:
    found = base_environment()
    found.pop("PORTAL_DEMO", None)
    found["DATABASE_URL"] = NOWHERE
    found["CELERY_BROKER_URL"] = found["REDIS_URL"] = "redis+socket:///nonexistent"
    return found


