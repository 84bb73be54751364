"""What the clock does here: closes reviews, and reminds the silent."""

from artefacts.lifecycle import ReviewStatus
from artefacts.models import Review
from artefacts.operations import close_review_when_due, remind_of_review
from records.sweep import CLOSE, REMIND, chore

chore("close review", CLOSE, lambda now: Review.objects.filter(status=ReviewStatus.OPEN, closes_at__lte=now))(close_review_when_due)
chore(
    "remind of review", REMIND, lambda now: Review.objects.filter(status=ReviewStatus.OPEN, next_reminder_at__lte=now, closes_at__gt=now),
)(remind_of_review)  # fmt: skip
