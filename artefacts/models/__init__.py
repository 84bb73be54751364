"""WHAT: the design artefacts that a group governs, their versions, and what was baselined."""

from artefacts.models.artefact import Artefact, ArtefactVersion, Carried, Phase
from artefacts.models.baselines import AgreedEdit, Baseline
from artefacts.models.edition import ArtefactEdition
from artefacts.models.files import FileForm, VersionFile

__all__ = ["AgreedEdit", "Artefact", "ArtefactEdition", "ArtefactVersion", "Baseline", "Carried", "FileForm", "Phase", "VersionFile"]
