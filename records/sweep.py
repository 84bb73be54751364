"""The deadline clock: what is due is done, one row a transaction.

The rows say what is due. A sweep may come late, run twice, or run beside another: each row is claimed by an
advisory lock, not by locking it, so that the verb takes its own locks in their order; and every verb is safe to
repeat. One row that fails holds up none of the others; where the chore is a large one, the row rests for a while before it
is tried again. What people wait for comes first: heads and mail before what takes long. Each app lists its chores in
by_the_clock.py, which its AppConfig.ready() imports.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection, models, transaction

from records.clock import ThisMoment, portal_now
from records.prepared import Prepared

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Chore:
    """One kind of thing that falls due. `do` gets the claimed row; it locks and looks again for itself."""

    name: str
    order: int
    due: Callable[[Any], models.QuerySet]
    do: Callable[[models.Model], object]
    lasting: bool = False  # `due` only compares columns with the moment it is given: its query is the same at every hour


BUDGET = 200  # seconds: well within the task's time limit
CLOSE, PUBLISH, REMIND, HEAD, SCAN, RELAY, PRINT, PACK, COMPARE = range(1, 10)
LARGE = (PRINT, PACK, COMPARE)  # what fails here takes minutes: it does not return at once
RESTS = (timedelta(0), timedelta(minutes=20), timedelta(hours=1), timedelta(hours=6))  # after the first failure, the second …
PERSISTENT = 3  # failures one after the other: somebody should look
_chores: dict[str, Chore] = {}


def chore(name: str, order: int, due: Callable[[Any], models.QuerySet], *, lasting: bool = False) -> Callable:
    """Register an operation as what is done to each row that `due` finds.

    With `lasting`, whether there is any is asked in words put together once; `due` is then given the moment as something in SQL, too.
    """

    def register(do: Callable) -> Callable:
        _chores[name] = Chore(name, order, due, do, lasting)
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
    setbacks: dict[str, dict[str, Any]] = field(default_factory=dict)

    def failed(self, each: "Chore", row: models.Model | None, error: Exception) -> None:
        self.failures.append(f"{each.name}, {row}: {error}" if row else f"{each.name}: {error}")
        times = self.setbacks.get(_key(each, row), {"times": 0})["times"] + 1
        rest = RESTS[min(times, len(RESTS)) - 1] if each.order in LARGE else timedelta(0)
        self.setbacks[_key(each, row)] = {"times": times, "until": (portal_now() + rest).isoformat()}

    def resting(self, each: "Chore") -> list[int]:
        """The rows that are not tried yet."""
        if not (set_back := self.rows_set_back(each)):
            return []
        now = portal_now()
        return [pk for pk in set_back if now < datetime.fromisoformat(self.setbacks[_key_of(each, pk)]["until"])]

    def rows_set_back(self, each: "Chore") -> list[int]:
        keys = (key.rpartition(" ") for key in self.setbacks)
        return [int(pk) for name, _, pk in keys if name == each.name and pk.isdigit()]

    def overcome(self, each: "Chore", row: models.Model | None) -> None:
        self.setbacks.pop(_key(each, row), None)


def _key(each: "Chore", row: models.Model | None) -> str:
    return _key_of(each, row.pk) if row else each.name


def _key_of(each: "Chore", pk: int) -> str:
    return f"{each.name} {pk}"


def run(setbacks: dict[str, dict[str, Any]] | None = None) -> Report:
    """Do everything that is due, in order: close, publish, remind, publish the ledger's head, scan files, relay mail, print, make packs of papers, compare files.

    `setbacks` are those that the last run was left with: what failed how often, and until when it rests.
    """
    now = portal_now()
    report = Report(started_at=now, finished_at=now, setbacks=dict(setbacks or {}))
    until = time.monotonic() + BUDGET
    for each in chores():
        _run_chore(each, report, until)
    report.finished_at = portal_now()
    return report


def _run_chore(each: Chore, report: Report, until: float) -> None:
    resting = report.resting(each)
    tried: list[int] = []
    _forget_what_is_not_due(each, report)
    while time.monotonic() < until:  # what is left is for the next sweep, a few minutes on
        row = None
        try:
            with transaction.atomic():
                row = _next_due(each, resting, tried)
                if row is None:
                    report.overcome(each, None)
                    return
                done = _is_claimed(each, row) and _do(each, row)
        except Exception as error:
            report.failed(each, row, error)
            if row is None:
                logger.exception("Could not look for what is due: %s", each.name)
                return
            logger.exception("Could not %s %s", each.name, row)
        else:
            if done:
                report.overcome(each, row)
                report.done[each.name] = report.done.get(each.name, 0) + 1
        tried.append(row.pk)


def _next_due(each: Chore, resting: list[int], tried: list[int]) -> models.Model | None:
    """By their keys, none of them twice: to name all that were tried takes the longer the more there are, so it is done only to look behind the furthest."""
    if each.lasting and not tried and not any_due(each.due).rows():
        return None  # as mostly
    due = each.due(portal_now())
    if tried and (ahead := due.filter(pk__gt=max(tried)).exclude(pk__in=resting).order_by("pk").first()):
        return ahead
    left = due.exclude(pk__in=[*resting, *tried])
    return left.order_by("pk").first() if left.exists() else None  # mostly there is none, and that is asked for in far fewer words


@cache
def any_due(due: Callable[[Any], models.QuerySet]) -> Prepared:
    return Prepared(lambda: due(ThisMoment()).order_by().values_list("pk")[:1])


def _forget_what_is_not_due(each: Chore, report: Report) -> None:
    """What was done by somebody else meanwhile, or need not be done any more, is no setback."""
    keys = {pk: _key_of(each, pk) for pk in report.rows_set_back(each)}
    if not keys:
        return
    try:
        with transaction.atomic():
            due = set(each.due(portal_now()).filter(pk__in=keys).values_list("pk", flat=True))
    except Exception:  # it is told where the rows are looked for
        logger.exception("Could not look for what is due: %s", each.name)
        return
    for gone in keys.keys() - due:
        report.setbacks.pop(keys[gone])


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
