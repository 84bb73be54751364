"""The states of a decision, of a question put to seats, and of what is referred; and the verbs between them.

Outcome, publication and time are not states. Whether a question is open is read from the clock.
"""

from django.db.models import TextChoices

from records.lifecycle import Lifecycle, Move


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
