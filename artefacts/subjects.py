"""Artefacts as subjects of questions and decisions: found by number and name, with the versions that can be put to a vote."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from artefacts.finding import find_artefact
from artefacts.lifecycle import VersionStatus
from artefacts.models import Artefact, ArtefactVersion
from groups.models import Group
from records.subjects import Known, Subjects, register

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


register(Subjects(KIND, find, open_in))
