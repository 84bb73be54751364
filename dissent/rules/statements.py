"""Who may state a position, raise a concern about procedure and rule on it, when, and why not. Read-only: nothing here writes.

What a seat may say is asked of one seat (`refusals_to_state_for`), and of whichever of the person's seats may (`refusals_to_state`).
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from decisions.lifecycle import DecisionStatus
from decisions.models import Decision
from dissent.lifecycle import CONCERN
from dissent.models import ProceduralConcern
from groups.models import Group, Seat
from groups.standing import Standing
from meetings.rules import refusals_of_closed_group
from records.rules import Refusal

LIVE = (DecisionStatus.TABLED, DecisionStatus.DETERMINED)
BEFORE = (DecisionStatus.DRAFT, DecisionStatus.TABLED)


def refusals_to_speak_for(seat: Seat | None, group: Group, standing: Standing) -> Iterator[Refusal]:
    """A seat speaks through its holder or an approved alternate. Advisers, observers and the secretariat have none that does."""
    if seat is None or seat.group_id != group.pk or not standing.votes_in(seat):
        yield Refusal(f"You do not sit in a seat of {group} that could say this: constituency representatives do.", status=403)
    yield from refusals_of_closed_group(group, standing)


SeatRule = Callable[[Decision, Seat | None, Standing], Iterator[Refusal]]


def seats_that_may(rule: SeatRule, decision: Decision, standing: Standing) -> list[Seat]:
    """The person's seats for which the rule would let them say it."""
    return [seat for seat in standing.seats_in(decision.group) if not any(rule(decision, seat, standing))]


def by_one_of_the_seats(rule: SeatRule, decision: Decision, standing: Standing) -> Iterator[Refusal]:
    """Nothing, if one of the person's seats may; else what is said to the first of them."""
    if not seats_that_may(rule, decision, standing):
        yield from rule(decision, next(iter(standing.seats_in(decision.group)), None), standing)


def refusals_to_state(decision: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from by_one_of_the_seats(refusals_to_state_for, decision, standing)


def refusals_to_state_for(decision: Decision, seat: Seat | None, standing: Standing) -> Iterator[Refusal]:
    """Once a seat, from when the decision is tabled on, and never changed: it is published as it was written."""
    yield from refusals_to_speak_for(seat, decision.group, standing)
    if decision.status not in LIVE:
        yield Refusal(
            f"{decision} is {decision.get_status_display().lower()}: there is nothing to state a position on.", code="state"
        )
    if seat and seat.pk in {statement.seat_id for statement in decision.statements.all()}:
        yield Refusal(f"{seat.label} has stated its position on {decision} already: it is published unedited, so it is not changed.")


def refusals_of_statement(text: str) -> Iterator[Refusal]:
    if not text.strip():
        yield Refusal("Write your position.", field="text")


def refusals_to_raise_procedural(decision: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    yield from by_one_of_the_seats(refusals_to_raise_procedural_for, decision, standing)


def refusals_to_raise_procedural_for(decision: Decision, seat: Seat | None, standing: Standing) -> Iterator[Refusal]:
    yield from refusals_to_speak_for(seat, decision.group, standing)
    if decision.status == DecisionStatus.DETERMINED:
        yield Refusal(f"{decision} is determined: raise a significant concern with the decision instead.", code="state")
    elif decision.status not in BEFORE:
        yield Refusal(f"{decision} is {decision.get_status_display().lower()}: it is not being decided.", code="state")


def refusals_of_procedural(text: str) -> Iterator[Refusal]:
    if not text.strip():
        yield Refusal("Say what is wrong with how it is being decided.", field="text")


def refusals_to_rule(concern: ProceduralConcern, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """A late ruling, after the decision, is still owed. Of a decision that was withdrawn there is nothing left to rule on."""
    decision = concern.decision
    if not standing.chairs(decision.group):
        yield Refusal(f"Only the Chair of {decision.group} rules on this.", status=403)
    yield from refusals_of_closed_group(decision.group, standing)
    yield from CONCERN.refusals(concern, "rule")
    if decision.status == DecisionStatus.WITHDRAWN:
        yield Refusal(f"{decision} was withdrawn: there is nothing to rule on.", code="state")


def refusals_of_ruling(text: str) -> Iterator[Refusal]:
    if not text.strip():
        yield Refusal("Give the ruling: it is minuted.", field="text")
