"""The headline report of a meeting: by when it is due, what it says, what the public read of it, and its PDFs."""

from typing import ClassVar

from django.db import models

from ledger.printed import Printed, PrintedWithdrawal
from meetings.models.meeting import Meeting
from records.editions import Edition, numbered_once
from records.models import Publishable, both_or_neither


class HeadlineReport(Publishable):
    """What came of a meeting in short, made from its record while the minutes are being written. Begun when the meeting is held."""

    sealed_as = "headline_report"
    sealed_fields = ("meeting_id", "due_at")
    unsealed: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("words", "told", "published_at", "first_published_on", "origin", "breach_recorded_at"), "what is public of it is in its editions, and in those of its meeting"),
        "published_by_id": "the editions say who issued them",
        "working": "how that moment was counted",
        "next_reminder_at": "a note of the clock to itself",
    }

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="headline_report")
    words = models.TextField(blank=True, help_text="the secretariat's own, above what the portal says")
    told = models.JSONField(null=True, blank=True, editable=False, help_text="as it was published last")
    due_at = models.DateTimeField(null=True, blank=True)
    working = models.JSONField(null=True, blank=True)
    next_reminder_at = models.DateTimeField(null=True, blank=True)
    breach_recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta(Publishable.Meta):
        constraints = [
            *Publishable.Meta.constraints,
            both_or_neither("due_at", "working", name="headline_report_due_with_its_working"),
            both_or_neither("published_at", "told", name="headline_report_published_says_what"),
        ]

    def __str__(self):
        return f"headline report of {self.meeting}"


class HeadlineReportEdition(Edition):
    sealed_as = "headline_report_edition"
    noun = "headline_report"

    headline_report = models.ForeignKey(HeadlineReport, models.PROTECT, related_name="editions")

    class Meta(Edition.Meta):
        constraints = [numbered_once("headline_report")]


class HeadlinePDF(Printed):
    sealed_as = "headline_report_pdf"

    edition = models.ForeignKey(HeadlineReportEdition, models.PROTECT, related_name="pdfs")

    class Meta:
        verbose_name = "PDF of a headline report"
        verbose_name_plural = "PDFs of headline reports"

    def __str__(self):
        return f"PDF of {self.edition}"


class HeadlinePDFWithdrawal(PrintedWithdrawal):
    pdf = models.OneToOneField(HeadlinePDF, models.PROTECT, related_name="withdrawal")

    class Meta:
        verbose_name = "withdrawal of a headline report's PDF"
        verbose_name_plural = "withdrawals of headline reports' PDFs"

    def __str__(self):
        return f"withdrawal of the {self.pdf}"
