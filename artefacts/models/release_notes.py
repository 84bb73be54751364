"""What a release says, on paper."""

from django.db import models

from artefacts.models.releases import ReleaseEdition
from ledger.printed import Printed, PrintedWithdrawal


class ReleaseNote(Printed):
    sealed_as = "release_note"

    edition = models.ForeignKey(ReleaseEdition, models.PROTECT, related_name="notes")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"release note of {self.edition}"


class ReleaseNoteWithdrawal(PrintedWithdrawal):
    note = models.OneToOneField(ReleaseNote, models.PROTECT, related_name="withdrawal")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"withdrawal of the {self.note}"
