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


@pytest.mark.parametrize("word", ["Actions", "**Actions**", "Action log"])
def test_a_section_that_begins_with_a_reference_is_that_section(word):
    decided = "### Decisions\n\nArea\n\nDec Ref\n\nDecision\n\nCR901\n\nXYZ-DEC12\n\nThe Chair approved CR901\n"
    reading = minutes(f"{decided}\n{word}\n\nXYZ007-01\n\nSend it\n\nBB\n\n14/03/2024\n", TAIL)
    assert [(each.ref, each.text) for each in reading.decisions] == [("XYZ-DEC12", "The Chair approved CR901")]
    assert [each.ref for each in reading.actions] == ["XYZ007-01"]


@pytest.mark.parametrize(
    "said",
    [
        "May 12-14", "Phase 1 - 2", "Page 2-3", "FY23-24", "Room 12-4", "PSG007-03", "PSG-DEC09", "Owner\tRelated\nCC\tXYZ005-02", "Earlier\tWhat\nXYZ-DEC03\tThe plan",
        "XYZ007-01\tsee\tXYZ007-09",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_lost_reference_is_not_doubted(said):
    decided = "### Decisions\n\nArea\n\nDec Ref\n\nDecision\n\nCR901\n\nXYZ-DEC12\n\nThe Chair approved CR901\n"
    reading = minutes(f"{decided}\n{run_down('Migration', 'XYZ007-01', 'Share the plan', 'BB', '14/03/2024')}\n### Other matters\n\n{said}\n", TAIL)
    assert not [each for each in reading.warnings if "stands by itself" in each]


@pytest.mark.parametrize(("columns", "cells", "due"), [(("Raised", "Due"), ("9 March 2024", "12 April 2024"), "2024-04-12"), (("Date raised",), ("9 March 2024",), None), (("Raised", "Due"), ("9 March", "12 April"), "2024-04-12")])
def test_the_day_on_which_an_action_was_raised_is_not_the_one_it_is_due(columns, cells, due):
    table = "### Actions\n\n" + "\n\n".join(("Area", "Action Ref", "Action", "Owner", *columns, "Migration", "XYZ007-01", "Share the plan", "BB", *cells)) + "\n"
    [action] = minutes(table, TAIL).actions
    assert (action.text, action.owner, action.due and action.due.isoformat()) == ("Share the plan", "BB", due)


def test_no_year_is_given_against_the_words_of_the_action_itself():
    [action] = minutes(run_down("Migration", "XYZ007-01", "Share the plan by 12 April 2025", "BB", "12 April"), TAIL).actions
    assert action.due is None
