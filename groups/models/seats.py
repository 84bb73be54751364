"""Groups, their dated seats, and who sits in them."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from groups.models.people import Constituency, Organisation, Person
from records.models import Record
from records.periods import last_day


class Group(Record):
    """A body of the programme's governance: a level, a parent, seats, and terms of reference."""

    not_sealed = "what rests on it is sealed as it then was: a roll row, a decision, a holding"

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=160)
    level = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    purpose = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)
    fictional = models.BooleanField(default=False, help_text="for practice: every page of it says so")
    open_attendance = models.BooleanField(default=False)

    class Meta:
        ordering = ["level", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="group_level_1_to_4"),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("register:group", args=[self.code])

    def meeting_code(self, number: str) -> str:
        """ "26" -> "DAG026"; "20.1" -> "DAG020.1"."""
        whole, dot, part = number.partition(".")
        return f"{self.code}{int(whole):03}{dot}{part}"

    def action_reference(self, number: str, n: int) -> str:
        """ "26", 1 -> "DAG26-01"."""
        return f"{self.code}{number}-{n:02}"

    def decision_reference(self, n: int) -> str:
        """60 -> "DAG-DEC60"."""
        return f"{self.code}-DEC{n:02}"


class InForceQuerySet(models.QuerySet):
    def on(self, day: date):
        """What is in force on that day. Rights and rolls are read "as at" the domain's dates."""
        return self.filter(during__contains=day)


class Dated:
    """What is in force from a first day to a last one, both included; without a last day it runs on."""

    during: Any

    @property
    def first_day(self) -> date:
        return self.during.lower

    @property
    def last_day(self) -> date | None:
        return last_day(self.during)

    def in_force_on(self, day: date) -> bool:
        """As `on(day)` asks of the database, of what was read already."""
        return day in self.during


class Seat(Record):
    """A place in a group for a period. It holds the vote; a person sits in it."""

    not_sealed = "what rests on it is sealed as it then was: a roll row, a decision, a holding"

    class Role(models.TextChoices):
        CHAIR = "chair", "Chair"
        MEMBER = "member", "Constituency representative"
        PROGRAMME = "programme", "Programme"
        ASSURANCE = "assurance", "Independent assurance"
        OBSERVER = "observer", "Observer"
        SECRETARIAT = "secretariat", "PMO secretariat"

    group = models.ForeignKey(Group, models.PROTECT, related_name="seats")
    constituency = models.ForeignKey(Constituency, models.PROTECT, null=True, blank=True, related_name="seats")
    role = models.CharField(max_length=12, choices=Role)
    label = models.CharField(max_length=160)
    order = models.PositiveSmallIntegerField(default=0)
    during = DateRangeField()

    objects = InForceQuerySet.as_manager()

    class Meta:
        ordering = ["group", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role="member", constituency__isnull=False) | (~Q(role="member") & Q(constituency__isnull=True)),
                name="seat_members_speak_for_a_constituency",
            ),
            ExclusionConstraint(
                name="seat_one_voice_per_constituency",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("constituency", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(constituency__isnull=False),
            ),
            models.UniqueConstraint(fields=["group", "label"], name="seat_label_once"),
        ]

    def __str__(self):
        return f"{self.label}, {self.group}"

    @property
    def reference(self) -> str:
        """ "DAG/dno-representative": how it is found in addresses and on the shelf."""
        return f"{self.group.code}/{slugify(self.label)}"

    def organisations_on(self, day: date) -> list[Organisation]:
        """Who the seat speaks for that day: the organisations of its constituency."""
        belonging = Organisation.objects.filter(
            belongings__constituency=self.constituency_id, belongings__during__contains=day, fictional=self.group.fictional
        )
        return list(belonging.distinct()) if self.constituency_id else []

    @property
    def votes(self) -> bool:
        return self.role == self.Role.MEMBER


class Holding(Dated, Record):
    """A person sitting in a seat for a period. A seat without one is vacant."""

    sealed_as = "holding"
    sealed_fields = ("seat_id", "person_id", "organisation_id", "first_day", "last_day")
    unsealed: ClassVar[dict[str, str]] = {"during": "its first and last day are"}

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    during = DateRangeField()

    objects = InForceQuerySet.as_manager()

    class Meta:
        ordering = ["seat", "during"]
        constraints = [
            ExclusionConstraint(
                name="holding_one_at_a_time",
                expressions=[("seat", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self):
        return f"{self.person} as {self.seat}"


class AlternateQuerySet(InForceQuerySet):
    def standing_in(self, day: date):
        """Who gives a right on that day: approved by then, not revoked, and in force."""
        return self.on(day).filter(approved_on__lte=day, revoked_at=None)


class Alternate(Dated, Record):
    """A person approved by the constituency to sit in for the holder, for a period or for one meeting.

    For one meeting, `occasion` names it and the period is its day: a meeting cannot be pointed at from here.
    """

    sealed_as = "alternate"
    sealed_fields = (
        "seat_id", "person_id", "first_day", "last_day", "occasion", "named_by_id", "approved_by", "approved_how", "approved_on", "revoked_at",
    )  # fmt: skip
    unsealed: ClassVar[dict[str, str]] = {"during": "its first and last day are"}

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="alternates")
    person = models.ForeignKey(Person, models.PROTECT, related_name="alternates")
    during = DateRangeField()
    occasion = models.CharField(max_length=40, blank=True)
    named_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    approved_by = models.CharField(max_length=160, blank=True)
    approved_how = models.CharField(max_length=300, blank=True, help_text="the evidence: an e-mail, a minute, a list")
    approved_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = AlternateQuerySet.as_manager()

    class Meta:
        ordering = ["seat", "during"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True) | ~Q(approved_by="") & ~Q(approved_how=""),
                name="alternate_approval_has_evidence",
            )
        ]

    def __str__(self):
        return f"{self.person} for {self.seat}"


class Appointment(Dated, Record):
    """A right without a seat, for a period: reading for assurance, serving as PMO, owning an artefact."""

    sealed_as = "appointment"
    sealed_fields = ("person_id", "kind", "group_id", "organisation_id", "scope", "first_day", "last_day")
    unsealed: ClassVar[dict[str, str]] = {"during": "its first and last day are"}

    class Kind(models.TextChoices):
        PMO = "pmo", "PMO secretariat"
        ASSURANCE = "assurance", "Assurance reader"
        PRESENTER = "presenter", "Programme presenter"
        ARTEFACT_OWNER = "artefact_owner", "Artefact owner"
        RAISER = "raiser", "Change request raiser"
        RESPONDENT = "respondent", "Organisation respondent"

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=20, choices=Kind)
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="appointments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="appointments", help_text="for which the person raises, or answers")
    scope = models.CharField(max_length=120, blank=True, help_text="an artefact, a change request")
    during = DateRangeField()

    objects = InForceQuerySet.as_manager()

    class Meta:
        ordering = ["person", "kind"]
        constraints = [
            # Ended ones may lie over one another: of two given by mistake, one can be ended.
            models.UniqueConstraint(
                fields=["person", "kind", "group", "organisation", "scope"], nulls_distinct=False, condition=Q(during__upper_inf=True),
                name="appointment_once_without_end",
            )
        ]

    def __str__(self):
        return f"{self.person}: {self.get_kind_display()}"


class Participation(Record):
    """An organisation taking part in an open working group, for a constituency: a cell of the heat map."""

    not_sealed = "it gives no right and no vote"

    group = models.ForeignKey(Group, models.PROTECT, related_name="participations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="participations")
    constituency = models.ForeignKey(Constituency, models.PROTECT, related_name="participations")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="participations")
    people = models.PositiveSmallIntegerField(default=1)
    lead = models.BooleanField(default=False)

    class Meta:
        ordering = ["group", "constituency", "organisation"]

    def __str__(self):
        return f"{self.organisation} in {self.group}"
