"""Answers to an assessment of those who were not asked for an organisation."""

from django.db import models

from change_requests.models.assessment import Answered, Assessment, ResponsePosition
from records.models import one_of


class OffRollAnswer(Answered):
    """What somebody answered who was not asked for an organisation: a Programme team, say. Counted apart; a later one of the same name counts instead."""

    sealed_as = "off_roll_answer"
    sealed_fields = ("assessment_id", "n", "team", *Answered.FIELDS, "confidence", "submitted_by_id", "submitted_name", "how", "submitted_at", "late")

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="off_roll")
    n = models.PositiveSmallIntegerField()
    team = models.CharField(max_length=160, help_text="for whom it was answered")

    class Meta:
        ordering = ["assessment", "n"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "n"], name="off_roll_answer_one_by_one"),
            one_of("position", ResponsePosition, name="off_roll_answer_position_known"),
        ]

    def __str__(self):
        return f"{self.get_position_display()} of {self.team}"

    @property
    def receipt(self) -> str:
        """ "CR018-IA1/O2": the second answer off the roll."""
        return f"{self.assessment.version.change_request.reference}-IA{self.assessment.n}/O{self.n}"

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.all()
