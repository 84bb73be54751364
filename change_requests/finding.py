"""Which change request is meant, however its reference is written."""

import re
from collections.abc import Iterable

from records.typed import LARGEST

WRITTEN = r"CR[ -]?0*(\d{1,9})"
_REFERENCE = re.compile(WRITTEN, re.IGNORECASE)
_IN_TEXT = re.compile(r"\bCR[ -]?(\d{3,4})\b")


def reference_of(written: str) -> str:
    """ "CR018" of "CR18", "cr-018" or "CR 018"; empty for what is no reference."""
    found = _REFERENCE.fullmatch(written.strip())
    return f"CR{int(found[1]):03}" if found and int(found[1]) <= LARGEST else ""


def references_in(texts: Iterable[str]) -> list[str]:
    """Those that running text names, each once, in order."""
    return sorted({f"CR{int(number):03}" for text in texts for number in _IN_TEXT.findall(text)})
