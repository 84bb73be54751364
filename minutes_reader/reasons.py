"""Follows the list of reasons that minutes announce: what belongs to it, what stands within a reason, and where it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .document import plain

REASONING = re.compile(
    r"\b(?:reason(?:s|ing)?|rationale|consideration)\b[^.]{0,60}:?\W*$|\bas follows\W*$|\bfollowing reasons?\b", re.IGNORECASE
)
NO_REASONS = re.compile(r"^(?:next steps?|actions?|decisions?|discussion|votes?|voting|update|post|aob|any other|questions?|comments?)\b", re.IGNORECASE)


@dataclass
class Reasons:
    """How far the list of reasons has been read."""

    due: bool = False  # reasons were announced, and the list of them goes on
    bulleted: bool = False  # they may be bulleted
    marked_as: str = ""  # how those read so far are marked: by a digit, a letter or a bullet
    last: int = 0

    def begin(self, *, bulleted: bool) -> None:
        """Take what follows for reasons."""
        self.end()
        self.due, self.bulleted = True, bulleted

    def end(self) -> None:
        """Take no more of a list for reasons."""
        self.due, self.bulleted, self.marked_as, self.last = False, False, "", 0

    def under_a_heading(self, heading: str) -> None:
        """Go on under a heading, unless it heads something else."""
        if not self.bulleted or NO_REASONS.match(heading):
            self.end()

    def are_next(self, number: str) -> bool:
        """Say whether a number is that of the next reason."""
        return self.marked_as == "digit" and number == str(self.last + 1)

    def place_of(self, number: str | None) -> str:
        """Say whether a point of a list is a reason, or within the reason above it; nothing where it is neither."""
        mark = "bullet" if not number else "digit" if number.isdigit() else "letter"
        if not self.due or (mark == "bullet" and not (self.bulleted or self.marked_as)):
            return ""
        if self.marked_as and mark != self.marked_as:
            return "within" if self.marked_as == "digit" or mark == "bullet" else ""
        if mark == "digit" and self.last and int(number or 0) != self.last + 1:
            self.end()
            return ""
        self.marked_as, self.last = mark, int(number or 0) if mark == "digit" else 0
        return "reason"


def announces_reasons(text: str) -> bool:
    """Say whether a text says that reasons follow."""
    return bool(REASONING.search(plain(text)) and re.search(r"reason|rationale", text, re.IGNORECASE))
