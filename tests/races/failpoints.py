"""Where a process of a crew may die, and how its watch may be wrong. Only ever used in such a process: it is not put right again."""

import os
import signal
import time
from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from records import sweep


def kill(*_, **__) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die(where: str) -> None:
    """Arrange for this process to be killed outright at a place: "close: locked", "relay mail: accepted" and so on."""
    if not where or where == "before the answer":
        return
    chore, _, point = where.partition(": ")
    if chore == "vote":
        _die_voting(point)
        return
    if chore == "erase":
        _die_erasing(point)
        return
    known = sweep._chores[chore]
    sweep._chores[chore] = replace(known, **_POINTS[point](known))


def _then_kill(do):
    def done_and_gone(*given, **named):
        do(*given, **named)
        kill()

    return done_and_gone


_POINTS = {
    "not begun": lambda chore: {"due": kill},  # whatever ran before is committed
    "locked": lambda chore: {"do": kill},
    "changed": lambda chore: {"do": _then_kill(chore.do)},  # not yet committed
    "accepted": lambda chore: _after_the_mail_server(chore),
}


def _after_the_mail_server(chore) -> dict:
    from notifications import operations

    operations._hand_over = _then_kill(operations._hand_over)
    return {"do": chore.do}


def _die_voting(point: str) -> None:
    from decisions.operations import voting

    if point == "locked":
        voting.portal_now = kill
    elif point == "written":
        voting.seal_now = kill
    elif point == "sealed":
        voting.seal_now = _then_kill(voting.seal_now)


def _die_erasing(point: str) -> None:
    from ledger import erasing, operations

    if point == "written":
        erasing._noted = kill
    elif point == "sealed":
        operations._append = _then_kill(operations._append)


def watch_is_off(minutes: int) -> None:
    """From here on this process believes it is so many minutes later than it is."""
    if not minutes:
        return
    right, right_now, off = time.time, timezone.now, timedelta(minutes=minutes)
    time.time = lambda: right() + off.total_seconds()
    timezone.now = lambda: right_now() + off
