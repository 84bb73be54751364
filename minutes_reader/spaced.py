"""Rebuilds a roll of votes whose columns are held apart by spaces alone, by where its words stand below its heading."""

from __future__ import annotations

import re

from .document import is_row, plain
from .rolls import table_kind

CELL = re.compile(r"\S+(?: \S+)*")


def spaced_roll(lines: list[str], place: int) -> tuple[list[list[str]], int]:
    """Give the rows of a roll that begins at a line, and the line after it; no rows where none begins there."""
    heading = _cells(lines[place])
    if len(heading) < 2 or table_kind([text for _, _, text in heading]) != "vote":
        return [], place
    rows = [[text for _, _, text in heading]]
    after = number = place + 1
    while number < len(lines) and not is_row(lines[number]):
        found = _cells(lines[number])
        if found and (len(found) < 2 or found[0][0] > heading[0][1]):
            break
        if found:
            rows.append(_placed(found, heading))
            after = number + 1
        number += 1
    return (rows, after) if len(rows) >= 3 else ([], place)


def _cells(line: str) -> list[tuple[int, int, str]]:
    """List what stands between runs of spaces, with where it begins and ends."""
    return [(found.start(), found.end(), plain(found.group(0))) for found in CELL.finditer(line.rstrip()) if plain(found.group(0))]


def _placed(found: list[tuple[int, int, str]], heading: list[tuple[int, int, str]]) -> list[str]:
    """Put each word under the heading it stands below; the first is the seat, and what stands below none, or two, is beyond them all."""
    row = [""] * len(heading)
    row[0] = found[0][2]
    for start, end, text in found[1:]:
        below = [place for place, (first, last, _) in enumerate(heading) if place and start < last and end > first]
        if len(heading) == 2 or (len(text) > 12 and not below):
            below = [1]  # one column only, or words that stand for the whole row, such as that nobody was there
        if len(below) == 1 or len(text) > 12:
            row[below[0]] = f"{row[below[0]]} {text}".strip()
        else:
            row.append(text)
    return row
