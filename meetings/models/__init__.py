"""WHEN: meetings, what was on the agenda, who came, what was minuted and who was given what to do."""

from meetings.models.actions import Action, ActionReview
from meetings.models.comments import (
    Asks,
    CommentAnswer,
    CommentOutcome,
    Disagreement,
    DisagreementTakenBack,
    DraftComment,
    NoDraftComments,
)
from meetings.models.drafts import CopyFor, DraftCopy, DraftReturn
from meetings.models.editions import ActionEdition, AgendaPDF, AgendaPDFWithdrawal, MeetingEdition
from meetings.models.headlines import HeadlinePDF, HeadlinePDFWithdrawal, HeadlineReport, HeadlineReportEdition
from meetings.models.meeting import AgendaItem, Attendance, Meeting, StandingItem
from meetings.models.minutes import EditionPDF, Minutes, MinutesEdition, Notepad, Paragraph, PDFWithdrawal, StepTold, Typing
from meetings.models.papers import CirculatedPaper, Circulation, Pack, Paper, PaperFile, PaperReading, PapersAwaited, Recipient
from meetings.models.replies import MeetingReply, RepliesAsked, ReplyChoice
from meetings.models.reports import ActionReport, ReportAnswer

__all__ = [
    "Action", "ActionEdition", "ActionReport", "ActionReview", "AgendaItem", "AgendaPDF", "AgendaPDFWithdrawal", "Asks", "Attendance", "CirculatedPaper", "Circulation", "CommentAnswer",
    "CommentOutcome", "CopyFor", "Disagreement", "DisagreementTakenBack", "DraftComment", "DraftCopy", "DraftReturn", "EditionPDF", "HeadlinePDF",
    "HeadlinePDFWithdrawal", "HeadlineReport", "HeadlineReportEdition", "Meeting", "MeetingEdition", "MeetingReply", "Minutes", "MinutesEdition",
    "NoDraftComments", "Notepad", "PDFWithdrawal", "Pack", "Paper", "PaperFile", "PaperReading", "PapersAwaited", "Paragraph", "Recipient", "RepliesAsked", "ReplyChoice",
    "ReportAnswer", "StandingItem", "StepTold", "Typing",
]  # fmt: skip
