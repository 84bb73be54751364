"""Who may comment on circulated minutes and answer comments, and why not."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F

from groups.models import Seat
from groups.standing import Standing
from meetings.editions import WORDS
from meetings.lifecycle import MinutesStatus
from meetings.models import CommentOutcome, DraftComment, Minutes, NoDraftComments, Paragraph
from meetings.rules.meetings import refusals_of_closed_group, refusals_to_keep_the_record
from meetings.rules.minutes import MOST, refusals_of_paragraph
from records.rules import Refusal


def refusals_to_comment(minutes: Minutes, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Members, from the day on which the draft goes to them until it is published."""
    meeting = minutes.meeting
    if not standing.seats_in(meeting.group):
        yield Refusal(f"Whoever holds a seat in {meeting.group} comments on its minutes.", status=403)
    yield from refusals_of_closed_group(meeting.group, standing)
    if minutes.published_at:
        yield Refusal(f"The minutes of {meeting} are published: ask the secretariat for a correction.")
    elif minutes.status != MinutesStatus.CIRCULATED:
        yield Refusal(f"The minutes of {meeting} have not been circulated.")


def refusals_to_have_none(minutes: Minutes, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """To say that one has no comments: of seats that have said nothing since the draft went to the members."""
    yield from refusals_to_comment(minutes, standing, now)
    seats = standing.seats_in(minutes.meeting.group)
    if seats and not silent_seats(minutes, standing):
        yield Refusal("You have commented, or said that you have no comments.")


def silent_seats(minutes: Minutes, standing: Standing) -> list[Seat]:
    """Of those that somebody speaks for."""
    heard = standing.once("heard on drafts", lambda: _heard(standing.voting_seat_ids))
    return [seat for seat in standing.seats_in(minutes.meeting.group) if (minutes.pk, seat.pk) not in heard]


def _heard(seats: set[int]) -> set[tuple[int, int]]:
    """Which of them commented on which minutes that are not public, or had no comments: each since the draft went out last."""
    said = DraftComment.objects.filter(seat__in=seats, paragraph__item__meeting__minutes__published_at=None, made_at__gte=F("paragraph__item__meeting__minutes__circulated_at"))
    none = NoDraftComments.objects.filter(seat__in=seats, minutes__published_at=None, said_at__gte=F("minutes__circulated_at"))
    return {*said.values_list("paragraph__item__meeting__minutes", "seat").order_by(), *none.values_list("minutes", "seat").order_by()}


def refusals_to_comment_on(paragraph: Paragraph, standing: Standing, now: datetime) -> Iterator[Refusal]:
    minutes = paragraph.item.meeting.minutes
    minutes.meeting = paragraph.item.meeting
    yield from refusals_to_comment(minutes, standing, now)
    if paragraph.dropped:
        yield Refusal("The paragraph is not in the minutes any more.")


def refusals_to_comment_for(seat: Seat, standing: Standing) -> Iterator[Refusal]:
    if seat.pk not in standing.voting_seat_ids:
        yield Refusal(f"You do not speak for the {seat.label}.", field="seat", status=403)


def refusals_of_comment(paragraph: Paragraph, text: str, proposed: str) -> Iterator[Refusal]:
    if not text.strip():
        yield Refusal("Say what is wrong with the paragraph.", field="text")
    if len(proposed) > MOST:
        yield Refusal(f"A paragraph has at most {MOST:,} characters.", field="proposed")


def refusals_to_answer_comment(comment: DraftComment, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from refusals_to_keep_the_record(standing, comment.group)
    if getattr(comment, "answer", None):
        yield Refusal("The comment is answered.")


def refusals_of_answer(comment: DraftComment, outcome: str, wording: str, why: str) -> Iterator[Refusal]:
    if outcome == CommentOutcome.ACCEPTED and not comment.proposes:
        yield Refusal("No wording was proposed: take it up in words of your own.", field="outcome")
    if outcome != CommentOutcome.DECLINED:
        yield from _refusals_to_take_up(comment, outcome)
    if outcome == CommentOutcome.AMENDED and not wording.strip():
        yield Refusal("Say how the paragraph reads then.", field="wording")
    if outcome == CommentOutcome.DECLINED and not why.strip():
        yield Refusal("Say why it is not taken up.", field="why")
    yield from refusals_of_paragraph(wording)


def refusals_to_accept_comment(comment: DraftComment, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """As it is proposed."""
    yield from refusals_to_answer_comment(comment, standing, now)
    yield from refusals_of_answer(comment, CommentOutcome.ACCEPTED, "", "")


def _refusals_to_take_up(comment: DraftComment, outcome: str) -> Iterator[Refusal]:
    paragraph, minutes = comment.paragraph, comment.paragraph.item.meeting.minutes
    if minutes.status in (MinutesStatus.SENT, MinutesStatus.CLEARED):
        yield Refusal(f"The Chair has the minutes of {paragraph.item.meeting}: take them back to change them.", field="outcome")
    if comment.is_for_a_new_one:
        return
    if paragraph.kind not in WORDS:
        yield Refusal("A record stands there: change that where it is kept, and say here what you did.", field="outcome")
    elif paragraph.dropped:
        yield Refusal("The paragraph is not in the minutes any more.", field="outcome")
    elif outcome == CommentOutcome.ACCEPTED and paragraph.reads != comment.on_text:
        yield Refusal("The paragraph has been changed since: take it up in other words.", field="outcome")
