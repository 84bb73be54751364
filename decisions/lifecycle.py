"""The states of a decision, of a question put to seats, and of what is referred; and the verbs between them.

Outcome, publication and time are not states. Whether a question is open is read from the clock.
"""

from django.db.models import TextChoices

from records.lifecycle import Lifecycle, Move

# How much, and how long, at most.
LONGEST_WINDOW = 60  # working days that a vote stays open: a quarter of a year, after which what was asked is no longer what would be asked
MOST_PAPERS = 40  # of one question: more is not read within a window of some days
MOST_ATTEMPTS = 20  # to vote in vain, kept of one person at one seat: the twenty-first says nothing new
MOST_MAILS_A_DAY = 40  # to the constituency of one seat: whoever has the link to it floods nobody


class DecisionStatus(TextChoices):
    DRAFT = "draft", "Draft"
    TABLED = "tabled", "Waiting for the decision"
    DETERMINED = "determined", "Determined"
    WITHDRAWN = "withdrawn", "Withdrawn"


DECISION = Lifecycle(
    "decision",
    table=Move({DecisionStatus.DRAFT}, DecisionStatus.TABLED),
    defer=Move({DecisionStatus.TABLED}, DecisionStatus.DRAFT),
    determine=Move({DecisionStatus.TABLED}, DecisionStatus.DETERMINED),
    withdraw=Move({DecisionStatus.DRAFT, DecisionStatus.TABLED}, DecisionStatus.WITHDRAWN),
)


class QuestionStatus(TextChoices):
    DRAFT = "draft", "Draft"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


QUESTION = Lifecycle(
    "question",
    open=Move({QuestionStatus.DRAFT}, QuestionStatus.OPEN),
    close=Move({QuestionStatus.OPEN}, QuestionStatus.CLOSED),
    withdraw=Move({QuestionStatus.DRAFT, QuestionStatus.OPEN}, QuestionStatus.WITHDRAWN),
)


class DelegationStatus(TextChoices):
    GIVEN = "given", "Given"
    WITHDRAWN = "withdrawn", "Withdrawn"


DELEGATION = Lifecycle("delegation", withdraw=Move({DelegationStatus.GIVEN}, DelegationStatus.WITHDRAWN))
