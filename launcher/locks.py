"""Whether the locks in requirements/ were made from pyproject.toml as it stands; told without a network."""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("prod", "demo", "dev")


def path(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.txt"


def digest(pyproject: Path = ROOT / "pyproject.toml") -> str:
    """The sha256 of what a lock depends on; comments and tool settings may change without a new lock."""
    tables = tomllib.loads(pyproject.read_text("utf-8"))
    project = tables["project"]
    wanted = {
        "requires-python": project.get("requires-python"),
        "dependencies": project.get("dependencies", []),
        "optional-dependencies": project.get("optional-dependencies", {}),
        "dependency-groups": tables.get("dependency-groups", {}),
    }
    return hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()


def stale(names: tuple[str, ...] = NAMES) -> list[str]:
    """The locks whose first line does not carry today's digest."""
    today = digest()
    return [name for name in names if today not in path(name).read_text("utf-8").partition("\n")[0]]


def count(name: str) -> int:
    lines = path(name).read_text("utf-8").splitlines()
    return sum("==" in line for line in lines if not line.startswith(("#", " ")))


def fingerprint(name: str) -> str:
    """Names the exact contents of a lock, to tell whether they are installed."""
    return hashlib.sha256(path(name).read_bytes()).hexdigest()[:16]


def main(arguments: list[str]) -> int:
    """Prints the digest for lock.sh to write; with --check, says which locks are out of step instead."""
    if "--check" not in arguments:
        print(digest())
        return 0
    old = stale()
    if old:
        print(f"pyproject.toml has changed since these were made: {', '.join(old)}. Run requirements/lock.sh.")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
