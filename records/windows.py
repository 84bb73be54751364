"""A window: something is asked from one moment until another, and what comes in between counts.

Whether it is open is read from the clock, never from a state that somebody had to set in time. Three nouns have one: a question put to
seats, an assessment, a review. What can be done to each is its own.
"""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q


class Window(models.Model):
    """From when until when, how many working days that is, and when the clock came to close it."""

    opens_at = models.DateTimeField(null=True, blank=True)
    window_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="working days it stays open; none: until somebody closes it")
    window_working = models.JSONField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True, help_text="none while it is open in the room")
    close_recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def is_open(self, at: datetime) -> bool:
        """Whether what comes at that moment counts: the window is closed on the left and open on the right."""
        window: Any = self
        return window.status == "open" and self.opens_at <= at and (self.closes_at is None or at < self.closes_at)  # type: ignore[operator]

    def is_past(self, at: datetime) -> bool:
        """Whether its last moment is over, though no sweep may have recorded that yet."""
        return self.closes_at is not None and self.closes_at <= at


def window_constraints(name: str) -> list[models.BaseConstraint]:
    """What the database keeps of every window."""
    return [
        models.CheckConstraint(condition=Q(closes_at__isnull=True) | Q(closes_at__gte=F("opens_at")), name=f"{name}_closes_after_opening"),
        models.CheckConstraint(condition=~Q(status="open") | Q(opens_at__isnull=False), name=f"{name}_open_has_a_beginning"),
    ]
