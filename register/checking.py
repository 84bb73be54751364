"""Whether what is public reads as the record says: latest editions against rows, and the shelf against editions."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from ledger.models import Check
from records import editions
from records.clock import london_date, portal_now
from records.editions import Noun, nouns
from register import shelving

PARTS = 30  # each night a part of everything, and all that was issued since the night before


def faults(pks: Callable[[Noun], Any] | None = None) -> Iterator[str]:
    """Every fault, as a sentence; nothing when all is well. `pks` narrows it to some records of each noun."""
    yield from editions.faults(pks)
    yield from shelving.faults(pks)


def tonights(today: date) -> Callable[[Noun], list[int]]:
    """What is checked on a day: whatever was issued yesterday or today, and one thirtieth of everything."""

    def of(noun: Noun) -> list[int]:
        key = f"{noun.name}_id"
        fresh = noun.editions.objects.filter(published_at__gte=portal_now() - timedelta(days=2)).values_list(key, flat=True)
        all_of_them = noun.record._base_manager.values_list("pk", flat=True)
        return sorted({*fresh, *(pk for pk in all_of_them if pk % PARTS == today.toordinal() % PARTS)})

    return of


def check_and_remember(*, everything: bool = False) -> Check:
    """Check, and keep what was found for the status page. Celery does this at night."""
    started_at = portal_now()
    pks = None if everything else tonights(london_date(started_at))
    counted = sum(noun.record._base_manager.count() if pks is None else len(pks(noun)) for noun in nouns.values())
    return Check.remember(Check.What.REGISTER, started_at, counted, list(faults(pks)))
