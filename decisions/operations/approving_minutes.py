"""Minutes that a decision of a later meeting approved (DAG-DEC55): marked as approved, and published as such once the decision is public.

The clock does it, at its next sweep: whoever determines holds the later meeting, and must not wait for an earlier one.
"""

from datetime import date
from typing import Any, cast

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from decisions.lifecycle import DecisionStatus
from decisions.models import Decision, Outcome, Settlement
from groups.models import User
from meetings import operations
from meetings.lifecycle import MinutesStatus
from meetings.models import Minutes, MinutesEdition
from meetings.subjects import CALLED, KIND, reference_of


def minutes_approved() -> QuerySet[Minutes]:
    """By a decision, and not marked so yet."""
    return _called().filter(Exists(_settled(OuterRef("called"), OuterRef("meeting__group"))), status=MinutesStatus.CIRCULATED)


def approvals_published() -> QuerySet[Minutes]:
    """Approved by a decision that is public by now, of which no edition tells yet."""
    public = _settled(OuterRef("called"), OuterRef("meeting__group")).filter(decision__published_at__isnull=False)
    told = MinutesEdition.objects.filter(~Q(body__approved_on=None) | Q(kind=MinutesEdition.Kind.APPROVAL), minutes=OuterRef("pk"))
    return _called().filter(Exists(public), ~Exists(told), status=MinutesStatus.APPROVED, published_at__isnull=False)


def approve_minutes(minutes: Minutes) -> Minutes:
    return operations.approve_as_decided(minutes, on=cast(date, _decision_on(minutes).decided_on), by=User.objects.the_clock())


def issue_approved_minutes(minutes: Minutes) -> Minutes:
    decision = _decision_on(minutes)
    taken = f", taken at {decision.meeting}" if decision.meeting else ""
    return operations.issue_the_approved(minutes, note=f"Approved by {decision}{taken}.", by=User.objects.the_clock())


def _called() -> QuerySet[Minutes]:
    return Minutes.objects.select_related("meeting__group").annotate(called=Concat(Value(CALLED), "meeting__code"))


def _settled(called: Any, group: Any) -> QuerySet[Settlement]:
    """What approved them as they stood. What was approved with conditions waits until the secretariat has met these."""
    decided = Settlement.objects.filter(decision__status=DecisionStatus.DETERMINED, decision__embargoed_until=None, decision__group=group)
    return decided.filter(subject_kind=KIND, outcome=Outcome.APPROVED, subject_ref=called)


def _decision_on(minutes: Minutes) -> Decision:
    said = _settled(reference_of(minutes), minutes.meeting.group).select_related("decision__meeting")
    return said.order_by("decision__decided_on", "pk")[0].decision
