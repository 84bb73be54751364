"""What a decision settles and what is said with it: outcomes, reasons, directions, replies, and the draft of all that."""

from typing import Any

from django.db import models

from decisions.models.decision import Decision, Outcome
from decisions.models.voting import RollRow
from groups.models import Person
from records.models import Record

AS_WORDED = "as_worded"  # of what is read in only: its paper says something of the subject that is none of the outcomes
SETTLED = [*Outcome.choices, (AS_WORDED, "As worded")]


class Settlement(Record):
    """One subject a decision settles, and its outcome. One decision may settle several, with different outcomes."""

    NOT_STATED = "not stated"
    sealed_with = "decision"
    sealed_fields = ("n", "subject_kind", "subject_ref", "subject_title", "subject_version", "outcome", "conditions")

    class SubjectKind(models.TextChoices):
        CHANGE_REQUEST = "change_request", "Change request"
        ARTEFACT = "artefact", "Design artefact"
        MINUTES = "minutes", "Minutes"
        OTHER = "other", "Other"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="settlements")
    n = models.PositiveSmallIntegerField()
    subject_kind = models.CharField(max_length=16, choices=SubjectKind)
    subject_ref = models.CharField(max_length=200, help_text="CR018, DES-196, or the document's name")
    subject_title = models.CharField(max_length=300, blank=True)
    subject_version = models.CharField(max_length=20, default=NOT_STATED)
    outcome = models.CharField(max_length=24, choices=SETTLED)
    conditions = models.TextField(blank=True)

    class Meta:
        ordering = ["decision", "n"]
        indexes = [models.Index(fields=["subject_ref"], name="settlement_subject")]
        constraints = [
            models.UniqueConstraint(fields=["decision", "n"], name="settlement_number_once"),
            models.CheckConstraint(condition=models.Q(outcome__in=[value for value, _ in SETTLED]), name="settlement_outcome_known"),
        ]

    def __str__(self):
        return f"{self.subject}: {self.get_outcome_display()}"

    @property
    def subject(self) -> str:
        """ "CR018 v1.8"."""
        version = "" if self.subject_version == self.NOT_STATED else f" v{self.subject_version}"
        return f"{self.subject_ref}{version}"

    def told(self) -> dict[str, Any]:
        """What the edition of its subject says of it."""
        decided = {"decision": self.decision.reference, "decided_on": self.decision.decided_on}
        return decided | {"outcome": self.outcome, "outcome_in_words": self.get_outcome_display(), "conditions": self.conditions}

    def as_told(self) -> dict[str, Any]:
        """What is sealed of it, with its outcome in words."""
        return self.sealed() | {"subject": self.subject, "outcome_in_words": self.get_outcome_display()}


class Reason(Record):
    """One numbered reason given with a decision, published with it."""

    sealed_with = "decision"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="reasons")
    n = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["decision", "n"]
        constraints = [models.UniqueConstraint(fields=["decision", "n"], name="reason_number_once")]

    def __str__(self):
        return f"reason {self.n} for {self.decision}"


class Direction(Record):
    """Something the Chair directs with a decision: a later release, a redline to come back to the group first."""

    sealed_with = "decision"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="directions")
    n = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["decision", "n"]
        constraints = [models.UniqueConstraint(fields=["decision", "n"], name="direction_number_once")]

    def __str__(self):
        return f"direction {self.n} with {self.decision}"


class Reply(Record):
    """The Chair's answer to a seat that advised otherwise than was decided. Without words it is "not answered", and shown as that."""

    sealed_with = "decision"
    sealed_fields = ("row_id", "text")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="replies")
    row = models.ForeignKey(RollRow, models.PROTECT, related_name="replies")
    text = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "replies"
        ordering = ["decision", "pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "row"], name="reply_once_a_seat")]

    def __str__(self):
        return f"reply to {self.row.constituency} with {self.decision}"


class DeterminationDraft(Record):
    """What the Chair is about to decide, in preparation: written by the secretariat or the Chair, binding nobody.

    `body` holds the form as it was last saved; it may be shared, read-only, with assurance readers.
    """

    not_sealed = "private, and binds nobody"

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="determination_draft")
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    body = models.JSONField(default=dict)
    shared_with_assurance = models.BooleanField(default=False)

    class Meta:
        verbose_name = "draft determination"

    def __str__(self):
        return f"draft determination of {self.decision}"
