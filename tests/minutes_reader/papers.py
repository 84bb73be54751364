"""Small papers of a made-up group, with no more in them than a test is about."""

from __future__ import annotations

from minutes_reader import Reading, read

PEOPLE = """#### **Chair**

Ada Ashdown (Chair)

#### **Industry Representatives**

Bram Bolter (BB)

North Representative

Cleo Carver (CC)

South Representative
"""


def paper(*parts: str, when: str = "7 March 2024 10:00-12:00", people: str = PEOPLE, issued: str = "14/03/2024") -> str:
    """The text of minutes of XYZ007: its tables, as given, then its items."""
    head = f"# Example Yardstick Zebra Group (XYZ) Minutes\n\nIssue date: {issued}\n\nMeeting number **XYZ007**\n\nDate and time **{when}**\n\nClassification **Public**\n\n"
    tables, items = ("".join(f"{part}\n" for part in parts[:-1]), parts[-1] if parts else "### 1. **Welcome**\n\nThe Chair opened the meeting.\n")
    return f"{head}### Attendees\n\n{people}\n{tables}\n## Minutes\n\n{items}\n**Date of next meeting:**\n\n4 April 2024 10:00\n"


def minutes(*parts: str, when: str = "7 March 2024 10:00-12:00", people: str = PEOPLE, issued: str = "14/03/2024") -> Reading:
    """What the reader says of such minutes."""
    reading = read(paper(*parts, when=when, people=people, issued=issued))
    assert reading.recognised, reading.refusal
    return reading


def voted(roll: str, *, before: str = "Members were asked whether CR901 v1.0 should be approved.", after: str = "") -> Reading:
    """Minutes with a roll under item 1."""
    return minutes(f"### 1. **CR901**\n\n{before}\n\n{roll}\n\n{after}\n\n### 2. **Close**\n\nThe Chair closed the meeting.\n")
