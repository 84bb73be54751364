"""What others made is looked into, compared and bound, in a process of its own, which may take only so much memory and time."""

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
PATIENCE_TO_COUNT = 20
PLACE = "https://page.invalid/"  # in the contents of what is bound: the address of a page, by its number
TOO_MUCH = "Comparing them takes more time or memory than a comparison may have."
DOCUMENT_CHOKED = "The document takes more time or memory to be read than it may need: copy what you have written into a new one."
COMPARES = "import sys; sys.path.insert(0, sys.argv[1]); from files.differences import main; main()"
READS = "import sys; sys.path.insert(0, sys.argv[1]); from files.reading.fields import main; main()"


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


def fields_of(content: bytes) -> dict[str, Any]:
    """What stands in the fields of a Word form, as files/reading/fields.py tells it. Raises Unfit."""
    said = _done(content, PATIENCE_TO_COMPARE, "-c", READS, str(HERE.parent))
    told = {"refused": DOCUMENT_CHOKED} if said is None else json.loads(said)
    if "refused" in told:
        raise Unfit(told["refused"])
    return told


def pages_of(content: bytes) -> int | None:
    """How many pages a PDF has; None if it cannot be bound."""
    said = _bound({"parts": [], "lengths": [len(content)]}, [content], PATIENCE_TO_COUNT)
    return json.loads(said.partition(b"\n")[0]).get("pages") if said else None


def bound(plan: dict[str, Any], files: list[bytes]) -> bytes | None:
    """Some PDFs in one, as files/binding.py does it; None if nothing came of it."""
    said = _bound({**plan, "place": PLACE, "lengths": [len(each) for each in files]}, files, PATIENCE)
    return (said.partition(b"\n")[2] or None) if said else None


def _bound(plan: dict[str, Any], files: list[bytes], patience: float) -> bytes | None:
    return _done(b"".join((json.dumps(plan).encode(), b"\n", *files)), patience, str(HERE / "binding.py"))


def _done(content: bytes, patience: float, *command: str) -> bytes | None:
    """What the process says; None if it came to nothing."""
    try:
        ended = subprocess.run([sys.executable, "-I", *command], input=content, capture_output=True, timeout=patience, env={}, cwd="/", check=False)  # noqa: S603 - ours
    except subprocess.TimeoutExpired:
        return None
    return ended.stdout if not ended.returncode and ended.stdout else None
