"""The passages in which what is issued differs from what was put to the group."""

from typing import ClassVar

from django.db import models

from artefacts.models.artefact import ArtefactVersion
from artefacts.models.baselines import AgreedEdit
from groups.models import Group
from records.models import Record


class Passage(Record):
    """A passage that differs between the version that was put to the group and the one that is made of it; and the agreed edit it belongs to.

    Of a draft only those have a row that somebody attached to an edit. When it is put forward, each has one and its number: without an edit it
    is unexplained. Of what could not be compared, a sentence stands in place of the passages.
    """

    sealed_with = "artefact_version"
    sealed_fields = ("n", "title", "where", "before", "after", "sentence", "edit_id", "is_public")
    unsealed: ClassVar[dict[str, str]] = {"key": "it is made from the passage"}

    version = models.ForeignKey(ArtefactVersion, models.PROTECT, related_name="passages")
    key = models.CharField(max_length=64, help_text="by which it is found again while the draft changes around it")
    n = models.PositiveIntegerField(null=True, blank=True, help_text="its place when the version was put forward; none: it was not there then")
    title = models.CharField(max_length=150, help_text="of the file in which it stands")
    where = models.CharField(max_length=300, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    sentence = models.CharField(max_length=400, blank=True, help_text="why the passages of a file are not listed")
    edit = models.ForeignKey(AgreedEdit, models.PROTECT, null=True, blank=True, related_name="passages")
    is_public = models.BooleanField(default=False, help_text="everybody may have both files")

    class Meta:
        ordering = ["version", "n", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="passage_once"),
            models.UniqueConstraint(fields=["version", "n"], name="passage_number_once"),
        ]

    def __str__(self):
        return f"passage {self.n or ''} of {self.version}"

    @property
    def group(self) -> Group:
        return self.version.group
