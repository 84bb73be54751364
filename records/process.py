"""What a step of "Was process followed?" is. The app that has the facts has the step that reads them, in its process.py.

A step is a generator of lines: it yields none where it has nothing to say of a decision. The app above them all that shows the
lines knows in which order; the apps below register their steps here, and need not know of it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

YES, NO, UNKNOWN = "yes", "no", "unknown"


@dataclass(frozen=True)
class Line:
    """One step of the process: was it followed, by which clause, and what the record says. Shaped for components/checklist.html."""

    question: str
    answer: str
    text: str
    clause: str = ""
    answer_label: str = ""
    url: str = ""
    url_text: str = ""
    private: tuple[str, ...] = field(default=())  # what only assurance readers see besides


Step = Callable[[Any], Iterable[Line]]

_steps: dict[str, Step] = {}


def step(name: str) -> Callable[[Step], Step]:
    """Register a step by its name, which it keeps should it move to another app. It is given what was read of the decision."""

    def register(function: Step) -> Step:
        if _steps.setdefault(name, function) is not function:
            raise ValueError(f"Two steps of the process are called {name}.")
        return function

    return register


def steps() -> dict[str, Step]:
    return dict(_steps)
