"""Tables that were made in another program and are brought in: what each line holds, by the name of its column.

It goes with `records/exporting.py`: what was written there is read here as it was.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any, NamedTuple

from records.exporting import is_made_safe
from records.rules import Refusal, Refused
from records.typed import cleaned, cleaned_but_for_turning, refusal_of_letters, turning_marks_in

MOST_LINES = 2_000  # of a table
MOST_CHARACTERS = 500_000
NOT_STATED = "not stated"
DELIMITERS = (",", ";", "\t")  # as English and other spreadsheets write it, and as a range of cells is pasted


class Looked(NamedTuple):
    """What becomes of one line of a table: it is taken, passed over, or refused."""

    n: int
    refusals: tuple[str, ...] = ()
    passed_over: str = ""


class Line(NamedTuple):
    """One line: which it is in the spreadsheet, its cells by column, and why it cannot be read if it cannot."""

    n: int
    cells: dict[str, str]
    refusal: str = ""


def table_in(text: str, columns: Iterable[str], needed: Iterable[str], *, names: Iterable[str] = (), most: int = MOST_LINES) -> list[Line]:
    """The lines below the headings, but the empty ones. Columns that are not asked for are passed over. Raises Refused.

    What takes no room falls away. A line in which something turns the direction of reading is refused, and one of which a cell under
    `names` is not what it looks like.
    """
    columns, needed, names = list(columns), list(needed), list(names)
    text = cleaned_but_for_turning(text).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
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
    return [_as_it_looks(line, names) for line in _lines(text, delimiter, headings, columns, skipped, most)]


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
    return [" ".join(cleaned(name).split()).casefold() for name in first]


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _lines(text: str, delimiter: str, headings: list[str], columns: list[str], skipped: int, most: int) -> Iterator[Line]:
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
        if n > most + 1 + skipped:
            raise _refused(f"It has more than {most:,} lines: bring a larger list in parts.")
        if any(cell.strip() for cell in row):
            yield _line(n, row, headings, columns)


def _line(n: int, row: list[str], headings: list[str], columns: list[str]) -> Line:
    cells = {name: as_written(row[headings.index(name)]) if name in headings and headings.index(name) < len(row) else "" for name in columns}
    if any(cell.strip() for cell in row[len(headings) :]):
        return Line(n, cells, "It has more cells than there are headings: a cell with a comma or a line break has to stand in quotation marks.")
    return Line(n, cells)


def _as_it_looks(line: Line, names: list[str]) -> Line:
    told = "".join(line.cells.values())
    refusal = line.refusal or next(filter(None, (refusal_of_letters(line.cells[name]) for name in names)), "")
    if marks := turning_marks_in(told):
        refusal = f"It has hidden marks that turn the direction of reading ({', '.join(marks)}): what is read there is not what stands there. Take them out."
    return Line(line.n, {name: cleaned(cell).strip() for name, cell in line.cells.items()}, refusal)


def words_in(cell: str) -> list[str]:
    """What stands in one cell between semicolons."""
    return [" ".join(each.split()) for each in cell.split(";") if each.strip()]


def value_of(cell: str, known: Iterable[tuple[str, str]], default: str = "") -> str | None:
    """Which of these (value, label) a cell means, by its value or its label; the default of an empty one; None if it means none of them."""
    told = " ".join(cell.split()).casefold()
    if not told or told == NOT_STATED:
        return default
    return next((value for value, label in known if told in (value.casefold(), value.replace("_", " ").casefold(), str(label).casefold())), None)


def yes_or_no(cell: str) -> bool | None:
    """None where it is not stated. Raises ValueError for anything else."""
    told = cell.strip().casefold()
    if told in ("", NOT_STATED):
        return None
    if told not in ("yes", "no", "y", "n"):
        raise ValueError(told)
    return told.startswith("y")


def as_written(cell: str) -> str:
    """Without the apostrophe that keeps it from being a formula where it is opened."""
    text = cell.strip()
    return text[1:] if is_made_safe(text) else text


def in_words(read: Sequence[Any], what: str, done: str) -> str:
    """What comes of lines that were read, each with `does`, `passed_over` and `refusals`: "12 comments can be added; 2 lines cannot be taken."."""
    new, over, refused = (len([each for each in read if getattr(each, name)]) for name in ("does", "passed_over", "refusals"))
    told = [f"{new} {what}{'' if new == 1 else 's'} can be {done}"]
    if over:
        told.append(f"{over} line{' is' if over == 1 else 's are'} passed over")
    if refused:
        told.append(f"{refused} line{'' if refused == 1 else 's'} cannot be taken")
    return "; ".join(told) + "."
