"""The word the programme gave on publication, and how often it kept it."""

from django.db.models import Count, Q

from register.models import Shelf


def word_kept(fictional: list[str]) -> dict[str, int]:
    """How many meetings were published in time, of those of which it can be said. What is for practice (`fictional`) does not count."""
    meetings = Shelf.objects.filter(noun="meeting").exclude(group__in=fictional)
    in_time, late = Q(facets__contains={"kept": True}), Q(facets__contains={"kept": False})
    return meetings.aggregate(counted=Count("pk", filter=in_time | late), in_time=Count("pk", filter=in_time))
