"""What makes a function an operation: it happens whole or not at all, and what has to come last comes last.

Operations call each other. What one of them wants done last (an entry in the ledger, under a lock for which everybody waits) is
done when the outermost of them is over, just before its transaction is committed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import local
from typing import Any, NamedTuple, ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")

CHECKED = False  # the tests set it: then a lock or a change after a seal is an error, and no deadlock waiting to happen


class TooLate(RuntimeError):
    """A row was to be locked or changed after the ledger's lock was taken: the ledger comes last."""


class NotInAnOperation(RuntimeError):
    """Something was to be done at the end of an operation, but none is running."""


class Owed(NamedTuple):
    """Something to be settled once for each key, when all is changed: however often it was asked for, and with all that was told."""

    settle: Callable[[Any, list], object]
    key: tuple
    told: Any


class _Running(local):
    """The operations that this thread is in."""

    depth = 0
    ending = False

    def __init__(self) -> None:
        self.owed: list[Owed] = []
        self.last: list[Callable[[], object]] = []


_running = _Running()


def operation(function: Callable[P, R]) -> Callable[P, R]:
    """Declare a verb: one transaction, and whatever `at_the_end` was given comes last in it."""

    @wraps(function)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        with operating():
            return function(*args, **kwargs)

    return whole


@contextmanager
def operating() -> Iterator[None]:
    """The same for a block. What an operation that is refused had put last is forgotten with it."""
    with transaction.atomic():
        owed, last, outermost = len(_running.owed), len(_running.last), not _running.depth
        _running.depth += 1
        try:
            yield
            if outermost:
                _end()
        except BaseException:
            del _running.owed[owed:], _running.last[last:]
            raise
        finally:
            _running.depth -= 1
            if outermost:
                _running.ending = False


class _Undone(Exception):
    """Raised to take everything back."""


def undone(look: Callable[[], R]) -> R:
    """What it gives of what it did; and all that it did is taken back. For pages that show what would come of a verb: nothing shown can differ from what is done."""
    try:
        with transaction.atomic():
            seen = look()
            raise _Undone
    except _Undone:
        return seen


def _end() -> None:
    _settle()
    nothing_is_locked_from_here_on()
    while _running.last:
        _running.last.pop(0)()


def _settle() -> None:
    """Key by key in their order, which is the same for everybody: whoever waits for another here is not waited for."""
    asked: dict[tuple, list[Owed]] = {}
    for owed in _running.owed:
        asked.setdefault(owed.key, []).append(owed)
    _running.owed.clear()
    for key in sorted(asked):
        asked[key][0].settle(key, [owed.told for owed in asked[key]])


def owe(settle: Callable[[Any, list], object], key: tuple, told: Any) -> None:
    """Have it settled once, after all that the outermost operation locks and changes and before what comes last. Raises NotInAnOperation."""
    if not _running.depth:
        raise NotInAnOperation("What is settled at the end of an operation needs one: use @operation, or `with operating():`.")
    _running.owed.append(Owed(settle, key, told))


def at_the_end(act: Callable[[], object]) -> None:
    """Have it done when the outermost operation is over, in the order asked for. Raises NotInAnOperation."""
    if not _running.depth:
        raise NotInAnOperation("What comes at the end of an operation needs one: use @operation, or `with operating():`.")
    _running.last.append(act)


def nothing_is_locked_from_here_on() -> None:
    _running.ending = bool(_running.depth)


def refuse_if_it_is_too_late(what: object) -> None:
    """To be asked by whatever locks or changes a row."""
    if CHECKED and _running.ending:
        raise TooLate(f"{what}: everything is locked and changed before the ledger's lock is taken.")
