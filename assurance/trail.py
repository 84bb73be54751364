"""Was process followed? Some lines about a decision, each computed from the record: yes, no, or not recorded.

Nothing here is typed by anybody. The public lines are on the public page; assurance readers see all of them, with the
names and times behind the counts. Each app has its steps in its process.py.
"""

from collections.abc import Sequence
from dataclasses import replace

from django.core.exceptions import ImproperlyConfigured
from django.db.models import prefetch_related_objects

from decisions.models import Decision
from decisions.process import Seen, Together
from records.process import Line, Step, steps

# The order of events, in which the lines are shown.
ORDER = (
    "tabled", "papers", "asked", "consulted", "version", "alternates", "counted", "could_not", "disputed", "silences", "authority", "level", "conflict",
    "advice", "reasons", "replies", "consensus", "published", "concerns",
)  # fmt: skip


def in_order(found: dict[str, Step]) -> list[Step]:
    """The steps as they are shown: none may be missing, and none come without its place."""
    if astray := set(found) ^ set(ORDER):
        raise ImproperlyConfigured(f"What the apps register in their process.py is not what assurance.trail.ORDER lists: {', '.join(sorted(astray))}.")
    return [found[name] for name in ORDER]


def trail(decision: Decision, *, everything: bool = False) -> list[Line]:
    """The lines of one decision, in the order of events. `everything` keeps the names behind the counts, for assurance readers."""
    (lines,) = trails([decision], everything=everything)
    return lines


def trails(decisions: Sequence[Decision], *, everything: bool = False) -> list[list[Line]]:
    """The same of many decisions, in no more queries than of one."""
    prefetch_related_objects(decisions, "procedural_concerns", "referrals__carried_to", "referrals__carried_from")
    together = Together(decisions)
    return [_lines(Seen(decision, together), everything) for decision in decisions]


def _lines(seen: Seen, everything: bool) -> list[Line]:
    lines = [line for step in in_order(steps()) for line in step(seen)]
    return lines if everything else [replace(line, private=()) for line in lines]
