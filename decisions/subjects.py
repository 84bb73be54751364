"""What is handed to `determine`: the subjects and their outcomes, and everything the Chair says with them."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from decisions.models import Decision, Outcome, Settlement


class Subject(NamedTuple):
    """CR018 v1.8, approved. A version nobody stated stays "not stated"."""

    kind: str
    ref: str
    outcome: str
    title: str = ""
    version: str = Settlement.NOT_STATED
    conditions: str = ""

    @property
    def in_words(self) -> str:
        """ "CR018 v1.8"."""
        return self.ref if self.version == Settlement.NOT_STATED else f"{self.ref} v{self.version}"

    @property
    def outcome_in_words(self) -> str:
        """ "approved with conditions: the redline comes back"."""
        label = Outcome(self.outcome).label.lower()
        return f"{label}: {self.conditions}" if self.conditions else label


@dataclass(frozen=True)
class Terms:
    """A determination, whole: outcomes, numbered reasons, and what the record also asks for."""

    subjects: list[Subject]
    reasons: list[str] = field(default_factory=list)
    wording: str = ""  # empty: as it was drafted
    determined_as: str = "Chair"
    authority: str = ""  # empty: as the draft of the decision says
    on: date | None = None  # the day it was decided (London), if not today
    after_the_meeting: bool = False
    consensus: str = Decision.Consensus.NOT_RECORDED
    not_passed_up_why: str = ""
    if_not_approved: str = ""
    what_this_means: str = ""
    directions: list[str] = field(default_factory=list)
    replies: dict[int, str] = field(default_factory=dict)  # roll row -> the answer; empty: not answered
    review_on: date | None = None
