"""The nightly look at what is kept, remembered."""

from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Mod

from files.models import Blob
from files.verifying import faults, sweep_orphans
from ledger.models import Check
from records.clock import london_date, portal_now

PARTS = 30  # each night a part of everything, and all that was kept since the night before


def check_and_remember(*, everything: bool = False) -> Check:
    """Sweep, check, and keep what was found for the status page. Celery does this at night."""
    started_at = portal_now()
    sweep_orphans()
    which = (lambda rows: rows) if everything else _tonights
    return Check.remember(Check.What.FILES, started_at, which(Blob.objects.all()).count(), list(faults(which)))


def _tonights(rows: QuerySet) -> QuerySet:
    now = portal_now()
    its_turn = Q(part=london_date(now).toordinal() % PARTS)
    return rows.annotate(part=Mod(F("pk"), PARTS)).filter(its_turn | Q(kept_at__gte=now - timedelta(days=2)))
