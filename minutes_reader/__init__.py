"""The reader of published minutes: `read(text)` gives a Reading; plain Python, nothing of the portal imported."""

from .reader import READER_VERSION, read
from .result import Action, Attendee, Block, ChangeRequestOutcome, Decision, DocumentOutcome, Header, Item, Reading, Vote, VoteRow

__all__ = [
    "READER_VERSION",
    "Action",
    "Attendee",
    "Block",
    "ChangeRequestOutcome",
    "Decision",
    "DocumentOutcome",
    "Header",
    "Item",
    "Reading",
    "Vote",
    "VoteRow",
    "read",
]
