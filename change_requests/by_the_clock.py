"""What the clock does here: closes assessments, reminds the silent, and tells what was answered to questions."""

from change_requests.due import clarifications_to_tell
from change_requests.lifecycle import AssessmentStatus
from change_requests.models import Assessment
from change_requests.operations import close_when_due, remind, tell_clarifications
from records.sweep import CLOSE, REMIND, chore

chore("close assessment", CLOSE, lambda now: Assessment.objects.filter(status=AssessmentStatus.OPEN, closes_at__lte=now), lasting=True)(close_when_due)
chore(
    "remind of assessment", REMIND,
    lambda now: Assessment.objects.filter(status=AssessmentStatus.OPEN, next_reminder_at__lte=now, closes_at__gt=now), lasting=True,
)(remind)  # fmt: skip
chore("tell clarifications", REMIND, clarifications_to_tell)(tell_clarifications)
