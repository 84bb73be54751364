"""Who came, for how much of the meeting, for whom and in which seat: with honours, accents, one name, or two on a line."""

from __future__ import annotations

import pytest

from minutes_reader.attendance import read_attendance
from tests.minutes_reader.papers import minutes

PART = ["from item 4", "left after item 2", "joined at 11:00", "until item 3", "for items 2 and 3 only", "present from 10:30", "arrived late", "items 4-6", "up to the break", "except for item 5"]


@pytest.mark.parametrize("words", PART)
def test_for_part_of_the_meeting_in_its_words(words: str) -> None:
    for printed in (f"Ann Archer (AA) ({words})\nDNO Representative", f"Ann Archer (AA)\nDNO Representative ({words})", f"Ann Archer (AA)\n({words})\nDNO Representative"):
        [person] = read_attendance(["## Industry Representatives", *printed.split("\n")])
        assert (person.name, person.initials, person.role, person.part, person.part_words) == ("Ann Archer", "AA", "DNO Representative", True, words)


@pytest.mark.parametrize("words", ["on behalf of", "proxy for", "deputy for", "alternate for", "covering for", "standing in for"])
def test_for_somebody_else(words: str) -> None:
    [person] = read_attendance(["## Industry Representatives", f"Ann Archer (AA) ({words} Dan Orr)", "DNO Representative"])
    assert (person.name, person.on_behalf_of, person.role) == ("Ann Archer", "Dan Orr", "DNO Representative")


NAMES = {
    "Prina Weld, OBE (PW)": ("Prina Weld", "PW"), "Tom Bly, Jr. (TB)": ("Tom Bly Jr.", "TB"), "Dr Ann Archer CBE, PhD (AA)": ("Dr Ann Archer", "AA"),
    "Élodie Marsh (ÉM)": ("Élodie Marsh", "ÉM"), "E\u0301lodie Marsh (E\u0301M)": ("Élodie Marsh", "ÉM"), "Łukasz Šimek (ŁŠ)": ("Łukasz Šimek", "ŁŠ"), "Prina Weld OBE": ("Prina Weld", None),
}  # fmt: skip


@pytest.mark.parametrize("printed", NAMES)
def test_a_name_is_read_less_its_honours_and_with_its_accents(printed: str) -> None:
    reading = minutes(people=f"#### **Chair**\n\nAda Ashdown (Chair)\n\n#### **Industry Representatives**\n\n{printed}\n\nNorth Representative\n\nBo Finch (BF)\n\nSouth Representative\n")
    assert [(person.name, person.initials, person.role) for person in reading.constituency_reps] == [(*NAMES[printed], "North Representative"), ("Bo Finch", "BF", "South Representative")]
    assert not any("do not match the name" in doubt for doubt in reading.warnings)


def test_somebody_with_one_name_is_no_part_of_the_role_above() -> None:
    people = read_attendance(["## Industry Representatives", "Élodie Marsh (ÉM)", "Large Supplier Representative", "Suharti", "Elexon Representative", "Bo Finch (BF)", "DNO Representative"])
    assert [(person.name, person.initials, person.role) for person in people] == [
        ("Élodie Marsh", "ÉM", "Large Supplier Representative"), ("Suharti", None, "Elexon Representative"), ("Bo Finch", "BF", "DNO Representative"),
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["Ann Archer (AA) and Bo Finch (BF)", "Ann Archer (AA), Bo Finch (BF)", "Ann Archer (AA) / Bo Finch (BF)", "Ann Archer (AA) & Bo Finch (BF)"])
@pytest.mark.parametrize("mark", ["\n", "\t"])
def test_two_on_a_line_are_two(line: str, mark: str) -> None:
    people = read_attendance(["## Industry Representatives", *f"{line}{mark}DNO Representative".split("\n")])
    assert [(person.name, person.initials, person.role) for person in people] == [("Ann Archer", "AA", "DNO Representative"), ("Bo Finch", "BF", "DNO Representative")]
    assert [person.name for person in read_attendance(["## Industry Representatives", "Ann Archer and Bo Finch", "DNO Representative"])] == ["Ann Archer", "Bo Finch"]
