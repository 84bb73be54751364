"""What follows here when the verb of a lower app runs: a decision that answered something is named where that is shown, once it is public.

What waits for an answer of a group is offered for its agendas.
"""

from collections.abc import Iterator
from datetime import datetime

from decisions.models import Decision
from dissent.offering import to_be_answered
from groups.models import User
from meetings.models import Meeting
from meetings.tabling import Tableable
from records.editions import issue
from records.hooks import effects_of, offers_for


@effects_of("decisions.publish")
def name_it_where_it_answered(decision: Decision, *, by: User, at: datetime) -> None:
    for referral in decision.answers.order_by("pk"):
        issue("decision", referral.origin_decision_id, f"What it was answered with was published: {decision}.", by=by, at=at)


@offers_for("meetings.table_item")
def what_waits_for_an_answer(meeting: Meeting) -> Iterator[Tableable]:
    yield from to_be_answered(meeting)
