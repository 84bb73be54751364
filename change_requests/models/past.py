"""Assessments that were made before the portal, and kept in spreadsheets: what those state, and no more."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from change_requests.models.assessment import AssessmentKind, Response
from change_requests.models.change_request import ChangeRequest, ChangeRequestVersion
from files.models import Blob
from records.models import Fact


class PastAssessment(Fact):
    """One assessment as a table states it. Nobody was asked by the portal, and no window was kept by it; what is not stated is empty."""

    sealed_as = "past_assessment"
    sealed_fields = (
        "change_request_id", "version_id", "n", "kind", "opened_on", "closed_on", "days", "question", "authority", "source_name", "source_sha256", "lines", "loaded_at",
    )  # fmt: skip
    unsealed: ClassVar[dict[str, str]] = {"source_id": "its hash is"}

    change_request = models.ForeignKey(ChangeRequest, models.PROTECT, related_name="past_assessments")
    version = models.ForeignKey(ChangeRequestVersion, models.PROTECT, null=True, blank=True, related_name="past_assessments")
    n = models.PositiveSmallIntegerField(help_text="which of those that were loaded for its change request it is")
    kind = models.CharField(max_length=12, choices=AssessmentKind, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="working days it was open")
    question = models.TextField(blank=True)
    authority = models.CharField(max_length=200, blank=True, help_text="under which decision, or on whose authority")
    source = models.ForeignKey(Blob, models.PROTECT, related_name="+", help_text="the table, as it was handed in")
    source_name = models.CharField(max_length=150)
    lines = ArrayField(models.PositiveIntegerField(), help_text="of the table")
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["change_request", "n"]
        constraints = [
            models.UniqueConstraint(fields=["change_request", "n"], name="past_assessment_number_once"),
            models.UniqueConstraint(fields=["change_request", "version", "kind", "opened_on", "closed_on"], nulls_distinct=False, name="past_assessment_once"),
            models.CheckConstraint(condition=models.Q(kind="") | models.Q(kind__in=AssessmentKind.values), name="past_assessment_kind_known"),
            models.CheckConstraint(condition=models.Q(closed_on__isnull=True) | models.Q(opened_on__isnull=True) | models.Q(closed_on__gte=models.F("opened_on")), name="past_assessment_closes_after_opening"),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.kind_in_words.lower()} of {self.change_request.reference} {self.version_in_words}"

    @property
    def kind_in_words(self) -> str:
        return self.get_kind_display() if self.kind else "Assessment"

    @property
    def version_in_words(self) -> str:
        return self.version.called if self.version else "version not stated"

    @property
    def source_sha256(self) -> str:
        return self.source.sha256

    @classmethod
    def for_sealing(cls):
        return cls.objects.select_related("source").prefetch_related("answers")

    def sealed(self):
        return super().sealed() | {"answers": [answer.sealed() for answer in self.answers.all()]}

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.all()


class PastAnswer(Fact):
    """One organisation of a past assessment, as its line states it: that it was asked, and what it answered, if it did."""

    Position = Response.Position

    TEXTS = ("cost", "effort", "lead_time", "test_dates", "alternatives", "comments", "answer")

    sealed_with = "past_assessment"
    sealed_fields = ("line", "organisation", "constituency", "answered", "position", "impact", *TEXTS, "given_by", "answered_on", "late", "confidential")

    assessment = models.ForeignKey(PastAssessment, models.PROTECT, related_name="answers")
    line = models.PositiveIntegerField()
    organisation = models.CharField(max_length=160, help_text="as the table names it")
    constituency = models.CharField(max_length=160, blank=True)
    answered = models.BooleanField(null=True)
    position = models.CharField(max_length=14, choices=Position, blank=True)
    impact = models.CharField(max_length=8, choices=Response.Impact, blank=True)
    cost = models.TextField(blank=True)
    effort = models.TextField(blank=True)
    lead_time = models.CharField(max_length=160, blank=True)
    test_dates = models.TextField(blank=True)
    alternatives = models.TextField(blank=True)
    comments = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    given_by = models.CharField(max_length=160, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    late = models.BooleanField(null=True)
    confidential = models.BooleanField(null=True, help_text="where it is not stated, the public reads no more of it than of one that is")

    class Meta:
        ordering = ["assessment", "line"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "line"], name="past_answer_line_once"),
            models.CheckConstraint(condition=models.Q(position="") | models.Q(position__in=Response.Position.values), name="past_answer_position_known"),
        ]

    def __str__(self):
        return f"{self.organisation} in the {self.assessment}"
