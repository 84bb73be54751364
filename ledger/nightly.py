"""Checks of the whole ledger, remembered."""

from datetime import datetime

from ledger.heads import head
from ledger.models import Check
from ledger.verifying import faults
from records.clock import portal_now
from records.guards import remembered_for_the_role


def check_and_remember() -> Check:
    """Verify every entry and every record it speaks of, and keep what was found for the status page. Celery does this at night."""
    started_at = portal_now()
    return remember(started_at, [*faults(), *remembered_for_the_role()])


def remember(started_at: datetime, found: list[str]) -> Check:
    return Check.remember(Check.What.LEDGER, started_at, head().seq, found)
