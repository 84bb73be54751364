"""Assurance's part of the edition of a decision: was process followed, as far as everybody may read it."""

from typing import Any

from assurance.trail import trail
from decisions.models import Decision
from records.editions import part_of


@part_of("decision", "process")
def process_of(decision: Decision) -> list[dict[str, Any]]:
    return [{"question": line.question, "answer": line.answer, "text": line.text, "clause": line.clause} for line in trail(decision)]
