"""What the public read of meetings and actions, edition by edition, and the agenda on paper. The minutes of a meeting have editions of their own."""

from django.db import models

from ledger.printed import Printed, PrintedWithdrawal
from meetings.models.actions import Action
from meetings.models.meeting import Meeting
from records.editions import Edition, numbered_once


class MeetingEdition(Edition):
    sealed_as = "meeting_edition"
    noun = "meeting"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="editions")

    class Meta(Edition.Meta):
        constraints = [numbered_once("meeting")]


class AgendaPDF(Printed):
    """The agenda as an edition of its meeting says it, while the meeting is to come or its minutes are awaited."""

    sealed_as = "agenda_pdf"

    edition = models.ForeignKey(MeetingEdition, models.PROTECT, related_name="pdfs")

    class Meta:
        verbose_name = "PDF of an agenda"
        verbose_name_plural = "PDFs of agendas"

    def __str__(self):
        return f"PDF of the agenda in {self.edition}"


class AgendaPDFWithdrawal(PrintedWithdrawal):
    pdf = models.OneToOneField(AgendaPDF, models.PROTECT, related_name="withdrawal")

    class Meta:
        verbose_name = "withdrawal of an agenda's PDF"
        verbose_name_plural = "withdrawals of agendas' PDFs"

    def __str__(self):
        return f"withdrawal of the {self.pdf}"


class ActionEdition(Edition):
    sealed_as = "action_edition"
    noun = "action"

    action = models.ForeignKey(Action, models.PROTECT, related_name="editions")

    class Meta(Edition.Meta):
        constraints = [numbered_once("action")]
