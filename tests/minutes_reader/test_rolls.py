"""A roll of votes is read as it stands or doubted: changed, struck and set aside; in columns held apart by spaces; told in words."""

from __future__ import annotations

import pytest

from minutes_reader import Reading
from minutes_reader.choices import UNCLEAR, choice_said
from tests.minutes_reader.papers import voted

CELLS = {
    "Reject (changed to Approve after the debate)": "approve", "Reject (changed from Approve)": "reject", "Approve – withdrawn, now Reject": "reject",
    "~~Reject~~ Approve": "approve", "Originally Approve, now Reject": "reject", "Approve (was Reject)": "approve", "Approve, then changed to Abstain": "abstain",
    "Abstained (vote changed from Approve to Reject)": UNCLEAR, "Approve (withdrawn)": UNCLEAR, "Approve / Reject": UNCLEAR, "Approve (JR), Reject (BF)": UNCLEAR,
    "Agree with iDNO": UNCLEAR, "Support for rejection": UNCLEAR, "Against rejecting it": UNCLEAR, "Agreed to approve": "approve", "Would approve if costed": UNCLEAR,
    "Not in attendance; voted to reject by e-mail": UNCLEAR, "Apologies": "absent", "Vacant": "vacant", "Seat vacant": "vacant", "Did not reject": UNCLEAR,
    "Reject: the member cannot support approval before the costs are known": "reject", "Approve subject to a further review": "approve",
    "Approve – provisional": UNCLEAR, "Declared an interest and took no part": None, "As iDNO": None, "~~Approve~~": None,
}  # fmt: skip


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_is_read_whole(cell: str) -> None:
    assert choice_said(cell, {})[0] == CELLS[cell]


def choices(reading: Reading) -> list[list[str | None]]:
    """The choices of each roll."""
    return [[row.choice for row in vote.rows] for vote in reading.votes]


def test_a_cell_that_was_changed_keeps_what_it_said_and_is_doubted() -> None:
    reading = voted("Constituency\tVote\nNorth Representative\tReject (changed to Approve)\nSouth Representative\tApprove\nEast Representative\tAgree with South\nWest Representative\tVacant")
    [vote] = reading.votes
    assert [(row.choice, row.comment) for row in vote.rows] == [("approve", "Reject (changed to Approve)"), ("approve", None), (None, "Agree with South"), ("vacant", None)]
    doubts = " ".join(reading.warnings)
    assert "The vote of North Representative was changed in its row" in doubts
    assert "The vote of East Representative cannot be read: its row says two things" in doubts
    assert "West Representative has a row" not in doubts


def test_a_mark_struck_out_does_not_count() -> None:
    reading = voted("Constituency\tApprove\tReject\nNorth Representative\t~~✓~~\t✓\nSouth Representative\t<s>X</s>\tX\nEast Representative\t✓\t\nWest Representative\t✓ changed to Reject\t")
    assert choices(reading) == [["reject", "reject", "approve", "reject"]]
    assert reading.votes[0].rows[0].comment == "A mark under 'approve' was struck out."
    assert "The vote of North Representative was changed in its row" in " ".join(reading.warnings)


def test_a_seat_that_is_absent_and_marked_is_not_guessed() -> None:
    reading = voted("Constituency\tApprove\tReject\nNorth Representative\tNot in attendance\t✓\nSouth Representative\tVacant\t\nEast Representative\tNot in attendance\t")
    assert choices(reading) == [[None, "vacant", "absent"]]


ROLL = "Constituency\tApprove\tReject\nNorth Representative\t✓\t\nSouth Representative\t\t✓"


@pytest.mark.parametrize("said", ["This roll was set aside.", "The Chair said that this vote was void.", "The vote was then run again at the next meeting: this vote does not count."])
def test_a_roll_that_was_set_aside_is_no_vote_and_stays_as_text(said: str) -> None:
    reading = voted(ROLL, after=said)
    assert reading.votes == []
    assert any(said.split(":")[0][:20] in doubt and "stays as text" in doubt for doubt in reading.warnings)
    assert any(block.rows and block.kind == "paragraph" for block in reading.items[0].blocks)


def test_of_two_rolls_the_first_may_be_set_aside() -> None:
    reading = voted(ROLL, after=f"The vote was taken again.\n\n{ROLL.replace('✓', 'X')}\n\nThe first roll was set aside.")
    assert len(reading.votes) == 1
    assert len(voted(ROLL, after="The vote was not set aside.").votes) == 1


def test_a_roll_held_apart_by_spaces_is_read_by_where_its_words_stand() -> None:
    reading = voted(
        "Constituency              Approve   Reject   Abstain\n"
        "North Representative         X\n"
        "South Representative                  X\n"
        "East Representative                            X\n"
        "West Representative       Not in attendance\n\nThe Chair thanked members."
    )
    assert choices(reading) == [["approve", "reject", "abstain", "absent"]]
    assert voted("Constituency              Vote\nNorth Representative      Approve\nSouth Representative      Reject").votes[0].rows[1].choice == "reject"
    assert "The Chair thanked members." in [block.text for block in reading.items[0].blocks]


@pytest.mark.parametrize(
    "told",
    [
        "North voted to approve; South and East voted to reject.",
        "Six members voted to reject, four voted to approve.",
        "A vote was taken and CR901 was carried.",
        "The North Representative abstained.",
        "There were six votes to reject.",
    ],
)
def test_a_vote_told_in_words_is_doubted_and_never_silently_none(told: str) -> None:
    reading = voted(told, after="**DECISION XYZ-DEC12: The SRO approved CR901 v1.0**")
    assert reading.votes == []
    assert any("A vote is told of under item 1 in words" in doubt for doubt in reading.warnings)
    assert reading.decisions[0].basis == "vote"


def test_votes_of_other_meetings_are_no_vote_here() -> None:
    reading = voted("Members had voted on it at the last meeting. A vote would be taken in May.")
    assert not any("told of" in doubt for doubt in reading.warnings)
