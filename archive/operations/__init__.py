"""Reading published papers in, and mending what was misread of them."""

from archive.operations.by_hand import add_missed_action, correct_action_by_hand, correct_by_hand, correct_items, correct_who_came
from archive.operations.importing import Import, decoded, import_minutes, read_only
from archive.operations.votes_by_hand import add_missed_vote, correct_vote_by_hand

__all__ = [
    "Import",
    "add_missed_action",
    "add_missed_vote",
    "correct_action_by_hand",
    "correct_by_hand",
    "correct_items",
    "correct_vote_by_hand",
    "correct_who_came",
    "decoded",
    "import_minutes",
    "read_only",
]
