"""Tells which tables are rolls of votes: by headings whose every shape is known; what only looks like one is named and doubted."""

from __future__ import annotations

import re

from .choices import choice_said
from .document import fold
from .marks import SOLE_MARK
from .tables import column_names

CONSTITUENCY = {
    "constituency",
    "constituencies",
    "representative",
    "constituency representative",
    "member",
    "dag member",
    "seat",
    "organisation",
    "party",
    "voter",
}
CHOICES = {
    "approve": re.compile(r"^(?:approved?|approves|approval|for|in favour|in support|support(?:s|ed)?|accept(?:s|ed)?|agree[ds]?|yes|ayes?|content)$"),
    "reject": re.compile(
        r"^(?:reject(?:s|ed|ion)?|against|object(?:s|ed|ion)?|oppose[ds]?|disagree[ds]?|no|nays?|noes|not (?:approved?|content|accept(?:ed)?|support(?:ed)?|agreed?|in favour)"
        r"|do(?:es)? not (?:approve|support|accept|agree))$"
    ),
    "abstain": re.compile(r"^(?:abstain(?:s|ed)?|abstentions?|abstained? s?)$"),
    "vacant": re.compile(r"^vacant$"),
    "absent": re.compile(r"^(?:absent|not in attendance|not present|not represented|did not attend|no representative)$"),
}
ONE_COLUMN = {
    "vote",
    "votes",
    "voting",
    "choice",
    "position",
    "response",
    "vote cast",
    "view",
    "recommendation",
    "approve/reject/abstain",
    "vote approve/reject/abstain",
    "member vote",
    "voted",
    "decision",
}
COMMENTS = re.compile(r"\b(?:comments?|rationale|reasons?|notes?|remarks?|explanation)\b")
LEGEND_WITHIN = re.compile(r"\([^()]*=[^()]*\)")
# how headings and cells of a table look that tells of votes, whether it can be read or not
LIKE_A_HEADING = re.compile(
    r"^(?:(?:\w+ )?(?:vot(?:e|es|ed|ing)|ballot|round)\b(?! comments?$).{0,30}|(?:approv|reject|abst|in favour|oppos)\w*.{0,25}|(?:for|against|ayes?|nays?|noes|(?:not )?content|(?:no )?objections?|(?:dis)?agree[ds]?|support(?:s|ed)?|not accept(?:ed)?))$"
)


def table_kind(heading: list[str]) -> str | None:
    """Say whether a table with this heading row is a roll of votes or the comments on one."""
    words = [heading_word(cell) for cell in heading]
    choices = {choice for word in words for choice, pattern in CHOICES.items() if pattern.match(word)}
    if not any(is_constituency(word) for word in words) and not (words and not words[0] and len(choices) >= 2):
        return None
    if len(choices) >= 2 or any(is_one_column(word) for word in words):
        return "vote"
    return "comments" if any(COMMENTS.search(word) for word in words) and not any(LIKE_A_HEADING.match(word) for word in words) else None


def heading_word(cell: str) -> str:
    """Fold a heading, less a legend of letters in its brackets: 'Vote (A = against, F = for)'."""
    return fold(LEGEND_WITHIN.sub(" ", cell))


def is_constituency(word: str) -> bool:
    """Say whether a folded heading is that of the constituencies' column."""
    return word in CONSTITUENCY or (bool(re.search(r"\bconstituenc(?:y|ies)\b", word)) and len(word) < 40)


def is_one_column(word: str) -> bool:
    """Say whether a folded heading is that of one column holding every choice: 'Vote', 'Approve/Reject/Abstain'."""
    bare = re.sub(r"\b(?:a/r/ab|approve/reject.*|y/n.*)$", "", word).strip()
    return bare in ONE_COLUMN or word in ONE_COLUMN or bool(re.search(r"\bapprove\b.*\breject\b", word))


def looks_like_votes(rows: list[list[str]]) -> bool:
    """Say whether a table that is no roll tells of votes all the same: by its headings, its first cells or what it is filled with."""
    if not rows or table_kind(rows[0]) or {"ref", "action", "decision"} & set(column_names(rows[0])):
        return False
    rows = rows[:200]
    headed = sum(bool(LIKE_A_HEADING.match(heading_word(cell))) for cell in rows[0])
    begun = sum(bool(row and LIKE_A_HEADING.match(heading_word(row[0]))) for row in rows)
    chosen = sum(choice_said(cell, {})[0] in ("approve", "reject", "abstain") for row in rows[1:] for cell in row if len(cell) < 40)
    marked = sum(bool(SOLE_MARK.match(cell)) for row in rows[1:] for cell in row[1:])
    of_seats = is_constituency(heading_word(rows[0][0]))
    return headed >= 2 or begun >= 2 or chosen >= 2 or (of_seats and marked >= 2) or (headed == 1 and chosen + marked >= 1)
