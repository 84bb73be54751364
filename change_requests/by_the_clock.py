"""What the clock does here: closes assessments, and reminds the silent."""

from change_requests.lifecycle import AssessmentStatus
from change_requests.models import Assessment
from change_requests.operations import close_when_due, remind
from records.sweep import CLOSE, REMIND, chore

chore("close assessment", CLOSE, lambda now: Assessment.objects.filter(status=AssessmentStatus.OPEN, closes_at__lte=now))(close_when_due)
chore(
    "remind of assessment", REMIND,
    lambda now: Assessment.objects.filter(status=AssessmentStatus.OPEN, next_reminder_at__lte=now, closes_at__gt=now),
)(remind)  # fmt: skip
