"""Two texts compared: what was taken out, what was put in, word by word within the paragraphs that differ."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

SAME, OUT, IN = "same", "out", "in"
MOST = 20_000  # pairs that are the same, of one text and the other: what a comparison costs. Beyond that all is told as taken out and put in


class Piece(NamedTuple):
    """Some words that stayed, were taken out, or were put in."""

    kind: str
    text: str


def compared(before: str, after: str) -> list[list[Piece]]:
    """Paragraph by paragraph. Those that are the same in both are one piece."""
    one, other = _paragraphs(before), _paragraphs(after)
    told: list[list[Piece]] = []
    for what, a, b, c, d in _steps(one, other):
        if what == "equal":
            told += [[Piece(SAME, text)] for text in one[a:b]]
        else:
            told += _replaced(one[a:b], other[c:d])
    return told


def _steps(one: list[str], other: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """From one to the other, as difflib tells it. What repeats itself a thousand times is no text: it is replaced whole."""
    ours, theirs = Counter(one), Counter(other)
    if sum(n * theirs[each] for each, n in ours.items()) > MOST:
        return [("replace", 0, len(one), 0, len(other))]
    return SequenceMatcher(None, one, other, autojunk=False).get_opcodes()


def _paragraphs(text: str) -> list[str]:
    return [" ".join(each.split()) for each in text.splitlines() if each.strip()]


def _replaced(before: list[str], after: list[str]) -> Iterator[list[Piece]]:
    """Paragraphs in place of others: the first of these against the first of those, and so on."""
    for n in range(max(len(before), len(after))):
        if n >= len(after):
            yield [Piece(OUT, before[n])]
        elif n >= len(before):
            yield [Piece(IN, after[n])]
        else:
            yield list(_words(before[n], after[n]))


def _words(before: str, after: str) -> Iterator[Piece]:
    one, other = (re.findall(r"\S+\s*", text) for text in (before, after))
    for what, a, b, c, d in _steps(*([word.strip() for word in words] for words in (one, other))):
        if what == "equal":
            yield Piece(SAME, "".join(other[c:d]))
            continue
        if a < b:
            yield Piece(OUT, "".join(one[a:b]))
        if c < d:
            yield Piece(IN, "".join(other[c:d]))
