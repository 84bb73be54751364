"""What can be done to reviews, the rows of their rolls, and comments."""


from django.db.models import QuerySet
from django.urls import reverse

from artefacts import operations
from artefacts.lifecycle import ReviewStatus
from artefacts.models import ArtefactVersion, Comment, Heard, Review, ReviewRow
from artefacts.notices import to_be_reminded
from artefacts.reviewed import with_log
from artefacts.rules.reviews import (
    refusals_to_close_review,
    refusals_to_comment,
    refusals_to_extend_review,
    refusals_to_give_review_leave,
    refusals_to_open_review,
    refusals_to_publish_log,
    refusals_to_remind_of_review,
    refusals_to_resolve,
    refusals_to_resolve_comments,
    refusals_to_say_no_comments,
    refusals_to_withdraw_review,
    spoken_for,
)
from artefacts.verbs.artefacts import may_see_drafts
from groups.standing import Kind, Standing
from records.clock import portal_now
from records.dates import as_moment
from records.together import together
from records.verbs import Verb, register

WITH_ALL = "version__artefact__group"


def review_page(review: Review) -> str:
    return reverse("artefacts:review", args=[review.pk])


def find_review(pk: int, standing: Standing) -> Review | None:
    rows = with_log(Review.objects.select_related(WITH_ALL)).prefetch_related("roll__comments__said_by", "roll__none_said__said_by", "extensions")
    found = rows.filter(pk=pk).first()
    return found if found and _may_see(found, standing) else None


def _may_see(review: Review, standing: Standing) -> bool:
    """Whoever has a place in the group, owns the artefact, or is asked."""
    return may_see_drafts(review.version.artefact, standing) or ReviewRow.objects.filter(spoken_for(standing), review=review).exists()


def rows_with_all():
    return ReviewRow.objects.select_related(f"review__{WITH_ALL}").prefetch_related("comments__resolutions", "none_said")


def find_row(pk: int, standing: Standing) -> ReviewRow | None:
    found = rows_with_all().filter(pk=pk).first()
    return found if found and _may_see(found.review, standing) else None


def find_comment(pk: int, standing: Standing) -> Comment | None:
    found = Comment.objects.select_related(f"row__review__{WITH_ALL}", "said_by").prefetch_related("resolutions__made_by").filter(pk=pk).first()
    return found if found and _may_see(found.row.review, standing) else None


@together
def _to_comment(standing: Standing) -> QuerySet[ReviewRow] | None:
    """The rows of one's seats and organisations that are silent, while the review is open."""
    open_ones = rows_with_all().filter(spoken_for(standing), review__status=ReviewStatus.OPEN, comments=None, none_said=None)
    return open_ones.order_by("review__closes_at", "pk") if standing.places else None


@together
def _to_resolve(standing: Standing) -> QuerySet[Review] | None:
    """Of the artefacts one owns: the reviews with comments of which nobody has said yet what becomes of them."""
    owned = [place.scope for place in standing.places if place.what == Kind.ARTEFACT_OWNER and place.scope]
    unresolved = Comment.objects.filter(resolutions=None).values("row__review")
    reviews = Review.objects.filter(version__artefact__slug__in=owned, pk__in=unresolved).exclude(status=ReviewStatus.WITHDRAWN)
    return reviews.select_related(WITH_ALL).order_by("pk") if owned else None


@together
def _to_publish(standing: Standing) -> QuerySet[Review] | None:
    groups = standing.kept_group_ids
    closed = Review.objects.filter(version__artefact__group__in=groups, status=ReviewStatus.CLOSED, log_published_at=None)
    return with_log(closed.select_related(WITH_ALL)).order_by("closes_at") if groups else None


def _after_closing(review: Review) -> list[str]:
    return ["Everybody who was asked has been heard. No more comments are taken from then on, but by your leave.", "Everybody who was asked is told."]


def _after_reminding(review: Review) -> list[str]:
    people = to_be_reminded(review, portal_now())
    names = ", ".join(f"{person.name} ({person.email})" for person in people)
    silent = [row.name for row in review.roll.all() if row.heard == Heard.SILENT]
    clock = f"The clock reminds them at {as_moment(review.next_reminder_at)} all the same." if review.next_reminder_at else "The clock does not remind them again."
    return [
        f"{len(people)} {'person is' if len(people) == 1 else 'people are'} mailed: {names}.",
        f"Silent: {', '.join(silent)}. Each person gets one mail of everything that waits for their comments, and no second one today.",
        clock,
    ]


def _after_saying_none(row: ReviewRow) -> list[str]:
    return [
        f"This says that {row.name} has looked at {row.review.version}, and has no comments.",
        "If something comes up before the close, comment all the same: that counts instead.",
    ]


def _after_publishing(review: Review) -> list[str]:
    return [
        "Every comment is public at once, under the name of its seat or organisation, with what became of it. Of the silent it says how many they are.",
        "No more comments are taken, late ones neither. Whoever commented is told what became of each comment.",
    ]


def _form(name: str):
    return lambda record: reverse(f"artefacts:{name}", args=[record.pk])


register(
    Verb(
        name="artefacts.open_review", of=ArtefactVersion, rule=refusals_to_open_review, at=_form("open_review"), look="secondary",
        label=lambda version: f"Put {version.called} to review",
    ),
    Verb(
        name="artefacts.comment", of=ReviewRow, rule=refusals_to_comment, at=_form("comment"), label=lambda row: f"Comment for {row.name}",
        waits=_to_comment, title=lambda row: f"Comment on {row.review.version} for {row.name}", due=lambda row, standing: row.review.closes_at,
    ),
    Verb(
        name="artefacts.add_comments", of=ReviewRow, rule=refusals_to_comment, at=_form("add_comments"), look="secondary",
        label=lambda row: f"Bring in comments of {row.name} by a sheet",
    ),
    Verb(
        name="artefacts.say_no_comments", of=ReviewRow, rule=refusals_to_say_no_comments, at=lambda row: review_page(row.review), act=operations.say_no_comments,
        find=find_row, look="secondary", label=lambda row: f"{row.name} has no comments", confirms=_after_saying_none,
        done=lambda row: f"It is recorded that {row.name} has no comments.",
    ),
    Verb(name="artefacts.review_leave", of=ReviewRow, rule=refusals_to_give_review_leave, at=_form("review_leave"), look="link", label="Late comments: take them or not"),
    Verb(
        name="artefacts.publish_log", of=Review, rule=refusals_to_publish_log, at=review_page, act=operations.publish_log, find=find_review,
        label="Publish the comment log", confirms=_after_publishing, waits=_to_publish, title=lambda review: f"Publish the comment log of {review}",
        done="The comment log is public.",
    ),
    Verb(
        name="artefacts.resolve_comments", of=Review, rule=refusals_to_resolve_comments, at=_form("resolve_comments"), look="secondary",
        label="Say what becomes of the comments", waits=_to_resolve, title=lambda review: f"Say what becomes of the comments on {review.version}",
    ),
    Verb(
        name="artefacts.close_review", of=Review, rule=refusals_to_close_review, at=review_page, act=operations.close_review, find=find_review, look="secondary",
        label="Close it now", confirms=_after_closing, title=lambda review: f"Close {review} before its time", done="The review is closed.",
    ),
    Verb(
        name="artefacts.remind_of_review", of=Review, rule=refusals_to_remind_of_review, at=review_page, act=operations.remind_of_review_now, find=find_review,
        look="secondary", label="Remind the silent now", confirms=_after_reminding, title=lambda review: f"Remind the silent of {review}", done="The silent are reminded.",
    ),
    Verb(name="artefacts.extend_review", of=Review, rule=refusals_to_extend_review, at=_form("extend_review"), look="secondary", label="Give it more time"),
    Verb(name="artefacts.withdraw_review", of=Review, rule=refusals_to_withdraw_review, at=_form("withdraw_review"), look="link", label="Withdraw the review"),
    Verb(
        name="artefacts.resolve", of=Comment, rule=refusals_to_resolve, at=_form("resolve"), look="link",
        label=lambda comment: f"Say anew what becomes of {comment.number}" if comment.resolution else f"Say what becomes of {comment.number}",
    ),
)  # fmt: skip
