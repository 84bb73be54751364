"""The states of a version of an artefact, of its reviews and of a release, and the verbs between them.

That it is reviewed, waits for a decision, is baselined, superseded or in force is no state: it is read from what happened (`states.py`).
"""

from django.db.models import TextChoices

from records.lifecycle import Lifecycle, Move


class VersionStatus(TextChoices):
    DRAFT = "draft", "Draft"
    FIXED = "fixed", "Fixed"
    WITHDRAWN = "withdrawn", "Withdrawn"


VERSION = Lifecycle(
    "version of an artefact",
    put_forward=Move({VersionStatus.DRAFT}, VersionStatus.FIXED),
    withdraw=Move({VersionStatus.DRAFT, VersionStatus.FIXED}, VersionStatus.WITHDRAWN),
)


class ReviewStatus(TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


REVIEW = Lifecycle(
    "review",
    close=Move({ReviewStatus.OPEN}, ReviewStatus.CLOSED),
    withdraw=Move({ReviewStatus.OPEN}, ReviewStatus.WITHDRAWN),
)


class ReleaseStatus(TextChoices):
    PLANNED = "planned", "Planned"
    ISSUED = "issued", "Issued"
    WITHDRAWN = "withdrawn", "Withdrawn"


RELEASE = Lifecycle(
    "release",
    issue=Move({ReleaseStatus.PLANNED}, ReleaseStatus.ISSUED),
    withdraw=Move({ReleaseStatus.PLANNED, ReleaseStatus.ISSUED}, ReleaseStatus.WITHDRAWN),
)
