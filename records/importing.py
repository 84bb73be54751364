"""Tables that were made in another program and are brought in: what each line holds, by the name of its column.

It goes with `records/exporting.py`: what was written there is read here as it was.
"""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import NamedTuple

from records.exporting import is_made_safe
from records.rules import Refusal, Refused

MOST_LINES = 2_000  # of a table
MOST_CHARACTERS = 500_000
DELIMITERS = (",", ";", "\t")  # as English and other spreadsheets write it, and as a range of cells is pasted


class Line(NamedTuple):
    """One line: which it is in the spreadsheet, its cells by column, and why it cannot be read if it cannot."""

    n: int
    cells: dict[str, str]
    refusal: str = ""


def table_in(text: str, columns: Iterable[str], needed: Iterable[str]) -> list[Line]:
    """The lines below the headings, but the empty ones. Columns that are not asked for are passed over. Raises Refused."""
    columns, needed = list(columns), list(needed)
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not text.strip():
        raise _refused("Hand in a table, or paste one.")
    if len(text) > MOST_CHARACTERS:
        raise _refused(f"It has {len(text):,} characters: hand in at most {MOST_CHARACTERS:,} at once.")
    text, skipped = _without_separator_line(text)
    delimiter = max(DELIMITERS, key=lambda each: len(set(_headings(text, each)) & set(columns)))
    headings = _headings(text, delimiter)
    if missing := [name for name in needed if name not in headings]:
        found = ", ".join(name for name in headings if name) or "nothing"
        raise _refused(f"The first line has to name the columns {', '.join(columns)}. Missing: {', '.join(missing)}. It reads: {found[:200]}.")
    if twice := sorted({name for name in columns if headings.count(name) > 1}):
        raise _refused(f"Two columns are called {', '.join(twice)}: which one counts?")
    return list(_lines(text, delimiter, headings, columns, skipped))


def _refused(sentence: str) -> Refused:
    return Refused([Refusal(sentence, field="sheet")])


def _without_separator_line(text: str) -> tuple[str, int]:
    """Some spreadsheets write "sep=;" above the headings."""
    first, _, rest = text.partition("\n")
    return (rest, 1) if first.strip().lower().startswith("sep=") else (text, 0)


def _headings(text: str, delimiter: str) -> list[str]:
    try:
        first = next(_rows(text, delimiter), [])
    except csv.Error:
        return []
    return [" ".join(name.split()).casefold() for name in first]


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _lines(text: str, delimiter: str, headings: list[str], columns: list[str], skipped: int) -> Iterator[Line]:
    rows, n = _rows(text, delimiter), 1 + skipped
    next(rows)
    while True:
        n += 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise _refused(f"Line {n} cannot be read as part of a table ({error}): look at its quotation marks.") from error
        if row is None:
            return
        if n > MOST_LINES + 1 + skipped:
            raise _refused(f"It has more than {MOST_LINES:,} lines: hand in fewer at once.")
        if any(cell.strip() for cell in row):
            yield _line(n, row, headings, columns)


def _line(n: int, row: list[str], headings: list[str], columns: list[str]) -> Line:
    cells = {name: as_written(row[headings.index(name)]) if name in headings and headings.index(name) < len(row) else "" for name in columns}
    if any(cell.strip() for cell in row[len(headings) :]):
        return Line(n, cells, "It has more cells than there are headings: a cell with a comma or a line break has to stand in quotation marks.")
    return Line(n, cells)


def as_written(cell: str) -> str:
    """Without the apostrophe that keeps it from being a formula where it is opened."""
    text = cell.strip()
    return text[1:] if is_made_safe(text) else text
