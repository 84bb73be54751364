"""Who takes draft minutes out as a Word document, and brings it back; and who lets a comment stand that was not taken up."""

from collections.abc import Iterator
from datetime import datetime

from groups.models import Person, Seat
from groups.standing import Standing
from meetings.lifecycle import MinutesStatus
from meetings.models import CommentOutcome, DraftComment, Minutes
from meetings.rules.meetings import refusals_of_closed_group, refusals_to_keep_the_record
from records.models import Origin
from records.rules import Refusal

MOST_STANDING = 1_000  # characters of what stands beside a paragraph


def refusals_to_take_out(minutes: Minutes, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Out of the portal as a Word document, and back: while they are a draft, whoever reads it."""
    yield from refusals_to_keep_the_record(standing, minutes.meeting.group)
    if minutes.meeting.origin == Origin.IMPORTED:
        yield Refusal(f"{minutes.meeting} was read in from published papers: there is no draft of it.")
    elif minutes.published_at:
        yield Refusal(f"The minutes of {minutes.meeting} are published: there is no draft any more.")


def refusals_of_taking_out(blocks: list) -> Iterator[Refusal]:
    if not blocks:
        yield Refusal("The minutes have no paragraph yet.")


def refusals_of_whom(minutes: Minutes, seat: Seat, person: Person, senders: list[tuple[Seat, Person]]) -> Iterator[Refusal]:
    """Before it has gone to the members, the draft is the Chair's to read."""
    if (seat, person) in senders:
        return
    if minutes.circulated_at:
        yield Refusal(f"{person} does not sit for the {seat.label}.", field="sender")
    else:
        yield Refusal("Until the minutes are circulated, they come back from the Chair.", field="sender")


def refusals_to_let_stand(comment: DraftComment, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Whoever made it, until the minutes are published."""
    meeting = comment.paragraph.item.meeting
    if standing.user.person_id is None or comment.made_by_id != standing.user.person_id:
        yield Refusal("Whoever made the comment may let it stand.", status=403)
    yield from refusals_of_closed_group(meeting.group, standing)
    answer = getattr(comment, "answer", None)
    if answer is None:
        yield Refusal("The comment is not answered yet.")
    elif answer.outcome != CommentOutcome.DECLINED:
        yield Refusal("The comment was taken up.")
    if stands := getattr(comment, "disagreement", None):
        yield Refusal("It stands already." if stands.stands else "It was let stand, and taken back.")
    if meeting.minutes.published_at:
        yield Refusal(f"The minutes of {meeting} are published: ask the secretariat for a correction.")
    elif meeting.minutes.status not in (MinutesStatus.CIRCULATED, MinutesStatus.APPROVED):
        yield Refusal(f"The minutes of {meeting} have not been circulated.")
    if comment.paragraph.dropped:
        yield Refusal("The paragraph is not in the minutes any more.")


def refusals_to_take_back(comment: DraftComment, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Whoever let it stand, until the minutes are published with it."""
    meeting, stands = comment.paragraph.item.meeting, getattr(comment, "disagreement", None)
    if standing.user.person_id is None or comment.made_by_id != standing.user.person_id:
        yield Refusal("Whoever let the comment stand takes it back.", status=403)
    yield from refusals_of_closed_group(meeting.group, standing)
    if stands is None:
        yield Refusal("The comment does not stand beside the paragraph.")
    elif not stands.stands:
        yield Refusal("It is taken back.")
    if meeting.minutes.published_at:
        yield Refusal(f"The minutes of {meeting} are published: ask the secretariat for a correction.")


def refusals_of_letting_stand(comment: DraftComment, text: str, standing: Standing, *, for_seat: bool) -> Iterator[Refusal]:
    if not text.strip():
        yield Refusal("Say what you disagree with.", field="text")
    if len(text.strip()) > MOST_STANDING:
        yield Refusal(f"Keep it under {MOST_STANDING:,} characters: it stands beside the paragraph.", field="text")
    if for_seat and comment.seat_id not in standing.voting_seat_ids:
        yield Refusal(f"You do not speak for the {comment.seat.label} any more: let it stand as yourself.", field="capacity", status=409)
