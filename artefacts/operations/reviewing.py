"""Reviews: opened, given more time, closed by the clock or when everybody was heard, and their logs published."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import cast

from artefacts import notices
from artefacts.due import reviews_running
from artefacts.going_out import going_out, rows_of
from artefacts.lifecycle import REVIEW, ReviewStatus
from artefacts.models import ArtefactVersion, Review, ReviewExtension, ReviewRow
from artefacts.operations.artefacts import locked_version
from artefacts.rules.reviews import (
    refusals_of_review,
    refusals_of_why,
    refusals_to_close_review,
    refusals_to_extend_review,
    refusals_to_give_review_leave,
    refusals_to_open_review,
    refusals_to_publish_log,
    refusals_to_remind_of_review,
    refusals_to_withdraw_review,
)
from groups.calendar import Counting, hold_calendar
from groups.models import Organisation, Person, Seat, User
from groups.policies import Key, working_days
from groups.recipients import respondents_of
from groups.rules import refusals_to_move_deadline
from groups.standing import Standing
from groups.windows import closes_at, next_reminder
from ledger.operations import seal
from records.clock import london_date, portal_now
from records.editions import issue
from records.locks import locked
from records.opened import Stale
from records.operations import operation
from records.rules import require
from records.windows import refusals_of_extension
from records.working_days import Working

Leave = ReviewRow.Leave


def locked_review(pk: int) -> Review:
    """The review, locked; its version and artefact are only read, since they stay as they are."""
    return locked(Review.objects.select_related("version__artefact__group")).get(pk=pk)


def seats_by_default(version: ArtefactVersion, on) -> list[Seat]:
    """Every seat that is held, but those of the secretariat, which keeps the review."""
    held = Seat.objects.on(on).filter(group=version.artefact.group_id, holdings__during__contains=on).exclude(role=Seat.Role.SECRETARIAT)
    return list(held.distinct().order_by("order", "pk"))


@operation
def open_review(
    version: ArtefactVersion, asked: str, *, days: int | None = None, days_why: str = "", seats: Collection[Seat] | None = None,
    organisations: Collection[Organisation] = (), looked_at: str | None = None, by: User,
) -> Review:  # fmt: skip
    """Put a version to seats and organisations for comments: all seats that are held, unless it is said which. Everybody on the roll is told.

    It closes at the group's closing time (17:00 in London) on the last of its working days, whoever is there to close it. `looked_at` is what
    was to go out when the page was opened that asks: if that is something else now, Stale.
    """
    hold_calendar()
    version, now = locked_version(version), portal_now()
    today = london_date(now)
    policy_days = working_days(version.group, Key.REVIEW, today)
    days, seats = policy_days if days is None else days, seats_by_default(version, today) if seats is None else seats
    require(refusals_to_open_review(version, Standing.at(by, now), now))
    reached = respondents_of([each.pk for each in organisations])
    require(refusals_of_review(version, asked, days, policy_days, days_why, seats, organisations, reached))
    if looked_at is not None and looked_at != going_out(version, now, days, seats, organisations).digest:
        raise Stale(version)
    closes, working = closes_at(version.group, now, days)
    n = Review.objects.filter(version__artefact=version.artefact_id).count() + 1
    review = Review(
        version=version, n=n, asked=asked.strip(), opens_at=now, window_days=days, window_working=working.as_json(), closes_at=closes,
        days_why=days_why.strip() if days != policy_days else "",
    )  # fmt: skip
    review.next_reminder_at = next_reminder(review, now)
    review.save_by(by, at=now)
    rows = _write_roll(review, seats, organisations, by=by, at=now)
    seal("opened", review, by=by, at=now)
    issue("artefact", version.artefact_id, f"{version.called.capitalize()} was put to review.", by=by, at=now)
    notices.review_opened(review, rows, by=by)
    return review


def _write_roll(review: Review, seats: Collection[Seat], organisations: Collection[Organisation], *, by: User, at: datetime) -> list[ReviewRow]:
    asked = rows_of(seats, organisations)
    speaking = notices.speaking_for(asked)
    for order, row in enumerate(asked, 1):
        row.review, row.order, row.told = review, order, [person.email for person in speaking[order - 1] if person.email]
        row.told_at = at if row.told else None
        row.save_by(by, at=at)
    return asked


@operation
def extend_review(review: Review, days: int, *, why: str, by: User) -> Review:
    """Give it more time: so many working days in all. Everybody who was asked is told, and the page says so."""
    hold_calendar()
    review, now = locked_review(review.pk), portal_now()
    require(refusals_to_extend_review(review, Standing.at(by, now), now))
    closes, working = closes_at(review.group, cast(datetime, review.opens_at), min(days, 1000))
    require(refusals_of_extension(review, days, closes, why))
    longer = ReviewExtension(review=review, before=cast(datetime, review.closes_at), after=closes, days=days, why=why.strip(), made_at=now).save_by(by)
    seal("given more time", longer, by=by, at=now)
    return _moved(review, closes, days, working, why.strip(), told="was given more time", by=by, at=now)


def _moved(review: Review, closes: datetime, days: int, working: Working, why: str, *, told: str, by: User, at: datetime) -> Review:
    review.closes_at, review.window_days, review.window_working = closes, days, working.as_json()
    review.next_reminder_at = next_reminder(review, at)
    review.save_by(by, why, at=at)
    seal("extended", review, by=by, at=at, why=why)
    issue("artefact", review.version.artefact_id, f"The review of {review.version.called} {told}.", by=by, at=at)
    notices.review_extended(review, why, by=by)
    return review


@operation
def move_review_close(review: Review, working: Working, *, why: str, by: User, at: datetime) -> Review:
    """Put the close on the later day that was counted anew, after a holiday was proclaimed late."""
    review = locked_review(review.pk)
    before, runs = london_date(cast(datetime, review.closes_at)), reviews_running(at).filter(pk=review.pk).exists()
    require(refusals_to_move_deadline(before, working.end, runs, Standing.at(by, at)))
    return _moved(review, Counting().end(review.group, working), review.window_days or 0, working, why, told=f"closes later: {why}", by=by, at=at)


@operation
def close_review_when_due(review: Review) -> Review:
    """What the clock does when the window is over. Closing twice changes nothing; lateness shows in the two moments."""
    review, now = locked_review(review.pk), portal_now()
    if review.status != ReviewStatus.OPEN or not review.is_past(now):
        return review
    return _closed(review, "its window is over", notices.review_closed, by=User.objects.the_clock(), at=now)


@operation
def close_review(review: Review, *, by: User) -> Review:
    """Close it before its time: everybody who was asked has been heard. They are told."""
    review, now = locked_review(review.pk), portal_now()
    require(refusals_to_close_review(review, Standing.at(by, now), now))
    review.closes_at = now
    return _closed(review, "everybody was heard", notices.review_closed_early, by=by, at=now)


def _closed(review: Review, why: str, told: Callable[..., object], *, by: User, at: datetime) -> Review:
    review.status, review.close_recorded_at, review.next_reminder_at = REVIEW["close"].target, at, None
    review.save_by(by, why, at=at)
    seal("closed", review, by=by, at=at)
    issue("artefact", review.version.artefact_id, f"The review of {review.version.called} was closed.", by=by, at=at)
    told(review, by=by)
    return review


@operation
def withdraw_review(review: Review, *, why: str, by: User) -> Review:
    """Take it back while it is open: no comment in it counts. Everybody who was asked is told why."""
    review, now = locked_review(review.pk), portal_now()
    require(refusals_to_withdraw_review(review, Standing.at(by, now), now), refusals_of_why(why))
    review.status, review.withdrawn_why, review.next_reminder_at = REVIEW["withdraw"].target, why.strip(), None
    review.save_by(by, why, at=now)
    seal("withdrawn", review, by=by, at=now, why=why.strip())
    issue("artefact", review.version.artefact_id, f"The review of {review.version.called} was withdrawn.", by=by, at=now)
    notices.review_withdrawn(review, by=by)
    return review


@operation
def remind_of_review(review: Review) -> Review:
    """Remind the silent, and them alone: each person gets one mail a day, of every review that waits for them. Safe to run twice."""
    review, now = locked_review(review.pk), portal_now()
    clock = User.objects.the_clock()
    if not review.is_open(now) or review.next_reminder_at is None or review.next_reminder_at > now:
        return review
    notices.waiting_for_comments(review, now, by=clock)
    review.next_reminder_at = next_reminder(review, now)
    return review.save_by(clock, "reminded", at=now)


@operation
def remind_of_review_now(review: Review, *, by: User) -> Review:
    """The same at once, whatever the clock has still to do; whoever was reminded today is not reminded again."""
    review, now = locked_review(review.pk), portal_now()
    require(refusals_to_remind_of_review(review, Standing.at(by, now), now))
    notices.waiting_for_comments(review, now, by=by)
    return review.save_by(by, "reminded before the clock did", at=now)


# --- late, by leave


@operation
def give_review_leave(row: ReviewRow, *, why: str, by: User) -> ReviewRow:
    """Let a seat or an organisation comment after the close. What it says is marked as late."""
    return _leave(row, Leave.GIVEN, why=why, by=by)


@operation
def refuse_review_leave(row: ReviewRow, *, why: str, by: User) -> ReviewRow:
    """Write down that late comments were not taken, and why."""
    return _leave(row, Leave.REFUSED, why=why, by=by)


def _leave(row: ReviewRow, leave: str, *, why: str, by: User) -> ReviewRow:
    review = locked_review(row.review_id)
    row, now = locked(ReviewRow.objects).get(pk=row.pk), portal_now()
    row.review = review
    require(refusals_to_give_review_leave(row, Standing.at(by, now), now), refusals_of_why(why))
    row.late_leave, row.late_why = leave, why.strip()
    row.save_by(by, why, at=now)
    seal(f"leave {leave}", review, by=by, at=now, name=row.name, why=why.strip())
    notices.review_leave(row, by=by)
    return row


# --- the log


@operation
def publish_log(review: Review, *, by: User) -> Review:
    """Publish what was said, by which seat or organisation, and what became of it. Whoever commented is told."""
    review, now = locked_review(review.pk), portal_now()
    require(refusals_to_publish_log(review, Standing.at(by, now), now))
    review.log_published_at, review.log_published_by = now, cast(Person, by.person)
    review.save_by(by, at=now)
    seal("log published", review, by=by, at=now)
    issue("artefact", review.version.artefact_id, f"The comment log of {review.version.called} was published.", by=by, at=now)
    notices.log_published(review, by=by)
    return review
