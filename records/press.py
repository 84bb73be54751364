"""Paper, made in a process of its own, which may take only so much memory and time: one large paper stops nothing else.

What comes is what records/printing.py makes. It is asked by a line of JSON, and answers with a letter and the PDF, or why not.
"""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parents[1]
PATIENCE = 60  # seconds, also where the machine is busy; the process itself ends at records/printing.py's limits
# WeasyPrint tries several names of each library, and for every one that is not there a compiler, a linker and the loader's list would
# be asked, in some fifty processes: a third of what it takes to begin. The names that Debian gives them are among those it tries.
PRINTS = """
import ctypes.util, sys
ctypes.util.find_library = lambda name: None
sys.path.insert(0, sys.argv[1])
from records.printing import main
main()
"""
TOO_MUCH = "Printing it takes more time or memory than a paper may have. What was printed before stays; the page has all of it."


class AddressRefused(Exception):
    """A document to be printed names an address: printing stops, since nothing but its own text may be in it."""


class TooLarge(Exception):
    """Nothing came of it within the limits."""


def pdf(html: str, stylesheet: str, *, made_at: datetime) -> bytes:
    """The document as PDF/UA-1. Raises TooLarge, or AddressRefused."""
    where = {name: os.environ[name] for name in ("HOME", "XDG_CACHE_HOME") if name in os.environ}  # what is known of fonts is kept there
    asked = json.dumps({"html": html, "stylesheet": stylesheet, "made_at": made_at.isoformat()}).encode()
    with TemporaryDirectory() as there:  # what it leaves lying about, ended as it may be, goes with it
        try:
            ended = subprocess.run([sys.executable, "-I", "-c", PRINTS, str(HERE)], input=asked, capture_output=True, timeout=PATIENCE, env=where | {"TMPDIR": there}, cwd="/", check=False)  # noqa: S603 - ours
        except subprocess.TimeoutExpired as error:
            raise TooLarge(TOO_MUCH) from error
    said, rest = ended.stdout[:1], ended.stdout[1:]
    if said == b"R":
        raise AddressRefused(rest.decode())
    if said != b"P" or ended.returncode:
        raise TooLarge(TOO_MUCH)
    return rest
