"""Who owns an artefact: dated appointments. The public reads for whom; who it is, those read who work on it."""

from typing import Any

from artefacts.models import Artefact
from groups.models import Appointment
from groups.models.seats import InForceQuerySet


def owners_of(artefact: Artefact) -> InForceQuerySet:
    """Everybody who was appointed to own it, the last first."""
    rows = Appointment.objects.filter(kind=Appointment.Kind.ARTEFACT_OWNER, scope=artefact.slug)
    return rows.select_related("person__organisation", "organisation").order_by("-during", "-pk")


def owners_told(artefact: Artefact) -> list[dict[str, Any]]:
    """As editions say it: the organisation, and for which days. Empty where none is recorded."""
    return [
        {"organisation": each.organisation.name if each.organisation else each.person.of, "from": each.during.lower, "before": each.during.upper}
        for each in owners_of(artefact)
    ]  # fmt: skip
