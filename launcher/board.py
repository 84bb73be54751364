"""Where the running services are: written while they run, so that another ./portal can use them."""

from __future__ import annotations

import json
import os

from launcher.folders import STATE
from launcher.services import Environment

BOARD = STATE / "services.json"


def announce(addresses: Environment) -> Environment:
    fresh = BOARD.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(addresses), "utf-8")
    fresh.replace(BOARD)
    return addresses


def withdraw() -> None:
    BOARD.unlink(missing_ok=True)


def announced() -> Environment | None:
    try:
        return json.loads(BOARD.read_text("utf-8"))  # type: ignore[no-any-return]
    except (FileNotFoundError, ValueError):
        return None
