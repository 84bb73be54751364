"""SETTLED: decisions, the questions put to seats, the roll of votes, and what was said about them."""

from decisions.models.decision import Decision, Maker, Outcome, Reason, Settlement
from decisions.models.said import Advice, ProceduralConcern, Referral, Ruling, Statement
from decisions.models.voting import Cast, Choice, Question, RollRow

__all__ = [
    "Advice", "Cast", "Choice", "Decision", "Maker", "Outcome", "ProceduralConcern", "Question", "Reason", "Referral", "RollRow",
    "Ruling", "Settlement", "Statement",
]  # fmt: skip
