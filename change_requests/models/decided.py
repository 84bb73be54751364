"""What was decided of a change request, and which cannot stand beside each other."""

from django.db import models
from django.db.models import F, Q

from change_requests.models.change_request import ChangeRequest, ChangeRequestVersion
from decisions.models import Settlement
from records.models import Record


class Determination(Record):
    """A decision having settled a change request, in the version that was decided on. Only `determine` makes one, or papers read in.

    These may not state which version it was: then there is none.
    """

    sealed_as = "change_request_determination"
    sealed_fields = ("change_request_id", "version_id", "settlement_id")

    change_request = models.ForeignKey(ChangeRequest, models.PROTECT, related_name="determinations")
    version = models.ForeignKey(ChangeRequestVersion, models.PROTECT, null=True, blank=True, related_name="determinations")
    settlement = models.OneToOneField(Settlement, models.PROTECT, related_name="determination")

    class Meta:
        ordering = ["change_request", "pk"]

    def __str__(self):
        return f"{self.settlement} ({self.settlement.decision})"

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.exclude(settlement__decision__origin="imported")


class Exclusion(Record):
    """Two change requests of which only one can be approved. It holds both ways; the one of the lower key is named first."""

    sealed_as = "exclusion"
    sealed_fields = ("one_id", "other_id", "why", "ended_why")

    one = models.ForeignKey(ChangeRequest, models.PROTECT, related_name="excludes")
    other = models.ForeignKey(ChangeRequest, models.PROTECT, related_name="excluded_by")
    why = models.CharField(max_length=300)
    ended_why = models.CharField(max_length=300, blank=True, help_text="why they do not exclude each other any more")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="exclusion_lower_first"),
            models.UniqueConstraint(fields=["one", "other"], name="exclusion_once"),
        ]

    def __str__(self):
        return f"{self.one} and {self.other} exclude each other"

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.all()
