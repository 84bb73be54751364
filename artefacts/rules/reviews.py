"""Who may put a version to review, comment on it, resolve comments and publish the log; when, and why not. Read-only: nothing here writes."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Q, prefetch_related_objects
from django.utils.text import capfirst

from artefacts.lifecycle import REVIEW, ReviewStatus, VersionStatus
from artefacts.models import ArtefactVersion, Comment, Heard, ResolutionOutcome, Review, ReviewRow, Weight
from artefacts.notices import speaking_for_the_silent, to_be_reminded
from groups.models import Organisation, Seat
from groups.standing import Standing
from meetings.rules import refusals_of_closed_group, refusals_to_keep_the_record
from records.dates import as_day
from records.forms import LONGEST as LONGEST_TEXT
from records.rules import Refusal
from records.windows import closing, over, refusals_of_days

SAID = ("roll__comments__resolutions", "roll__none_said")  # of a review: everything that was said in it
LONGEST_SECTION = 200
NEEDS_WHY = {
    ResolutionOutcome.NOT_ACCEPTED: "Say why it is not accepted.", ResolutionOutcome.OUT_OF_SCOPE: "Say why it is out of scope.",
    ResolutionOutcome.ANSWERED: "Write the answer.",
}  # fmt: skip
Leave = ReviewRow.Leave


# --- the review


def refusals_to_open_review(version: ArtefactVersion, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Only of what was put forward: what is reviewed has to stay as it is."""
    yield from refusals_to_keep_the_record(standing, version.group)
    if version.status != VersionStatus.FIXED:
        yield Refusal(f"{version} is {version.get_status_display().lower()}: only what is put forward is reviewed.", code="state")
    elif not version.is_held:
        yield Refusal(f"The portal does not hold {version}: there is nothing to review.")
    elif any(review.status == ReviewStatus.OPEN for review in version.reviews.all()):
        yield Refusal(f"{version} is in review already.")


def refusals_of_review(
    version: ArtefactVersion, asked: str, days: int, policy_days: int, days_why: str, seats: Collection[Seat], organisations: Collection[Organisation],
    reached: Collection[int],
) -> Iterator[Refusal]:  # fmt: skip
    """`reached` are the organisations for which somebody answers today."""
    if not asked.strip():
        yield Refusal("Say what is asked: which parts to look at, and what for.", field="asked")
    yield from refusals_of_days(days, policy_days, days_why)
    if not seats and not organisations:
        yield Refusal("Say who is asked: at least one seat or organisation.", field="seats")
    if strange := [str(seat) for seat in seats if seat.group_id != version.artefact.group_id]:
        yield Refusal(f"Not a seat of {version.group}: {', '.join(strange)}.", field="seats")
    if unreached := [each.name for each in organisations if each.pk not in reached]:
        yield Refusal(f"Nobody is appointed to answer for {', '.join(unreached)}.", field="organisations")


def refusals_to_extend_review(review: Review, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, review.group)
    if not review.is_open(now):
        yield Refusal(f"{capfirst(str(review))} is {over(review)}: it cannot be given more time. Open another one.", code="state")


def refusals_to_remind_of_review(review: Review, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """The silent, before the clock does: each person once a day, whoever reminds."""
    yield from refusals_to_keep_the_record(standing, review.group)
    prefetch_related_objects([review], *SAID)
    if not review.is_open(now):
        yield Refusal(f"{capfirst(str(review))} is {over(review)}: nobody is reminded of it.", code="state")
    elif not any(row.heard == Heard.SILENT for row in review.roll.all()):
        yield Refusal("Everybody who was asked has been heard.", code="state")
    elif not speaking_for_the_silent(review, now):
        yield Refusal("Nobody is known who speaks for those that are silent: appoint somebody first, on the page of members.")
    elif not to_be_reminded(review, now):
        yield Refusal("Whoever speaks for those that are silent was reminded today. They can be reminded again tomorrow.")


def refusals_to_close_review(review: Review, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Before its time only when everybody who was asked has been heard."""
    yield from refusals_to_keep_the_record(standing, review.group)
    yield from _refusals_if_over(review, "close", now)
    prefetch_related_objects([review], *SAID)
    if review.is_open(now) and (silent := sum(row.heard == Heard.SILENT for row in review.roll.all())):
        yield Refusal(f"{silent} of those who were asked {'is' if silent == 1 else 'are'} silent: it closes by itself at {closing(review)}.")


def refusals_to_withdraw_review(review: Review, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, review.group)
    yield from _refusals_if_over(review, "withdraw", now)


def _refusals_if_over(review: Review, verb: str, now: datetime) -> Iterator[Refusal]:
    if refusals := list(REVIEW.refusals(review, verb)):
        yield from refusals
    elif review.is_past(now):
        yield Refusal(f"{capfirst(str(review))} is {over(review)}.", code="state")


def refusals_of_why(why: str) -> Iterator[Refusal]:
    if not why.strip():
        yield Refusal("Say why.", field="why")


def refusals_to_give_review_leave(row: ReviewRow, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, row.group)
    review = row.review
    if review.is_open(now):
        yield Refusal(f"{capfirst(str(review))} is open: nobody needs leave.", code="state")
    elif review.status == ReviewStatus.WITHDRAWN or review.log_published_at:
        yield from refusals_of_time(row, now)
    if row.late_leave:
        yield Refusal(f"Leave to comment late was {row.get_late_leave_display().lower()} already: {row.late_why}")


# --- what is said


def speaks_for(row: ReviewRow, standing: Standing) -> bool:
    """Holds the seat, or stands in for its holder; or answers for the organisation."""
    if row.seat_id:
        return any(place.seat_id == row.seat_id for place in standing.places)
    return row.organisation_id in standing.answers_for


def spoken_for(standing: Standing) -> Q:
    """The same of many rows, for the database."""
    return Q(seat__in={place.seat_id for place in standing.places if place.seat_id}) | Q(organisation__in=standing.answers_for)


def is_asked_about(version: ArtefactVersion, standing: Standing) -> bool:
    """Whether they speak for one that is or was asked for comments on it."""
    return ReviewRow.objects.filter(spoken_for(standing), review__version=version).exclude(review__status=ReviewStatus.WITHDRAWN).exists()


def reads_all(review: Review, standing: Standing) -> bool:
    """Every comment before it is public: the secretariat, the Chair, the owner, and assurance."""
    return standing.runs(review.group) or standing.reads_for_assurance(review.group) or standing.owns(review.version.artefact.slug)


def refusals_to_comment(row: ReviewRow, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """For whoever does not speak for the seat or the organisation there is no such form."""
    if not speaks_for(row, standing):
        yield Refusal("There is no such review.", status=404)
    yield from refusals_of_time(row, now)


def refusals_of_time(row: ReviewRow, now: datetime) -> Iterator[Refusal]:
    """In its window, or late by the secretariat's leave."""
    review = row.review
    if review.status == ReviewStatus.WITHDRAWN:
        yield Refusal(f"{capfirst(str(review))} was withdrawn: {review.withdrawn_why}", code="over")
    elif review.log_published_at:
        yield Refusal("The comment log is published: no more comments are taken.", code="over")
    elif not review.is_open(now) and row.late_leave != Leave.GIVEN:
        yield Refusal(f"It closed at {closing(review)}: ask the secretariat for leave to comment late.", code="over")


def refusals_of_comment(section: str, text: str, weight: str) -> Iterator[Refusal]:
    if len(section.strip()) > LONGEST_SECTION:
        yield Refusal(f"Keep the section under {LONGEST_SECTION} characters.", field="section")
    if not text.strip():
        yield Refusal("Write the comment.", field="text")
    elif len(text) > LONGEST_TEXT:
        yield Refusal(f"Keep the comment under {LONGEST_TEXT:,} characters.", field="text")
    if weight not in Weight.values:
        yield Refusal("Say how much it weighs: must, should, editorial or question.", field="weight")


def refusals_to_say_no_comments(row: ReviewRow, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_comment(row, standing, now)
    if row.heard == Heard.COMMENTS:
        yield Refusal(f"{row.name} has commented already.")
    elif row.heard == Heard.NO_COMMENTS:
        yield Refusal(f"{row.name} has said already that it has no comments.")


# --- what becomes of it


def refusals_to_resolve_comments(review: Review, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """The owner says what becomes of each comment, or the secretariat writes it down; as soon as the comment is there."""
    artefact = review.version.artefact
    if not (standing.owns(artefact.slug) or standing.is_secretary_of(artefact.group)):
        yield Refusal(f"Only the owner of {artefact} or the secretariat of {artefact.group} says what becomes of a comment.", status=403)
    yield from refusals_of_closed_group(artefact.group, standing)
    if review.status == ReviewStatus.WITHDRAWN:
        yield Refusal(f"{capfirst(str(review))} was withdrawn: nothing becomes of its comments.", code="state")


def refusals_to_resolve(comment: Comment, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_resolve_comments(comment.row.review, standing, now)


def refusals_of_resolution(outcome: str, why: str) -> Iterator[Refusal]:
    if outcome not in ResolutionOutcome.values:
        yield Refusal("Say what becomes of it: accepted, accepted in part, not accepted, answered or out of scope.", field="outcome")
    elif not why.strip() and (missing := NEEDS_WHY.get(ResolutionOutcome(outcome))):
        yield Refusal(missing, field="why")
    if len(why) > LONGEST_TEXT:
        yield Refusal(f"Keep it under {LONGEST_TEXT:,} characters.", field="why")


def refusals_to_publish_log(review: Review, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, review.group)
    if review.status != ReviewStatus.CLOSED:
        yield Refusal(f"{capfirst(str(review))} is {review.get_status_display().lower()}: nothing is published before it is closed.", code="state")
    if review.log_published_at:
        yield Refusal(f"The comment log was published on {as_day(review.log_published_at)}.")
    if left := musts_left(review):
        yield Refusal(f"Nobody has said yet what becomes of what must change: {', '.join(comment.number for comment in left)}.")


def musts_left(review: Review) -> list[Comment]:
    """The comments of the weight "must" that have no resolution."""
    prefetch_related_objects([review], *SAID)
    left = []
    for row in review.roll.all():
        row.review = review
        for comment in row.comments.all():
            comment.row = row
            if comment.weight == Weight.MUST and comment.resolution is None:
                left.append(comment)
    return left
