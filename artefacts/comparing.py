"""Which files of which versions are compared."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from artefacts.lifecycle import VersionStatus
from artefacts.models import Artefact, ArtefactVersion, VersionFile
from artefacts.rules.artefacts import files_of, may_have
from files.pairing import Side
from files.shown import versions_page
from groups.standing import Standing
from records.models import Origin
from records.versions import two_of

NOT_HELD = {"origin": Origin.IMPORTED, "files": None}  # versions of which the portal knows no more than papers say


def earlier_version(version: ArtefactVersion) -> ArtefactVersion | None:
    """The one it was made from; else the one before it that was put forward."""
    before = version.artefact.versions.filter(status=VersionStatus.FIXED, key__lt=version.key).exclude(**NOT_HELD)
    return version.made_from or before.order_by("-key").first()


def sides_of(files: Iterable[VersionFile]) -> list[Side]:
    return [Side.of_row(file, reverse("artefacts:file", args=[file.pk])) for file in files]


def kept_files(version: ArtefactVersion) -> list[VersionFile]:
    return list(VersionFile.for_sealing().filter(version=version, dropped=False).order_by("pk"))


def comparison_page(artefact: Artefact, standing: Standing, asked: Mapping[str, str]) -> dict[str, Any]:
    """Two versions for whoever works on them, drafts too: of their files, those that the person may have. Raises KeyError."""
    rows = artefact.versions.exclude(**NOT_HELD).prefetch_related("files__blob__clean_copy").order_by("key", "pk")
    versions = {str(each.pk): each for each in rows}
    for version in versions.values():
        version.artefact = artefact
    made_from = {key: str(each.made_from_id) for key, each in versions.items() if each.made_from_id}
    return versions_page(versions, two_of(list(versions), asked, made_from), lambda version: sides_of(readable_files(version, standing)))


def readable_files(version: ArtefactVersion, standing: Standing) -> list[VersionFile]:
    files = sorted(files_of(version), key=lambda file: file.pk)
    for file in files:
        file.version = version
    return [file for file in files if may_have(file, standing)]
