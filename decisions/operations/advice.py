"""Writing down what was said by those who have no vote."""

from datetime import date

from decisions.models import Advice, Decision
from decisions.operations.decisions import locked_decision
from decisions.rules.advice import refusals_of_advice, refusals_to_advise
from groups.models import Person, User
from groups.standing import Standing
from ledger.operations import seal
from records.clock import portal_now
from records.editions import issue
from records.operations import operation
from records.rules import require


@operation
def record_advice(
    decision: Decision, body: str, text: str, *, person: Person | None = None, when: str = "meeting", given_on: date | None = None, by: User
) -> Advice:
    """Write down what Ofgem, the IPA, the LDP or the Programme said, attributed, beside the roll. `given_on` is London's day, else today."""
    decision, now = locked_decision(decision), portal_now()
    standing = Standing.at(by, now)
    given_on = given_on or standing.on
    require(refusals_to_advise(decision, standing, now), refusals_of_advice(body, text, given_on, standing))
    advice = Advice(
        decision=decision, person=person, body=body, text=text.strip(), when=when, given_on=given_on
    ).save_by(by, at=now)
    seal("advised", advice, by=by, at=now)
    issue("decision", decision.pk, f"Advice of {advice.get_body_display()} was recorded.", by=by, at=now)
    return advice
