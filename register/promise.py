"""The word the programme gave on publication, and how often it kept it."""

from django.db.models import Count, Q, QuerySet

from records.prepared import Prepared
from register.models import Shelf


def word_kept() -> dict[str, int]:
    """How many meetings were published in time, of those of which it can be said. What is for practice does not count."""
    counted, in_time = next(iter(_COUNTED.rows()), (0, 0))
    return {"counted": counted, "in_time": in_time}


def _counted() -> QuerySet:
    meetings = Shelf.objects.filter(noun="meeting").exclude(group__in=Shelf.objects.fictional_groups().values("reference"))
    in_time, late = Q(facets__contains={"kept": True}), Q(facets__contains={"kept": False})
    counts = meetings.order_by().values("noun").annotate(counted=Count("pk", filter=in_time | late), in_time=Count("pk", filter=in_time))
    return counts.values_list("counted", "in_time")


_COUNTED = Prepared(_counted)
