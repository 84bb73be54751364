"""Releases: versions of artefacts that go out together."""

import re
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from artefacts.lifecycle import ReleaseStatus
from artefacts.models.artefact import ArtefactVersion
from decisions.models import Decision
from groups.models import Group
from records.editions import Edition, numbered_once
from records.models import Publishable, Record, both_or_neither, one_of
from records.versions import Key, key_of_version

CODE = re.compile(r"(?P<series>[A-Z]{1,8})(?P<number>\d{1,9}(?:\.\d{1,9}){0,7})", re.ASCII)


def code_as_kept(written: str) -> str:
    """IR8.10 of "ir 8.10"; as it was written where it is no code."""
    bare = re.sub(r"[\s-]+", "", written).upper()
    return bare if CODE.fullmatch(bare) else written.strip()


def parts_of_code(code: str) -> tuple[str, Key | None]:
    """("IR", [8, 10, 0]) of IR8.10: releases of one series are sorted as versions are, so that 8.10 comes after 8.9."""
    found = CODE.fullmatch(code)
    return (found["series"], key_of_version(found["number"])) if found else ("", None)


class Release(Publishable):
    """Versions of artefacts that go out together. While it is planned its contents may change; from its issue they are frozen for good.

    From when it is in force is said by a notice of its own, on issue or later.
    """

    sealed_as = "release"
    sealed_fields = (
        "group_id", "code", "title", "planned_on", "notes", "testing", "interfaces", "status", "issued_at", "effective_on", "effective_by",
        "withdrawn_why", "published_at", "published_by_id", "first_published_on", "origin",
    )  # fmt: skip
    unsealed: ClassVar[dict[str, str]] = {"series": "it is made from the code", "key": "it is made from the code"}

    group = models.ForeignKey(Group, models.PROTECT, related_name="releases", help_text="whose artefacts go out with it")
    code = models.CharField(max_length=40, help_text="IR8.10")
    series = models.CharField(max_length=8, editable=False)
    key = ArrayField(models.IntegerField(), editable=False)
    title = models.CharField(max_length=200, blank=True)
    planned_on = models.DateField(null=True, blank=True, help_text="the day on which it is to be issued")
    notes = models.TextField(blank=True, help_text="what readers should know of it")
    testing = models.TextField(blank=True, help_text="which testing it needs, regression too")
    interfaces = models.TextField(blank=True, help_text="which interfaces it affects")
    status = models.CharField(max_length=10, choices=ReleaseStatus, default=ReleaseStatus.PLANNED)
    issued_at = models.DateTimeField(null=True, blank=True)
    effective_on = models.DateField(null=True, blank=True, help_text="from which day it is in force")
    effective_by = models.CharField(max_length=200, blank=True, help_text="by which notice or decision")
    baselined_by = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="baselined_releases", help_text="which decision has baselined what went out as a draft")
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta(Publishable.Meta):
        ordering = ["group", "series", "key"]
        constraints = [
            *Publishable.Meta.constraints,
            one_of("status", ReleaseStatus, name="release_status_known"),
            models.UniqueConstraint(fields=["group", "series", "key"], name="release_code_once"),
            both_or_neither("issued_at", "published_at", name="release_public_from_issue"),
            models.CheckConstraint(condition=~Q(status="issued") | Q(issued_at__isnull=False), name="release_issued_at_a_moment"),
            models.CheckConstraint(condition=Q(effective_on__isnull=True, effective_by="") | Q(effective_on__isnull=False) & ~Q(effective_by=""), name="release_effective_by_notice"),
        ]  # fmt: skip

    def __str__(self):
        return f"release {self.reference}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.series, key = parts_of_code(self.code)
        self.key = key or []
        super().save(*args, **kwargs)

    @property
    def reference(self) -> str:
        """REH-IR8.10: two groups may each have an IR8.10."""
        return f"{self.group.code}-{self.code}"

    def get_absolute_url(self):
        return reverse("register:release", args=[self.reference])

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.exclude(issued_at=None)

    @classmethod
    def for_sealing(cls):
        return cls.objects.prefetch_related("contents")

    def sealed(self):
        told = {"versions": sorted(each.version_id for each in self.contents.all() if not each.taken_out)}
        return super().sealed() | told | ({"baselined_by_id": self.baselined_by_id} if self.baselined_by_id else {})


class ReleasedVersion(Record):
    """That a version goes out with a release."""

    sealed_with = "release"

    release = models.ForeignKey(Release, models.PROTECT, related_name="contents")
    version = models.ForeignKey(ArtefactVersion, models.PROTECT, related_name="released_in")
    taken_out = models.BooleanField(default=False, help_text="taken out again, before the release was issued")

    class Meta:
        ordering = ["release", "pk"]
        constraints = [models.UniqueConstraint(fields=["release", "version"], name="released_version_once")]

    def __str__(self):
        return f"{self.version} in {self.release}"

    @property
    def group(self) -> Group:
        return self.release.group


class ReleaseEdition(Edition):
    """What the public read of releases, edition by edition."""

    sealed_as = "release_edition"
    noun = "release"

    release = models.ForeignKey(Release, models.PROTECT, related_name="editions")

    class Meta(Edition.Meta):
        constraints = [numbered_once("release")]
