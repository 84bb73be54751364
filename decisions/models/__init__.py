"""SETTLED: decisions, the questions put to seats, the roll of votes, and what was said about them."""

from decisions.models.advice import Advice
from decisions.models.announcement import Announcement
from decisions.models.around import Attempt, HolderAnswer, Position, WhyNot
from decisions.models.consulting import Consultation, Consultee
from decisions.models.decision import Decision, Maker, Outcome
from decisions.models.delegation import Delegation
from decisions.models.edition import DecisionEdition
from decisions.models.papers import QuestionCirculatedPaper, QuestionCirculation, QuestionPack, QuestionPaper, QuestionRecipient
from decisions.models.settled import AS_WORDED, SETTLED, DeterminationDraft, Direction, Reason, Reply, Settlement
from decisions.models.voting import Cast, Choice, Question, RollRow

__all__ = [
    "AS_WORDED", "SETTLED", "Advice", "Announcement", "Attempt", "Cast", "Choice", "Consultation", "Consultee", "Decision", "DecisionEdition", "Delegation", "DeterminationDraft", "Direction",
    "HolderAnswer", "Maker", "Outcome", "Position", "Question", "QuestionCirculatedPaper", "QuestionCirculation", "QuestionPack", "QuestionPaper", "QuestionRecipient", "Reason", "Reply", "RollRow",
    "Settlement", "WhyNot",
]  # fmt: skip
