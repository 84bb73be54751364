"""How a record moves from state to state. Each noun keeps its own table in its app's lifecycle.py."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from records.rules import Refusal


class Move(NamedTuple):
    """The states a verb may start from, and the one it leads to."""

    origins: set
    target: Any


class Lifecycle(dict[str, Move]):
    """A table of verb -> Move for one noun, which reads aloud: determine = Move({TABLED}, DETERMINED)."""

    def __init__(self, noun: str, **moves: Move):
        super().__init__(**moves)
        self.noun = noun

    def refusals(self, record, verb: str) -> Iterator[Refusal]:
        """Why the verb cannot be done from the state the record is in."""
        if record.status not in self[verb].origins:
            yield Refusal(
                f"{record} is {record.get_status_display().lower()}: too late or too soon to {verb.replace('_', ' ')} it.", code="state"
            )

    def states(self) -> set:
        return {state for move in self.values() for state in {*move.origins, move.target}}

    def mermaid(self) -> str:
        """The table as a diagram for docs/lifecycles.md."""
        lines = [
            f"    {origin} --> {move.target}: {verb}"
            for verb, move in self.items()
            for origin in sorted(move.origins)
        ]
        return "\n".join(["stateDiagram-v2", *lines])
