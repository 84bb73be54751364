"""Who may record advice, when, and why not. Read-only: nothing here writes."""

from collections.abc import Iterator
from datetime import date, datetime

from decisions.lifecycle import DecisionStatus
from decisions.models import Advice, Decision
from groups.standing import Standing
from meetings.rules import refusals_of_closed_group
from records.dates import as_day
from records.rules import Refusal

BEFORE = (DecisionStatus.DRAFT, DecisionStatus.TABLED)



def refusals_to_advise(decision: Decision, standing: Standing, now: datetime) -> Iterator[Refusal]:
    """Advice of Ofgem, IPA, LDP or Programme is written down by the Chair or the secretariat; advisers write nothing."""
    if not standing.runs(decision.group):
        yield Refusal(f"Only the Chair of {decision.group} or the secretariat may record advice.", status=403)
    yield from refusals_of_closed_group(decision.group, standing)
    if decision.status not in BEFORE:
        yield Refusal(f"{decision} is {decision.get_status_display().lower()}: advice comes before the decision.", code="state")


def refusals_of_advice(body: str, text: str, given_on: date, standing: Standing) -> Iterator[Refusal]:
    if body not in Advice.Body.values:
        yield Refusal("Say whose advice it is.", field="body")
    if given_on > standing.on:
        yield Refusal(f"{as_day(given_on)} is still to come: give the day it was said.", field="given_on")
    if not text.strip():
        yield Refusal("Write down what was said.", field="text")
