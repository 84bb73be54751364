"""WHEN: meetings, what was on the agenda, who came, what was minuted and who was given what to do."""

from meetings.models.actions import Action, ActionReview
from meetings.models.comments import CommentAnswer, CommentOutcome, DraftComment
from meetings.models.editions import ActionEdition, MeetingEdition
from meetings.models.meeting import AgendaItem, Attendance, Meeting, StandingItem
from meetings.models.minutes import EditionPDF, Minutes, MinutesEdition, Notepad, Paragraph, PDFWithdrawal, Typing

__all__ = [
    "Action", "ActionEdition", "ActionReview", "AgendaItem", "Attendance", "CommentAnswer", "CommentOutcome", "DraftComment", "EditionPDF", "Meeting",
    "MeetingEdition", "Minutes", "MinutesEdition", "Notepad", "PDFWithdrawal", "Paragraph", "StandingItem", "Typing",
]  # fmt: skip
