"""What can be done to what was read in: its button."""

from django.urls import reverse

from archive.rules import refusals_to_correct_by_hand
from decisions.models import Decision
from records.verbs import Verb, register

register(
    Verb(
        name="archive.correct_by_hand", of=Decision, rule=refusals_to_correct_by_hand, at=lambda decision: reverse("archive:correct", args=[decision.pk]),
        look="link", label="Correct what was misread",
    ),
)  # fmt: skip
