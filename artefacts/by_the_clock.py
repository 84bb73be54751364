"""What the clock does here: closes reviews, reminds the silent, and prints release notes."""

from django.db.models import Exists, OuterRef, QuerySet

from artefacts.lifecycle import ReviewStatus
from artefacts.models import Release, ReleaseEdition, ReleaseNote, Review
from artefacts.operations import close_review_when_due, remind_of_review
from artefacts.printing import print_release_note
from records.sweep import CLOSE, PRINT, REMIND, chore

chore("close review", CLOSE, lambda now: Review.objects.filter(status=ReviewStatus.OPEN, closes_at__lte=now), lasting=True)(close_review_when_due)
chore(
    "remind of review", REMIND, lambda now: Review.objects.filter(status=ReviewStatus.OPEN, next_reminder_at__lte=now, closes_at__gt=now), lasting=True,
)(remind_of_review)  # fmt: skip


def _unprinted() -> QuerySet:
    return ReleaseEdition.objects.exclude(Exists(ReleaseNote.objects.standing().filter(edition=OuterRef("pk"))))


@chore("print release note", PRINT, lambda now: Release.objects.filter(Exists(_unprinted().filter(release=OuterRef("pk")))), lasting=True)
def print_release_notes(release: Release) -> None:
    # One a transaction, the latest first, as with minutes.
    print_release_note(_unprinted().filter(release=release).order_by("-n")[0])
