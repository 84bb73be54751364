"""Which files of which versions are compared."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from change_requests.lifecycle import VersionStatus
from change_requests.models import ChangeRequest, ChangeRequestVersion, RequestFile
from change_requests.rules.requests import files_of, may_have, may_see_version
from files.pairing import Side
from files.shown import versions_page
from groups.standing import Standing
from records.models import Origin
from records.versions import two_of


def earlier_version(version: ChangeRequestVersion) -> ChangeRequestVersion | None:
    before = version.change_request.versions.filter(status=VersionStatus.FIXED, origin=Origin.PORTAL, key__lt=version.key)
    return before.order_by("-key").first()


def sides_of(files: Iterable[RequestFile]) -> list[Side]:
    return [Side.of_row(file, reverse("change_requests:file", args=[file.pk])) for file in files]


def kept_files(version: ChangeRequestVersion) -> list[RequestFile]:
    return list(RequestFile.for_sealing().filter(version=version, dropped=False).select_related("attachment").order_by("pk"))


def comparison_page(request: ChangeRequest, standing: Standing, asked: Mapping[str, str]) -> dict[str, Any]:
    """Two versions for whoever works on them, drafts too: of their files, those that the person may have. Raises KeyError."""
    files = Prefetch("files", RequestFile.objects.select_related("blob__clean_copy", "attachment"))
    rows = list(request.versions.filter(origin=Origin.PORTAL).prefetch_related(files).order_by("key", "pk"))
    for version in rows:
        version.change_request = request
    versions = {str(version.pk): version for version in rows if may_see_version(version, standing)}
    return versions_page(versions, two_of(list(versions), asked, {}), lambda version: sides_of(_readable(version, standing)))


def _readable(version: ChangeRequestVersion, standing: Standing) -> list[RequestFile]:
    files = sorted(files_of(version), key=lambda file: file.pk)
    for file in files:
        file.version = version
    return [file for file in files if may_have(file, standing)]
