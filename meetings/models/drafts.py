"""The draft as it left the portal, and the Word document that came back of it."""

from typing import Any
from uuid import uuid4

from django.db import models

from groups.models import Person, Seat
from meetings.models.minutes import Minutes
from records.models import Fact, one_of

NOT_SEALED = "it is a draft: what becomes of it stands in an edition of the minutes, which is sealed"


class CopyFor(models.TextChoices):
    MEMBERS = "members", "Circulated to members"
    WORD = "word", "Taken out as a Word document"


class DraftCopy(Fact):
    """What the draft said when it left, block by block: by this is known what was changed since, here or elsewhere."""

    not_sealed = NOT_SEALED

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="copies")
    key = models.UUIDField(unique=True, default=uuid4, editable=False, help_text="by which the document says which copy it is")
    made_for = models.CharField(max_length=7, choices=CopyFor)
    made_at = models.DateTimeField()
    came = models.JSONField(help_text="who came, in words")
    blocks = models.JSONField(help_text="of each its uid, kind and text, with number and title of its item")

    class Meta:
        ordering = ["minutes_id", "pk"]
        verbose_name_plural = "draft copies"
        constraints = [one_of("made_for", CopyFor, name="draft_copy_made_for_known")]

    def __str__(self):
        return f"copy {self.pk} of the draft of {self.minutes.meeting}"

    @property
    def says(self) -> tuple[Any, Any]:
        return self.came, self.blocks


class DraftReturn(Fact):
    """A copy that came back as a Word document, from whom, and brought in by whom. What it proposes are draft comments; itself it is not kept."""

    not_sealed = NOT_SEALED

    copy = models.ForeignKey(DraftCopy, models.PROTECT, related_name="returns")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="draft_returns")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="draft_returns", help_text="from whom it came")
    name = models.CharField(max_length=150, help_text="of the file")
    sha256 = models.CharField(max_length=64)
    brought_at = models.DateTimeField()
    was_circulated = models.BooleanField(help_text="whether the members had the draft by then; else they do not read what it proposes")

    class Meta:
        ordering = ["copy_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["copy", "sha256"], name="draft_return_once")]

    def __str__(self):
        return f"{self.name}, which came from {self.made_by}"
