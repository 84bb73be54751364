"""Says whether an agenda item was put off to a later meeting: now, and not at an earlier one, and nothing was said after all."""

from __future__ import annotations

import re

from .ends import is_calm, is_put_to_later

PUT_OFF = r"(?:is|are|was|were|has been|have been)\s(?:also\s|therefore\s|again\s|then\s|both\s)?(?:deferred|postponed|held over|carried (?:forward|over)|not taken)"
DEFERRED = re.compile(
    rf"^\W*(?:(?:this|the|these|both|all)\s)?(?:agenda\s)?items?(?:\s\d[\d\s,&and-]{{0,20}})?\s(?:{PUT_OFF}|deferred|postponed|held over|carried (?:forward|over))\b(?P<tail>.*)$"
    r"|^\W*(?:deferred|postponed|held over|carried (?:forward|over)|not taken)\b(?P<rest>.*)$"
    rf"|\b(?:so|therefore|and)\s(?:this|the)\sitem\s{PUT_OFF}\b(?P<more>.*)$",
    re.IGNORECASE | re.DOTALL,
)
EARLIER = re.compile(r"\s*(?:at|in|from|by)\b", re.IGNORECASE)
SENTENCES = re.compile(r"(?<=[.;])\s+")
TAKEN_UP = re.compile(r"\b(?:taken|discussed|considered|presented|heard|reinstated|resumed|reversed|back)\b", re.IGNORECASE)


def is_put_off(text: str) -> bool:
    """Say whether a text says that its item is put off: now, and not at an earlier meeting, to a later one, and nothing was said after all."""
    said = SENTENCES.split(text)
    for n, sentence in enumerate(said):
        if found := DEFERRED.search(sentence):
            tail = found.group("tail") or found.group("rest") or found.group("more") or ""
            return _is_known(tail) and not any(TAKEN_UP.search(later) for later in said[n + 1 :])
    return False


def speaks_of_putting_off(text: str) -> bool:
    """Say whether a text says something of an item that is put off, understood or not."""
    return any(DEFERRED.search(sentence) for sentence in SENTENCES.split(text))


def _is_known(tail: str) -> bool:
    """Say whether what follows says until when, and why, and no more."""
    if EARLIER.match(tail):
        return False
    why = re.match(r"^[\s,–-]*(?:for lack of|because of|owing to|as|due to|since|for)\b(?P<why>.*)$", tail, re.IGNORECASE | re.DOTALL)
    return is_put_to_later(tail) or bool(why and is_calm(why.group("why")))
