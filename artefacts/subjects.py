"""Artefacts as subjects of questions and decisions: found by number and name, with the versions that can be put to a vote."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from artefacts.finding import find_artefact
from artefacts.lifecycle import VersionStatus
from artefacts.models import Artefact, ArtefactVersion, VersionFile
from artefacts.on_agendas import version_meant
from files.models import Visibility
from groups.models import Group
from records.subjects import Described, Document, Known, Subjects, register

KIND = "artefact"


def _with_versions():
    fixed = ArtefactVersion.objects.filter(status=VersionStatus.FIXED).order_by("-key")
    return Artefact.objects.prefetch_related(Prefetch("versions", fixed, to_attr="fixed_versions"))


def _known(artefact: Any) -> Known:
    """Of an artefact with its `fixed_versions`."""
    return Known(KIND, artefact.cited, artefact.name, tuple(each.label for each in artefact.fixed_versions))


def find(references: Iterable[str]) -> dict[str, Known]:
    everyone = list(_with_versions())
    found = {ref: find_artefact(ref, everyone) for ref in references}
    return {ref: _known(artefact) for ref, artefact in found.items() if artefact}


def open_in(group: Group) -> list[Known]:
    """Those of the group with a version that is put forward and not baselined yet."""
    waiting = ArtefactVersion.objects.filter(status=VersionStatus.FIXED, baselines=None, origin="portal").values("artefact")
    return [_known(each) for each in _with_versions().filter(group=group, pk__in=waiting).order_by("name")]


def describe(ref: str, label: str) -> Described | None:
    """Its name, what that version changes, and those of its files which members may have."""
    files = VersionFile.for_sealing().filter(dropped=False).prefetch_related("blob__scans").order_by("pk")
    artefact = find_artefact(ref, list(Artefact.objects.all()))
    artefact = Artefact.objects.prefetch_related("versions", Prefetch("versions__files", files)).get(pk=artefact.pk) if artefact else None
    version = version_meant(artefact, label) if artefact else None
    if artefact is None or version is None:
        return None
    documents = tuple(document_of(each, artefact, version) for each in version.files.all() if each.visibility != Visibility.PMO_AND_ASSURANCE)
    means = f"{artefact.cited} is baselined as {version.called}." + (f" {version.what_changed}" if version.what_changed else "")
    return Described(f"{artefact.cited}, {version.called}", artefact.get_absolute_url(), means, documents)


def document_of(file: VersionFile, artefact: Artefact, version: ArtefactVersion) -> Document:
    """A file of a version: to be had by everybody, where it is theirs and the artefact is public."""
    to_everybody = artefact.published_at is not None and file.visibility == Visibility.PUBLIC
    return Document(
        str(file.get_form_display()), file.name, version.label, file.visibility, file.blob, reverse("artefacts:file", args=[file.pk]),
        reverse("register:artefact_file", args=[artefact.slug, file.digest]) if to_everybody else "",
    )  # fmt: skip


register(Subjects(KIND, find, open_in, describe))
