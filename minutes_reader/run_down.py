"""Rebuilds a roll of votes, or its comments, that a converter ran down the page one cell a line."""

from __future__ import annotations

import re
from collections.abc import Callable

from .choices import choice_in_words
from .document import fold, is_row, plain
from .marks import CROSS, TICK
from .rolls import table_kind

SEAT = re.compile(r"\b(?:representative|rep|eso|constituency)\b(?:\s?\([^()]*\))?$", re.IGNORECASE)

VOTED = re.compile(r"^\s{0,8}(?:[-•*▪◦]\s+|\d{1,2}[.)]\s+)?(?P<seat>[^:\t]{3,90}?)\**\s?(?::|\s[-–—]\s)\**\s*(?P<said>\S.*)$")


def run_down_table(lines: list[str], place: int, seats: set[str], ends: Callable[[str], bool]) -> tuple[list[list[str]], int]:
    """Give the rows of a table run down from a line, and the line after it; no rows where none begins there."""
    cells = _following(lines, place, ends)
    for width in range(min(5, len(cells)), 1, -1):
        heading = [text for _, text in cells[:width]]
        kind = table_kind(heading)
        if kind and all(len(text) < 40 for text in heading) and not any(SEAT.search(text) for text in heading[1:]):
            rows, used = _votes(cells[width:], heading) if kind == "vote" else _comments(cells[width:], seats)
            return ([heading, *rows], cells[width + used - 1][0] + 1) if rows else ([], place)
    return [], place


def votes_in_a_list(lines: list[str], place: int) -> tuple[list[list[str]], int]:
    """Give the rows of a roll printed as a list, 'DNO Representative: Approve', and the line after it."""
    rows: list[list[str]] = []
    after = number = place
    while number < len(lines):
        found = VOTED.match(lines[number]) if len(lines[number]) < 400 else None
        said = plain(found.group("said")) if found else ""
        if found and (choice_in_words(said, {}) or (rows and len(said) < 80)) and SEAT.search(plain(found.group("seat"))):
            rows.append([plain(found.group("seat")), plain(found.group("said"))])
            after = number + 1
        elif lines[number].strip():
            break
        number += 1
    return ([["Constituency", "Vote"], *rows], after) if len(rows) >= 2 else ([], place)


def _following(lines: list[str], place: int, ends: Callable[[str], bool]) -> list[tuple[int, str]]:
    """List the lines from a place that may be cells, as far as something else begins."""
    cells: list[tuple[int, str]] = []
    for number in range(place, min(len(lines), place + 400)):
        line = lines[number]
        if is_row(line) or (cells and line and ends(line)):
            break
        if line.strip():
            cells.append((number, plain(line)))
    return cells


def _votes(cells: list[tuple[int, str]], heading: list[str]) -> tuple[list[list[str]], int]:
    """Pair each seat with the mark beneath it; which column a lone tick stood in is lost, and not guessed."""
    rows: list[list[str]] = []
    used = 0
    while used + 1 < len(cells):
        seat, mark = cells[used][1], cells[used + 1][1]
        if _is_mark(seat) or not _is_mark(mark):
            break
        empty = [""] * (len(heading) - 1) if len(heading) > 2 else []
        rows.append([seat, *empty, mark])
        used += 2
    return rows, used


def _is_mark(text: str) -> bool:
    """Say whether a cell is a vote: a tick, a letter or a few words that begin with a choice."""
    return bool(TICK.match(text) or CROSS.match(text) or (len(text) < 60 and choice_in_words(text, {})))


def _comments(cells: list[tuple[int, str]], seats: set[str]) -> tuple[list[list[str]], int]:
    """Give each seat what stands beneath it; the last seat of the roll has one paragraph."""
    rows: list[list[str]] = []
    left = set(seats)
    used = 0
    for used, (_, text) in enumerate(cells):
        if fold(text) in left or (not seats and SEAT.search(text) and len(text) < 80):
            rows.append([text, ""])
            left.discard(fold(text))
        elif not rows or (rows[-1][1] and seats and not left):
            return rows, used
        else:
            rows[-1][1] = f"{rows[-1][1]} {text}".strip()
    return rows, used + 1
