"""Where versions come from that were kept elsewhere before the portal."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from artefacts.models.artefact import ArtefactVersion
from files.models import Blob
from records.models import Fact


class LoadedVersion(Fact):
    """That a version was loaded from a table: from which lines of it, and what these state. The portal vouches for no more than that."""

    sealed_as = "loaded_version"
    sealed_fields = ("version_id", "source_name", "source_sha256", "lines", "dated_on", "baselined_by", "loaded_at")
    unsealed: ClassVar[dict[str, str]] = {"source_id": "its hash is"}

    version = models.ForeignKey(ArtefactVersion, models.PROTECT, related_name="loadings", help_text="again, if its document came with a later table")
    source = models.ForeignKey(Blob, models.PROTECT, related_name="+", help_text="the table, as it was handed in")
    source_name = models.CharField(max_length=150)
    lines = ArrayField(models.PositiveIntegerField(), help_text="of the table")
    dated_on = models.DateField(null=True, blank=True, help_text="as the table states it")
    baselined_by = models.CharField(max_length=160, blank=True, help_text="which decision has baselined it, in the words of the table")
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.version}, loaded from {self.source_name}"

    @property
    def source_sha256(self) -> str:
        return self.source.sha256

    def told(self) -> dict[str, Any]:
        """What an edition says of it."""
        return {"name": self.source_name, "sha256": self.source_sha256, "lines": self.lines, "dated_on": self.dated_on, "baselined_by": self.baselined_by}

    @classmethod
    def for_sealing(cls):
        return cls.objects.select_related("source")

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.all()
