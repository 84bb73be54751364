"""A PDF is looked into in a process of its own, which may take only so much memory and time."""

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from files.unfit import Unfit

SCRIPT = Path(__file__).with_name("pdfs.py")
PATIENCE = 60  # seconds, also where the machine is busy; of the processor it gets twenty
CHOKED = "The PDF cannot be read: it may be damaged, or made in an unusual way. Save or print it anew as PDF."


class Found(NamedTuple):
    notes: list[str]
    clean: bytes | None  # None where there was nothing to take out


def looked_into(content: bytes) -> Found:
    """Raises Unfit."""
    try:
        command = [sys.executable, "-I", str(SCRIPT)]
        ended = subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE, env={}, cwd="/", check=False)  # noqa: S603 - ours
    except subprocess.TimeoutExpired as error:
        raise Unfit(CHOKED) from error
    line, _, clean = ended.stdout.partition(b"\n")
    if ended.returncode or not line:
        raise Unfit(CHOKED)
    said = json.loads(line)
    if "refused" in said:
        raise Unfit(said["refused"])
    return Found(said["notes"], clean or None)
