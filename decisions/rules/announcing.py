"""Who may write down that the Chair announced a decision in the room, and who confirms it. Read-only: nothing here writes."""

from collections.abc import Iterator
from datetime import datetime

from decisions.lifecycle import DecisionStatus, QuestionStatus
from decisions.models import Announcement, Decision
from groups.models import Person, Seat
from groups.recipients import people_in
from groups.standing import Standing
from meetings.models import Meeting
from meetings.rules import refusals_of_closed_group
from records.rules import Refusal


def announcement_of(decision: Decision) -> Announcement | None:
    return getattr(decision, "announcement", None)


def refusals_to_announce(decision: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """In the room or after it, until it is determined: it is what was said at the meeting that is written down."""
    if not standing.runs(decision.group):
        yield Refusal(f"Only the Chair of {decision.group} or the secretariat may write down what the Chair announced.", status=403)
    yield from refusals_of_closed_group(decision.group, standing)
    if decision.status != DecisionStatus.TABLED:
        yield Refusal(f"{decision} is {decision.get_status_display().lower()}: what is announced is a decision that was put to the group.")
    elif decision.meeting is None or decision.meeting.starts_at > now:
        yield Refusal(f"{decision} is announced at its meeting, and that has not begun." if decision.meeting else f"{decision} belongs to no meeting.")
    if said := announcement_of(decision):
        yield Refusal(f"{said.announced_by_name} announced it already.")
    for question in decision.questions.all():
        if question.status in (QuestionStatus.DRAFT, QuestionStatus.OPEN):
            yield Refusal(f"The vote on {question.on or decision} is not over.")


def refusals_of_announcement(decision: Decision, who: Person) -> Iterator[Refusal]:
    if who not in people_in(decision.group, Seat.Role.CHAIR):
        yield Refusal(f"{who} does not chair {decision.group}.", field="who")


def announced_at(meeting: Meeting) -> list[Decision]:
    """What waits for the Chair to confirm it, in the order of the minutes."""
    waiting = Decision.objects.filter(meeting=meeting, status=DecisionStatus.TABLED, announcement__isnull=False)
    return list(waiting.select_related("group", "meeting", "supersedes", "announcement", "item").order_by("item__number", "pk"))


def refusals_to_confirm_announced(meeting: Meeting, standing: Standing, now: datetime) -> Iterator[Refusal]:
    if not standing.chairs(meeting.group):
        yield Refusal(f"Only the Chair of {meeting.group} confirms what was announced.", status=403)
    yield from refusals_of_closed_group(meeting.group, standing)
    if not announced_at(meeting):
        yield Refusal(f"Nothing that was announced at {meeting} waits to be confirmed.")


def refusals_of_confirming(chosen: list) -> Iterator[Refusal]:
    if not chosen:
        yield Refusal("Mark at least one decision to be confirmed.")
