"""Where an approved change request is implemented: begun with its approval, filled by what carries it, or by the secretariat."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Q

from artefacts.finding import find_artefact
from artefacts.lifecycle import ReleaseStatus, VersionStatus
from artefacts.models import Artefact, ArtefactVersion, Carried, Release
from artefacts.rules.releases import held
from change_requests.models import ChangeRequest, Determination, Implementation
from change_requests.operations.requests import locked_request
from change_requests.rules.implementing import carries, references_carried, refusals_of_implementing, refusals_to_implement
from change_requests.states import is_approved
from decisions.models import Decision
from groups.models import User
from groups.standing import Standing
from ledger.operations import seal
from meetings.models import Meeting
from records.clock import portal_now
from records.editions import issue
from records.locks import locked
from records.operations import operation
from records.rules import require


def artefacts_to_follow(request: ChangeRequest, cited: Iterable[str]) -> list[Artefact]:
    """Those of the public catalogue that it says it would change, and those of which a version carries it already; by key, as they are locked."""
    catalogue = list(Artefact.objects.filter(published_at__isnull=False))
    named = {artefact.pk for each in cited if (artefact := find_artefact(each, catalogue))}
    carrying = {each.artefact_id for each in _carrying(request)}
    return sorted((each for each in catalogue if each.pk in named | carrying), key=lambda each: each.pk)


def _carrying(request: ChangeRequest) -> list[ArtefactVersion]:
    fixed = ArtefactVersion.objects.filter(status=VersionStatus.FIXED, carries__contains=[{"kind": Carried.CHANGE_REQUEST}])
    return [each for each in fixed.order_by("key", "pk") if carries(each, request)]


def begin_to_implement(made: Determination, artefacts: Iterable[Artefact], *, by: User, at: datetime) -> None:
    """It is approved: each artefact has to follow, unless a version of it does already."""
    request = made.change_request
    there = set(request.implementations.values_list("artefact_id", flat=True))
    newest = {each.artefact_id: each for each in _carrying(request)}
    for artefact in artefacts:
        if artefact.pk not in there:
            version = newest.get(artefact.pk)
            begun = Implementation(change_request=request, artefact=artefact, version=version, release=_went_out_with(version)).save_by(by, at=at)
            seal("to be implemented", begun, by=by, at=at)


def _went_out_with(version: ArtefactVersion | None) -> Release | None:
    issued = Release.objects.filter(status=ReleaseStatus.ISSUED, contents__version=version, contents__taken_out=False)
    return issued.order_by("issued_at", "pk").first() if version else None


@operation
def implement(
    implementation: Implementation, *, version: ArtefactVersion | None = None, release: Release | None = None, dated_on: date | None = None,
    dated_by: Decision | None = None, by: User,
) -> Implementation:  # fmt: skip
    """Say in which version and with which release an artefact follows, and which decision has set the date."""
    request, now = locked_request(implementation.change_request_id), portal_now()
    implementation = locked(Implementation.objects.select_related("artefact")).get(pk=implementation.pk)
    implementation.change_request = request
    require(refusals_to_implement(implementation, Standing.at(by, now), now))
    require(refusals_of_implementing(implementation, version, release, dated_on, dated_by))
    implementation.version, implementation.release, implementation.dated_on, implementation.dated_by = version, release, dated_on, dated_by
    implementation.save_by(by, at=now)
    seal("implemented", implementation, by=by, at=now)
    issue("change_request", request.pk, f"It was said where {implementation.artefact} follows it.", by=by, at=now)
    return implementation


def note_carried(version: ArtefactVersion, *, by: User, at: datetime) -> None:
    """A version is put forward that says what it carries: that artefact follows, as far as it is approved."""
    for request in ChangeRequest.objects.filter(reference__in=references_carried(version)).order_by("pk"):
        request = locked_request(request.pk)
        if not is_approved(list(request.determinations.select_related("settlement").order_by("pk"))):
            continue
        rows = locked(request.implementations.select_related("version").filter(artefact=version.artefact).order_by("pk"))
        row = next((each for each in rows if each.followed_in is None), None) or Implementation(change_request=request, artefact=version.artefact)
        row.version, row.release = version, row.planned_with
        row.save_by(by, f"{version} carries it", at=at)
        seal("implemented", row, by=by, at=at)
        issue("change_request", request.pk, f"{version} carries it.", by=by, at=at)


def note_released(release: Release, *, by: User, at: datetime) -> None:
    """A release is issued: what its versions implement went out with it."""
    versions = [each.version_id for each in held(release)]
    for request in _touched(Q(version__in=versions) | Q(release=release)):
        request = locked_request(request.pk)
        rows = locked(request.implementations.select_related("version", "release").filter(version__in=versions).order_by("pk"))
        for row in rows:
            if row.planned_with is None:
                row.release = release
                row.save_by(by, f"it went out with {release}", at=at)
                seal("implemented", row, by=by, at=at)
        issue("change_request", request.pk, f"{release.reference} was issued.", by=by, at=at)


def note_came_back(meeting: Meeting, pks: Sequence[int], *, by: User, at: datetime) -> None:
    """The minutes of the meeting are public: before it came the redlines that were on its agenda."""
    for request in _touched(Q(pk__in=pks, came_back_to=None)):
        request = locked_request(request.pk)
        for row in locked(request.implementations.filter(pk__in=pks, came_back_to=None).order_by("pk")):
            row.came_back_to = meeting
            row.save_by(by, f"it came back to {meeting}", at=at)
            seal("came back", row, by=by, at=at)
        issue("change_request", request.pk, f"A redline of it came back to {meeting}.", by=by, at=at)


def note_changed(why: str, *, by: User, at: datetime, **of) -> None:
    """A release or a version reads otherwise now: so do the change requests that are implemented with it."""
    for request in _touched(Q(**of)):
        issue("change_request", request.pk, why, by=by, at=at)


def _touched(rows: Q) -> list[ChangeRequest]:
    return list(ChangeRequest.objects.filter(pk__in=Implementation.objects.filter(rows).values("change_request")).order_by("pk"))
