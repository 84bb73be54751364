"""The files of a version of a change request: what was attached, and the request itself as a document."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from change_requests.models.change_request import Attachment, ChangeRequestVersion
from files.models import Attached
from groups.models import Group
from records.models import one_of


class FileForm(models.TextChoices):
    """What a file is to the version it belongs to."""

    CLEAN = "clean", "The change request itself"
    REDLINE = "redline", "The change request with changes marked"
    ATTACHMENT = "attachment", "An attachment"


class RequestFile(Attached):
    """A file of one version. Once that is fixed, its files are, too."""

    sealed_as = "change_request_file"
    sealed_fields = (*Attached.sealed_fields, "version_id", "form", "attachment_id", "dropped")
    unsealed: ClassVar[dict[str, str]] = Attached.unsealed

    version = models.ForeignKey(ChangeRequestVersion, models.PROTECT, related_name="files")
    form = models.CharField(max_length=10, choices=FileForm)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="files", help_text="which of those that are named it is")
    dropped = models.BooleanField(default=False, help_text="taken off again, before the version was fixed")

    class Meta(Attached.Meta):
        ordering = ["version", "pk"]
        constraints = [
            *Attached.Meta.constraints,
            one_of("form", FileForm, name="request_file_form_known"),
            models.UniqueConstraint(fields=["attachment"], condition=Q(dropped=False), name="request_file_one_an_attachment"),
            models.CheckConstraint(condition=Q(attachment=None) | Q(form="attachment"), name="request_file_of_an_attachment"),
        ]

    def __str__(self):
        return f"{self.name} of {self.version}"

    @property
    def group(self) -> Group:
        return self.version.group

    @property
    def compared_as(self) -> str:
        """An attachment by its title, whatever its file is called."""
        return self.attachment.title if self.attachment else str(self.get_form_display())

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.filter(version__status="fixed", dropped=False)
