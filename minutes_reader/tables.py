"""Puts tables back together: rows parted by tabs, split by page breaks, wrapped inside a cell, or run down a column."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .document import cells, fold, is_row, plain, unbalanced

COLUMNS = {
    "area": {"area", "topic", "agenda item", "item", "subject", "theme", "workstream"},
    "ref": {
        "ref",
        "ref.",
        "reference",
        "action ref",
        "action reference",
        "dec ref",
        "dec. ref",
        "decision ref",
        "decision reference",
        "action ref.",
        "dec ref.",
        "action no",
        "action no.",
        "decision no",
        "decision no.",
        "id",
        "action id",
        "decision id",
        "no.",
        "no",
    },
    "action": {"action", "actions", "action description", "description", "action text"},
    "decision": {"decision", "decisions", "decision text", "decision description", "decision made"},
    "owner": {"owner", "owners", "action owner", "responsible", "responsibility", "assigned to", "owner s"},
    "due": {"due", "due date", "date due", "due by", "target date", "deadline", "by when"},
    "update": {
        "update",
        "updates",
        "latest update",
        "comment",
        "comments",
        "status update",
        "progress",
        "latest status",
    },
    "status": {"status", "action status", "current status", "state", "open/closed", "open / closed", "open closed", "closed", "complete", "rag", "rag status"},
    "discussion": {
        "discussion",
        "key discussion",
        "key points",
        "discussion points",
        "headlines",
        "summary",
        "key discussion items",
    },
    "raised": {"date raised", "raised", "date", "meeting date", "date of decision"},
}
LONGEST = 10_000


def column_names(row: Iterable[str]) -> dict[str, int]:
    """Name the columns of a heading row; empty where the row is not a heading."""
    names: dict[str, int] = {}
    filled = 0
    for place, cell in enumerate(row):
        word = fold(cell).strip(".")
        filled += bool(word)
        for name, printed in COLUMNS.items():
            if word in printed and name not in names:
                names[name] = place
                break
    return names if len(names) >= 2 and len(names) >= filled - 1 else {}


def gathered(
    lines: list[str], start: int, structural: Callable[[str], bool], *, wrapped: bool = False
) -> tuple[list[list[str]], int]:
    """Gather the rows of the table that begins at a line, and the line after it.

    A page break leaves a blank between two rows, or ends a row inside its last cell: both are put back together.
    """
    rows = [cells(lines[start])]
    place = start + 1
    while place < len(lines):
        blanks = place
        while blanks < len(lines) and not lines[blanks].strip():
            blanks += 1
        if blanks == len(lines):
            break
        line = lines[blanks]
        if is_row(line):
            rows.append(cells(line))
        elif _continues(rows[-1], line, adjacent=wrapped and blanks == place) and not structural(line):
            rows[-1][-1] = f"{rows[-1][-1]} {plain(line)}".strip()
        else:
            break
        place = blanks + 1
    return rows, place


def without_repeats(rows: list[list[str]]) -> list[list[str]]:
    """Drop a heading row that a page break made repeat, and rows with nothing in them."""
    heading = [fold(cell) for cell in rows[0]] if rows else []
    return [row for number, row in enumerate(rows) if any(row) and (number == 0 or [fold(cell) for cell in row] != heading)]


def cell(row: list[str], names: dict[str, int], name: str) -> str:
    """Give the cell of a named column, empty where the row or the table has none."""
    place = names.get(name)
    return row[place] if place is not None and place < len(row) else ""


def as_markdown(rows: list[list[str]]) -> str:
    """Write a table's rows as plain Markdown, so that nothing of it is lost."""
    width = max((len(row) for row in rows), default=0)
    drawn = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return "\n".join([*drawn[:1], "|" + " --- |" * width, *drawn[1:]])


def _continues(row: list[str], line: str, *, adjacent: bool) -> bool:
    """Say whether a line belongs to the last cell of the row above it."""
    last = row[-1]
    text = plain(line)
    if not last or not text or last[-1] in ".!?:;" or len(last) > LONGEST:
        return False
    if unbalanced(last) or text[0].islower():
        return True
    return adjacent and len(last) >= 40
