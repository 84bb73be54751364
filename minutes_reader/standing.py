"""Tells whether what is printed of an action leaves it open: a status that is known to, or words that may mean its end."""

from __future__ import annotations

import re

from .document import fold

OPEN = re.compile(
    r"(?:open|opened|new|on ?going|in progress|underway|under way|not started|started|on track|outstanding|carried forward|active|live|due|overdue|pending|to do|raised|assigned|green|amber|red|tb[cd]|no|n|-|as soon as possible|asap"
    r"|(?:still |remains |new and )?open(?: ongoing| in progress| on track| overdue| new)?)?"
)
END = (
    r"(?:closed?|closing|complet(?:e|ed|ion)|done|finished|fulfilled|discharged|resolved|delivered|withdrawn|withdrew|cancelled|canceled|superseded|replaced by|merged (?:with|into)|duplicate|deleted|removed|dropped|abandoned|rejected|transferred|parked"
    r"|on hold|suspended|paused|no longer (?:needed|required|relevant)|not (?:needed|required|proceeding)|void|lapsed|met|answered)"
)
SPEAKS_OF_AN_END = re.compile(rf"\b{END}\b", re.IGNORECASE)
# at the head of a wording, in brackets, or after a dash at its end, it is said of the action and no part of what is asked for
SAID_OF_IT = re.compile(rf"^\W*{END}\b(?:\s(?:on\s)?[\d/. ]{{6,10}})?\s?(?:[:\]).]|\s[-–—]|-\s|$)|[(\[]\s?(?:now |action |this action is )?{END}\b[^()\[\]]{{0,60}}[)\]]|\s[-–—]\s?(?:now )?{END}\W*$|\.\s(?:now )?{END}\W*$", re.IGNORECASE)
SAID_LOUDLY = re.compile(r"\b(?:CLOSED|COMPLETED?|DONE|WITHDRAWN|CANCELLED|SUPERSEDED|DELIVERED|ON HOLD)\b")


def is_open(status: str) -> bool:
    """Say whether a status, as a whole, is one that leaves an action open."""
    return bool(OPEN.fullmatch(fold(status).strip(" .")))


def speaks_of_an_end(text: str) -> bool:
    """Say whether words beside an action may mean that it is done with."""
    return bool(SPEAKS_OF_AN_END.search(text))


def says_its_end(wording: str) -> bool:
    """Say whether the wording of an action itself says that the action is done with, or is struck out."""
    return bool(SAID_OF_IT.search(wording) or SAID_LOUDLY.search(wording) or "~~" in wording)
