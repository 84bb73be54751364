"""For how many working days a review is open, and which ones run. The moment itself is counted in `groups/windows.py`."""

from datetime import datetime

from django.db.models import QuerySet

from artefacts.lifecycle import ReviewStatus
from artefacts.models import Review


def reviews_running(now: datetime) -> QuerySet[Review]:
    return Review.objects.filter(status=ReviewStatus.OPEN, closes_at__gt=now).select_related("version__artefact__group")


def review_in_words(review: Review) -> str:
    return f"close of {review}"
