"""Who may comment on circulated minutes and answer comments, and why not."""

from collections.abc import Iterator
from datetime import datetime

from groups.models import Seat
from groups.standing import Standing
from meetings.lifecycle import MinutesStatus
from meetings.models import CommentOutcome, DraftComment, Minutes, Paragraph
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
    if outcome == CommentOutcome.ACCEPTED and not comment.proposed:
        yield Refusal("No wording was proposed: take it up in words of your own.", field="outcome")
    if outcome == CommentOutcome.AMENDED and not wording.strip():
        yield Refusal("Say how the paragraph reads then.", field="wording")
    if outcome == CommentOutcome.DECLINED and not why.strip():
        yield Refusal("Say why it is not taken up.", field="why")
    yield from refusals_of_paragraph(wording)
