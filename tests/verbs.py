"""After every verb: what is public reads as the record says, and the ledger is whole."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ledger.verifying import faults
from records import operations
from register import checking

OF_VERBS = ("decision", "meeting", "action")  # groups and seats that a test made have no editions unless it asks for them


@contextmanager
def each_checked() -> Iterator[list[int]]:
    """Every outermost operation inside is followed by both checks. Yields how many there were, one after the other."""
    whole, counted = operations._end, []

    def ended() -> None:
        whole()
        found = [*checking.faults(lambda noun: _all(noun) if noun.name in OF_VERBS else []), *faults()]
        assert not found, "a verb left something behind: " + " ".join(found)
        counted.append(len(counted) + 1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "_end", ended)
        yield counted


def _all(noun) -> list[int]:
    return list(noun.record._base_manager.values_list("pk", flat=True))
