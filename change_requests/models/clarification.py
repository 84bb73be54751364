"""What is asked about an assessment while it runs, and answered to everybody."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from change_requests.models.assessment import Assessment, AssessmentRow
from groups.models import Group, Person
from records.models import Record


class Clarification(Record):
    """A question about what is asked, put by somebody who was asked; and its answer, told to all of them. Who asked is told to nobody but those who run it."""

    sealed_as = "clarification"
    sealed_fields = (
        "assessment_id", "n", "row_id", "question", "asked_by_id", "asked_name", "asked_at", "as_told", "answer", "answered_by_id", "answered_at",
    )  # fmt: skip
    unsealed: ClassVar[dict[str, str]] = {"told_at": "whom it was told to stands in the outbox", "idempotency_key": "it tells a form that was sent twice"}

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="clarifications")
    n = models.PositiveSmallIntegerField()
    row = models.ForeignKey(AssessmentRow, models.PROTECT, related_name="clarifications", help_text="for which organisation it was asked")
    question = models.TextField()
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="clarifications")
    asked_name = models.CharField(max_length=160)
    asked_at = models.DateTimeField()
    as_told = models.TextField(blank=True, help_text="the question as everybody reads it, so that it names nobody")
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text="when everybody who was asked was told")
    idempotency_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["assessment", "n"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "n"], name="clarification_number_once"),
            models.CheckConstraint(condition=Q(answered_at__isnull=True, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")), name="clarification_answered_at_a_time"),
            models.CheckConstraint(condition=Q(told_at__isnull=True) | Q(answered_at__isnull=False), name="clarification_told_when_answered"),
        ]

    def __str__(self):
        return f"question {self.n} about the {self.assessment}"

    @property
    def group(self) -> Group:
        return self.assessment.group

    @classmethod
    def must_be_sealed(cls) -> Any:
        return cls.objects.all()
