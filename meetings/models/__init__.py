"""WHEN: meetings, what was on the agenda, who came, what was minuted and who was given what to do."""

from meetings.models.actions import Action, ActionReview
from meetings.models.editions import ActionEdition, MeetingEdition
from meetings.models.meeting import AgendaItem, Attendance, Meeting, StandingItem
from meetings.models.minutes import EditionPDF, Minutes, MinutesEdition, Paragraph, PDFWithdrawal

__all__ = [
    "Action", "ActionEdition", "ActionReview", "AgendaItem", "Attendance", "EditionPDF", "Meeting", "MeetingEdition", "Minutes", "MinutesEdition",
    "PDFWithdrawal", "Paragraph", "StandingItem",
]  # fmt: skip
