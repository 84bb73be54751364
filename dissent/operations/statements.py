"""What is said beside the roll: statements of position, concerns about procedure and the rulings on them."""


from decisions.models import Decision
from decisions.operations.decisions import locked_decision
from dissent import notices
from dissent.lifecycle import CONCERN
from dissent.models import ProceduralConcern, Ruling, Statement
from dissent.rules.statements import (
    refusals_of_procedural,
    refusals_of_ruling,
    refusals_of_statement,
    refusals_to_raise_procedural_for,
    refusals_to_rule,
    refusals_to_state_for,
)
from groups.models import Seat, User
from groups.standing import Standing
from ledger.operations import seal
from meetings.operations.minutes import minute_ruling
from records.clock import london_date, portal_now
from records.editions import issue
from records.locks import locked
from records.operations import operation
from records.rules import require


@operation
def state_position(decision: Decision, seat: Seat, text: str, *, by: User) -> Statement:
    """A representative's own words on a decision, published unedited beside the reasons: not a space is taken away."""
    decision, now = locked_decision(decision), portal_now()
    require(refusals_to_state_for(decision, seat, Standing.at(by, now)), refusals_of_statement(text))
    statement = Statement(decision=decision, seat=seat, made_by=by.person, text=text, made_at=now).save_by(by)
    seal("stated", statement, by=by, at=now)
    issue("decision", decision.pk, f"{seat.label} made a statement of position.", by=by, at=now)
    return statement


@operation
def raise_procedural_concern(decision: Decision, seat: Seat, text: str, *, by: User) -> ProceduralConcern:
    """Object to how a decision is being taken ("not asked to review", "papers late") before it is taken."""
    decision, now = locked_decision(decision), portal_now()
    require(refusals_to_raise_procedural_for(decision, seat, Standing.at(by, now)), refusals_of_procedural(text))
    concern = ProceduralConcern(
        decision=decision, seat=seat, raised_by=by.person, raised_at=now, text=text.strip()
    ).save_by(by, at=now)
    seal("concern raised", concern, by=by, at=now)
    issue("decision", decision.pk, f"{seat.label} raised a concern about procedure.", by=by, at=now)
    notices.procedural_concern(concern, by=by)
    return concern


@operation
def rule_on(concern: ProceduralConcern, text: str, *, by: User) -> ProceduralConcern:
    """The Chair rules. The ruling is minuted under the item while its minutes are a draft, and kept with the decision."""
    decision = locked_decision(Decision(pk=concern.decision_id))
    concern, now = locked(ProceduralConcern.objects).get(pk=concern.pk), portal_now()
    concern.decision = decision
    require(refusals_to_rule(concern, Standing.at(by, now), now), refusals_of_ruling(text))
    paragraph = minute_ruling(decision.item, text.strip(), by=by) if decision.item else None
    concern.ruling = Ruling(
        item=decision.item, decision=decision, paragraph=paragraph, given_by=by.person, text=text.strip(), given_on=london_date(now)
    ).save_by(by, at=now)
    concern.status, concern.answer = CONCERN["rule"].target, text.strip()
    concern.save_by(by, at=now)
    seal("ruled", concern, by=by, at=now)
    issue("decision", decision.pk, "The Chair ruled on a concern about procedure.", by=by, at=now)
    notices.ruled(concern, by=by)
    return concern
