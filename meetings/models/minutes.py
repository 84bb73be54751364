"""Minutes: paragraphs while they are written, editions once they are public."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from ledger.printed import Printed, PrintedWithdrawal
from meetings.lifecycle import MinutesStatus, MinutesStep
from meetings.models.meeting import AgendaItem, Meeting
from records.canonical import canonical, sha256
from records.models import Fact, Publishable, Record, one_of


class Minutes(Publishable):
    """The minutes of a meeting, from draft to approval. What the public reads are its editions."""

    not_sealed = "its editions are"

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    status = models.CharField(max_length=10, choices=MinutesStatus, default=MinutesStatus.DRAFT)
    sent_at = models.DateTimeField(null=True, blank=True, help_text="to the Chair")
    cleared_at = models.DateTimeField(null=True, blank=True)
    circulated_at = models.DateTimeField(null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)

    class Meta(Publishable.Meta):
        verbose_name_plural = "minutes"
        constraints = [
            *Publishable.Meta.constraints,
            one_of("status", MinutesStatus, name="minutes_status_known"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(status__in=["circulated", "approved"]),
                name="minutes_published_after_circulation",
            ),
        ]

    def __str__(self):
        return f"minutes of {self.meeting}"

    @property
    def latest_edition(self) -> "MinutesEdition | None":
        return self.editions.order_by("-n").first()


class StepTold(Fact):
    """That whoever a step of the back-plan waits for was reminded: once on its day, and once when it is late."""

    not_sealed = "who was told what is kept with the mail"

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="steps_told")
    step = models.CharField(max_length=20, choices=MinutesStep)
    late = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minutes", "step", "late"], name="step_told_once"),
            one_of("step", MinutesStep, name="step_told_known"),
        ]

    def __str__(self):
        return f"reminder of a step of the {self.minutes}"


class Paragraph(Record):
    """A paragraph of an item: on the page where it is written, a block. Its label, such as 7.12, is given at the first edition and kept for good.

    What a paragraph of another kind than text shows (a decision, a vote) points down at it.
    """

    not_sealed = "what is published of it is frozen in an edition of the minutes, which is sealed"

    class Kind(models.TextChoices):
        TEXT = "text", "Text"
        HEADING = "heading", "Heading"
        ACTION = "action", "Action"
        DECISION = "decision", "Decision"
        VOTE = "vote", "Vote"
        REASON = "reason", "Reason"
        ADDENDUM = "addendum", "Post-meeting update"

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="paragraphs")
    uid = models.UUIDField(unique=True, default=uuid4, db_default=RandomUUID(), editable=False, help_text="made by whoever began it, before it was sent")
    order = models.DecimalField(max_digits=24, decimal_places=16, help_text="what is put between two others gets the middle")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TEXT)
    text = models.TextField(blank=True)
    label = models.CharField(max_length=12, blank=True)
    dropped = models.BooleanField(default=False, help_text="not in the minute any more; earlier editions still show it")

    class Meta:
        ordering = ["item", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "label"], condition=~Q(label=""), name="paragraph_label_once"),
        ]

    def __str__(self):
        return f"{self.item}, paragraph {self.label or f'{self.order:.4g}'}"

    @property
    def typing(self) -> "Typing | None":
        """What is being typed into it and not yet kept."""
        typed = getattr(self, "typed", None)
        return typed if typed and typed.text is not None else None

    @property
    def reads(self) -> str:
        """What it says now, with what is being typed into it."""
        return self.typing.text if self.typing else self.text  # type: ignore[return-value]


class Typing(models.Model):
    """What somebody is typing into a paragraph and has not left yet. It is safe at once, and no part of any history: when the
    paragraph is left it is kept as one change. Then the text here is empty, and the row waits for the next sitting.
    """

    not_sealed = "what is being typed is on no record yet"

    paragraph = models.OneToOneField(Paragraph, models.PROTECT, related_name="typed")
    text = models.TextField(null=True)  # noqa: DJ001 - none is "nothing is being typed", which is not the empty text
    by = models.ForeignKey("groups.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "typings"

    def __str__(self):
        return f"typing in {self.paragraph}"

    def write(self, text: str, *, by: Any, at: datetime) -> None:
        self.text, self.by, self.at = text, by, at
        self.save(update_fields=None if self._state.adding else ["text", "by", "at"])

    def forget(self) -> None:
        self.text = None
        self.save(update_fields=["text"])


class Notepad(models.Model):
    """What a secretary jots down for themselves while a meeting runs: in no history, no ledger and no reading of anybody else's; emptied
    when the minutes are approved.
    """

    not_sealed = "somebody’s own, and on no record"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="notepads")
    user = models.ForeignKey("groups.User", models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="notepad_one_each")]

    def __str__(self):
        return f"notepad for {self.meeting}"

    @property
    def reads(self) -> str:
        """What it says, in a few letters: whoever writes it anew shows what they knew."""
        return sha256(self.text.encode())[:16] if self.text else ""

    def write(self, text: str, *, at: datetime) -> "Notepad":
        self.text, self.at = text, at
        self.save()
        return self


class MinutesEdition(Fact):
    """What was published, frozen: page, PDF, search and comparisons read this, never the rows it was made from."""

    sealed_as = "minutes_edition"
    sealed_fields = ("minutes_id", "n", "kind", "note", "sha256", "published_at", "computed_sha256")
    unsealed: ClassVar[dict[str, str]] = {"body": "its hash is"}
    noun: ClassVar[str] = "minutes"

    class Kind(models.TextChoices):
        FIRST = "first", "First edition"
        ADDENDUM = "addendum", "Addendum"
        CORRECTION = "correction", "Correction"
        APPROVAL = "approval", "Approval"

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="editions")
    n = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    note = models.TextField(blank=True, help_text="what changed, for readers")
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["minutes", "n"]
        constraints = [models.UniqueConstraint(fields=["minutes", "n"], name="edition_number_once")]

    def __str__(self):
        return f"{self.minutes}, edition {self.n}"

    @classmethod
    def must_be_sealed(cls):
        """Every edition published by the portal has an entry; what was read in is vouched for by its import."""
        return cls.objects.filter(read_from=None).select_related("minutes__meeting")

    @property
    def record_id(self) -> int:
        return self.minutes_id

    @property
    def computed_sha256(self) -> str:
        """The hash of the body as it stands, so that a changed body shows behind its ledger entry."""
        return sha256(canonical(self.body))


class EditionPDF(Printed):
    sealed_as = "minutes_pdf"

    edition = models.ForeignKey(MinutesEdition, models.PROTECT, related_name="pdfs")

    class Meta:
        verbose_name = "PDF of an edition"
        verbose_name_plural = "PDFs of editions"

    def __str__(self):
        return f"PDF of {self.edition}"


class PDFWithdrawal(PrintedWithdrawal):
    pdf = models.OneToOneField(EditionPDF, models.PROTECT, related_name="withdrawal")

    class Meta:
        verbose_name = "withdrawal of a PDF"
        verbose_name_plural = "withdrawals of PDFs"

    def __str__(self):
        return f"withdrawal of the {self.pdf}"
