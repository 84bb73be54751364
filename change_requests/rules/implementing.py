"""Who may say where a change request is implemented, and from when; and why not. Read-only: nothing here writes."""

from collections.abc import Iterator
from datetime import date, datetime

from artefacts.lifecycle import ReleaseStatus, VersionStatus
from artefacts.models import ArtefactVersion, Carried, Release
from artefacts.rules.releases import held
from change_requests.finding import reference_of
from change_requests.lifecycle import RequestStatus
from change_requests.models import ChangeRequest, Implementation
from change_requests.states import is_approved
from decisions.models import Decision
from groups.standing import Standing
from meetings.rules import refusals_to_keep_the_record
from records.rules import Refusal


def carries(version: ArtefactVersion, request: ChangeRequest) -> bool:
    """Whether a version says that it brings the change request in, however it spells the reference."""
    return request.reference in references_carried(version)


def references_carried(version: ArtefactVersion) -> set[str]:
    return {reference_of(each["reference"]) for each in version.carries if each["kind"] == Carried.CHANGE_REQUEST} - {""}


def refusals_to_implement(implementation: Implementation, standing: Standing, now: datetime) -> Iterator[Refusal]:
    request = implementation.change_request
    yield from refusals_to_keep_the_record(standing, request.group)
    if request.status != RequestStatus.RAISED or not is_approved(sorted(request.determinations.all(), key=lambda made: made.pk)):
        yield Refusal(f"{request} is not approved: there is nothing to implement.", code="state")


def refusals_of_implementing(
    implementation: Implementation, version: ArtefactVersion | None, release: Release | None, dated_on: date | None, dated_by: Decision | None
) -> Iterator[Refusal]:
    request, artefact = implementation.change_request, implementation.artefact
    if not (version or release or dated_on or dated_by):
        yield Refusal("Say in which version, with which release, or which decision has set the date.")
    if version is not None:
        yield from _refusals_of_version(implementation, version)
    if release is not None:
        yield from _refusals_of_release(release, version)
    if dated_on and dated_by is None:
        yield Refusal("Say which decision has set the date.", field="dated_by")
    if dated_by is not None and dated_on is None:
        yield Refusal(f"Say which date {dated_by} has set.", field="dated_on")
    if dated_by is not None and (dated_by.group_id != request.group_id or not dated_by.published_at):
        yield Refusal(f"{dated_by} is no published decision of {request.group}.", field="dated_by")
    if request.implementations.filter(artefact=artefact, version=version, release=release).exclude(pk=implementation.pk).exists():
        yield Refusal(f"That {artefact} follows {request} in this way is on record already.", field="version")


def _refusals_of_version(implementation: Implementation, version: ArtefactVersion) -> Iterator[Refusal]:
    request = implementation.change_request
    if version.artefact_id != implementation.artefact_id:
        yield Refusal(f"{version} is not a version of {implementation.artefact}.", field="version")
    elif version.status != VersionStatus.FIXED:
        yield Refusal(f"{version} is {version.get_status_display().lower()}: only what was put forward can follow.", field="version")
    elif not carries(version, request):
        yield Refusal(f"{version} does not say that it carries {request}.", field="version")


def _refusals_of_release(release: Release, version: ArtefactVersion | None) -> Iterator[Refusal]:
    if release.status == ReleaseStatus.WITHDRAWN:
        yield Refusal(f"{release.reference} is withdrawn.", field="release")
    elif release.status == ReleaseStatus.ISSUED and (version is None or version.pk not in {each.version_id for each in held(release)}):
        yield Refusal(f"{release.reference} is issued, and {version or 'no version of it'} did not go out with it.", field="release")
