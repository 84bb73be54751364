"""Asking the organisations a seat speaks for what they think, before it votes (ToR: representatives consult their constituency)."""

import uuid

from django.db import models

from decisions.models.voting import Choice, Question
from groups.models import Organisation, Person, Seat
from records.models import Record, both_or_neither


class Consultation(Record):
    """A seat asking its constituency about a question. Private to the seat: its holder and approved alternates."""

    not_sealed = "private, and binds nobody"

    question = models.ForeignKey(Question, models.PROTECT, related_name="consultations")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="consultations")
    brief = models.TextField(help_text="what is asked, in plain words, to be forwarded")
    reply_by = models.DateField(null=True, blank=True)
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "seat"], name="consultation_once_a_seat")]

    def __str__(self):
        return f"consultation of {self.seat.label} on the {self.question}"


class Consultee(Record):
    """One organisation asked, and what it replied. Its link carries the nonce: a new one makes the old link useless."""

    not_sealed = "private, and binds nobody"

    class View(models.TextChoices):
        APPROVE = Choice.APPROVE.value, "In favour"
        REJECT = Choice.REJECT.value, "Against"
        ABSTAIN = Choice.ABSTAIN.value, "No view"

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="consultees")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="consultations")
    address = models.EmailField(blank=True)
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)
    asked_at = models.DateTimeField(null=True, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.CharField(max_length=160, null=True, blank=True, help_text="the name given with the reply")  # noqa: DJ001 (comes with the moment)
    view = models.CharField(max_length=10, choices=View, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["consultation", "organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "organisation"], name="consultee_once"),
            both_or_neither("replied_at", "replied_by", name="consultee_replied_by_someone"),
        ]

    def __str__(self):
        return f"{self.organisation} in the {self.consultation}"
