"""The states of a change request and of its versions, and the verbs between them.

That it is assessed, waits for a decision, is approved or implemented is no state: it is read from what happened (`states.py`).
"""

from django.db.models import TextChoices

from records.lifecycle import Lifecycle, Move


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
