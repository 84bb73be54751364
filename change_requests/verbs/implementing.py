"""What can be done about where change requests are implemented; and what has still to come back, for whoever keeps the record."""


from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from artefacts.lifecycle import VersionStatus
from change_requests.models import Determination, Implementation
from change_requests.rules.implementing import refusals_to_implement
from groups.models import Seat
from groups.standing import Kind, Standing
from records.together import together
from records.verbs import Verb, register


def find_implementation(pk: int, standing: Standing) -> Implementation | None:
    """For those who have a place in the group: before its decision is public, nobody else knows of it."""
    rows = Implementation.objects.select_related("change_request__group", "artefact", "version", "release__group", "dated_by")
    found = rows.prefetch_related("change_request__determinations__settlement").filter(pk=pk).first()
    return found if found and standing.belongs_to(found.group) else None


@together
def _to_come_back(standing: Standing) -> QuerySet[Implementation] | None:
    """Approved, and no version follows yet: on the list of the group until one does."""
    kept = [p.group_id for p in standing.places if p.what in (Seat.Role.SECRETARIAT, Kind.PMO)]
    if not kept:
        return None
    settled = Prefetch("change_request__determinations", Determination.objects.select_related("settlement").order_by("change_request_id", "pk"))
    rows = Implementation.objects.filter(Q(version=None) | Q(version__status=VersionStatus.WITHDRAWN)).select_related("change_request__group", "artefact", "version", "release")
    near = rows if standing.is_pmo else rows.filter(change_request__group__in=[pk for pk in kept if pk])
    return near.prefetch_related(settled).order_by("pk")[:200]


register(
    Verb(
        name="change_requests.implement", of=Implementation, rule=refusals_to_implement, at=lambda row: reverse("change_requests:implement", args=[row.pk]),
        label=lambda row: f"Say where {row.artefact} follows" if row.followed_in is None else f"Change where {row.artefact} follows", look="secondary", waits=_to_come_back,
        title=lambda row: f"{row.artefact} has still to follow {row.change_request}",
    ),
)  # fmt: skip
