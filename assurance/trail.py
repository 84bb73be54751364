"""Was process followed? Some lines about a decision, a change request, a review or an artefact, each computed from the record: yes, no, or not recorded.

Nothing here is typed by anybody. The public lines are on the public page; assurance readers see all of them, with the
names and times behind the counts. Each app has its steps in its process.py.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import prefetch_related_objects

from artefacts.models import Artefact, Review
from artefacts.process import seen_of_artefacts, seen_of_reviews
from change_requests.models import ChangeRequest
from change_requests.process import seen_of_requests
from decisions.models import Decision
from decisions.process import READ, Seen, Together
from records.process import DECISION, Line, Step, steps

# The order of events, in which the lines are shown.
ORDER = {
    "decision": (
        "tabled", "papers", "asked", "consulted", "version", "alternates", "counted", "could_not", "disputed", "silences", "authority", "level", "conflict",
        "advice", "reasons", "replies", "consensus", "published", "concerns",
    ),
    "change_request": ("assessed", "attachments", "window", "late", "results", "versions", "followed"),
    "review": ("window", "heard", "late", "resolved", "log"),
    "artefact": ("edits", "passages"),
}  # fmt: skip


# What of decisions the steps read: of dissent; and of what decisions are together, which reads it itself.
OF_DISSENT = ("procedural_concerns", "referrals")
READ_OF_DECISIONS = (*OF_DISSENT, *READ)


def in_order(found: dict[str, Step], of: str = DECISION) -> list[Step]:
    """The steps as they are shown: none may be missing, and none come without its place."""
    if astray := set(found) ^ set(ORDER[of]):
        raise ImproperlyConfigured(f"What the apps register in their process.py is not what assurance.trail.ORDER lists: {', '.join(sorted(astray))}.")
    return [found[name] for name in ORDER[of]]


def trail(decision: Decision, *, everything: bool = False) -> list[Line]:
    """The lines of one decision, in the order of events. `everything` keeps the names behind the counts, for assurance readers."""
    (lines,) = trails([decision], everything=everything)
    return lines


def trails(decisions: Sequence[Decision], *, everything: bool = False) -> list[list[Line]]:
    """The same of many decisions, in no more queries than of one."""
    prefetch_related_objects(decisions, *OF_DISSENT)
    together = Together(decisions)
    return [_lines(Seen(decision, together), everything) for decision in decisions]


def trails_of_requests(requests: Sequence[ChangeRequest], *, everything: bool = False) -> list[list[Line]]:
    """The lines of change requests: how each was assessed, and whether what was decided is that."""
    return [_lines(seen, everything, "change_request") for seen in seen_of_requests(requests, everything=everything)]


def trails_of_reviews(reviews: Sequence[Review], *, everything: bool = False) -> list[list[Line]]:
    return [_lines(seen, everything, "review") for seen in seen_of_reviews(reviews)]


def trails_of_artefacts(artefacts: Sequence[Artefact], *, everything: bool = False) -> list[list[Line]]:
    """The lines of artefacts: what became of the edits that were agreed with a baseline."""
    return [_lines(seen, everything, "artefact") for seen in seen_of_artefacts(artefacts)]


def _lines(seen: Any, everything: bool, of: str = DECISION) -> list[Line]:
    lines = [line for step in in_order(steps(of), of) for line in step(seen)]
    return lines if everything else [replace(line, private=()) for line in lines]
