"""What the public read of artefacts, edition by edition."""

from django.db import models

from artefacts.models.artefact import Artefact
from records.editions import Edition, numbered_once


class ArtefactEdition(Edition):
    sealed_as = "artefact_edition"
    noun = "artefact"

    artefact = models.ForeignKey(Artefact, models.PROTECT, related_name="editions")

    class Meta(Edition.Meta):
        constraints = [numbered_once("artefact")]
