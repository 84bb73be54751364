"""A window: something is asked from one moment until another, and what comes in between counts.

Whether it is open is read from the clock, never from a state that somebody had to set in time. Three nouns have one: a question put to
seats, an assessment, a review. What can be done to each is its own.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast

from django.db import models
from django.db.models import F, Q

from records.dates import as_moment
from records.models import Fact
from records.rules import Refusal

LONGEST = 60  # working days


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


class LongerWindow(Fact):
    """A window that was given more time: until when, and why. Which one, its noun's own model says."""

    before = models.DateTimeField()
    after = models.DateTimeField()
    days = models.PositiveSmallIntegerField(help_text="working days in all, from then on")
    why = models.CharField(max_length=300)
    made_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["pk"]

    @classmethod
    def must_be_sealed(cls):
        return cls._default_manager.all()


def is_longer(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(after__gt=F("before")), name=name)


class LateByLeave(models.Model):
    """The place of one who was asked: after the close it takes an answer by the secretariat's leave only."""

    class Leave(models.TextChoices):
        NONE = "", "Not asked for"
        GIVEN = "given", "Given"
        REFUSED = "refused", "Refused"

    late_leave = models.CharField(max_length=8, choices=Leave, default=Leave.NONE, blank=True)
    late_why = models.CharField(max_length=300, blank=True, help_text="why a late answer was taken, or not")

    class Meta:
        abstract = True


def closing(window: Window) -> str:
    """ "17:00 on 26 Jul 2023"."""
    return as_moment(cast(datetime, window.closes_at))


def over(window: Any) -> str:
    """In which way it is: "withdrawn", or "over, since 17:00 on 26 Jul 2023"."""
    return "withdrawn" if window.status == "withdrawn" else f"over, since {closing(window)}"


def refusals_of_days(days: int, policy_days: int, why: str) -> Iterator[Refusal]:
    if not 1 <= days <= LONGEST:
        yield Refusal(f"Give between 1 and {LONGEST} working days.", field="days")
    elif days != policy_days and not why.strip():
        yield Refusal(f"The policy is {policy_days} working days: say why it is {days} here.", field="days_why")


def refusals_of_extension(window: Window, days: int, closes_at: datetime, why: str) -> Iterator[Refusal]:
    if not (window.window_days or 0) < days <= LONGEST:
        yield Refusal(f"Give more than the {window.window_days} working days it has, and at most {LONGEST}.", field="days")
    elif window.closes_at is None or closes_at <= window.closes_at:
        yield Refusal("That is no later than it closes now.", field="days")
    if not why.strip():
        yield Refusal("Say why: everybody who was asked is told.", field="why")
