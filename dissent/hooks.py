"""What follows here when the verb of a lower app runs: a decision that answered something is named where that is shown, once it is public."""

from datetime import datetime

from decisions.models import Decision
from groups.models import User
from records.editions import issue
from records.hooks import effects_of


@effects_of("decisions.publish")
def name_it_where_it_answered(decision: Decision, *, by: User, at: datetime) -> None:
    for referral in decision.answers.order_by("pk"):
        issue("decision", referral.origin_decision_id, f"What it was answered with was published: {decision}.", by=by, at=at)
