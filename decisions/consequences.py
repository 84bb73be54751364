"""What follows here when the verb of a lower app runs: publishing minutes publishes the meeting's decisions."""

from collections.abc import Iterator

from decisions.lifecycle import DecisionStatus
from decisions.models import Decision
from decisions.operations.publication import make_public
from decisions.rules import what_forbids_publishing
from meetings.models import Meeting
from records.hooks import effects_of, refusals_for
from records.locks import locked


@effects_of("meetings.publish")
def publish_its_decisions(meeting: Meeting, *, by, at) -> None:
    """Every determined decision of the meeting that is not held, in the same transaction."""
    for decision in locked(Decision.objects.filter(meeting=meeting, published_at=None)).order_by("pk"):
        decision.meeting = meeting
        if not any(what_forbids_publishing(decision)):
            make_public(decision, by=by, at=at)


@refusals_for("meetings.preflight")
def decisions_to_look_at(meeting: Meeting) -> Iterator[str]:
    for decision in meeting.decisions.in_order():
        if decision.status == DecisionStatus.DRAFT:
            yield f"{decision} ({decision.title}) is still a draft."
        elif decision.status == DecisionStatus.TABLED:
            yield f"{decision} ({decision.title}) waits for the Chair's decision: its vote and advice will be published without it."
        elif decision.is_held:
            yield f"{decision} is held until {decision.held_until:%-d %b %Y}: {decision.held_why}"
    for question in (q for item in meeting.items.all() for q in item.questions.all()):
        if question.status == "open":
            yield f"The vote on {question.on} is still open."
