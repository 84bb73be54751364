"""READ IN: the published papers the portal has read, kept as they came."""

from typing import ClassVar

from django.db import models

from decisions.models import Decision, Question
from meetings.models import Meeting, MinutesEdition
from records.models import Origin, Record


class ImportedFile(Record):
    """A file of published minutes: its text, its hash, what was made of it, and what the reader wondered about."""

    sealed_as = "imported_file"
    verbatim = ("text",)
    unsealed: ClassVar[dict[str, str]] = {
        "text": "its hash is", "doc_type": "read from the text", "meeting_id": "the meeting itself is sealed with it", "edition_id": "so is the edition",
        "issued_on": "read from the text", "warnings": "what the reader wondered; shown in the edition of the meeting",
        "superseded_by_id": "said by an entry of its own",
    }  # fmt: skip

    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    reader_version = models.CharField(max_length=20)
    doc_type = models.CharField(max_length=20)
    text = models.TextField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="imported_files")
    edition = models.OneToOneField(MinutesEdition, models.PROTECT, null=True, blank=True, related_name="read_from")
    issued_on = models.DateField(null=True, blank=True)
    warnings = models.JSONField(default=list)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="supersedes")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["sha256", "reader_version"], name="file_read_once")]

    def __str__(self):
        return f"{self.name} ({self.meeting})"

    @classmethod
    def must_be_sealed(cls):
        return cls._base_manager.all()

    @classmethod
    def for_sealing(cls):
        return cls.objects.prefetch_related("meeting", "edition")

    def sealed(self):
        """The file's hash and the whole record made of it; once a fuller paper took its place, the hash alone."""
        kept = {"sha256": self.sha256, "reader_version": self.reader_version, "name": self.name}
        if self.superseded_by_id:
            return kept
        meeting = self.meeting
        decisions = Decision.for_sealing().filter(meeting=meeting, origin=Origin.IMPORTED).order_by("number", "pk")
        questions = Question.for_sealing().filter(item__meeting=meeting, origin=Origin.IMPORTED).order_by("item__number", "pk")
        return {
            **kept,
            "meeting": meeting.sealed(),
            "edition": self.edition.sealed() if self.edition else None,
            "decisions": [d.sealed() for d in decisions],
            "questions": [q.sealed() for q in questions],
        }
