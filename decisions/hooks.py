"""What follows here when the verb of a lower app runs: publishing minutes publishes the meeting's decisions; and what is written
down later about a day before is said on the decisions of that day."""

from collections.abc import Iterator

from django.db.models import QuerySet

from decisions.lifecycle import DecisionStatus, QuestionStatus
from decisions.models import Cast, Decision
from decisions.operations.publication import make_public
from decisions.rules import what_forbids_publishing
from groups.models import Alternate, Holding, HolidayChange, Policy, User
from meetings.models import AgendaItem, Meeting
from records.editions import issue
from records.hooks import effects_of, refusals_for
from records.locks import locked


@effects_of("meetings.publish")
def publish_its_decisions(meeting: Meeting, *, by, at) -> None:
    """Every determined decision of the meeting that is not embargoed, in the same transaction."""
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
        elif decision.is_embargoed:
            yield f"{decision} is under embargo until {decision.embargoed_until:%-d %b %Y}: {decision.embargoed_why}"
    for question in (q for item in meeting.items.all() for q in item.questions.all()):
        if question.status == "open":
            yield f"The vote on {question.on} is still open."


@refusals_for("meetings.order_items")
def refusals_to_renumber(meeting: Meeting) -> Iterator[str]:
    """What is public of a decision says which item it was tabled as."""
    for decision in meeting.decisions.filter(published_at__isnull=False, item__isnull=False).order_by("pk"):
        yield f"{decision} is public and names its item: the items of {meeting} stay where they are."


@refusals_for("meetings.change_item")
def refusals_to_say_it_otherwise(item: AgendaItem) -> Iterator[str]:
    for decision in item.decisions.filter(published_at__isnull=False).order_by("pk"):
        yield f"{decision} is public and says what this item was tabled for: it stays as it is."


@refusals_for("meetings.take_off")
def refusals_to_leave_it_without_its_item(item: AgendaItem) -> Iterator[str]:
    """A vote or a decision that was prepared for the item would be about nothing."""
    for question in item.questions.exclude(status=QuestionStatus.WITHDRAWN).order_by("pk"):
        yield f"A vote is prepared on this item ({question.on}): withdraw it first."
    for decision in item.decisions.exclude(status=DecisionStatus.WITHDRAWN).filter(questions=None).order_by("pk"):
        yield f"A decision is drafted on this item ({decision.title}): withdraw it first."


# --- was process followed: what is written down afterwards


def _issue(decisions: QuerySet[Decision], why: str, *, by: User) -> None:
    for pk in decisions.filter(published_at__isnull=False).values_list("pk", flat=True):
        issue("decision", pk, why, by=by)


@effects_of("groups.appoint")
@effects_of("groups.end_holding")
def say_who_sat_that_day(holding: Holding, *, by: User) -> None:
    """Had whoever decided the authority that day?"""
    decided = Decision.objects.filter(group=holding.seat.group_id, determined_by=holding.person_id)
    _issue(decided, "Who sat where on the day was written down.", by=by)


@effects_of("groups.approve_alternate")
def say_that_the_alternate_was_approved(alternate: Alternate, *, by: User) -> None:
    """Were alternates approved before they voted, or decided?"""
    why, group, person = "The approval of an alternate was written down.", alternate.seat.group_id, alternate.person_id
    voted = Decision.objects.filter(questions__roll__seat=alternate.seat_id, questions__roll__casts__cast_by=person)
    _issue(voted.filter(questions__roll__casts__capacity=Cast.Capacity.ALTERNATE).distinct(), why, by=by)
    _issue(Decision.objects.filter(group=group, determined_by=person), why, by=by)


@effects_of("groups.set_policy")
def say_by_which_rule(policy: Policy, *, by: User) -> None:
    """By what the group went on the day: a policy may be written down after it came into force."""
    bound = Decision.objects.filter(decided_on__gte=policy.since)
    _issue(bound.filter(group=policy.group_id) if policy.group_id else bound, f"A policy was written down: {policy}.", by=by)


@effects_of("groups.change_holiday")
def count_the_days_anew(change: HolidayChange, *, by: User) -> None:
    """On which working day was it published? Only those decided before the holiday can count it."""
    _issue(Decision.objects.filter(decided_on__lt=change.day), f"A bank holiday was written down: {change.name}.", by=by)
