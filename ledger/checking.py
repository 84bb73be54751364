"""Checks of the whole ledger, remembered."""

from datetime import datetime

from ledger.heads import head
from ledger.models import LedgerCheck
from ledger.verifying import faults
from records.clock import portal_now


def check_and_remember() -> LedgerCheck:
    """Verify every entry and every record it speaks of, and keep what was found for the status page. Celery does this at night."""
    started_at = portal_now()
    return remember(started_at, list(faults()))


def remember(started_at: datetime, found: list[str]) -> LedgerCheck:
    check = LedgerCheck(started_at=started_at, finished_at=portal_now(), entries=head().seq, faults=found)
    check.save(force_insert=True)
    return check
