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
class Document:
    """A document of a thing. It stays where it is kept: whoever is asked about the thing is led to it, and has no copy."""

    title: str
    name: str
    version: str
    visibility: str
    blob: Any
    desk: str  # where those who are signed in get it
    address: str = ""  # where everybody does; none, if it is not published

    @property
    def where(self) -> str:
        return self.address or self.desk


@dataclass(frozen=True)
class Described:
    """What one version of a thing is, to whoever is asked about it."""

    called: str  # "CR018: Registration Service Operating Hours"
    address: str
    means: str = ""  # what comes about if it is approved
    documents: tuple[Document, ...] = ()  # those that members may have


@dataclass(frozen=True)
class Subjects:
    """How one kind is found. `find` takes references as they are written; `open_in` says what the group has still to settle; `describe`
    says of a reference what its version is, if it is of this kind."""

    kind: str
    find: Callable[[Iterable[str]], dict[str, Known]]
    open_in: Callable[[Any], list[Known]]
    describe: Callable[[str, str], Described | None]


_kinds: dict[str, Subjects] = {}


def register(subjects: Subjects) -> None:
    """From an app's AppConfig.ready()."""
    _kinds[subjects.kind] = subjects


def find(*references: str) -> dict[str, Known]:
    """What each of these references stands for, where the portal knows it."""
    return {ref: known for kind in _kinds.values() for ref, known in kind.find(references).items()}


def describe(ref: str, version: str) -> Described | None:
    """What that version is, where the portal keeps it."""
    return next((told for kind in _kinds.values() if (told := kind.describe(ref, version))), None) if ref else None


def open_in(group: Any) -> list[Known]:
    """What the group has still to settle, kind by kind."""
    return [known for kind in _kinds.values() for known in kind.open_in(group)]
