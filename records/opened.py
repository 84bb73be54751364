"""What a form was opened on. Whoever changes a record that somebody else has changed meanwhile is told, and nothing is overwritten."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local
from typing import Any

from records.rules import Refusal, Refused
from records.typed import whole_number


class Stale(Refused):
    """The record has been changed since the form was opened."""

    def __init__(self, record: Any):
        self.record = record
        super().__init__([Refusal(f"{record} has been changed since you opened this form.", code="stale")])


class _Opened(local):
    """The revisions on which this thread's form was opened."""

    def __init__(self) -> None:
        self.revisions: dict[tuple[type, Any], int] = {}


_opened = _Opened()


@contextmanager
def opened_on(record: Any, revision: str | None) -> Iterator[None]:
    """Within this, the first change of the record raises Stale if it is at another revision, read after the lock.

    A record that there was none of yet, unsaved and at revision 0, stands for the first of its kind that is saved.
    Without a revision nothing is asked: what is not a form of ours carries none.
    """
    key = (type(record), record.pk)
    if revision:
        _opened.revisions[key] = whole_number(revision, default=-1)
    try:
        yield
    finally:
        _opened.revisions.pop(key, None)


def refuse_if_stale(record: Any) -> None:
    """To be asked before a record is changed. What the same operation changes again is not stale for that."""
    for key in ((type(record), record.pk), (type(record), None)) if _opened.revisions else ():
        if _opened.revisions.pop(key, record.revision) != record.revision:
            raise Stale(record)
