"""The states of a change request and of its versions, and the verbs between them.

That it is assessed, waits for a decision, is approved or implemented is no state: it is read from what happened (`states.py`).
"""

from django.db.models import TextChoices

from records.lifecycle import Lifecycle, Move

# How much at most, of one organisation.
MOST_QUESTIONS_WAITING = 5  # about one assessment: nobody floods whoever answers
MOST_ANSWERS_A_DAY = 20  # to one assessment, by its links, or by one person signed in
MOST_COLLEAGUES = 6  # whose links are good at a time, for one answer
MOST_COLLEAGUES_A_DAY = 3  # named over all its assessments: each is sent a mail that they did not ask for


class RequestStatus(TextChoices):
    DRAFT = "draft", "Draft"
    RAISED = "raised", "Raised"
    ON_HOLD = "on_hold", "On hold"
    WITHDRAWN = "withdrawn", "Withdrawn"


REQUEST = Lifecycle(
    "change request",
    **{"raise": Move({RequestStatus.DRAFT}, RequestStatus.RAISED)},
    hold=Move({RequestStatus.RAISED}, RequestStatus.ON_HOLD),
    resume=Move({RequestStatus.ON_HOLD}, RequestStatus.RAISED),
    withdraw=Move({RequestStatus.DRAFT, RequestStatus.RAISED, RequestStatus.ON_HOLD}, RequestStatus.WITHDRAWN),
)


class VersionStatus(TextChoices):
    DRAFT = "draft", "Draft"
    FIXED = "fixed", "Fixed"


class AssessmentStatus(TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


ASSESSMENT = Lifecycle(
    "assessment",
    close=Move({AssessmentStatus.OPEN}, AssessmentStatus.CLOSED),
    withdraw=Move({AssessmentStatus.OPEN}, AssessmentStatus.WITHDRAWN),
)


VERSION = Lifecycle("version of a change request", fix=Move({VersionStatus.DRAFT}, VersionStatus.FIXED))
