"""After every verb what is public reads as the record says; and after them all the ledger is whole."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ledger.verifying import faults
from records import operations
from register import checking

OF_VERBS = ("decision", "meeting", "action")  # groups and seats that a test made have no editions unless it asks for them


@contextmanager
def each_checked() -> Iterator[list[int]]:
    """Every outermost operation inside is followed by a check of what is public. Yields how many there were, one after the other.

    What is in the ledger is never changed: what a verb leaves wrong in it is as wrong at the end.
    """
    whole, counted = operations._end, []

    def ended() -> None:
        whole()
        found = list(checking.faults(lambda noun: _all(noun) if noun.name in OF_VERBS else []))
        assert not found, "a verb left something behind: " + " ".join(found)
        counted.append(len(counted) + 1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "_end", ended)
        yield counted
        found = list(faults()) if counted else []  # where there was no verb, whatever is wrong is a forger's
        assert not found, "a verb left the ledger behind: " + " ".join(found)


def _all(noun) -> list[int]:
    return list(noun.record._base_manager.values_list("pk", flat=True))
