"""What others made is looked into, and compared, in a process of its own, which may take only so much memory and time."""

import json
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from files.unfit import Unfit

HERE = Path(__file__).parent
PATIENCE = 60  # seconds, also where the machine is busy; of the processor it gets twenty
PATIENCE_TO_COMPARE = 35  # the sweep has more to do, and an end (records/sweep.py)
CHOKED = "The PDF cannot be read: it may be damaged, or made in an unusual way. Save or print it anew as PDF."
TOO_MUCH = "Comparing them takes more time or memory than a comparison may have."
COMPARES = "import sys; sys.path.insert(0, sys.argv[1]); from files.differences import main; main()"


class Found(NamedTuple):
    notes: list[str]
    clean: bytes | None  # None where there was nothing to take out


def looked_into(content: bytes) -> Found:
    """A PDF. Raises Unfit."""
    said = _done(content, PATIENCE, str(HERE / "pdfs.py"))
    if said is None:
        raise Unfit(CHOKED)
    line, _, clean = said.partition(b"\n")
    told = json.loads(line)
    if "refused" in told:
        raise Unfit(told["refused"])
    return Found(told["notes"], clean or None)


def differences(files: list[tuple[str, bytes]]) -> dict[str, Any]:
    """Between two files, each with its kind; or what is marked in one. As files/differences.py tells it, or `why_not`."""
    asked = json.dumps({"kinds": [kind for kind, _ in files], "length": len(files[0][1])}).encode()
    content = b"".join((struct.pack("!L", len(asked)), asked, *(content for _, content in files)))
    said = _done(content, PATIENCE_TO_COMPARE, "-c", COMPARES, str(HERE.parent))
    return {"why_not": TOO_MUCH} if said is None else json.loads(said)


def _done(content: bytes, patience: float, *command: str) -> bytes | None:
    """What the process says; None if it came to nothing."""
    try:
        ended = subprocess.run([sys.executable, "-I", *command], input=content, capture_output=True, timeout=patience, env={}, cwd="/", check=False)  # noqa: S603 - ours
    except subprocess.TimeoutExpired:
        return None
    return ended.stdout if not ended.returncode and ended.stdout else None
