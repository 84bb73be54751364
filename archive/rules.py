"""Who may correct by hand what was misread, and why not. Read-only: nothing here writes."""

from collections.abc import Iterator
from datetime import date, datetime

from artefacts.models import Baseline
from decisions.models import SETTLED, Choice, Decision, Outcome
from groups.standing import Standing
from meetings.rules import refusals_of_closed_group
from records.dates import as_day
from records.models import Origin
from records.rules import Refusal


def refusals_to_correct_by_hand(decision: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """The secretariat, of what was read in from papers alone: what the portal saw happen is not read, and not misread."""
    if not standing.is_secretary_of(decision.group):
        yield Refusal(f"Only the secretariat of {decision.group} may correct what was read in.", status=403)
    yield from refusals_of_closed_group(decision.group, standing)
    if decision.origin != Origin.IMPORTED:
        yield Refusal(f"{decision} was recorded in the portal: nothing of it was read in from papers.", code="state")


def refusals_of_correcting(
    decision: Decision, outcomes: dict[int, tuple[str, str]], votes: dict[int, str], decided_on: date, why: str, standing: Standing, reasons: dict[int, str]
) -> Iterator[Refusal]:
    if decided_on > standing.on:
        yield Refusal(f"{as_day(decided_on)} is still to come: give the day it was decided.", field="decided_on")
    for n, (outcome, conditions) in outcomes.items():
        if outcome not in dict(SETTLED):
            yield Refusal(f"“{outcome}” is no outcome of a decision.", field=f"outcome_{n}")
        elif outcome == Outcome.APPROVED_SUBJECT_TO and not conditions.strip():
            yield Refusal("Say on which conditions it was approved.", field=f"conditions_{n}")
    altered = [each.n for each in decision.settlements.all() if each.n in outcomes and outcomes[each.n][0] != each.outcome]
    for made in Baseline.objects.filter(settlement__decision=decision, settlement__n__in=altered).select_related("settlement"):
        yield Refusal(f"The catalogue rests on {made.settlement.subject_ref} having been baselined by it.", field=f"outcome_{made.settlement.n}")
    yield from (Refusal(f"Reason {n} has no words: say what the paper gives for it.", field=f"reason_{n}") for n, text in reasons.items() if not text.strip())
    if any(choice not in Choice.values for choice in votes.values()):
        yield Refusal("Choose how the seat voted.")
    if not why.strip():
        yield Refusal("Say what was misread: it is published with the correction.", field="why")
