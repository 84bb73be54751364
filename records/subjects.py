"""What can be put to a vote and decided: the apps that have such things say which there are, and what each is called.

What is printed of a subject stays text where it was decided. Here it is chosen: an app registers how its things are found by the
reference people write, and which of them a group may settle next.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Known:
    """One thing that the portal keeps a record of."""

    kind: str  # as a settlement calls it: "change_request", "artefact"
    ref: str  # CR018; DES-196 D-Flow and Interface Mapping
    title: str = ""
    versions: tuple[str, ...] = field(default=())  # those that can be voted on, the newest first

    @property
    def called(self) -> str:
        return f"{self.ref}: {self.title}" if self.title and self.title != self.ref else self.ref


@dataclass(frozen=True)
class Subjects:
    """How one kind is found. `find` takes references as they are written; `open_in` says what the group has still to settle."""

    kind: str
    find: Callable[[Iterable[str]], dict[str, Known]]
    open_in: Callable[[Any], list[Known]]


_kinds: dict[str, Subjects] = {}


def register(subjects: Subjects) -> None:
    """From an app's AppConfig.ready()."""
    _kinds[subjects.kind] = subjects


def find(*references: str) -> dict[str, Known]:
    """What each of these references stands for, where the portal knows it."""
    return {ref: known for kind in _kinds.values() for ref, known in kind.find(references).items()}


def open_in(group: Any) -> list[Known]:
    """What the group has still to settle, kind by kind."""
    return [known for kind in _kinds.values() for known in kind.open_in(group)]
