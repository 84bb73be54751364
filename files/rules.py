"""Why a file is not kept: each reason a sentence for whoever handed it in."""

from collections.abc import Iterator

from files.kinds import MIB, MOST_BYTES
from files.names import refusals_of_name
from files.office import COMMENTED, TRACKED
from files.scanning import Answer, Result
from records.rules import Refusal

__all__ = ["refusals_of_answer", "refusals_of_clean", "refusals_of_file", "refusals_of_name", "refusals_of_nothing", "refusals_of_size"]


def refusals_of_nothing(upload: object) -> Iterator[Refusal]:
    if upload is None:
        yield Refusal("Choose a file.", field="file")


def refusals_of_file(name: str, size: int) -> Iterator[Refusal]:
    """What can be said before anybody looks into it."""
    yield from refusals_of_size(size)
    yield from refusals_of_name(name)


def refusals_of_size(size: int) -> Iterator[Refusal]:
    if size == 0:
        yield Refusal("The file is empty.", field="file")
    if size > MOST_BYTES:
        yield Refusal(f"The file is larger than {MOST_BYTES // MIB} MB. A PDF saved for the screen is usually small enough.", field="file")


def refusals_of_answer(answer: Answer | None) -> Iterator[Refusal]:
    """A scanner that does not answer is no reason: the file is kept, and not handed out until it does."""
    if answer and answer.result == Result.INFECTED:
        yield Refusal(f"The virus scanner found {answer.words} in the file. It was not kept.", field="file")


def refusals_of_clean(name: str, notes: list[str], field: str = "file") -> Iterator[Refusal]:
    """The document itself is without marks. `notes` are those of its blob."""
    if found := [note for note in notes if note in (TRACKED, COMMENTED)]:
        yield Refusal(f"{name} {' and '.join(found)}: names would be published with them. Accept or reject the changes and delete the comments, or attach it as the one with changes marked.", field=field)
