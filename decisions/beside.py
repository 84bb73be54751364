"""What is laid beside a vote and a determination by the apps above: what came of assessing a change request."""

from typing import NamedTuple

from decisions.models import Decision, RollRow
from records.hooks import offered_from_above


class Theme(NamedTuple):
    """What several answers have in common, and what was replied to it."""

    title: str
    text: str
    reply: str


class Beside(NamedTuple):
    """One thing to be read before deciding: what it is, how it ended, and its themes; all of it stands at its address."""

    heading: str
    sentence: str
    address: str
    themes: tuple[Theme, ...] = ()


def beside_ballot(row: RollRow) -> list[Beside]:
    """For whoever votes for a seat: its sentence is about the seat's own constituency."""
    return list(offered_from_above("decisions.beside_ballot", row))


def beside(decision: Decision) -> list[Beside]:
    return list(offered_from_above("decisions.beside", decision))
