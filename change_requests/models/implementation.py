"""Where an approved change request is implemented."""

from datetime import date

from django.db import models

from artefacts.lifecycle import ReleaseStatus, VersionStatus
from artefacts.models import Artefact, ArtefactVersion, Release
from change_requests.models.change_request import ChangeRequest
from decisions.models import Decision
from groups.models import Group
from meetings.models import Meeting
from records.models import Record, both_or_neither
from records.versions import is_same_version


class Implementation(Record):
    """That an artefact is to follow a change request that was approved: in which version it does, and with which release, once these are known.

    A version or release that is withdrawn is as good as none; the row keeps it until another takes its place.
    """

    sealed_as = "implementation"
    sealed_fields = ("change_request_id", "artefact_id", "version_id", "release_id", "dated_on", "dated_by_id")

    change_request = models.ForeignKey(ChangeRequest, models.PROTECT, related_name="implementations")
    artefact = models.ForeignKey(Artefact, models.PROTECT, related_name="implementations")
    version = models.ForeignKey(ArtefactVersion, models.PROTECT, null=True, blank=True, related_name="implementations")
    release = models.ForeignKey(Release, models.PROTECT, null=True, blank=True, related_name="implementations")
    dated_on = models.DateField(null=True, blank=True, help_text="the implementation date that a decision has set")
    dated_by = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="implementations")
    came_back_to = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="implementations", help_text="the meeting before which the redline came, once its minutes are public")

    class Meta:
        ordering = ["change_request", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["change_request", "artefact", "version", "release"], nulls_distinct=False, name="implementation_once"),
            both_or_neither("dated_on", "dated_by", name="implementation_dated_by_decision"),
        ]

    def __str__(self):
        return f"{self.change_request.reference} in {self.artefact}"

    @property
    def group(self) -> Group:
        return self.change_request.group

    @property
    def followed_in(self) -> ArtefactVersion | None:
        return self.version if self.version and self.version.status == VersionStatus.FIXED else None

    @property
    def planned_with(self) -> Release | None:
        """Issued or not: what is only planned is not for the public."""
        return self.release if self.release and self.release.status == ReleaseStatus.PLANNED else self.issued_with

    @property
    def issued_with(self) -> Release | None:
        """With which release the version that follows has gone out."""
        return self.release if self.followed_in and self.release and self.release.status == ReleaseStatus.ISSUED else None

    @property
    def is_baselined(self) -> bool:
        """Whether a decision has baselined the version that follows, or the release it went out with. Reads the prefetched baselines."""
        followed = self.followed_in
        if self.issued_with and self.issued_with.baselined_by_id:
            return True
        return followed is not None and any(each.version_id == followed.pk or is_same_version(each.label, followed.label) for each in self.artefact.baselines.all())

    @property
    def in_force_on(self) -> date | None:
        """As was said of the release it went out with, else as a decision has set it; none while that is to be decided."""
        return (self.issued_with.effective_on if self.issued_with else None) or self.dated_on

    def sealed(self):
        return super().sealed() | ({"came_back_to_id": self.came_back_to_id} if self.came_back_to_id else {})

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.all()
