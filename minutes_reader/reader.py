"""Reads published minutes: from a file's text to what it says, with every doubt written down."""

from __future__ import annotations

from .attendance import placed_by_role, read_attendance
from .checks import warnings_of
from .decided import end_where_the_table_does, place_actions, place_decisions, version_documents
from .document import footnote_marks, lines_of, plain
from .due import give_years
from .furniture import without_furniture
from .header import read_header
from .held import day_of
from .items import read_discussion, read_items
from .refusal import refuse_foreign, refuse_unread
from .registers import actions_in_items, decisions_in_items, read_actions, read_decisions
from .result import Block, Item, Reading
from .sections import Section, divided
from .votes import read_votes

READER_VERSION = "4"


def read(text: str, name: str = "") -> Reading:
    """Read minutes or a headline report; a foreign format is refused with a reason."""
    reason = refuse_unread(text)
    if reason:
        return _refused(reason)
    lines = without_furniture(lines_of(text))
    sections = divided(lines)
    header = read_header(sections[0].lines, lines)
    reason = refuse_foreign(header, sections, lines)
    if reason:
        return _refused(reason)
    reading = Reading(recognised=True, source=name, header=header)
    noticed: list[str] = []
    if marks := footnote_marks(text):
        noticed.append(f"Marks of footnotes stand raised in the text ({', '.join(marks)}): they are left out of it.")
    _read_people(reading, sections, noticed)
    _read_business(reading, sections, noticed)
    _read_next_meeting(reading, sections)
    reading.warnings = list(dict.fromkeys([*noticed, *warnings_of(reading, lines)]))
    return reading


def _refused(reason: str) -> Reading:
    """Give a reading that says only why there is none."""
    return Reading(recognised=False, refusal=reason, warnings=[reason])


def _read_people(reading: Reading, sections: list[Section], noticed: list[str]) -> None:
    """Read the attendance list into its sections."""
    lines = [line for section in sections if section.name == "attendees" for line in [*section.lines, ""]]
    for person in read_attendance(lines, reading.unread, noticed):
        if not person.section:
            person.section = placed_by_role(person)
            noticed.append(f"{person.name} is listed under no section and is placed by the role printed: {person.section}.")
        if person.section == "Apologies":
            reading.apologies.append(person)
        elif person.section == "Chair":
            reading.chairs.append(person)
        elif person.section == "MHHS":
            reading.programme.append(person)
        elif person.section == "Other Attendees":
            reading.others.append(person)
        else:
            reading.constituency_reps.append(person)


def _read_business(reading: Reading, sections: list[Section], noticed: list[str]) -> None:
    """Read the tables, the minutes and the votes, and lay them side by side."""
    header = reading.header
    named = {
        name: [section for section in sections if section.name == name]
        for name in ("actions", "decisions", "discussion", "minutes")
    }
    reading.items = read_items([line for section in named["minutes"] for line in section.lines], header)
    reading.items += read_discussion(named["discussion"], header)
    for section in sections:
        if section.name == "other":
            reading.items += [
                Item(None, section.heading, blocks=[block for item in read_items(section.lines, header) for block in item.blocks])
            ]
    actions = read_actions(named["actions"], header, reading.unread)
    decisions = read_decisions(named["decisions"], header, reading.unread)
    actions += actions_in_items(reading.items, header, actions)
    decisions += decisions_in_items(reading.items, header, decisions)
    end_where_the_table_does(actions, reading.items)
    end_where_the_table_does(decisions, reading.items)
    reading.actions = place_actions(actions, reading.items)
    give_years(reading.actions, header)
    reading.decisions = place_decisions(decisions, reading.items, header)
    version_documents(reading.decisions, reading.items, header)
    for item in reading.items:
        reading.votes += read_votes(item, reading.decisions, noticed)


def _read_next_meeting(reading: Reading, sections: list[Section]) -> None:
    """Read when the group meets next, and keep what is printed of it with the last item."""
    for section in sections:
        if section.name != "next":
            continue
        printed = [line.strip() for line in section.lines if line.strip()]
        if reading.items:
            reading.items[-1].blocks.append(Block("subheading", section.heading.strip("# :")))
            reading.items[-1].blocks += [Block("paragraph", plain(line)) for line in printed]
        if reading.next_meeting is None:
            reading.next_meeting = day_of(" \n".join(plain(line) for line in printed))[0]
