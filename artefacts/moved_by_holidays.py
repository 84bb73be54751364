"""Which deadlines run for artefacts: the close of each review that is open."""

from artefacts.due import review_in_words, reviews_running
from artefacts.operations import move_review_close
from records.moved_by_holidays import Deadline, counted_from, register

register(
    Deadline(
        name="close of reviews",
        running=reviews_running,
        due_at=lambda review: review.closes_at,
        counted=lambda review: counted_from(review.window_working),
        move=move_review_close,
        whose=lambda review: review.group,
        words=review_in_words,
        public=True,
    )
)
