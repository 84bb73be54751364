"""What may be taken out of what is shown."""

from collections.abc import Iterator

from ledger.models import BlackOut
from records.rules import Refusal

SHORTEST = 4  # characters: less would take out parts of other words


def refusals_of_black_out(words: str, why: str, ordered_by: str) -> Iterator[Refusal]:
    if len(words) < SHORTEST:
        yield Refusal(f"Give at least {SHORTEST} characters: fewer would be taken out of other words, too.", field="words")
    elif BlackOut.objects.filter(words__iexact=words).exists():
        yield Refusal("These words are withdrawn already.", field="words")
    if not why.strip():
        yield Refusal("Say why: the public reads it where the words stood.", field="why")
    if not ordered_by.strip():
        yield Refusal("Say on whose order.", field="ordered_by")
