"""A design artefact and its versions."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from artefacts.lifecycle import ReleaseStatus, VersionStatus
from groups.models import Group
from records.models import Origin, Publishable, Record, one_of
from records.versions import Versioned


class Phase(models.TextChoices):
    """The phase of the design for which it was written."""

    LOGICAL = "logical", "Logical design"
    PHYSICAL = "physical", "Physical design"
    DELIVERY = "delivery", "Delivery"
    OTHER = "other", "Other"
    NOT_STATED = "not_stated", "Not stated"


class Artefact(Publishable):
    """A document of the design, as minutes cite it. Its contents are its versions."""

    sealed_as = "artefact"
    sealed_fields = (
        "group_id", "slug", "name", "document_number", "sub_type", "phase", "streams", "aliases", "published_at", "published_by_id",
        "first_published_on", "origin",
    )  # fmt: skip

    group = models.ForeignKey(Group, models.PROTECT, related_name="artefacts", help_text="which governs it")
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    document_number = models.CharField(max_length=40, blank=True, help_text="DES-196; several documents may share one")
    sub_type = models.CharField(max_length=80, blank=True)
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.NOT_STATED)
    streams = ArrayField(models.CharField(max_length=40), default=list, blank=True, help_text="the work streams it belongs to")
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True, help_text="other names under which papers cite it")

    class Meta(Publishable.Meta):
        ordering = ["name"]
        constraints = [*Publishable.Meta.constraints, one_of("phase", Phase, name="artefact_phase_known")]

    def __str__(self):
        return self.cited

    def get_absolute_url(self):
        return reverse("register:artefact", args=[self.slug])

    @property
    def cited(self) -> str:
        """ "DES-196 D-Flow and Interface Mapping"."""
        return f"{self.document_number} {self.name}".strip()

    @classmethod
    def must_be_sealed(cls):
        """Every one that was added in the portal has an entry; what was read in is vouched for by its import."""
        return cls.objects.filter(origin=Origin.PORTAL)


class Carried(models.TextChoices):
    """What a version may bring in."""

    CHANGE_REQUEST = "change_request", "Change request"
    DEFECT = "defect", "Defect"
    DESIGN_ISSUE = "design_issue", "Design issue (DIN)"
    WORK_OFF = "work_off", "Work-off item"
    EDITORIAL = "editorial", "Editorial correction"


class ArtefactVersion(Versioned, Record):
    """One version of an artefact. From the moment it is put forward its contents are frozen for good."""

    sealed_as = "artefact_version"
    sealed_fields = ("artefact_id", "label", "note", "what_changed", "made_from_id", "carries", "status", "fixed_at", "withdrawn_why", "origin")
    unsealed: ClassVar[dict[str, str]] = {"key": "it is made from the label"}

    artefact = models.ForeignKey(Artefact, models.PROTECT, related_name="versions")
    note = models.TextField(blank=True, help_text="what is said of it beside it")
    what_changed = models.TextField(blank=True)
    carries = models.JSONField(default=list, blank=True, help_text="what it brings in, once there is a baseline to change: kind, reference, who authorised it")
    made_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="made_into")
    status = models.CharField(max_length=10, choices=VersionStatus, default=VersionStatus.DRAFT)
    fixed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.PORTAL)

    class Meta:
        ordering = ["artefact", "key"]
        constraints = [
            one_of("status", VersionStatus, name="artefact_version_status_known"),
            models.UniqueConstraint(fields=["artefact", "key"], condition=~Q(status="withdrawn"), name="artefact_version_once"),
            models.CheckConstraint(condition=Q(key__isnull=False), name="artefact_version_is_one"),
        ]

    def __str__(self):
        return f"{self.artefact} {self.called}"

    @property
    def group(self) -> Group:
        return self.artefact.group

    @property
    def loaded(self) -> Any:
        """Where it was loaded from, if it was: the last time. Reads the prefetched loadings."""
        return max(self.loadings.all(), key=lambda loaded: loaded.pk, default=None)

    @property
    def went_out_with(self) -> Any:
        """The release with which it was issued; none if that was withdrawn. Reads the prefetched releases."""
        return next((each.release for each in self.released_in.all() if not each.taken_out and each.release.status == ReleaseStatus.ISSUED), None)

    @property
    def is_held(self) -> bool:
        """Whether the portal holds what it is; of some it knows only that papers speak of them. Reads the prefetched files."""
        return self.origin == Origin.PORTAL or any(not file.dropped for file in self.files.all())

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.filter(origin=Origin.PORTAL).exclude(fixed_at=None)

    @classmethod
    def for_sealing(cls):
        return cls.objects.prefetch_related("passages")

    def sealed(self):
        """With what differs from the version that was put to the group, if it is made for a baseline of another."""
        passages = sorted((each for each in self.passages.all() if each.n), key=lambda each: each.n)
        return super().sealed() | ({"passages": [each.sealed() for each in passages]} if passages else {})
