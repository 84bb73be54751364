"""Reads how a roll is marked: ticks, crosses and letters, and what its letters stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .choices import UNCLEAR, choice_said
from .document import plain
from .result import Block

ROUND = r"[\s\[\]().*\ufe0f]*"  # a mark may stand in brackets; any other sign beside it makes it another
TICK = re.compile(rf"^{ROUND}(?:[✓✔☑✅√🗸☒■●]|x|y|yes|1|tick|a|r|ab|f|ü|þ){ROUND}$", re.IGNORECASE)
CROSS = re.compile(rf"^{ROUND}[✗✘×❌✕]{ROUND}$")
CROSSED = re.compile(rf"^{ROUND}(?:[✗✘×❌✕☒]|x){ROUND}$", re.IGNORECASE)
TICKED = re.compile(r"^[\s\[(]*[✓✔☑✅√🗸]\ufe0f?[\])]*")
SOLE_MARK = re.compile(rf"^{ROUND}(?:[✓✔☑✅√🗸☒■●✗✘×❌✕]|x|yes|tick){ROUND}$", re.IGNORECASE)
NO_MARK = re.compile(rf"^{ROUND}(?:-+|–+|—+|n|no|0|☐|□|n/?a|nil)?{ROUND}$", re.IGNORECASE)
COLUMN_LETTERS = {"R": "reject", "AB": "abstain", "F": "approve"}  # a letter in a column that is not its own says two things
MEANING = re.compile(r"(?<![\w'])(?P<letter>[A-Z]{1,3})\s?(?P<sign>=|:|\bstands for\b|\bmeans\b)\s?['\"]?(?P<meaning>[A-Za-z]{2,20}(?: favour| approve)?)")


@dataclass(frozen=True)
class Marks:
    """How one roll is marked: what its letters stand for, and whether it has both ticks and crosses."""

    letters: dict[str, str]
    mixed: bool


def marks_of(rows: list[list[str]], around: list[Block]) -> Marks:
    """Learn how a roll is marked, from its cells and from a legend in its heading or in the text about it."""
    cells = [cell for row in rows[1:] for cell in row[1:]]
    mixed = any(TICKED.match(cell) for cell in cells) and any(CROSSED.match(cell) for cell in cells)
    return Marks(_letters(rows, [plain(block.text) for block in around if not block.rows]), mixed)


def marked(marks: list[tuple[str, str]], *, mixed: bool) -> list[tuple[str, str]]:
    """Give the choices that are marked in a row's columns; a cross beside a tick says no, and one by itself in a roll that ticks nobody knows what."""
    away = [(said, cell) for _, cell in marks if len(cell) > 3 and (said := choice_said(cell, {})[0]) in ("absent", "vacant")]
    ticks = [(choice, cell) for choice, cell in marks if TICK.match(cell) or _says(choice, cell)]
    ticks += [(letter, cell) for choice, cell in ticks if (letter := COLUMN_LETTERS.get(cell.upper(), choice)) != choice]
    if away:
        return [*away, *ticks]
    crosses = [(choice, cell) for choice, cell in marks if CROSS.match(cell)]
    others = [(choice, cell) for choice, cell in marks if not (TICK.match(cell) or CROSS.match(cell) or NO_MARK.match(cell) or _says(choice, cell))]
    told = ticks + [_ticked(choice, cell) for choice, cell in others]
    if mixed and (ticks or crosses) and not any(TICKED.match(cell) for _, cell in marks):
        return [(UNCLEAR, cell) for _, cell in [*ticks, *crosses]]
    return told or crosses


def _ticked(choice: str, cell: str) -> tuple[str, str]:
    """Give the choice of a cell that begins with a tick and says more, in words; any other words under a choice are no vote for it."""
    if not TICKED.match(cell):
        return UNCLEAR, cell
    words = f"{choice.capitalize()} {TICKED.sub('', cell).strip()}"
    return choice_said(words, {})[0] or UNCLEAR, words


def _says(choice: str, cell: str) -> bool:
    """Say whether a cell repeats in words the choice its column stands for."""
    return choice_said(cell, {}) == (choice, False) and len(cell) > 2


def _letters(rows: list[list[str]], texts: list[str]) -> dict[str, str]:
    """Learn what the letters of one column stand for, from a legend or from the company they keep; a lone A says nothing certain."""
    used = {cell.strip(" .()").upper() for row in rows[1:] for cell in row[1:] if 0 < len(cell.strip(" .()")) <= 3}
    for text in [" ".join(rows[0]), *texts]:
        if used and (legend := _legend(text, used)):
            return legend
    abstain = {"AB": "abstain", "ABS": "abstain"}
    if "Y" in used:
        return {"Y": "approve", "N": "reject"} | abstain | ({"A": "abstain"} if "N" in used else {})
    if "N" in used:
        return {"N": "reject"} | abstain
    if "R" in used:
        return {"A": "approve", "R": "reject"} | abstain
    if "F" in used:
        return {"F": "approve"} | abstain | ({"A": "reject"} if used & set(abstain) else {})
    return {"A": "approve"} | abstain if used & set(abstain) else {}


def _legend(text: str, used: set[str]) -> dict[str, str]:
    """Give what a text says the letters stand for: at least one of those used, and two or an equals sign, so that a name before a colon is none."""
    found = [each for each in MEANING.finditer(text) if each.group("letter") in used]
    read = {each.group("letter"): choice_said(each.group("meaning"), {})[0] or UNCLEAR for each in found}
    certain = len(found) >= 2 or any(each.group("sign") != ":" for each in found)
    return read if certain and any(choice != UNCLEAR for choice in read.values()) else {}
