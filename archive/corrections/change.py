"""One thing that a newer paper says otherwise, and the words for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from decisions.models import Decision, Question
from meetings.models import Action, Meeting
from minutes_reader import Action as ReadAction
from minutes_reader import Decision as ReadDecision
from minutes_reader import Reading

DENYING = {"not", "no", "never", "nor", "neither", "without", "cannot", "against", "except", "unless"}
BEFORE, AFTER = 40, 160  # characters of a long text that are shown around where it differs


@dataclass(frozen=True)
class Change:
    """Of the minutes as such there is no decision and no action. `settles`: what artefacts follow from is another."""

    sentence: str
    decision: Decision | None = None
    action: Action | None = None
    question: Question | None = None
    gone: bool = False
    settles: bool = False


@dataclass(frozen=True)
class Papers:
    """What is compared: a newer paper, the one before it, read anew, and the meeting as it is on record.

    `fuller`: the minutes themselves come for the first time, after a headline report. What that left open is added, and not changed.
    """

    reading: Reading
    earlier: Reading
    meeting: Meeting
    fuller: bool

    def turns(self, then: str, now: str) -> bool:
        """Whether what stood there is another now."""
        return plainly(then) != plainly(now) and not (self.fuller and (not then or only_adds(then, now)))


def only_adds(then: str, now: str) -> bool:
    """Whether it says the same in more words, none of which denies it: a headline report is in short."""
    left = iter(now.casefold().split())
    added = set(now.casefold().split()) - set(then.casefold().split())
    return all(word in left for word in then.casefold().split()) and not added & DENYING


def plainly(text: str) -> str:
    return " ".join(text.split())


def became(about: object, what: str, then: str, now: str) -> str:
    """ "XYZ07-01: its owner was “Secretariat”, and is “Chair”." """
    before, after = apart(then, now)
    return f"{about}: {what} was “{before or '-'}”, and is “{after or '-'}”."


def apart(then: str, now: str) -> tuple[str, str]:
    """Both texts from shortly before the place where they part, so that what differs is seen however long they are."""
    then, now = plainly(then), plainly(now)
    same = next((n for n, (a, b) in enumerate(zip(then, now, strict=False)) if a != b), min(len(then), len(now)))
    start = then.rfind(" ", 0, same - BEFORE) + 1 if same > BEFORE else 0
    return _piece(then, start), _piece(now, start)


def _piece(text: str, start: int) -> str:
    end = start + BEFORE + AFTER
    return f"{'… ' if start else ''}{text[start:end]}{' …' if len(text) > end else ''}"


def untaken(reference: str, told: ReadDecision | ReadAction, before: ReadDecision | ReadAction | None) -> Iterator[str]:
    """Table and minutes of one paper word it differently: one of them counts, and what the other says is not lost in silence."""
    for where, text, then in (("table", told.table_text, before and before.table_text), ("minutes", told.body_text, before and before.body_text)):
        if text and plainly(text) not in (plainly(told.text), plainly(then or "")):
            other, kept = apart(text, told.text)
            yield f"{reference}: in its {where} it reads “{other}”. That is not taken over: elsewhere in the paper it reads “{kept}”."


def mended_by_hand(record: Decision | Action) -> bool:
    return record.editions.filter(why__contains="Corrected by hand: ").exists()  # type: ignore[union-attr]


def with_what_was_mended(record: Decision | Action, found: list[Change], **about: Decision | Action) -> Iterator[Change]:
    """What a newer paper says otherwise of a record; and that somebody had corrected that by hand, so that it is not undone unseen."""
    yield from found
    if found and mended_by_hand(record):
        yield Change(f"{record} was corrected by hand before. What differs here takes the place of that.", **about)  # type: ignore[arg-type]
