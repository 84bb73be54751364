"""A change request, its versions, and what is attached to each."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from change_requests.lifecycle import RequestStatus, VersionStatus
from groups.models import Group, Organisation, Person
from meetings.models import Meeting
from records.clock import london_date
from records.models import Origin, Publishable, Record, one_of
from records.versions import Versioned


class Category(models.TextChoices):
    """How a change request is to be treated."""

    NORMAL = "normal", "Normal"
    URGENT = "urgent", "Urgent"
    DEFECT = "defect", "Defect"
    NOT_STATED = "not_stated", "Not stated"


class ChangeRequest(Publishable):
    """A request to change what is baselined. What it asks for is in its versions; what became of it, in decisions."""

    sealed_as = "change_request"
    sealed_fields = (
        "group_id", "reference", "number", "title", "what_this_means", "category", "reason", "freeze_exception", "raised_by_id", "raised_by_words",
        "raised_by_person_id", "raised_on", "outside_reference", "target_meeting_id", "status", "status_why", "published_at", "published_by_id",
        "first_published_on", "origin",
    )  # fmt: skip

    group = models.ForeignKey(Group, models.PROTECT, related_name="change_requests", help_text="which decides on it")
    reference = models.CharField(max_length=40, unique=True, help_text="a draft’s own until it is raised, then CR018")
    number = models.PositiveIntegerField(null=True, blank=True, help_text="sorts references")
    title = models.CharField(max_length=300, blank=True)
    what_this_means = models.TextField(blank=True, help_text="in plain words")
    category = models.CharField(max_length=10, choices=Category, default=Category.NOT_STATED)
    reason = models.TextField(blank=True, help_text="why it is urgent, or a defect")
    freeze_exception = models.TextField(blank=True, help_text="why it cannot wait, while changes are frozen")
    raised_by = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="change_requests")
    raised_by_words = models.CharField(max_length=160, blank=True, help_text="as papers print who raised it, where no organisation is known")
    raised_by_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="change_requests")
    raised_on = models.DateField(null=True, blank=True, help_text="in London")
    outside_reference = models.CharField(max_length=120, blank=True, help_text="in another body’s books, such as a DCUSA change")
    target_meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="change_requests", help_text="at which it is to be decided")
    status = models.CharField(max_length=10, choices=RequestStatus, default=RequestStatus.DRAFT)
    status_why = models.CharField(max_length=300, blank=True, help_text="why it is on hold, or withdrawn")

    class Meta(Publishable.Meta):
        ordering = ["-number", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            one_of("status", RequestStatus, name="change_request_status_known"),
            one_of("category", Category, name="change_request_category_known"),
            models.CheckConstraint(condition=Q(status__in=["draft", "withdrawn"]) | Q(number__isnull=False), name="change_request_raised_has_number"),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("register:change_request", args=[self.reference])

    @property
    def is_dated(self) -> bool:
        """Whether the day on which it was raised is the one on its paper, and not that on which it was raised here."""
        return bool(self.raised_on and self.published_at and self.raised_on != london_date(self.published_at))

    @property
    def raiser(self) -> str:
        """Whoever raised it, as far as is known."""
        return self.raised_by.name if self.raised_by else self.raised_by_words

    @property
    def called(self) -> str:
        """ "CR018: Registration Service Operating Hours"."""
        return f"{self.reference}: {self.title}" if self.title else self.reference

    @classmethod
    def must_be_sealed(cls):
        """Every one that was raised in the portal has an entry; what was read in is vouched for by its import."""
        return cls.objects.filter(origin=Origin.PORTAL).exclude(published_at=None)


class ChangeRequestVersion(Versioned, Record):
    """What a change request asks for, in one of its versions. Once it is fixed it is frozen for good: this is what is assessed and voted on."""

    sealed_as = "change_request_version"
    sealed_fields = (
        "change_request_id", "label", "what_changed", "issue", "solution", "benefits", "cost", "plan_impact", "artefacts", "constituencies",
        "dated_on", "status", "fixed_at", "origin",
    )  # fmt: skip
    unsealed: ClassVar[dict[str, str]] = {"key": "it is made from the label"}

    TEXTS = ("issue", "solution", "benefits", "cost", "plan_impact")

    change_request = models.ForeignKey(ChangeRequest, models.PROTECT, related_name="versions")
    what_changed = models.TextField(blank=True, help_text="since the version before")
    issue = models.TextField(blank=True, verbose_name="the issue")
    solution = models.TextField(blank=True, verbose_name="the solution")
    benefits = models.TextField(blank=True)
    cost = models.TextField(blank=True, verbose_name="cost and effort")
    plan_impact = models.TextField(blank=True, verbose_name="effect on the plan")
    artefacts = ArrayField(models.CharField(max_length=250), default=list, blank=True, help_text="the documents it would change, as they are cited")
    constituencies = ArrayField(models.CharField(max_length=120), default=list, blank=True, help_text="whom it concerns")
    dated_on = models.DateField(null=True, blank=True, help_text="the day on its paper, where that is before it was fixed here")
    status = models.CharField(max_length=10, choices=VersionStatus, default=VersionStatus.DRAFT)
    fixed_at = models.DateTimeField(null=True, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PORTAL)

    class Meta:
        ordering = ["change_request", "key"]
        constraints = [
            one_of("status", VersionStatus, name="change_request_version_status_known"),
            models.UniqueConstraint(fields=["change_request", "key"], name="change_request_version_once"),
            models.UniqueConstraint(fields=["change_request"], condition=Q(status="draft"), name="change_request_one_draft"),
            models.CheckConstraint(condition=Q(key__isnull=False), name="change_request_version_is_one"),
        ]

    def __str__(self):
        return f"{self.change_request.reference} {self.called}"

    @classmethod
    def headings(cls) -> dict[str, str]:
        """What each of its texts is called."""
        return {field.name: str(field.verbose_name).capitalize() for field in cls._meta.concrete_fields if field.name in cls.TEXTS}

    @property
    def group(self) -> Group:
        return self.change_request.group

    @property
    def fixed_on(self) -> date | None:
        """The day on its paper, else the day in London on which it was fixed here: the same on every page."""
        return self.dated_on or (london_date(self.fixed_at) if self.fixed_at else None)

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.filter(origin=Origin.PORTAL, status=VersionStatus.FIXED)

    @classmethod
    def for_sealing(cls):
        return cls.objects.prefetch_related("attachments")

    def sealed(self):
        return super().sealed() | {"attachments": [each.sealed() for each in self.attachments.all() if not each.dropped]}


class Attachment(Record):
    """Something a version says is attached to it. Named before it is there, so that it cannot be left behind."""

    sealed_with = "change_request_version"
    sealed_fields = ("n", "title")

    version = models.ForeignKey(ChangeRequestVersion, models.PROTECT, related_name="attachments")
    n = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    dropped = models.BooleanField(default=False, help_text="not named any more")

    class Meta:
        ordering = ["version", "n"]
        constraints = [models.UniqueConstraint(fields=["version", "n"], name="attachment_number_once")]

    def __str__(self):
        return f"attachment {self.n} of {self.version}"

    @property
    def group(self) -> Group:
        return self.version.group
