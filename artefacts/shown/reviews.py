"""A review as each may see it: in full for those who keep it; else what one's own seats and organisations said, until the log is public."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from artefacts.models import Comment, Review, ReviewRow
from artefacts.reviewed import WEIGHT_TONES, comments_in, counted
from artefacts.rules.artefacts import files_of, may_have
from artefacts.rules.reviews import reads_all, speaks_for
from groups.standing import Standing
from records.verbs import offers


def comments_to_read(review: Review, standing: Standing) -> list[Comment]:
    """Every comment, for those who keep the review, and for everybody when the log is public; else one's own."""
    told = comments_in(review)
    return told if review.log_published_at or reads_all(review, standing) else [comment for comment in told if speaks_for(comment.row, standing)]


def review_page(review: Review, standing: Standing, now: datetime) -> dict[str, Any]:
    in_full, rows, open_now = reads_all(review, standing), list(review.roll.all()), review.is_open(now)
    comments = comments_in(review)
    own = [row for row in rows if speaks_for(row, standing)]
    files = [file for file in files_of(review.version) if may_have(file, standing)]
    return {
        "review": review,
        "version": review.version,
        "artefact": review.version.artefact,
        "is_open": open_now,
        "left": standing.counting.left(standing.on, review.closes_at) if open_now else None,
        "in_full": in_full,
        "counts": counted(rows),
        "comment_count": len(comments),
        "own": [_own(row, standing, now) for row in own],
        "rows": [_row(row, standing, now) for row in rows] if in_full else [],
        "log": _shown(comments, standing, now) if in_full else [],
        "weight_tones": WEIGHT_TONES,
        "files": [{"file": file, "offers": []} for file in files],
        "may_see_drafts": standing.belongs_to(review.group) or standing.owns(review.version.artefact.slug),
        "extensions": list(review.extensions.all()),
        "offers": offers(review, standing, now),
    }


def _own(row: ReviewRow, standing: Standing, now: datetime) -> dict[str, Any]:
    comments = list(row.comments.all())
    for comment in comments:
        comment.row = row
    return {"row": row, "comments": _shown(comments, standing, now), "none_said": next(iter(row.none_said.all()), None), "offers": _of_the_speaker(row, standing, now)}


SAYING = {"comment", "add_comments", "say_no_comments"}


def _of_the_speaker(row: ReviewRow, standing: Standing, now: datetime) -> list:
    return [offer for offer in offers(row, standing, now) if offer.name in SAYING]


def _row(row: ReviewRow, standing: Standing, now: datetime) -> dict[str, Any]:
    kept = [offer for offer in offers(row, standing, now) if offer.name not in SAYING]
    return {"row": row, "heard": row.heard, "comments": len(row.comments.all()), "offers": kept}


def _shown(comments: Iterable[Comment], standing: Standing, now: datetime) -> list[dict[str, Any]]:
    return [{"comment": comment, "resolution": comment.resolution, "offers": offers(comment, standing, now)} for comment in comments]
