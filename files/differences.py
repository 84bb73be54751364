"""What differs between two files, or is marked in one as changed, told so that it can be kept: counted, bounded, in JSON.

It runs in a process of its own (files/apart.py), which may take only so much memory and time, and asks no database. A block of what
it tells is a run of passages that stayed, one that went or came, or one that became another: with both texts whole, so that words
withdrawn later are found in them, and the places of what differs in these.
"""

import json
import re
import resource
import struct
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from files.comparing import CHANGED, IN, OUT, SAME, Piece, changes, places
from files.reading import read
from files.reading.passages import Passage, Read, Span, Table, Unreadable

MEMORY, SECONDS = 1536 * 1024 * 1024, 20
MOST_BLOCKS = 500  # that differ, and are told one by one
MOST_LETTERS = 250_000  # of all that differs
MOST_LETTERS_SAME = 100_000  # of all that stayed
LONGEST, LONGEST_PLACE = 20_000, 300  # letters of one passage, and of where it stands
VALUES_TOLD = 20  # of a column that went or came
SAME_TOLD = 25  # of a run of the same: so many are told, the first of them
KINDS_DIFFER = "One holds a table and the other running text: there is no telling what in the one stands for what in the other."
NO_MARKS = "No change is marked in it."

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

Block = dict[str, Any]


class Told:
    """Everything is counted; told is what there is room for."""

    def __init__(self, unit: str):
        self.unit, self.left_out, self.differing = unit, 0, 0
        self.letters, self.letters_same = MOST_LETTERS, MOST_LETTERS_SAME
        self.counts = {SAME: 0, CHANGED: 0, IN: 0, OUT: 0}
        self.columns = {IN: 0, OUT: 0}
        self.blocks: list[Block] = []

    def same(self, passages: Sequence[Passage], count: int | None = None) -> None:
        """A run that stayed; runs that follow each other are one."""
        n = len(passages) if count is None else count
        self.counts[SAME] += n
        if not n:
            return
        if not self.blocks or self.blocks[-1]["kind"] != SAME:
            self.blocks.append({"kind": SAME, "count": 0, "texts": []})
        block = self.blocks[-1]
        block["count"] += n
        for each in passages[: SAME_TOLD - len(block["texts"])]:
            if len(each.text) <= self.letters_same:
                self.letters_same -= len(each.text)
                block["texts"].append(each.text)

    def one(self, kind: str, passage: Passage) -> None:
        self.counts[kind] += 1
        if self._has_room(passage.text):
            self._tell({"kind": kind, "where": passage.where, "text": passage.text})
        else:
            self.left_out += 1

    def column(self, kind: str, passage: Passage) -> None:
        """A whole one that went or came. Its cells change no row."""
        self.columns[kind] += 1
        if self._has_room(passage.text):
            self._tell({"kind": kind, "where": passage.where, "text": passage.text})

    def changed(self, before: str, after: str, where: str, pieces: Sequence[Piece] | None = None, *, count: bool = True) -> None:
        self.counts[CHANGED] += count
        if not self._has_room(before + after):
            self.left_out += count
            return
        steps = [list(place) for place in places(before, after)] if pieces is None else steps_of(pieces)
        self._tell({"kind": CHANGED, "where": where, "before": before, "after": after, "steps": steps})

    def _tell(self, block: Block) -> None:
        self.blocks.append(block | {"where": block["where"][:LONGEST_PLACE]})
        self.differing += 1

    def _has_room(self, text: str) -> bool:
        if self.differing >= MOST_BLOCKS or len(text) > min(self.letters, LONGEST):
            return False
        self.letters -= len(text)
        return True

    def as_json(self) -> dict[str, Any]:
        return {"unit": self.unit, **self.counts, "columns": self.columns, "left_out": self.left_out, "blocks": self.blocks}


def steps_of(pieces: Sequence[Piece]) -> list[list]:
    """Where each of the pieces stands of which both texts were put together."""
    found: list[list] = []
    at = {OUT: 0, IN: 0}
    for kind, text in pieces:
        side = OUT if kind == OUT else IN
        found.append([kind, at[side], at[side] + len(text)])
        at[side] += len(text)
        if kind == SAME:
            at[OUT] += len(text)
    return found


def between(one: Read, other: Read) -> dict[str, Any]:
    """Raises Unreadable."""
    if one.shape != other.shape:
        raise Unreadable(KINDS_DIFFER)
    told = Told(other.unit)
    if one.tables:
        _tables(one.tables, other.tables, told)
    elif one.values:
        _keyed(_by_path(one), _by_path(other), told)
    else:
        _running(one.passages, other.passages, told)
    return told.as_json()


def _running(one: list[Passage], other: list[Passage], told: Told) -> None:
    for kind, before, after in changes([each.text for each in one], [each.text for each in other]):
        if kind == SAME:
            told.same([other[n] for n in after])
        elif kind == CHANGED:
            told.changed(one[before[0]].text, other[after[0]].text, other[after[0]].where)
        else:
            for each in [one[n] for n in before] + [other[n] for n in after]:
                told.one(kind, each)


def _by_path(one: Read) -> dict[str, Passage]:
    return {path: Passage(text, path) for path, text in one.values.items()}


def _keyed(one: dict[str, Passage], other: dict[str, Passage], told: Told) -> None:
    """What has a key is compared with what has the same, wherever it stands; what went is told where it stood."""
    for key in _in_order(list(one), list(other)):
        if key not in other:
            told.one(OUT, one[key])
        elif key not in one:
            told.one(IN, other[key])
        elif one[key].text == other[key].text:
            told.same([], 1)
        else:
            told.changed(one[key].text, other[key].text, other[key].where)


def _in_order(before: list[str], after: list[str]) -> Iterator[str]:
    """All keys, in the order of the text after; those that went, behind whatever stood before them and is still there."""
    there, gone, last = set(after), dict[str | None, list[str]](), None
    for key in before:
        if key in there:
            last = key
        else:
            gone.setdefault(last, []).append(key)
    yield from gone.get(None, ())
    for key in after:
        yield key
        yield from gone.get(key, ())


# --- tables


def _tables(one: list[Table], other: list[Table], told: Told) -> None:
    before, after = {table.name: table for table in one}, {table.name: table for table in other}
    if len(one) == len(other) == 1:  # it is the same sheet, whatever it is called now
        before = {other[0].name: one[0]}
    for name in _in_order(list(before), list(after)):
        called = f"sheet {name}, " if name else ""
        _rows(before.get(name, Table(name, [], [])), after.get(name, Table(name, [], [])), called, told)


def _rows(one: Table, other: Table, called: str, told: Told) -> None:
    shared = [column for column in other.columns if column in set(one.columns)]
    if one.columns and other.columns:
        for table, kind in ((one, OUT), (other, IN)):
            for column in table.columns:
                if column not in shared:
                    told.column(kind, Passage(_column(table, column), called.rstrip(", ")))
    key = _key(one, other, shared)
    before, after = _by_key(one, key), _by_key(other, key)
    for name in _in_order(list(before), list(after)):
        where = f"{called}row {name}"
        if name not in after:
            told.one(OUT, Passage(_row(one, before[name]), where))
        elif name not in before:
            told.one(IN, Passage(_row(other, after[name]), where))
        else:
            _cells(before[name], after[name], shared, where, told)


def _column(table: Table, column: str) -> str:
    """With what stands in it, each once."""
    found = list(dict.fromkeys(cells[column] for _, cells in table.rows if column in cells))
    more = f"; and {len(found) - VALUES_TOLD} more" if len(found) > VALUES_TOLD else ""
    return f"Column {column}: {'; '.join(found[:VALUES_TOLD]) or 'empty'}{more}"[:LONGEST]


def _row(table: Table, cells: dict[str, str]) -> str:
    return "; ".join(f"{column}: {cells[column]}" for column in table.columns if column in cells)[:LONGEST]


def _cells(before: dict[str, str], after: dict[str, str], shared: list[str], where: str, told: Told) -> None:
    differing = [column for column in shared if before.get(column) != after.get(column)]
    if not differing:
        told.same([], 1)
    for n, column in enumerate(differing):
        told.changed(before.get(column, ""), after.get(column, ""), f"{where}, column {column}", count=not n)


def _key(one: Table, other: Table, shared: list[str]) -> list[str]:
    """The first column, or the first two or three together, if that tells all rows apart in both; else the first."""
    columns = shared if shared else (other.columns or one.columns)
    for n in (1, 2, 3):
        if all(len({_named(cells, columns[:n]) for _, cells in table.rows}) == len(table.rows) for table in (one, other)):
            return columns[:n]
    return columns[:1]


def _named(cells: dict[str, str], key: list[str]) -> str:
    return " / ".join(cells[column] for column in key if column in cells)


def _by_key(table: Table, key: list[str]) -> dict[str, dict[str, str]]:
    """Of several with the same name, the second is "… (2)"."""
    found: dict[str, dict[str, str]] = {}
    times: dict[str, int] = {}
    for _, cells in table.rows:
        name = _named(cells, key)[:200] or "without a name"
        times[name] = times.get(name, 0) + 1
        while (told := f"{name} ({times[name]})" if times[name] > 1 else name) in found:
            times[name] += 1
        found[told] = cells
    return found


# --- one file


def marked(one: Read) -> dict[str, Any]:
    """The changes that are marked in a document, as its program would draw them. Raises Unreadable."""
    told = Told(one.unit)
    for spans in one.marked:
        kinds = {kind for kind, text in spans if text.strip()}
        pieces = _pieces(spans)
        before, after = ("".join(text for kind, text in pieces if kind in kinds_of) for kinds_of in ((SAME, OUT), (SAME, IN)))
        if kinds <= {SAME}:
            told.same([Passage(after.strip())])
        elif len(kinds) == 1:
            told.one(kinds.pop(), Passage("".join(text for _, text in pieces).strip()))
        else:
            told.changed(before, after, "", pieces)
    if not any(told.counts[kind] for kind in (CHANGED, IN, OUT)):
        raise Unreadable(NO_MARKS)
    return told.as_json()


def _pieces(spans: list[Span]) -> list[Piece]:
    """What follows each other and is marked alike is one piece; of blanks there is one at a time."""
    found: list[Piece] = []
    for kind, text in spans:
        if found and found[-1].kind == kind:
            found[-1] = Piece(kind, found[-1].text + text)
        else:
            found.append(Piece(kind, text))
    return [Piece(kind, " ".join(f"x{text}x".split())[1:-1]) for kind, text in found]


# --- the process


def done(asked: dict[str, Any], content: bytes) -> dict[str, Any]:
    """What is asked for, or why it cannot be had. `asked` tells the kinds of the files, and how long the first is."""
    kinds, length = asked["kinds"], asked["length"]
    try:
        if len(kinds) == 1:
            return marked(read(kinds[0], content))
        one = _read("The earlier file", kinds[0], content[:length])
        return between(one, _read("The later file", kinds[1], content[length:]))
    except Unreadable as error:
        return {"why_not": str(error)}
    except MemoryError:
        return {"why_not": "It takes more memory than a comparison may have."}


def _read(which: str, kind: str, content: bytes) -> Read:
    try:
        return read(kind, content)
    except Unreadable as error:
        raise Unreadable(f"{which}: {error}") from error


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    content = sys.stdin.buffer.read()
    (size,) = struct.unpack_from("!L", content)
    sys.stdout.write(json.dumps(_storable(done(json.loads(content[4 : 4 + size]), content[4 + size :]))))


def _storable(value: Any) -> Any:
    """Without the letters that PostgreSQL keeps in no text."""
    match value:
        case str():
            return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value)
        case dict():
            return {key: _storable(each) for key, each in value.items()}
        case list():
            return [_storable(each) for each in value]
    return value
