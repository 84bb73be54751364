"""What a decision baselined, and the edits that were agreed with it."""

from django.db import models

from artefacts.models.artefact import Artefact, ArtefactVersion
from decisions.models import Settlement
from groups.models import Person
from records.models import Record, both_or_neither


class Baseline(Record):
    """A version that a decision has baselined, and the label it receives by it: 0.9 was put to the group, 1.0 is made from it.

    Only `determine` makes one, or papers that are read in: these may not state which version it was.
    """

    sealed_as = "baseline"
    sealed_fields = ("artefact_id", "version_id", "label", "settlement_id")

    artefact = models.ForeignKey(Artefact, models.PROTECT, related_name="baselines")
    version = models.ForeignKey(ArtefactVersion, models.PROTECT, null=True, blank=True, related_name="baselines", help_text="as it was put to the group")
    label = models.CharField(max_length=40, blank=True, help_text="under which it is issued: 1.0")
    settlement = models.OneToOneField(Settlement, models.PROTECT, related_name="baseline")

    class Meta:
        ordering = ["artefact", "pk"]

    def __str__(self):
        return f"baseline of {self.version or self.artefact}"

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.exclude(settlement__decision__origin="imported")


class AgreedEdit(Record):
    """An edit that was agreed when a version was baselined. What is baselined is issued when all are made, and somebody else has looked."""

    sealed_as = "agreed_edit"
    sealed_fields = ("version_id", "n", "text", "agreed_where", "done_seen_by_id", "done_at")

    version = models.ForeignKey(ArtefactVersion, models.PROTECT, related_name="agreed_edits", help_text="as it was put to the group")
    n = models.PositiveSmallIntegerField()
    text = models.TextField()
    agreed_where = models.CharField(max_length=160, help_text="a paragraph of minutes, or a decision")
    done_seen_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["version", "n"]
        constraints = [
            models.UniqueConstraint(fields=["version", "n"], name="agreed_edit_number_once"),
            both_or_neither("done_seen_by", "done_at", name="agreed_edit_seen_by_someone"),
        ]

    def __str__(self):
        return f"edit {self.n} agreed for {self.version}"

    @property
    def group(self):
        return self.version.artefact.group

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.all()
