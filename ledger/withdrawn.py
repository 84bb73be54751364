"""What was published and should never have been: its words are taken out wherever a body leaves the database. Hashes stand."""

import re
from collections.abc import Iterable
from typing import Any

from ledger.models import BlackOut
from records.editions import Body, Edition, as_today
from records.prepared import PreparedRecords

SAID = "[withdrawn]"  # what stands in the place of the words


def as_shown(edition: Edition, words: Iterable[str] | None = None) -> Body:
    """The body of an edition in today's form, as the public may read it. `words` are those withdrawn, where they were read before."""
    return without(as_today(edition), words_withdrawn() if words is None else words)


_BLACK_OUTS = PreparedRecords(lambda: BlackOut.objects.order_by("pk"))


def black_outs() -> list[BlackOut]:
    """All there are, in the order in which they were ordered."""
    return _BLACK_OUTS.records()


def words_withdrawn() -> list[str]:
    return [each.words for each in black_outs()]


def taken_out_of(body: Any, among: Iterable[BlackOut]) -> list[BlackOut]:
    """The black-outs that took something out of it: why, and on whose order, is told where the words stood."""
    return [each for each in among if holds(body, each.words)]


def without(value: Any, words: Iterable[str]) -> Any:
    """The same without these words, in whatever string they stand; spaces and line breaks between them count alike."""
    patterns = [_pattern(each) for each in words]
    return _without(value, patterns) if patterns else value


def _without(value: Any, patterns: list[re.Pattern]) -> Any:
    match value:
        case str():
            for pattern in patterns:
                value = pattern.sub(SAID, value)
            return value
        case dict():
            return {key: _without(each, patterns) for key, each in value.items()}
        case list():
            return [_without(each, patterns) for each in value]
    return value


def _pattern(words: str) -> re.Pattern:
    return re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)


def holds(value: Any, words: str) -> bool:
    """Whether these words stand anywhere in it."""
    return without(value, [words]) != value


def places(value: Any, words: Iterable[str], path: str = "") -> list[str]:
    """Where something was taken out: "reasons.2"."""
    words = list(words)
    match value:
        case dict():
            return [found for key, each in sorted(value.items()) for found in places(each, words, f"{path}.{key}".lstrip("."))]
        case list():
            return [found for n, each in enumerate(value) for found in places(each, words, f"{path}.{n}".lstrip("."))]
        case str() if without(value, words) != value:
            return [path]
    return []
