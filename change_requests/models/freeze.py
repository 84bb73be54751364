"""A time in which the design of a group stays as it is."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from groups.models import Group
from groups.models.seats import Dated, InForceQuerySet
from records.models import Record
from records.periods import in_words


class Freeze(Dated, Record):
    """Changes are frozen from a day on, to another where that is known: what is raised or put to assessment meanwhile says why it cannot wait. Public from its declaration.

    One that is ended early ends on an earlier day; one that never began is called off, and keeps its days.
    """

    sealed_as = "freeze"
    sealed_fields = ("group_id", "first_day", "last_day", "why", "ended_why", "called_off")
    unsealed: ClassVar[dict[str, str]] = {"during": "its first and last day are"}

    group = models.ForeignKey(Group, models.PROTECT, related_name="freezes")
    during = DateRangeField()
    why = models.CharField(max_length=300)
    ended_why = models.CharField(max_length=300, blank=True, help_text="why it ended early, or was called off")
    called_off = models.BooleanField(default=False, help_text="before it began")

    objects = InForceQuerySet.as_manager()

    class Meta:
        ordering = ["group", "-during"]
        constraints = [
            ExclusionConstraint(
                name="freeze_one_at_a_time", expressions=[("group", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)], condition=Q(called_off=False),
            ),
            models.CheckConstraint(condition=Q(called_off=False) | ~Q(ended_why=""), name="freeze_called_off_with_a_reason"),
        ]  # fmt: skip

    def __str__(self):
        return f"freeze of {self.group.code}, {in_words(self.during)}"

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.all()
