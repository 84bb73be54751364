"""What somebody asks to have erased of what is held about them, and what became of it."""

from django.db import models

from groups.models.people import Person
from records.models import Record, both_or_neither


class ErasureRequest(Record):
    """Asked by the person, answered by the PMO. The erasing itself is the owner's of the tables, and has an entry of its own."""

    not_sealed = "what is erased is sealed as a redaction"

    person = models.ForeignKey(Person, models.PROTECT, related_name="erasure_requests")
    text = models.TextField()
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            both_or_neither("answered_at", "answered_by", name="erasure_answered"),
            models.UniqueConstraint(fields=["person"], condition=models.Q(answered_at=None), name="erasure_asked_once_at_a_time"),
        ]

    def __str__(self):
        return f"request of {self.person} to erase"
