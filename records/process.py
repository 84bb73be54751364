"""What a step of "Was process followed?" is. The app that has the facts has the step that reads them, in its process.py.

A step is a generator of lines: it yields none where it has nothing to say of a decision, or of whatever else it looks at. The app
above them all that shows the lines knows in which order; the apps below register their steps here, and need not know of it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from records.dates import as_day
from records.windows import Window

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

_steps: dict[str, dict[str, Step]] = {}
DECISION = "decision"  # what most steps are about


def step(name: str, *, of: str = DECISION) -> Callable[[Step], Step]:
    """Register a step by its name, which it keeps should it move to another app. It is given what was read of the decision, or of what `of` says."""

    def register(function: Step) -> Step:
        if _steps.setdefault(of, {}).setdefault(name, function) is not function:
            raise ValueError(f"Two steps of the process are called {name}.")
        return function

    return register


def steps(of: str = DECISION) -> dict[str, Step]:
    return dict(_steps.get(of, {}))


def lines_of_window(window: Window, what: str, clause: str) -> Iterator[Line]:
    """Whether something was asked for as long as the policy says. Reads the prefetched extensions."""
    asked: Any = window
    question = f"Was {what} open as long as the policy says?"
    if window.window_days is None:
        yield Line(question, UNKNOWN, "How many working days it was open is not recorded.", clause)
        return
    more = "".join(f" It was given more time, to {as_day(each.after)}: {each.why}" for each in asked.extensions.all())
    days = f"{window.window_days} working day{'' if window.window_days == 1 else 's'}"
    if asked.days_why:
        yield Line(question, NO, f"{days}, which is not what the policy says. The reason given: {asked.days_why}{more}", clause)
    else:
        yield Line(question, YES, f"{days}{'' if more else ', as the policy says'}.{more}", clause)
