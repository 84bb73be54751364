"""Doubts about actions: what is printed of one that may mean it is done with, since the reader records all as open; and which were lost."""

from __future__ import annotations

import re

from .document import cells, is_row, plain
from .references import ACTION_REF, DECISION_REF, same_meeting, written_action_ref, written_decision_ref
from .result import Action, Reading
from .standing import says_its_end


def standing_doubts(reading: Reading) -> list[str]:
    """List the actions of which something is printed that may mean they are no longer open."""
    return [
        f"{action.ref or 'An action without a reference'} is printed with '{said}', which may mean that it is no longer open: it is recorded as it was raised, and its state is not read."
        for action in reading.actions
        for said in _said(action)
    ]


def _said(action: Action) -> list[str]:
    """List what is printed of an action's end, each once."""
    wordings = [text for text in (action.table_text, action.body_text, None if action.table_text or action.body_text else action.text) if text]
    return list(dict.fromkeys([*action.status, *(text for text in wordings if says_its_end(text))]))


def lost_doubts(reading: Reading, lines: list[str]) -> list[str]:
    """List the references that stand by themselves, as they do in a table, of which no action and no decision was read.

    Of rows those of this meeting, where nothing else of the row was read; a list of what was decided before names earlier ones.
    """
    refs = [action.ref for action in reading.actions] + [decision.ref for decision in reading.decisions]
    read = {_folded(ref) for ref in refs if ref}
    first = min((int(found["number"]) for ref in refs if ref and (found := DECISION_REF.fullmatch(ref))), default=0)
    lost: dict[str, None] = {}
    for line in lines:
        parts = [plain(part) for part in (cells(line) if is_row(line) else [line])]
        alone = {part: ref for part in parts if (ref := _alone(part, reading, first, in_a_row=len(parts) > 1))}
        if not {_folded(ref) for ref in alone.values()} & read:
            lost |= dict.fromkeys(alone)
    return [f"{printed} stands by itself, as in a table, and nothing that belongs to it was read: look for it in the paper." for printed in lost]


def _alone(text: str, reading: Reading, first: int, *, in_a_row: bool) -> str:
    """Give the reference that a cell is, in its one form; nothing where it is something else, or of another group or time."""
    header = reading.header
    if (decision := DECISION_REF.fullmatch(text)) and int(decision["number"]) >= first:
        return written_decision_ref(decision, header.group) if not decision["group"] or decision["group"].casefold() == (header.group or "").casefold() else ""
    action = ACTION_REF.fullmatch(text)
    if action is None or action["group"].lstrip("e").casefold() != (header.group or "").casefold():
        return ""
    ref = written_action_ref(action)
    return ref if not in_a_row or same_meeting(ref, header.group, header.meeting_no) else ""


def _folded(ref: str) -> str:
    """Leave out what references are written with or without: DAG026-01 is DAG26-01."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", ref.casefold())
