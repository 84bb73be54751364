"""Two texts compared: which passages stayed, came and went, and word by word what differs within those that changed.

Plain Python that knows nothing of files: what was read of them comes from `files/reading/`.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

SAME, OUT, IN, CHANGED = "same", "out", "in", "changed"
MOST = 20_000  # pairs that are the same, of one text and the other: what a comparison costs. Beyond that, what stands once in each holds the rest
MOST_PAIRED = 2_500  # passages that went, times those that came, among which the likest are looked for
LIKE = 0.3  # of their words in common: then one passage was changed into the other


class Piece(NamedTuple):
    """Some words that stayed, were taken out, or were put in."""

    kind: str
    text: str


class Change(NamedTuple):
    """Of passages, by their places in one and the other: those that stayed, one that went or came, or one that became another."""

    kind: str
    before: Sequence[int]
    after: Sequence[int]


def compared(before: str, after: str) -> list[list[Piece]]:
    """Paragraph by paragraph. Those that are the same in both are one piece."""
    one, other = _paragraphs(before), _paragraphs(after)
    told: list[list[Piece]] = []
    for kind, a, b in changes(one, other):
        if kind == CHANGED:
            told.append(words(one[a[0]], other[b[0]]))
        else:
            told += [[Piece(kind, text)] for text in ([one[n] for n in a] if kind == OUT else [other[n] for n in b])]
    return told


def listed(before: Sequence[str], after: Sequence[str]) -> list[list[Piece]]:
    """Of two lists whose entries stand each for itself, as names do: those that are gone, then those that are new."""
    return [[Piece(OUT, each)] for each in before if each not in after] + [[Piece(IN, each)] for each in after if each not in before]


def _paragraphs(text: str) -> list[str]:
    return [" ".join(each.split()) for each in text.splitlines() if each.strip()]


def changes(one: Sequence[str], other: Sequence[str]) -> Iterator[Change]:
    """From one to the other, in their order."""
    for what, a, b, c, d in _steps(one, other):
        if what == "equal":
            yield Change(SAME, range(a, b), range(c, d))
        else:
            yield from _replaced(one, other, range(a, b), range(c, d))


def _replaced(one: Sequence[str], other: Sequence[str], before: range, after: range) -> Iterator[Change]:
    """Passages in place of others: each beside the one it is likest to, as far as their order allows."""
    i = j = 0
    for a, b in [*_likest([one[n] for n in before], [other[n] for n in after]), (len(before), len(after))]:
        yield from (Change(OUT, [n], []) for n in before[i:a])
        yield from (Change(IN, [], [n]) for n in after[j:b])
        if a < len(before):
            yield Change(SAME if one[before[a]] == other[after[b]] else CHANGED, [before[a]], [after[b]])
        i, j = a + 1, b + 1


def _likest(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    """Pairs of places, rising in both, so that what stands beside each other has the most in common. Of very many, simply the first beside the first."""
    bags, others = [Counter(text.split()) for text in before], [Counter(text.split()) for text in after]
    if len(before) * len(after) > MOST_PAIRED:
        return [(n, n) for n, (bag, other) in enumerate(zip(bags, others, strict=False)) if _in_common(bag, other) >= LIKE]
    near = [[_in_common(bag, other) for other in others] for bag in bags]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]  # of what is left from these places on
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            with_both = near[i][j] + best[i + 1][j + 1] if near[i][j] >= LIKE else 0.0
            best[i][j] = max(with_both, best[i + 1][j], best[i][j + 1])
    return list(_followed(near, best))


def _followed(near: list[list[float]], best: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(near) and j < len(near[0]):
        if near[i][j] >= LIKE and best[i][j] == near[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _in_common(bag: Counter, other: Counter) -> float:
    """From nothing to all: 0 to 1."""
    return 2 * (bag & other).total() / ((bag.total() + other.total()) or 1)


Place = tuple[str, int, int]  # of a piece: its kind, and from where to where; in the text before if it was taken out, else in the text after


def words(before: str, after: str) -> list[Piece]:
    """One passage changed into another. What stayed and was put in is `after`, to the letter; what stayed and was taken out is `before`, but for blanks."""
    return [Piece(kind, (before if kind == OUT else after)[start:end]) for kind, start, end in places(before, after)]


def places(before: str, after: str) -> list[Place]:
    """The same, by where the pieces stand."""
    one, other = (list(_WORD.finditer(text)) for text in (before, after))
    told: list[Place] = []
    for what, a, b, c, d in _steps(*([_bare(word[0]) for word in each] for each in (one, other))):
        if what == "equal":
            told.append((SAME, other[c].start(), other[d - 1].end()))
            continue
        if a < b:
            begins_with_a_blank = a and c and c == len(other) and not other[c - 1][0].endswith(" ")
            told.append((OUT, one[a - 1].start() + len(one[a - 1][0].rstrip()) if begins_with_a_blank else one[a].start(), one[b - 1].end()))
        if c < d:
            told.append((IN, other[c].start(), other[d - 1].end()))
    return told


_WORD = re.compile(r"^\s+|\S+\s*")


def _bare(word: str) -> str:
    """One blank behind it is no part of a word; several are, as are those with which a line begins."""
    return word.removesuffix(" ") if word.strip() else word


Step = tuple[str, int, int, int, int]  # "equal" or "replace", from and to in one, from and to in the other


def _steps(one: Sequence[str], other: Sequence[str]) -> Iterable[Step]:
    if _pairs(one, other) <= MOST:
        return SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return _held_by_what_is_single(one, other)


def _pairs(one: Sequence[str], other: Sequence[str]) -> int:
    ours, theirs = Counter(one), Counter(other)
    return sum(n * theirs[each] for each, n in ours.items())


def _held_by_what_is_single(one: Sequence[str], other: Sequence[str]) -> Iterator[Step]:
    """What stands once in each, in one order, is the same; what lies between is compared by itself. What repeats itself a thousand times is replaced whole."""
    i = j = 0
    for a, b in [*_single_in_both(one, other), (len(one), len(other))]:
        ours, theirs = one[i:a], other[j:b]
        if ours or theirs:
            few = _pairs(ours, theirs) <= MOST
            steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes() if few else [("replace", 0, len(ours), 0, len(theirs))]
            yield from ((what, i + p, i + q, j + r, j + s) for what, p, q, r, s in steps)
        if a < len(one):
            yield "equal", a, a + 1, b, b + 1
        i, j = a + 1, b + 1


def _single_in_both(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """The longest chain of them that rises in both."""
    ours, theirs = Counter(one), Counter(other)
    places = {text: n for n, text in enumerate(other) if theirs[text] == 1}
    tops: list[int] = []  # the lowest place in the other at which a chain of this length can end
    ends: list[tuple[int, int, int]] = []  # place in one, in the other, and where the chain came from
    last: list[int] = []
    for n, text in enumerate(one):
        if ours[text] == 1 and text in places:
            length = bisect_left(tops, places[text])
            tops[length:length + 1] = [places[text]]
            last[length:length + 1] = [len(ends)]
            ends.append((n, places[text], last[length - 1] if length else -1))
    chain, at = [], last[-1] if last else -1
    while at >= 0:
        a, b, at = ends[at]
        chain.append((a, b))
    return chain[::-1]
