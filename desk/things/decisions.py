"""What waits to be done with decisions: the Chair's to determine."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from decisions.lifecycle import DecisionStatus
from decisions.models import Decision
from decisions.shown import may_determine
from desk.things.thing import Thing
from groups.calendar import calendar
from groups.standing import Standing
from records.clock import london_date


def things(standing: Standing, now: datetime) -> Iterator[Thing]:
    chaired = [p.group_id for p in standing.places if p.what == "chair"]
    tabled = Decision.objects.filter(group__in=chaired, status=DecisionStatus.TABLED).select_related("group", "meeting", "supersedes")
    for decision in tabled:
        if may_determine(decision, standing, now):
            due = decision.promised_by or (decision.meeting.publication_due_at if decision.meeting else None)
            left = calendar().between(standing.on, london_date(due)) if due else None
            yield Thing("determine", f"Decide {decision.title}", decision.group.name, due, left, reverse("decisions:determine", args=[decision.pk]))
