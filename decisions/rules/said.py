"""Who may record advice, state a position, raise a concern about procedure and rule on it, when, and why not. Read-only: nothing here writes."""

from collections.abc import Iterator
from datetime import date

from decisions.lifecycle import CONCERN, DecisionStatus
from decisions.models import Advice, Decision, ProceduralConcern
from groups.models import Group, Seat
from groups.standing import Standing
from meetings.rules import refusals_of_closed_group
from records.rules import Refusal

LIVE = (DecisionStatus.TABLED, DecisionStatus.DETERMINED)
BEFORE = (DecisionStatus.DRAFT, DecisionStatus.TABLED)


def refusals_to_speak_for(seat: Seat | None, group: Group, standing: Standing) -> Iterator[str]:
    """A seat speaks through its holder or an approved alternate. Advisers, observers and the secretariat have none that does."""
    if seat is None or seat.group_id != group.pk or not standing.votes_in(seat):
        yield Refusal(f"You do not sit in a seat of {group} that could say this: constituency representatives do.", status=403)
    yield from refusals_of_closed_group(group, standing)


def refusals_to_advise(decision: Decision, body: str, text: str, given_on: date, standing: Standing) -> Iterator[str]:
    """Advice of Ofgem, IPA, LDP or Programme is written down by the Chair or the secretariat; advisers write nothing."""
    if not (standing.chairs(decision.group) or standing.is_secretary_of(decision.group)):
        yield Refusal(f"Only the Chair of {decision.group} or the secretariat may record advice.", status=403)
    yield from refusals_of_closed_group(decision.group, standing)
    if decision.status not in BEFORE:
        yield Refusal(f"{decision} is {decision.get_status_display().lower()}: advice comes before the decision.", code="state")
    if body not in Advice.Body.values:
        yield Refusal("Say whose advice it is.", field="body")
    if given_on > standing.on:
        yield Refusal(f"{given_on:%-d %b %Y} is still to come: give the day it was said.", field="given_on")
    if not text.strip():
        yield Refusal("Write down what was said.", field="text")


def refusals_to_state(decision: Decision, seat: Seat | None, text: str, standing: Standing) -> Iterator[str]:
    """Once a seat, from when the decision is tabled on, and never changed: it is published as it was written."""
    yield from refusals_to_speak_for(seat, decision.group, standing)
    if decision.status not in LIVE:
        yield Refusal(
            f"{decision} is {decision.get_status_display().lower()}: there is nothing to state a position on.", code="state"
        )
    if seat and decision.statements.filter(seat=seat).exists():
        yield Refusal(f"{seat.label} has stated its position on {decision} already: it is published unedited, so it is not changed.")
    if not text.strip():
        yield Refusal("Write your position.", field="text")


def refusals_to_raise_procedural(decision: Decision, seat: Seat | None, text: str, standing: Standing) -> Iterator[str]:
    yield from refusals_to_speak_for(seat, decision.group, standing)
    if decision.status == DecisionStatus.DETERMINED:
        yield Refusal(f"{decision} is determined: raise a significant concern with the decision instead.", code="state")
    elif decision.status not in BEFORE:
        yield Refusal(f"{decision} is {decision.get_status_display().lower()}: it is not being decided.", code="state")
    if not text.strip():
        yield Refusal("Say what is wrong with how it is being decided.", field="text")


def refusals_to_rule(concern: ProceduralConcern, text: str, standing: Standing) -> Iterator[str]:
    """A late ruling, after the decision, is still owed. Of a decision that was withdrawn there is nothing left to rule on."""
    decision = concern.decision
    if not standing.chairs(decision.group):
        yield Refusal(f"Only the Chair of {decision.group} rules on this.", status=403)
    yield from refusals_of_closed_group(decision.group, standing)
    yield from CONCERN.refusals(concern, "rule")
    if decision.status == DecisionStatus.WITHDRAWN:
        yield Refusal(f"{decision} was withdrawn: there is nothing to rule on.", code="state")
    if not text.strip():
        yield Refusal("Give the ruling: it is minuted.", field="text")
