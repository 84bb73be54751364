"""Authority handed from one group to another: with a scope, for a time, on a clause."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from decisions.lifecycle import DelegationStatus
from groups.models import Group, Person
from groups.models.seats import Dated, InForceQuerySet
from records.models import Record, one_of


class Delegation(Dated, Record):
    """What a group may decide in the place of another (ToR, Level 2: the PSG's, unless it delegates). It is used, not answered."""

    sealed_as = "delegation"
    sealed_fields = ("from_group_id", "to_group_id", "given_by_id", "given_at", "text", "scope", "first_day", "last_day", "clause", "status", "withdrawn_at")
    unsealed: ClassVar[dict[str, str]] = {"during": "its first and last day are"}

    from_group = models.ForeignKey(Group, models.PROTECT, related_name="delegations_out")
    to_group = models.ForeignKey(Group, models.PROTECT, related_name="delegations_in")
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="delegations")
    given_at = models.DateTimeField()
    text = models.TextField(help_text="what is delegated, in words that stand alone")
    scope = models.TextField(help_text="what of it is delegated, and what is not")
    during = DateRangeField()
    clause = models.CharField(max_length=300, help_text="the clause of the terms of reference it rests on")
    status = models.CharField(max_length=10, choices=DelegationStatus, default=DelegationStatus.GIVEN)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            one_of("status", DelegationStatus, name="delegation_status_known"),
            models.CheckConstraint(condition=~Q(from_group=models.F("to_group")), name="delegation_between_two_groups"),
            models.CheckConstraint(condition=~Q(scope="") & ~Q(clause=""), name="delegation_has_scope_and_clause"),
            models.CheckConstraint(
                condition=Q(status="withdrawn", withdrawn_at__isnull=False) | Q(status="given", withdrawn_at__isnull=True),
                name="delegation_withdrawn_at_a_moment",
            ),
        ]

    def __str__(self):
        return f"delegation from {self.from_group} to {self.to_group}"

    @classmethod
    def must_be_sealed(cls):
        return cls._base_manager.all()

    def state_on(self, day: date) -> tuple[str, str]:
        """In words, with the tone of its tag."""
        if self.status == DelegationStatus.WITHDRAWN:
            return "Withdrawn", "grey"
        if day < self.first_day:
            return "To come", "yellow"
        return ("Over", "grey") if self.last_day and day > self.last_day else ("In force", "green")
