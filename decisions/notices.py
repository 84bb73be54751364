"""Who is told what about a decision."""

from decisions.models import Decision
from groups.models import Appointment, Seat, User
from meetings.notices import people_in
from notifications.models import Notice
from notifications.outbox import tell
from records.clock import london_date, portal_now


def determined(decision: Decision, *, by: User) -> list[Notice]:
    """The members of the group, on the day it is determined (as the Chair of the DAG did on 12 July 2023)."""
    return tell(
        people_in(decision.group, *Seat.Role.values), key=f"{decision.reference}-determined", template="determined",
        reference=decision.reference, by=by, decision=decision, settlements=decision.settlements.order_by("n"),
        reasons=decision.reasons.order_by("n"),
    )  # fmt: skip


def held_back(decision: Decision, *, by: User) -> list[Notice]:
    """The Chair for the SRO, Ofgem and the IPA: whoever watches over publication."""
    today = london_date(portal_now())
    watching = people_in(decision.group, Seat.Role.CHAIR, Seat.Role.OBSERVER, Seat.Role.ASSURANCE)
    readers = Appointment.objects.on(today).filter(kind=Appointment.Kind.ASSURANCE).select_related("person")
    people = {p.pk: p for p in (*watching, *(a.person for a in readers))}.values()
    return tell(
        people, key=f"{decision.reference}-held-{decision.held_until}", template="held_back",
        reference=decision.reference, by=by, decision=decision,
    )  # fmt: skip
