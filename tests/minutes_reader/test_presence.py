"""Who is listed as attending came, as far as the list says: each way to say how they were there, in each place where it can stand."""

from __future__ import annotations

import pytest

from minutes_reader import Attendee
from minutes_reader.attendance import read_attendance
from tests.minutes_reader.papers import minutes

PLACES = ["Ann Archer (AA) ({})\nNorth Representative", "Ann Archer (AA) – {}\nNorth Representative", "Ann Archer (AA), {}\nNorth Representative", "Ann Archer (AA) {}\nNorth Representative", "Ann Archer ({})\nNorth Representative",
    "Ann Archer – {}\nNorth Representative", "Ann Archer, {}\nNorth Representative", "Ann Archer {}\nNorth Representative", "Ann Archer (AA)\nNorth Representative ({})", "Ann Archer (AA)\nNorth Representative – {}",
    "Ann Archer (AA)\nNorth Representative, {}", "Ann Archer (AA)\n{}\nNorth Representative", "Ann Archer (AA)\n({})\nNorth Representative", "Ann Archer (AA)\tNorth Representative\t{}", "Ann Archer (AA) ({})\tNorth Representative"]  # fmt: skip
GONE = ["absent", "did not attend", "not present", "not in attendance", "unable to attend", "could not attend", "invited, not present", "no-show", "not represented", "on leave", "represented by Bo Finch", "replaced by Bo Finch", "proxy given to Bo Finch"]
APOLOGIES = ["apologies", "apologies received", "sent apologies", "with apologies", "apologies for absence"]
PART = ["from item 4", "left after item 2", "joined late", "items 1 to 3", "items 1-3", "first hour", "10:30 onwards", "excused after item 2", "recused for item 3", "until 11am", "part meeting", "joined at 10:30", "arrived late", "left early", "joined from item 2 and left after item 4",
    "except item 5", "for items 2 and 3 only", "am only", "dialled in for item 3", "stepped out for item 3", "withdrew for item 3", "up to the break", "until the break"]  # fmt: skip
BEHALF = ["on behalf of Dan Orr", "proxy for Dan Orr", "alt for Dan Orr", "alt. for Dan Orr", "for Dan Orr", "stand-in for Dan Orr", "vice Dan Orr", "instead of Dan Orr", "sub for Dan Orr", "substitute for Dan Orr", "in place of Dan Orr", "replacing Dan Orr", "holding the proxy of Dan Orr",
    "attending for Dan Orr", "deputising for Dan Orr", "nominee of Dan Orr", "as alternate for Dan Orr"]  # fmt: skip
THERE = ["by phone", "online", "via Teams", "in person", "remotely", "observer", "by invitation", "alternate"]
UNKNOWN = ["proxy: Dan Orr", "resigned in May", "not sure", "on standby", "may have left", "present until told otherwise", "see note", "no longer a member", "asked to leave", "if available", "absent for item 3, else there", "joined, then asked to go", "cancelled", "declined", "stood down", "listening only", "thought to be there"]


def archer(place: str, words: str) -> tuple[Attendee | None, list[Attendee], list[str]]:
    """Ann Archer as listed, everybody, and the doubts."""
    unread: list[str] = []
    doubts: list[str] = []
    people = read_attendance(["## Industry Representatives", "Bram Bolter (BB)", "South Representative", *place.format(words).split("\n"), "Cleo Carver (CC)", "East Representative"], unread, doubts)
    assert [(person.name, person.role) for person in people if person.name != "Ann Archer"] == [("Bram Bolter", "South Representative"), ("Cleo Carver", "East Representative")], (place, words)
    return next((person for person in people if person.name == "Ann Archer"), None), people, [*doubts, *unread]


@pytest.mark.parametrize("words", GONE)
def test_who_was_not_there_is_not_listed_and_is_named(words: str) -> None:
    for place in PLACES:
        person, _, doubts = archer(place, words)
        assert person is None
        assert any("Ann Archer" in doubt for doubt in doubts)


@pytest.mark.parametrize("words", APOLOGIES)
def test_who_sent_apologies_is_among_them(words: str) -> None:
    for place in PLACES:
        person, _, doubts = archer(place, words)
        assert person
        assert (person.section, person.role, doubts) == ("Apologies", "North Representative", [])


@pytest.mark.parametrize("words", PART)
def test_who_came_for_part_of_it_did(words: str) -> None:
    for place in PLACES:
        person, _, doubts = archer(place, words)
        assert person
        assert (person.part, person.part_words, person.role, doubts) == (True, words, "North Representative", [])


@pytest.mark.parametrize("words", BEHALF)
def test_who_came_for_somebody_did(words: str) -> None:
    for place in PLACES:
        person, _, doubts = archer(place, words)
        assert person
        assert (person.on_behalf_of, person.part, person.role, doubts) == ("Dan Orr", False, "North Representative", [])


@pytest.mark.parametrize("words", THERE)
def test_how_they_took_part_is_no_role(words: str) -> None:
    for place in PLACES:
        person, _, doubts = archer(place, words)
        assert person
        assert (person.section, person.part, person.role, doubts) == ("Industry Representatives", False, "North Representative", [])


@pytest.mark.parametrize("words", UNKNOWN)
def test_words_that_are_not_known_are_kept_and_doubted(words: str) -> None:
    for place in PLACES:
        person, _, doubts = archer(place, words)
        assert doubts
        assert person is None or person.role in ("North Representative", None)


def test_for_somebody_from_some_time_on_is_both() -> None:
    for place in PLACES:
        person, _, doubts = archer(place, "replacing Dan Orr from item 3")
        assert person
        assert (person.on_behalf_of, person.part, person.part_words, doubts) == ("Dan Orr", True, "from item 3", [])


@pytest.mark.parametrize("line", ["Vacant", "VACANT", "Vacant (since May)", "Seat vacant", "[Vacant]", "Vacancy", "TBC", "None", "No representative", "Not represented", "Nobody attended", "No attendee", "N/A", "To be appointed"])
def test_a_vacancy_is_nobody(line: str) -> None:
    for printed in (f"{line}\nNorth Representative", f"{line} – North Representative", f"**{line}**\nNorth Representative"):
        people = read_attendance(["## Industry Representatives", "Bram Bolter (BB)", "South Representative", *printed.split("\n"), "Cleo Carver (CC)", "East Representative"])
        assert [(person.name, person.role) for person in people] == [("Bram Bolter", "South Representative"), ("Cleo Carver", "East Representative")], printed


@pytest.mark.parametrize("line", ["~~Ann Archer (AA)~~", "<s>Ann Archer (AA)</s>", "~~Ann Archer (AA) – North Representative~~"])
def test_who_is_struck_out_is_not_listed(line: str) -> None:
    reading = minutes(people=f"#### **Chair**\n\nAda Ashdown (Chair)\n\n#### **Industry Representatives**\n\n{line}\n\nNorth Representative\n\nCleo Carver (CC)\n\nSouth Representative\n")
    assert [(person.name, person.role) for person in reading.constituency_reps] == [("Cleo Carver", "South Representative")]
    assert any("struck out" in doubt for doubt in reading.warnings)


@pytest.mark.parametrize("role", ["Elexon Representative (as central systems provider)", "IPA", "Ofgem", "E.ON", "PMO Governance Lead", "National Grid ESO", "Head of Design", "iDNO Representative", "RECCo", "MHHS Programme Design Team", "DCC Representative (as smart meter central system provider)"])
def test_a_role_is_no_way_of_being_there(role: str) -> None:
    for place in ("Ann Archer (AA)\n{}", "Ann Archer (AA) – {}", "Ann Archer (AA), {}", "Ann Archer (AA)\t{}"):
        person, doubts = read_attendance(["## Other Attendees", *place.format(role).split("\n")], [], found := [])[0], found
        assert (person.role, person.part, doubts) == (role, False, [])


@pytest.mark.parametrize("heading", ["Present", "Present?", "Attended", "Attendance", "In attendance"])
def test_a_column_says_who_was_there(heading: str) -> None:
    rows = [f"Name\tRole\t{heading}", "Ann Archer (AA)\tNorth Representative\tYes", "Bo Finch\tSouth Representative\tNo", "Cy Dell\tEast Representative\tApologies", "Di Ek\tWest Representative\t✓", "Ed Fry\tUpper Representative\t✗", "Flo Gray\tLower Representative\tuntil item 3", "Gil Hay\tMid Representative\t"]
    people = read_attendance(["## Industry Representatives", *rows], unread := [], doubts := [])
    assert [(person.name, person.section == "Apologies", person.part) for person in people] == [("Ann Archer", False, False), ("Cy Dell", True, False), ("Di Ek", False, False), ("Flo Gray", False, True), ("Gil Hay", False, False)]
    assert (unread, [any(name in doubt for doubt in doubts) for name in ("Bo Finch", "Ed Fry", "Gil Hay", "Ann Archer")]) == ([], [True, True, True, False])


@pytest.mark.parametrize("heading", ["Absent", "Not in attendance", "Did not attend", "Absentees", "Not present", "Absent without apologies", "Invited but did not attend", "Unable to attend"])
def test_under_a_heading_of_the_absent_nobody_is_listed(heading: str) -> None:
    for printed in (f"#### **{heading}**\n\nBo Finch (BF)\n\nSouth Representative", f"{heading}\nBo Finch (BF)\nSouth Representative", f"{heading}: Bo Finch (South Representative)", f"**{heading}:** Bo Finch, Cy Dell"):
        doubts: list[str] = []
        people = read_attendance(["## Industry Representatives", "Ann Archer (AA)", "North Representative", *printed.split("\n"), "#### **MHHS**", "Ivo Strand (IS)", "PMO"], [], doubts)
        assert [(person.name, person.role) for person in people] == [("Ann Archer", "North Representative"), ("Ivo Strand", "PMO")], printed
        assert any(heading in doubt for doubt in doubts)


@pytest.mark.parametrize("words", ["attended", "present for item 3", "from item 4", "joined late", "in attendance"])
def test_among_the_apologies_who_was_there_is_doubted(words: str) -> None:
    for printed in (f"Apologies: Dan Orr ({words})", f"### Apologies\n\nDan Orr ({words})\n\nNorth Representative"):
        doubts: list[str] = []
        read_attendance(printed.split("\n"), [], doubts)
        assert any("Dan Orr" in doubt for doubt in doubts)


@pytest.mark.parametrize("said", ["to be confirmed", "see below", "received after the meeting", "none other than expected", "two others"])
def test_what_is_no_name_sent_no_apologies(said: str) -> None:
    assert read_attendance([f"Apologies: {said}"]) == []
