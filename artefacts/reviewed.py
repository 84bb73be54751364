"""What a review tells everybody: that it runs, that it is over; and when its log is published, who was heard and what became of each comment."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from artefacts.lifecycle import ReviewStatus
from artefacts.models import Artefact, Comment, Heard, Review, ReviewRow
from artefacts.rules.reviews import SAID
from records.editions import Body

# Of an artefact: its reviews with all that was said in them, of which nothing is told before the log is published.
REVIEWS_OF_IT = tuple(f"versions__reviews__{name}" for name in ("extensions", *SAID))


def reviews_told(artefact: Artefact) -> list[Review]:
    """All that were opened, the latest first: that something is in review is public at once."""
    prefetch_related_objects([artefact], *REVIEWS_OF_IT)  # if they are not read yet
    return sorted((review for version in artefact.versions.all() for review in version.reviews.all()), key=lambda review: -review.n)


def with_log(reviews: QuerySet[Review]) -> QuerySet[Review]:
    return reviews.prefetch_related(*SAID)


def comments_in(review: Review) -> list[Comment]:
    """In the order of the log. Reads the prefetched roll."""
    told = []
    for row in review.roll.all():
        row.review = review
        for comment in row.comments.all():
            comment.row = row
            told.append(comment)
    return told


def counted(rows: Iterable[ReviewRow]) -> dict[str, int]:
    """How many were asked, and heard how."""
    heard = Counter(row.heard for row in rows)
    return {"asked": heard.total(), "commented": heard[Heard.COMMENTS], "no_comments": heard[Heard.NO_COMMENTS], "silent": heard[Heard.SILENT]}


def review_body(review: Review) -> Body:
    """Before the log is published no more than that there is a review, and until when."""
    return {
        "n": review.n,
        "version": review.version.label,
        "opens_at": review.opens_at,
        "closes_at": review.closes_at,
        "days": review.window_days,
        "days_why": review.days_why,
        "status": review.status,
        "withdrawn_why": review.withdrawn_why,
        "extensions": [{"before": each.before, "after": each.after, "why": each.why, "made_at": each.made_at} for each in review.extensions.all()],
        "log": _log(review) if review.log_published_at else None,
    }


def _log(review: Review) -> Body:
    """By seats and organisations, never by persons; of the silent only how many they are."""
    rows = list(review.roll.all())
    return {
        "published_at": review.log_published_at,
        "asked": review.asked,
        "counts": counted(rows),
        "heard": [{"name": row.name, "comments": len(row.comments.all())} for row in rows if row.heard != Heard.SILENT],
        "comments": [comment_body(comment) for comment in comments_in(review)],
    }


def comment_body(comment: Comment) -> dict[str, Any]:
    resolution = comment.resolution
    return {
        "number": comment.number,
        "of": comment.row.name,
        "section": comment.section,
        "weight": comment.weight,
        "weight_in_words": comment.get_weight_display(),
        "text": comment.text,
        "late": comment.late,
        "outcome": resolution.outcome if resolution else None,
        "outcome_in_words": resolution.get_outcome_display() if resolution else None,
        "why": resolution.why if resolution else "",
    }


def texts_of(body: Body) -> list[str]:
    """What is said in a review, for the search."""
    log = body["log"] or {"asked": "", "comments": []}
    return [log["asked"], *(text for each in log["comments"] for text in (each["section"], each["text"], each["why"]))]


def is_running(body: Body) -> bool:
    return body["status"] == ReviewStatus.OPEN


WEIGHT_TONES = {"must": "red", "should": "yellow", "editorial": "grey", "question": "blue"}
OUTCOME_TONES = {"accepted": "green", "in_part": "yellow", "not_accepted": "red", "answered": "blue", "out_of_scope": "grey"}
