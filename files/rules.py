"""Why a file is not kept: each reason a sentence for whoever handed it in."""

from collections.abc import Collection, Iterator

from files.kinds import MIB, MOST_BYTES
from files.models import Visibility
from files.names import refusals_of_name
from files.office import COMMENTED, TRACKED
from files.pairing import CLEAN
from files.scanning import Answer, Result
from records.rules import Refusal

GIB = 1024**3
MOST_A_DAY, MOST_BYTES_A_DAY = 300, 2 * GIB

__all__ = ["refusals_of_answer", "refusals_of_attached", "refusals_of_clean", "refusals_of_file", "refusals_of_many", "refusals_of_name", "refusals_of_nothing", "refusals_of_size"]


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


def refusals_of_many(files: int, size: int) -> Iterator[Refusal]:
    """How much one person may hand in within a day, so that no one account fills the disk."""
    if files >= MOST_A_DAY:
        yield Refusal(f"You have handed in {files} files within a day, and that is enough for one. Go on tomorrow; a whole library is loaded by whoever runs the portal.", field="file")
    elif size > MOST_BYTES_A_DAY:
        yield Refusal(f"With this one, you have handed in more than {MOST_BYTES_A_DAY // GIB} GB within a day. Go on tomorrow; a whole library is loaded by whoever runs the portal.", field="file")


def refusals_of_answer(answer: Answer | None) -> Iterator[Refusal]:
    """A scanner that does not answer is no reason: the file is kept, and not handed out until it does."""
    if answer and answer.result == Result.INFECTED:
        yield Refusal(f"The virus scanner found {answer.words} in the file. It was not kept.", field="file")


def refusals_of_attached(form: str, forms: Collection[str], visibility: str, name: str, notes: list[str], *, field: str = "form") -> Iterator[Refusal]:
    """A file as what it is to a version: `form` is one of these. `notes` are those of its blob."""
    if form not in forms:
        yield Refusal("Say what the file is.", field=field)
    if visibility not in Visibility.values:
        yield Refusal("Say who may have it.", field="visibility")
    if form == CLEAN:
        yield from refusals_of_clean(name, notes)


def refusals_of_clean(name: str, notes: list[str], field: str = "file") -> Iterator[Refusal]:
    """The document itself is without marks. `notes` are those of its blob."""
    if found := [note for note in notes if note in (TRACKED, COMMENTED)]:
        yield Refusal(f"{name} {' and '.join(found)}: names would be published with them. Accept or reject the changes and delete the comments, or attach it as the one with changes marked.", field=field)
