"""Doubts about days: days no calendar has, deadlines already past, documents older than what they record."""

from __future__ import annotations

import re

from .dates import in_words, printed_dates
from .due import doubt_about
from .questions import sentences, under
from .result import Reading

NOT_HELD = re.compile(
    r"\b(?:(?:the|this) (?:meeting|session|DAG|[A-Z]{3})|it) (?:was|is|had been|became|had become|has been) (?:then |therefore |declared |now )?(?:not (?:held|quorate)|inquorate|abandoned|cancelled|adjourned|suspended|postponed|void|closed without)"
    r"|\b(?:inquorate|not quorate|no quorum|without a quorum|quorum was (?:not|lost))\b|\b(?:abandoned|adjourned|suspended) the meeting\b|\bthe meeting (?:did not (?:take place|go ahead)|could not (?:be held|proceed|go ahead)|reconvened|resumed)\b",
    re.IGNORECASE,
)
NONE_HELD = re.compile(r"\b(?:not held|inquorate|not quorate|cancelled|abandoned|postponed|did not take place|adjourned)\b", re.IGNORECASE)
ELSEWHERE = re.compile(r"\b(?:last|previous|earlier|next) (?:\w+ )?(?:meeting|session|DAG|group)|\b(?:if|would|will|should|may|might)\b|\?", re.IGNORECASE)


def date_doubts(reading: Reading, lines: list[str]) -> list[str]:
    """List the days of a document that cannot be, or that stand in an impossible order."""
    return [*_impossible_days(lines), *_meeting_and_issue(reading), *_how_it_went(reading), *_deadlines(reading)]


def next_meeting_doubts(reading: Reading) -> list[str]:
    """Say where the next meeting is not announced, or not after this one."""
    held = reading.header.date
    if reading.next_meeting is None:
        return ["No date of the next meeting can be read."]
    if held and reading.next_meeting <= held:
        return [
            f"The next meeting is printed as {in_words(reading.next_meeting)}, which is not after this meeting of {in_words(held)}."
        ]
    return []


def _impossible_days(lines: list[str]) -> list[str]:
    """List the printed dates that no calendar has, or whose weekday is wrong."""
    doubts = []
    for line in lines:
        for found in printed_dates(line[:20000]) if any(character.isdigit() for character in line) else []:
            if found.day is None:
                doubts.append(f"The date '{found.printed}' does not exist.")
            elif found.weekday_wrong:
                doubts.append(
                    f"The date '{found.printed}' names the wrong weekday: {in_words(found.day)} was a {found.day:%A}."
                )
    return list(dict.fromkeys(doubts))


def _meeting_and_issue(reading: Reading) -> list[str]:
    """Say where the document was issued before the meeting, or the meeting ended before it began."""
    header = reading.header
    doubts = []
    if header.date and header.issue_date and header.issue_date < header.date:
        doubts.append(f"The issue date {in_words(header.issue_date)} is before the meeting of {in_words(header.date)}.")
    if header.issue_date:
        doubts += [
            f"{decision.ref or 'A decision'} is printed as made on {in_words(decision.made_on)}, after these minutes were issued."
            for decision in reading.decisions
            if decision.made_on and decision.made_on > header.issue_date > (header.date or header.issue_date)
        ]
    if header.start and header.end and header.end <= header.start:
        doubts.append(f"The meeting is printed as ending at {header.end}, which is not after its start at {header.start}.")
    return doubts


def _how_it_went(reading: Reading) -> list[str]:
    """Say where the text has it that the meeting was not held, was not quorate, or was broken off."""
    header = reading.header
    heads = [text for name, text in [("title", header.title), *header.printed.items()] if name not in ("when", "date", "time") and NONE_HELD.search(text)]
    return [f"The head of the minutes has '{text}': the meeting is recorded as held." for text in heads] + [
        f"The text says of the meeting itself ({under(item)}): '{sentence}'; it is recorded as held."
        for item in reading.items
        for sentence in sentences(item.blocks)
        if NOT_HELD.search(sentence) and not ELSEWHERE.search(sentence)
    ]


def _deadlines(reading: Reading) -> list[str]:
    """List the actions that were due before the meeting, or whose due date cannot be read."""
    held = reading.header.date
    doubts = []
    for action in reading.actions:
        name = action.ref or "An action without a reference"
        if action.due and held and action.due < held:
            if action.new:
                doubts.append(f"{name} is new but was due on {in_words(action.due)}, before the meeting of {in_words(held)}.")
            else:
                days = (held - action.due).days
                doubts.append(
                    f"{name} was overdue at the meeting: it was due on {in_words(action.due)}, {days} {'day' if days == 1 else 'days'} before."
                )
        if doubt := doubt_about(action):
            doubts.append(f"The due date of {name} {doubt}.")
    return doubts
