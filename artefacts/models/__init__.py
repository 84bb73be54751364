"""WHAT: the design artefacts that a group governs, their versions, what was baselined, and what went out together."""

from artefacts.models.artefact import Artefact, ArtefactVersion, Carried, Phase
from artefacts.models.baselines import AgreedEdit, Baseline
from artefacts.models.edition import ArtefactEdition
from artefacts.models.files import FileForm, VersionFile
from artefacts.models.releases import Release, ReleasedVersion, ReleaseEdition

__all__ = [
    "AgreedEdit", "Artefact", "ArtefactEdition", "ArtefactVersion", "Baseline", "Carried", "FileForm", "Phase", "Release", "ReleaseEdition",
    "ReleasedVersion", "VersionFile",
]  # fmt: skip
