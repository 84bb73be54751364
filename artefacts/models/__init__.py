"""WHAT: the design artefacts that a group governs, their versions, how these were reviewed, what was baselined, and what went out together."""

from artefacts.models.artefact import Artefact, ArtefactVersion, Carried, Phase
from artefacts.models.baselines import AgreedEdit, Baseline
from artefacts.models.edition import ArtefactEdition
from artefacts.models.files import FileForm, VersionFile
from artefacts.models.loaded import LoadedVersion
from artefacts.models.passages import Passage
from artefacts.models.processes import Process, ProcessDocument
from artefacts.models.release_notes import ReleaseNote, ReleaseNoteWithdrawal
from artefacts.models.releases import Release, ReleasedVersion, ReleaseEdition
from artefacts.models.reviews import (
    Comment,
    Heard,
    NoComments,
    Resolution,
    ResolutionOutcome,
    Review,
    ReviewExtension,
    ReviewRow,
    Weight,
)

__all__ = [
    "AgreedEdit", "Artefact", "ArtefactEdition", "ArtefactVersion", "Baseline", "Carried", "Comment", "FileForm", "Heard", "LoadedVersion", "NoComments",
    "Passage", "Phase", "Process", "ProcessDocument",
    "Release", "ReleaseEdition", "ReleaseNote", "ReleaseNoteWithdrawal", "ReleasedVersion", "Resolution", "ResolutionOutcome", "Review", "ReviewExtension", "ReviewRow", "VersionFile", "Weight",
]  # fmt: skip
