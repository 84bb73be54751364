"""Doubts about how actions stand: what is printed of one that may mean it is done with, since the reader records all as open."""

from __future__ import annotations

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
