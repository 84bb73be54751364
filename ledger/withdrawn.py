"""What was published and should never have been: its words are taken out wherever a body leaves the database. Hashes stand."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from ledger.models import BlackOut
from records.editions import Body, Edition, as_today
from records.prepared import PreparedRecords

SAID = "[withdrawn]"  # what stands in the place of the words
HASH = re.compile(r"[0-9a-f]{32,}")  # says nothing to anybody, whatever four characters are in it


def as_shown(edition: Edition, words: Iterable[str] | None = None) -> Body:
    """The body of an edition in today's form, as the public may read it. `words` are those withdrawn, where they were read before."""
    return without(as_today(edition), words_withdrawn() if words is None else words)


_BLACK_OUTS = PreparedRecords(lambda: BlackOut.objects.order_by("pk"))


def words_withdrawn() -> list[str]:
    """Those that are still known. Of what was erased nobody knows the words any more."""
    return [each.words for each in _BLACK_OUTS.records() if each.words != SAID]


def black_outs() -> list[BlackOut]:
    """All there are, each with the editions from which its words were erased. Nearly always there are none, which is quickly found."""
    if not _BLACK_OUTS.records():
        return []
    told = BlackOut.objects.select_related("redaction").order_by("pk")
    return list(told.defer("redaction__entries", "redaction__records", "redaction__columns", "redaction__rows"))


def taken_out_of(body: Any, among: Sequence[BlackOut], noun: str, record_pk: int) -> list[BlackOut]:
    """The black-outs that took something out of it: why, and on whose order, is told where the words stood."""
    erased = {each.pk for each in among if each.erased_from(noun, record_pk)}
    marked = bool(erased) and bool(places(body, (), marked=True))
    return [each for each in among if holds(body, each.words) or (marked and each.pk in erased)]


def without(value: Any, words: Iterable[str]) -> Any:
    """The same without these words, in whatever string they stand; spaces and line breaks between them count alike."""
    patterns = [_pattern(each) for each in words]
    return _without(value, patterns) if patterns else value


def _without(value: Any, patterns: list[re.Pattern]) -> Any:
    match value:
        case str() if not HASH.fullmatch(value):
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


def places(value: Any, words: Iterable[str], path: str = "", *, marked: bool = False) -> list[str]:
    """Where something was taken out: "reasons.2". `marked` if words were erased from it: then the mark itself tells where."""
    words = list(words)
    match value:
        case dict():
            return [found for key, each in sorted(value.items()) for found in places(each, words, f"{path}.{key}".lstrip("."), marked=marked)]
        case list():
            return [found for n, each in enumerate(value) for found in places(each, words, f"{path}.{n}".lstrip("."), marked=marked)]
        case str() if without(value, words) != value or (marked and SAID in value):
            return [path]
    return []
