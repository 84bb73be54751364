"""The files of a version of an artefact."""

from typing import ClassVar

from django.db import models

from artefacts.models.artefact import ArtefactVersion
from files.models import Attached
from groups.models import Group
from records.models import one_of


class FileForm(models.TextChoices):
    """What a file is to the version it belongs to."""

    CLEAN = "clean", "The document"
    REDLINE = "redline", "The document with changes marked"
    ANNEX = "annex", "An annex"
    SOURCE = "source", "What it is made from"


class VersionFile(Attached):
    """A file of one version. Once that is put forward, its files stay as they are."""

    sealed_as = "artefact_file"
    sealed_fields = (*Attached.sealed_fields, "version_id", "form", "dropped")
    unsealed: ClassVar[dict[str, str]] = Attached.unsealed

    version = models.ForeignKey(ArtefactVersion, models.PROTECT, related_name="files")
    form = models.CharField(max_length=8, choices=FileForm)
    dropped = models.BooleanField(default=False, help_text="taken off again, before the version was put forward")

    class Meta(Attached.Meta):
        ordering = ["version", "pk"]
        constraints = [*Attached.Meta.constraints, one_of("form", FileForm, name="version_file_form_known")]

    def __str__(self):
        return f"{self.name} of {self.version}"

    @property
    def group(self) -> Group:
        return self.version.group

    @property
    def compared_as(self) -> str:
        """What there is one of, by what it is; an annex by its name."""
        return str(self.get_form_display()) if self.form in (FileForm.CLEAN, FileForm.REDLINE) else self.name

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.filter(dropped=False).exclude(version__fixed_at=None, version__loadings=None)
