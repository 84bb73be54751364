"""What decisions do to change requests, and what papers that are read in say of them."""

from collections.abc import Sequence
from datetime import date, datetime

from artefacts.models import Artefact
from change_requests.finding import reference_of
from change_requests.lifecycle import RequestStatus, VersionStatus
from change_requests.models import ChangeRequest, ChangeRequestVersion, Determination
from change_requests.operations.implementing import artefacts_to_follow, begin_to_implement
from change_requests.operations.requests import KIND, locked_request
from change_requests.states import approves
from decisions.models import Settlement
from groups.models import Group, User
from groups.numbering import mint_past
from ledger.operations import seal
from records.clock import portal_now
from records.editions import issue
from records.locks import locked
from records.models import Origin
from records.versions import key_of_version


def determine(settled: Sequence[tuple[Settlement, ChangeRequest]], *, by: User, at: datetime) -> None:
    """A decision of the portal settles these, each in the version that was decided on. What is approved is to be implemented.

    The artefacts that have to follow are locked before any change request: no version of theirs is put forward meanwhile, unseen.
    """
    told = [(settlement, request, _version_decided(settlement, request)) for settlement, request in sorted(settled, key=lambda each: each[1].pk)]
    following = {request.pk: artefacts_to_follow(request, version.artefacts if version else []) for settlement, request, version in told if approves(settlement)}
    list(locked(Artefact.objects.filter(pk__in={each.pk for artefacts in following.values() for each in artefacts}).order_by("pk")))
    for settlement, known, version in told:
        request = locked_request(known.pk)
        if version is None and request.origin == Origin.IMPORTED and key_of_version(settlement.subject_version):
            version = past_version(request, settlement.subject_version, by=by)
        made = Determination(change_request=request, version=version, settlement=settlement).save_by(by, at=at)
        seal("settled", made, by=by, at=at)
        begin_to_implement(made, following.get(request.pk, []), by=by, at=at)


def _version_decided(settlement: Settlement, request: ChangeRequest) -> ChangeRequestVersion | None:
    return request.versions.filter(status=VersionStatus.FIXED, key=key_of_version(settlement.subject_version)).first()


READ_IN = "read in from published papers"


def record_past_request(group: Group, reference: str, *, by: User) -> ChangeRequest:
    """A change request that papers name: that there is one, and nothing that they do not state."""
    if known := ChangeRequest.objects.filter(reference=reference).first():
        return known
    number = int(reference.removeprefix("CR"))
    mint_past("programme", KIND, number)
    return ChangeRequest(group=group, reference=reference, number=number, status=RequestStatus.RAISED, origin=Origin.IMPORTED).save_by(by, READ_IN)


def record_past_determination(settlement: Settlement, *, by: User) -> Determination:
    """What papers say was decided of it, and in which version if they state one. Nothing is guessed, and nothing is doubled."""
    request = record_past_request(settlement.decision.group, reference_of(settlement.subject_ref), by=by)
    version = None
    if key_of_version(settlement.subject_version):
        version = past_version(request, settlement.subject_version, by=by)
    made = Determination.objects.filter(settlement=settlement).first() or Determination(settlement=settlement)
    if (made.change_request_id, made.version_id) != (request.pk, version and version.pk):
        before = made.change_request_id if made.pk else None
        made.change_request, made.version = request, version
        made.save_by(by, READ_IN)
        if before and before != request.pk and ChangeRequest.objects.filter(pk=before, published_at__isnull=False).exists():
            issue("change_request", before, f"{settlement.decision} decided on {request}, as fuller papers say.", by=by, at=portal_now())
    return made


def past_version(request: ChangeRequest, label: str, *, by: User) -> ChangeRequestVersion | None:
    """The fixed version of that label; of what the portal does not hold, that there was one. A draft is not what was decided on."""
    known = request.versions.filter(key=key_of_version(label)).first()
    if known:
        return known if known.status == VersionStatus.FIXED else None
    read_in = ChangeRequestVersion(change_request=request, label=label, status=VersionStatus.FIXED, origin=Origin.IMPORTED)
    return read_in.save_by(by, READ_IN)


def make_public(request: ChangeRequest, why: str, *, title: str = "", on: date | None = None, by: User, at: datetime) -> None:
    """What published papers name is public with them, and the title that they print. `on` is the day of the papers."""
    request = locked_request(request.pk)
    earliest = min(filter(None, (request.first_published_on, on)), default=None) if request.origin == Origin.IMPORTED else None
    told = (request.title or title[:300], earliest) if request.origin == Origin.IMPORTED else (request.title, request.first_published_on)
    if request.published_at is None or told != (request.title, request.first_published_on):
        request.title, request.first_published_on = told
        request.published_at, request.published_by = request.published_at or at, request.published_by or by
        request.save_by(by, at=at)
    issue("change_request", request.pk, why, by=by, at=at)
