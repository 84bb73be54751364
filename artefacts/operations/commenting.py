"""Commenting on a version under review, and saying what became of each comment: one by one, or by a sheet."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, cast

from django.db import IntegrityError

from artefacts.models import Comment, NoComments, Resolution, Review, ReviewRow
from artefacts.rules.reviews import (
    refusals_of_comment,
    refusals_of_resolution,
    refusals_of_time,
    refusals_to_comment,
    refusals_to_resolve_comments,
    refusals_to_say_no_comments,
)
from groups.models import Person, User
from groups.standing import Standing
from ledger.operations import seal
from records.clock import portal_now
from records.editions import issue
from records.locks import hold_still, locked
from records.operations import operation
from records.rules import Refused, require


class NewComment(NamedTuple):
    """One comment as it is made."""

    section: str
    text: str
    weight: str


class NewResolution(NamedTuple):
    """What is made of one comment."""

    comment: int
    outcome: str
    why: str = ""


def _held(review_id: int) -> Review:
    """The review, held as it is: it neither closes nor moves nor is published while something is written."""
    review = Review.objects.select_related("version__artefact__group").get(pk=review_id)
    hold_still([review], "status", "opens_at", "closes_at", "log_published_at")
    return review


def _locked(row: ReviewRow) -> ReviewRow:
    """The row, locked, and its review held."""
    review = _held(row.review_id)
    row = locked(ReviewRow.objects).get(pk=row.pk)
    row.review = review
    return row


@operation
def comment(row: ReviewRow, section: str, text: str, weight: str, *, by: User) -> Comment:
    """Say something for the seat or the organisation, about one place of the version. It stays as it is; another may follow."""
    row, now = _locked(row), portal_now()
    require(refusals_to_comment(row, Standing.at(by, now), now))
    return _said(row, [NewComment(section, text, weight)], by=by, at=now)[0]


@operation
def add_comments(row: ReviewRow, said: Sequence[NewComment], *, by: User) -> list[Comment]:
    """The same for many at once, as a sheet has them. What is there already is not added again. Returns those that are new."""
    row, now = _locked(row), portal_now()
    require(refusals_to_comment(row, Standing.at(by, now), now))
    known = {NewComment(each.section, each.text, each.weight) for each in row.comments.all()}
    as_kept = dict.fromkeys(_kept(each) for each in said)
    return _said(row, [each for each in as_kept if each not in known], by=by, at=now)


def _kept(said: NewComment) -> NewComment:
    """As it is kept: what differs in nothing but line ends is the same comment."""
    return NewComment(said.section.strip(), said.text.replace("\r\n", "\n").replace("\r", "\n").strip(), said.weight)


def _said(row: ReviewRow, said: Sequence[NewComment], *, by: User, at: datetime) -> list[Comment]:
    require(*(refusals_of_comment(*each) for each in said))
    before, late, made = row.comments.count(), not row.review.is_open(at), []
    try:
        for n, each in enumerate(map(_kept, said), before + 1):
            told = {"section": each.section, "text": each.text, "weight": each.weight}
            made.append(Comment(row=row, n=n, **told, said_by=cast(Person, by.person), late=late).save_by(by))
    except IntegrityError as error:
        raise _over_meanwhile(row, error) from error
    moments = dict(row.comments.values_list("pk", "said_at")) if made else {}
    for each in made:
        each.said_at = moments[each.pk]
        seal("commented", each, by=by, at=at)
    return made


def _over_meanwhile(row: ReviewRow, error: IntegrityError) -> Exception:
    """The last moment came while it was being written down: the database's clock has the last word."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is None or diagnosis.constraint_name != "comment_in_time":
        return error
    return Refused(refusals_of_time(row, cast(datetime, row.review.closes_at)))


@operation
def say_no_comments(row: ReviewRow, *, by: User) -> ReviewRow:
    """Say that the seat or the organisation has looked, and has none. It may still comment, until the close."""
    row, now = _locked(row), portal_now()
    require(refusals_to_say_no_comments(row, Standing.at(by, now), now))
    try:
        made = NoComments(row=row, said_by=cast(Person, by.person), late=not row.review.is_open(now)).save_by(by)
    except IntegrityError as error:
        raise _over_meanwhile(row, error) from error
    made.refresh_from_db()
    made.row = row
    seal("no comments", made, by=by, at=now)
    return row


# --- what becomes of it


@operation
def resolve(comment: Comment, outcome: str, *, why: str = "", by: User) -> Resolution:
    """Say what becomes of a comment. A later word counts instead; each is kept."""
    return _resolved(comment.row.review_id, [NewResolution(comment.pk, outcome, why)], by=by)[0]


@operation
def resolve_comments(review: Review, became: Sequence[NewResolution], *, by: User) -> list[Resolution]:
    """The same for many at once, as a sheet that comes back has them."""
    return _resolved(review.pk, became, by=by)


def _resolved(review_id: int, became: Sequence[NewResolution], *, by: User) -> list[Resolution]:
    review = _held(review_id)
    comments = Comment.objects.filter(row__review=review).in_bulk([each.comment for each in became])
    rows = {row.pk: row for row in locked(ReviewRow.objects.filter(pk__in={each.row_id for each in comments.values()}).order_by("pk"))}
    now = portal_now()
    require(refusals_to_resolve_comments(review, Standing.at(by, now), now), *(refusals_of_resolution(each.outcome, each.why) for each in became))
    made = []
    for each in became:
        about = comments[each.comment]
        about.row = rows[about.row_id]
        about.row.review = review
        n = about.resolutions.count() + 1
        resolution = Resolution(comment=about, n=n, outcome=each.outcome, why=each.why.strip(), made_by=cast(Person, by.person), made_at=now).save_by(by)
        seal("resolved", resolution, by=by, at=now)
        made.append(resolution)
    if review.log_published_at and made:
        issue("artefact", review.version.artefact_id, f"What became of comments on {review.version.called} was said anew.", by=by, at=now)
    return made
