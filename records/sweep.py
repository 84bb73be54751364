"""The deadline clock: what is due is done, one row a transaction.

The rows say what is due. A sweep may come late, run twice, or run beside another: each row is claimed by an
advisory lock, not by locking it, so that the verb takes its own locks in their order; and every verb is safe to
repeat. One row that fails holds up none of the others. Each app lists its chores in by_the_clock.py, which its
AppConfig.ready() imports.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, models, transaction

from records.clock import portal_now

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Chore:
    """One kind of thing that falls due. `do` gets the claimed row; it locks and looks again for itself."""

    name: str
    order: int
    due: Callable[[datetime], models.QuerySet]
    do: Callable[[models.Model], object]


BUDGET = 200  # seconds: well within the task's time limit
CLOSE, PUBLISH, REMIND, PRINT, HEAD, SCAN, RELAY, COMPARE = range(1, 9)
_chores: dict[str, Chore] = {}


def chore(name: str, order: int, due: Callable[[datetime], models.QuerySet]) -> Callable:
    """Register an operation as what is done to each row that `due` finds."""

    def register(do: Callable) -> Callable:
        _chores[name] = Chore(name, order, due, do)
        return do

    return register


def chores() -> list[Chore]:
    return sorted(_chores.values(), key=lambda c: (c.order, c.name))


@dataclass
class Report:
    """What a sweep did."""

    started_at: datetime
    finished_at: datetime
    done: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def run() -> Report:
    """Do everything that is due, in order: close, publish, remind, print, publish the ledger's head, scan files, relay mail, compare files."""
    now = portal_now()
    report = Report(started_at=now, finished_at=now)
    until = time.monotonic() + BUDGET
    for each in chores():
        _run_chore(each, report, until)
    report.finished_at = portal_now()
    return report


def _run_chore(each: Chore, report: Report, until: float) -> None:
    seen: list[int] = []
    while time.monotonic() < until:  # what is left is for the next sweep, a few minutes on
        row = None
        try:
            with transaction.atomic():
                row = each.due(portal_now()).exclude(pk__in=seen).order_by("pk").first()
                if row is None:
                    return
                done = _is_claimed(each, row) and _do(each, row)
        except Exception as error:
            if row is None:
                report.failures.append(f"{each.name}: {error}")
                logger.exception("Could not look for what is due: %s", each.name)
                return
            report.failures.append(f"{each.name}, {row}: {error}")
            logger.exception("Could not %s %s", each.name, row)
        else:
            if done:
                report.done[each.name] = report.done.get(each.name, 0) + 1
        seen.append(row.pk)


def _is_claimed(each: Chore, row: models.Model) -> bool:
    """Whether this sweep has it, until its transaction ends; another may be at it already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"chore {each.name} {row.pk}"])
        return cursor.fetchone()[0]


def _do(each: Chore, row: models.Model) -> bool:
    """Do it, if it is due still: another sweep may have been through with it just before the claim."""
    if not each.due(portal_now()).filter(pk=row.pk).exists():
        return False
    each.do(row)
    return True
