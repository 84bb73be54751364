"""What the public read of a decision, edition by edition."""

from django.db import models

from decisions.models.decision import Decision
from records.editions import Edition, numbered_once


class DecisionEdition(Edition):
    sealed_as = "decision_edition"
    noun = "decision"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="editions")

    class Meta(Edition.Meta):
        constraints = [numbered_once("decision")]
