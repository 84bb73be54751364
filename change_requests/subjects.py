"""Change requests as subjects of questions and decisions: found by reference in any spelling, with the versions that can be voted on."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from change_requests.finding import reference_of
from change_requests.lifecycle import RequestStatus, VersionStatus
from change_requests.models import ChangeRequest, ChangeRequestVersion, Determination
from change_requests.states import ENDS
from decisions.models import Settlement
from groups.models import Group
from records.subjects import Known, Subjects, register

KIND = Settlement.SubjectKind.CHANGE_REQUEST


def _with_versions():
    fixed = ChangeRequestVersion.objects.filter(status=VersionStatus.FIXED).order_by("-key")
    return ChangeRequest.objects.prefetch_related(Prefetch("versions", fixed, to_attr="fixed_versions"))


def _known(request: Any) -> Known:
    """Of a change request with its `fixed_versions`."""
    return Known(KIND, request.reference, request.title, tuple(each.label for each in request.fixed_versions))


def find(references: Iterable[str]) -> dict[str, Known]:
    meant = {ref: reference_of(ref) for ref in references}
    known = {each.reference: each for each in _with_versions().filter(reference__in=filter(None, meant.values()))}
    return {ref: _known(known[told]) for ref, told in meant.items() if told in known}


def open_in(group: Group) -> list[Known]:
    """Raised in the group, and not settled yet."""
    ended = [outcome for outcome, state in ENDS.items() if state in ("approved", "rejected", "withdrawn")]
    settled = Determination.objects.filter(settlement__outcome__in=ended).values("change_request")
    waiting = _with_versions().filter(group=group, status=RequestStatus.RAISED).exclude(pk__in=settled)
    return [_known(each) for each in waiting.order_by("number")[:200]]


register(Subjects(KIND, find, open_in))
