"""Says whether an agenda item was put off to a later meeting: now, and not at an earlier one, and nothing was said after all."""

from __future__ import annotations

import re

PUT_OFF = r"(?:is|are|was|were|has been|have been)\s(?:also\s|therefore\s|again\s|then\s|both\s)?deferred"
DEFERRED = re.compile(
    rf"^\W*(?:(?:this|the|these|both|all)\s)?(?:agenda\s)?items?(?:\s\d[\d\s,&and-]{{0,20}})?\s(?:{PUT_OFF}|deferred)\b(?P<tail>[^.;]*)|^\W*deferred(?P<rest>\s(?:to|until)\b[^.;]*|\W*$)"
    rf"|\b(?:so|therefore|and)\s(?:this|the)\sitem\s{PUT_OFF}\b(?P<more>[^.;]*)",
    re.IGNORECASE,
)
TAKEN = re.compile(r"\b(?:at|from|by)\s(?:the\s|its\s)?(?:last|previous|earlier)\b|\b(?:taken|discussed|considered|presented|but|however|not|unless|if|reinstated|resumed)\b", re.IGNORECASE)


def is_put_off(text: str) -> bool:
    """Say whether a text says that its item is put off: now, and not at an earlier meeting, and nothing was said after all."""
    found = DEFERRED.search(text)
    return found is not None and not TAKEN.search(found.group("tail") or found.group("rest") or found.group("more") or "")
