"""A change request as those see it who work on it, and the list of them."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from change_requests.bodies import implementations_told
from change_requests.lifecycle import AssessmentStatus, VersionStatus
from change_requests.models import Assessment, ChangeRequest, ChangeRequestVersion, RequestFile
from change_requests.rules.requests import (
    attachments_without_a_file,
    files_of,
    may_have,
    may_see_version,
    named_attachments,
    what_is_missing,
)
from change_requests.states import is_settled, state_of
from change_requests.verbs import readable
from groups.models import Group
from groups.standing import Standing
from records.verbs import offers


def of_the_person(standing: Standing) -> dict[str, Any]:
    """The change requests that are the person's business: drafts first, then what is open, then what is settled."""
    told_with = (
        "determinations__settlement__decision", "determinations__version", "versions__assessments", "implementations__artefact",
        "implementations__version", "implementations__release",
    )  # fmt: skip
    rows = readable(standing).select_related("group", "raised_by").prefetch_related(*told_with)
    told = [_row(request) for request in rows.order_by("-number", "-pk")[:500]]
    return {
        "drafts": [each for each in told if each["request"].published_at is None],
        "open": [each for each in told if each["request"].published_at and not each["settled"]],
        "settled": [each for each in told if each["request"].published_at and each["settled"]],
        "groups": may_begin_in(standing),
    }


def may_begin_in(standing: Standing) -> list[Group]:
    """The groups to which the person can put a change request."""
    living = Group.objects.filter(closed_on=None, level=3).order_by("code")
    return [group for group in living if standing.raises_for or standing.is_secretary_of(group)]


def _row(request: ChangeRequest) -> dict[str, Any]:
    determinations = [each for each in request.determinations.all() if each.settlement.decision.published_at]
    versions = {version.pk: version for version in request.versions.all()}
    assessments = sorted((each for version in versions.values() for each in version.assessments.all() if each.status != AssessmentStatus.WITHDRAWN), key=lambda each: each.n)
    for each in assessments:
        each.version = versions[each.version_id]
    following = sorted(request.implementations.all(), key=lambda each: each.pk)
    return {"request": request, "state": state_of(request, determinations, assessments, following), "settled": is_settled(determinations)}


def request_page(request: ChangeRequest, standing: Standing, now: datetime) -> dict[str, Any]:
    versions = list(request.versions.prefetch_related("attachments", Prefetch("files", RequestFile.objects.select_related("blob__clean_copy").prefetch_related("blob__scans"))).order_by("-key", "-pk"))
    for version in versions:
        version.change_request = request
    taken = request.determinations.select_related("settlement__decision", "version").order_by("pk")
    determinations = list(taken if standing.belongs_to(request.group) else taken.filter(settlement__decision__published_at__isnull=False))
    assessments = list(Assessment.objects.filter(version__change_request=request).select_related("version").order_by("n"))
    near = standing.belongs_to(request.group)
    following = implementations_told(request, determinations)
    for each in following:
        each.change_request = request
    return {
        "change_request": request,
        "state": state_of(request, determinations, [each for each in assessments if each.status != AssessmentStatus.WITHDRAWN], following, planned=near),
        "implementations": [{"implementation": each, "release": each.planned_with if near else each.issued_with, "offers": offers(each, standing, now)} for each in following],
        "offers": offers(request, standing, now),
        "versions": [_version(version, standing, now) for version in versions if may_see_version(version, standing)],
        "determinations": determinations,
        "assessments": assessments,
    }


def _version(version: ChangeRequestVersion, standing: Standing, now: datetime) -> dict[str, Any]:
    texts = [(heading, getattr(version, name)) for name, heading in ChangeRequestVersion.headings().items()]
    files = [file for file in files_of(version) if may_have(file, standing)]
    for file in files:
        file.version = version
    without = {each.pk for each in attachments_without_a_file(version)}
    return {
        "version": version,
        "texts": [(name, text) for name, text in texts if text],
        "attachments": [
            {"attachment": each, "file": next((file for file in files if file.attachment_id == each.pk), None), "there": each.pk not in without} for each in named_attachments(version)
        ],
        "files": [{"file": file, "offers": offers(file, standing, now)} for file in files],
        "missing": list(what_is_missing(version)) if version.status == VersionStatus.DRAFT else [],
        "offers": offers(version, standing, now),
    }
