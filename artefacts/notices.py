"""Who is told what about reviews."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from artefacts.lifecycle import ReviewStatus
from artefacts.models import Artefact, Comment, Review, ReviewRow
from artefacts.owners import owners_of
from groups.models import Person, User
from groups.recipients import respondents_of, secretariat_of, sitting_by_seat
from notifications.models import Notice
from notifications.outbox import tell
from records.clock import london_date, portal_today


def _owners_of(artefact: Artefact) -> list[Person]:
    return list(Person.objects.filter(appointments__in=owners_of(artefact).on(portal_today())).distinct().order_by("pk"))


def speaking_for(rows: Sequence[ReviewRow]) -> list[list[Person]]:
    """Of each row who speaks for it today: holder and alternates of a seat, or whoever answers for an organisation. Three queries, however many."""
    seats = sitting_by_seat(row.seat_id for row in rows if row.seat_id)
    organisations = respondents_of([row.organisation_id for row in rows if row.organisation_id])
    return [seats.get(row.seat_id, []) if row.seat_id else organisations.get(row.organisation_id, []) for row in rows]  # type: ignore[arg-type]


def _by_person(rows: Sequence[ReviewRow]) -> list[tuple[Person, list[ReviewRow]]]:
    """Each person who speaks for some of these, with the rows that are theirs."""
    told: dict[int, tuple[Person, list[ReviewRow]]] = {}
    for row, people in zip(rows, speaking_for(rows), strict=True):
        for person in people:
            told.setdefault(person.pk, (person, []))[1].append(row)
    return list(told.values())


def _tell(review: Review, people: Iterable[Person], event: str, template: str, *, by: User, **context) -> list[Notice]:
    """One mail each, but to whoever did it."""
    others = {person.pk: person for person in people if person.pk != by.person_id}
    return tell(
        others.values(), key=f"review-{review.pk}-{event}", template=template, reference=review.version.artefact.slug, by=by, review=review,
        version=review.version, **context,
    )  # fmt: skip


def review_opened(review: Review, rows: list[ReviewRow], *, by: User) -> list[Notice]:
    """Whoever speaks for a seat or an organisation on the roll, once; and the owner."""
    told = [notice for person, own in _by_person(rows) for notice in _tell(review, [person], "opened", "review_opened", by=by, rows=own)]
    return told + _tell(review, _owners_of(review.version.artefact), "issued", "review_issued", by=by, asked=len(rows))


def _keepers(review: Review) -> list[Person]:
    """The secretariat, and the owner."""
    return [*secretariat_of(review.group), *_owners_of(review.version.artefact)]


def _everybody(review: Review, event: str, template: str, *, by: User, **context) -> list[Notice]:
    people = [*(person for person, _ in _by_person(list(review.roll.all()))), *_keepers(review)]
    return _tell(review, people, event, template, by=by, **context)


def review_extended(review: Review, why: str, *, by: User) -> list[Notice]:
    return _everybody(review, f"extended-{review.revision}", "review_extended", by=by, why=why)


def review_withdrawn(review: Review, *, by: User) -> list[Notice]:
    return _everybody(review, "withdrawn", "review_withdrawn", by=by)


def review_closed(review: Review, *, by: User) -> list[Notice]:
    """The secretariat and the owner: how many were heard."""
    return _tell(review, _keepers(review), "closed", "review_closed", by=by, **_heard(review))


def review_closed_early(review: Review, *, by: User) -> list[Notice]:
    """Everybody: it is over before its time."""
    return _everybody(review, "closed", "review_closed", by=by, early=True, **_heard(review))


def _heard(review: Review) -> dict[str, int]:
    rows = list(review.roll.prefetch_related("comments", "none_said"))
    return {"asked": len(rows), "heard": sum(row.heard != "silent" for row in rows), "comments": sum(len(row.comments.all()) for row in rows)}


def waiting_for_comments(review: Review, now: datetime, *, by: User) -> list[Notice]:
    """Whoever speaks for one that is silent: one mail a day, of every review that waits for them, however many there are."""
    told: list[Notice] = []
    for person, own in _silent(now):
        if any(row.review_id == review.pk for row in own):
            told += tell([person], key=waiting_key(now), template="reviews_waiting", by=by, rows=own)
    return told


def _silent(now: datetime) -> list[tuple[Person, list[ReviewRow]]]:
    """Each person who speaks for a silent row of a review that is open, with these rows."""
    open_ones = ReviewRow.objects.filter(review__status=ReviewStatus.OPEN, review__closes_at__gt=now, comments=None, none_said=None)
    return _by_person(list(open_ones.select_related("review__version__artefact__group").order_by("review__closes_at", "pk")))


def waiting_key(now: datetime) -> str:
    """By which the mails of a day are known that remind of what waits."""
    return f"reviews-waiting-{london_date(now)}"


def speaking_for_the_silent(review: Review, now: datetime) -> list[Person]:
    return [person for person, own in _silent(now) if person.email and any(row.review_id == review.pk for row in own)]


def to_be_reminded(review: Review, now: datetime) -> list[Person]:
    """Whoever speaks for one that is silent, and was not reminded today."""
    people = speaking_for_the_silent(review, now)
    told = set(Notice.objects.filter(key=waiting_key(now), address__in=[person.email for person in people]).values_list("address", flat=True))
    return [person for person in people if person.email not in told]


def review_leave(row: ReviewRow, *, by: User) -> list[Notice]:
    """Whoever speaks for it: that it may comment late, or not."""
    (people,) = speaking_for([row])
    return _tell(row.review, people, f"leave-{row.pk}", "review_leave", by=by, row=row)


def log_published(review: Review, *, by: User) -> list[Notice]:
    """Whoever commented, once: what became of each of their comments."""
    theirs: dict[int, list[Comment]] = {}
    for comment in Comment.objects.filter(row__review=review).select_related("said_by", "row__review").prefetch_related("resolutions").order_by("row__order", "n"):
        theirs.setdefault(comment.said_by_id, []).append(comment)
    return [notice for own in theirs.values() for notice in _tell(review, [own[0].said_by], "log", "review_log_published", by=by, comments=own)]
