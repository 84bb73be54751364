"""Asking the organisations of the programme what a change request would do to them, and what they answer."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from change_requests.lifecycle import AssessmentStatus
from change_requests.models.change_request import ChangeRequestVersion
from decisions.models import Decision
from groups.models import Constituency, Group, Organisation, Person
from records.clock import PortalNow
from records.models import Fact, Record, both_or_neither, one_of
from records.windows import LateByLeave, LongerWindow, Window, is_longer, window_constraints


class AssessmentKind(models.TextChoices):
    INFORMATION = "information", "Information request"
    IMPACT = "impact", "Impact assessment"

    @property
    def is_out_for(self) -> str:
        """ "Out for impact assessment", "out for an information request"."""
        return "impact assessment" if self == AssessmentKind.IMPACT else "an information request"


class Assessment(Window, Record):
    """One version of a change request put to the organisations it concerns, for so many working days. It is never put anew: another one is."""

    sealed_as = "assessment"
    sealed_fields = (
        "version_id", "n", "kind", "question", "decision_id", "authority", "opens_at", "window_days", "days_why", "closes_at", "sends", "status",
        "withdrawn_why", "results_published_at", "results_published_by_id",
    )  # fmt: skip
    unsealed: ClassVar[dict[str, str]] = {
        "window_working": "how the close was counted",
        "close_recorded_at": "when the clock came to it; it closed at the moment that is sealed",
        "next_reminder_at": "whom it reminded stands in the outbox",
    }

    version = models.ForeignKey(ChangeRequestVersion, models.PROTECT, related_name="assessments")
    n = models.PositiveSmallIntegerField(help_text="which one of its change request it is")
    kind = models.CharField(max_length=12, choices=AssessmentKind, default=AssessmentKind.IMPACT)
    question = models.TextField(blank=True, help_text="what is asked in particular")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="assessments", help_text="under which it was issued")
    authority = models.CharField(max_length=200, blank=True, help_text="or on whose authority without one")
    days_why = models.CharField(max_length=300, blank=True, help_text="why other days than the policy says")
    sends = models.JSONField(default=list, help_text="what was sent with it: each attachment")
    status = models.CharField(max_length=10, choices=AssessmentStatus, default=AssessmentStatus.OPEN)
    withdrawn_why = models.CharField(max_length=300, blank=True)
    next_reminder_at = models.DateTimeField(null=True, blank=True)
    results_published_at = models.DateTimeField(null=True, blank=True)
    results_published_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("status", AssessmentStatus, name="assessment_status_known"),
            one_of("kind", AssessmentKind, name="assessment_kind_known"),
            models.UniqueConstraint(fields=["version", "kind"], condition=Q(status="open"), name="assessment_one_open"),
            both_or_neither("results_published_at", "results_published_by", name="assessment_results_published_by_someone"),
            models.CheckConstraint(condition=Q(results_published_at__isnull=True) | Q(status="closed"), name="assessment_results_after_the_close"),
            models.CheckConstraint(condition=Q(closes_at__isnull=False), name="assessment_closes"),
            *window_constraints("assessment"),
        ]

    def __str__(self):
        return f"{self.get_kind_display().lower()} {self.n} of {self.version}"

    @property
    def group(self) -> Group:
        return self.version.change_request.group

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.all()

    @classmethod
    def for_sealing(cls):
        return cls.objects.prefetch_related("roll")

    def sealed(self):
        return super().sealed() | {"roll": [row.sealed() for row in self.roll.all()]}


class AssessmentRow(LateByLeave, Record):
    """One organisation asked, for one constituency: written when it is opened, with names as they then were."""

    sealed_with = "assessment"
    sealed_fields = ("order", "organisation_name", "constituency_name")

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="roll")
    order = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="assessed")
    constituency = models.ForeignKey(Constituency, models.PROTECT, related_name="assessed")
    organisation_name = models.CharField(max_length=160)
    constituency_name = models.CharField(max_length=160)
    told = ArrayField(models.EmailField(), default=list, blank=True, help_text="the addresses to which it went")
    told_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True, help_text="when somebody first looked at it")
    needs_approval = models.BooleanField(default=False, help_text="as the organisation had said of its answers: a second person approves")
    nonce = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["assessment", "order"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "organisation", "constituency"], name="assessment_row_once"),
            models.UniqueConstraint(fields=["assessment", "order"], name="assessment_row_order_once"),
        ]

    def __str__(self):
        return f"{self.organisation_name} in the {self.assessment}"

    @property
    def group(self) -> Group:
        return self.assessment.group

    @property
    def counted(self) -> "Response | None":
        """The response that counts: the latest. Reads the prefetched responses."""
        return max(self.responses.all(), key=lambda response: response.n, default=None)


class Audience(models.TextChoices):
    """Who may read a field of an answer."""

    EVERYONE = "everyone", "Everyone"
    PARTICIPANTS = "participants", "Participants of the programme"
    PROGRAMME = "programme", "The Programme and assurance only"


class ResponsePosition(models.TextChoices):
    """How an organisation stands to a change request."""

    SUPPORT = "support", "Support"
    WITH_COMMENTS = "with_comments", "Support with comments"
    OBJECT = "object", "Object"
    NO_IMPACT = "no_impact", "No impact on us"
    ABSTAIN = "abstain", "Abstain"


class Answered(Fact):
    """What somebody answered to an assessment; and of each field, who may read it."""

    Position = ResponsePosition

    class Impact(models.TextChoices):
        NONE = "none", "None"
        LOW = "low", "Low"
        MEDIUM = "medium", "Medium"
        HIGH = "high", "High"

    class How(models.TextChoices):
        ACCOUNT = "account", "Signed in"
        LINK = "link", "By the organisation’s link"
        COLLEAGUE = "colleague", "By a colleague’s link"
        MAILED = "mailed", "By mail, recorded by the secretariat"
        CONFIRMED = "confirmed", "The earlier answer, confirmed"

    FIELDS = ("position", "impact", "cost", "effort", "lead_time", "test_dates", "alternatives", "comments", "answer")

    position = models.CharField(max_length=14, choices=Position)
    impact = models.CharField(max_length=8, choices=Impact, blank=True)
    cost = models.TextField(blank=True)
    effort = models.TextField(blank=True)
    lead_time = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="lead time", help_text="months")
    test_dates = models.TextField(blank=True, verbose_name="effect on test dates")
    alternatives = models.TextField(blank=True)
    comments = models.TextField(blank=True)
    answer = models.TextField(blank=True, verbose_name="answer to the question")
    confidence = models.JSONField(default=dict, blank=True, help_text="field -> who may read it, where that is not everyone")
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="%(class)ss")
    submitted_name = models.CharField(max_length=160, help_text="the name given with it")
    how = models.CharField(max_length=10, choices=How)
    submitted_at = models.DateTimeField(db_default=PortalNow(), help_text="written by the database, not by us")
    late = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @classmethod
    def headings(cls) -> dict[str, str]:
        """What each of its fields is called, in the order in which they are told."""
        names = {field.name: str(field.verbose_name).capitalize() for field in cls._meta.concrete_fields}
        return {name: names[name] for name in cls.FIELDS}

    def audience_of(self, field: str) -> str:
        return self.confidence.get(field, Audience.EVERYONE)


class Response(Answered):
    """What an organisation answered. Never changed: a later one for the same row counts instead."""

    sealed_as = "response"
    sealed_fields = ("row_id", "n", *Answered.FIELDS, "confidence", "submitted_by_id", "submitted_name", "how", "submitted_at", "late", "given_with_id")
    unsealed: ClassVar[dict[str, str]] = {"idempotency_key": "it tells a form that was sent twice"}

    row = models.ForeignKey(AssessmentRow, models.PROTECT, related_name="responses")
    n = models.PositiveSmallIntegerField()
    given_with = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="given_for", help_text="the answer of another row that was given for this one, too")
    idempotency_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["row", "n"]
        constraints = [
            models.UniqueConstraint(fields=["row", "n"], name="response_one_by_one"),
            one_of("position", ResponsePosition, name="response_position_known"),
        ]

    def __str__(self):
        return f"{self.get_position_display()} of {self.row.organisation_name}"

    @property
    def receipt(self) -> str:
        """ "CR018-IA1/5/2": the second answer of the fifth row."""
        assessment = self.row.assessment
        return f"{assessment.version.change_request.reference}-IA{assessment.n}/{self.row.order}/{self.n}"

    @classmethod
    def must_be_sealed(cls):
        """Every answer has an entry of its own: one without was slipped in."""
        return cls.objects.select_related("row")


class ResponseDraft(Record):
    """An answer in preparation: kept between devices, seen by nobody but the organisation; and put forward, where a second person approves it."""

    not_sealed = "private, and binds nobody"

    row = models.OneToOneField(AssessmentRow, models.PROTECT, related_name="draft")
    body = models.JSONField(default=dict)
    put_forward_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", help_text="none: a colleague, by the link of their own")
    put_forward_name = models.CharField(max_length=160, blank=True)
    put_forward_at = models.DateTimeField(null=True, blank=True, help_text="none: it is being written, or was changed since")

    def __str__(self):
        return f"draft answer of {self.row}"


class Extension(LongerWindow):
    """An assessment that was given more time."""

    sealed_as = "assessment_extension"
    sealed_fields = ("assessment_id", "before", "after", "days", "why", "made_at")

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="extensions")
    class Meta(LongerWindow.Meta):
        constraints = [is_longer("extension_is_longer")]

    def __str__(self):
        return f"extension of the {self.assessment}"


class Theme(Record):
    """What several answers have in common, in the secretariat's words; and what the raiser replies to it."""

    sealed_as = "theme"
    sealed_fields = ("assessment_id", "n", "title", "text", "rows", "reply", "replied_at", "dropped")

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="themes")
    n = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    rows = ArrayField(models.BigIntegerField(), default=list, blank=True, help_text="the rows whose answers it is made of")
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    dropped = models.BooleanField(default=False)

    class Meta:
        ordering = ["assessment", "n"]
        constraints = [models.UniqueConstraint(fields=["assessment", "n"], name="theme_number_once")]

    def __str__(self):
        return f"theme {self.n} of the {self.assessment}"

    @property
    def group(self) -> Group:
        return self.assessment.group

    @classmethod
    def must_be_sealed(cls) -> Any:
        return cls.objects.all()
