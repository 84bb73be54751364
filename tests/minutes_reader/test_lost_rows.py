"""A table of actions or decisions that is run down the page loses no row to a word of it that elsewhere begins a section; what is lost all the same is named."""

import pytest

from tests.minutes_reader.papers import minutes

WORDS = ("Risks", "RAID log", "Actions", "Decisions", "Minutes", "Apologies", "Next meeting", "Discussion", "Attendees", "Chair", "**Issues**", "Testing")
TAIL = "### 1. **Welcome**\n\nThe Chair opened the meeting.\n"


def run_down(*cells: str) -> str:
    return "### Actions\n\n" + "\n\n".join(("Area", "Action Ref", "Action", "Owner", "Due", *cells)) + "\n"


@pytest.mark.parametrize("area", WORDS)
@pytest.mark.parametrize("last", [True, False])
def test_an_action_is_not_lost_by_the_name_of_its_area(area, last):
    first = ("Migration", "XYZ007-01", "Share the plan", "BB", "14/03/2024")
    other = (area, "XYZ007-02", "Keep a register of them", "CC", "21/03/2024")
    reading = minutes(run_down(*(first + other if last else other + first)), TAIL)
    read = {each.ref: each for each in reading.actions}
    assert set(read) == {"XYZ007-01", "XYZ007-02"}
    assert (read["XYZ007-02"].text, read["XYZ007-02"].owner) == ("Keep a register of them", "CC")


@pytest.mark.parametrize(
    "lost", ["### Risks\n\nRAID\n\nXYZ007-03\n\nAsk the auditors\n", "### Other matters\n\nOwner\tNumber\nCC\tXYZ007-03\n", "### Register\n\n**XYZ007-03**\n\nAsk the auditors\n"]
)
def test_a_reference_that_stands_by_itself_and_belongs_to_nothing_is_doubted(lost):
    reading = minutes(f"{run_down('Migration', 'XYZ007-01', 'Share the plan', 'BB', '14/03/2024')}\n{lost}", TAIL)
    assert [each.ref for each in reading.actions] == ["XYZ007-01"]
    assert [each for each in reading.warnings if each.startswith("XYZ007-03 stands by itself, as in a table, and nothing that belongs to it was read")]


def test_a_reference_that_was_read_is_not_doubted_however_its_zeros_are_written():
    reading = minutes(run_down("Migration", "XYZ07-01", "Share the plan", "BB", "14/03/2024"), TAIL)
    assert not [each for each in reading.warnings if "stands by itself" in each]
