"""A vote is read from words whose whole shape is known: every known way to say it, turned in every way, is not that vote, or is doubted."""

from __future__ import annotations

import itertools

import pytest

from minutes_reader.choices import UNCLEAR, choice_said
from minutes_reader.questions import put_the_other_way
from tests.minutes_reader.papers import voted

KNOWN = {
    "approve": ["Approve", "Approved", "Approves", "Approval", "For", "In favour", "Support", "Supports", "Supported", "Accept", "Accepted", "Agree", "Agreed", "Yes", "Aye", "Content", "Voted to approve", "Voted for"],
    "reject": ["Reject", "Rejected", "Rejects", "Rejection", "Against", "Object", "Objected", "Oppose", "Opposed", "Disagree", "No", "Nay", "Not approved", "Does not approve", "Not content", "Voted to reject", "Voted against"],
    "abstain": ["Abstain", "Abstained", "Abstains", "Abstention"],
    "absent": ["Absent", "Not in attendance", "Constituency representative not in attendance", "Not present", "Not represented", "Did not attend", "Apologies", "No representative"],
    "vacant": ["Vacant", "Seat vacant", "The seat is vacant", "Vacancy"],
}
SAID = [(choice, word) for choice, words in KNOWN.items() for word in words]
LEFT_ALONE = ["{}", "**{}**", "{}.", "{} v1.2", "{} CR901", "{} the change", "{} (by proxy for Dan Orr)", "{} - see comment", "{} with comments", "{} (see comments below)", "{} as drafted", "{}: no comment", "✓ {}"]
TURNED = [
    "{} withheld", "{} refused", "{} denied", "{} not given", "{} lacking", "{}: no", "{} = none", "{} (withdrawn)", "{} – withdrawn", "{} none of it", "{} unless costs rise", "{} but only if CR902 is rejected",
    "{} if costed", "{} in part", "{} in principle", "{} – provisional", "{} (to be confirmed)", "{}?", "{} and the opposite", "{} or abstain", "{} / Reject / Approve", "{} (in error)", "{} by mistake", "{} – meant otherwise",
    "{} – meant to approve", "{} – meant to reject", "{} the rejection", "{} the withdrawal", "{} deferral", "{} with the DNO's rejection", "{}; counted in favour", "{}; counted against", "{} – proxy vote: for", "{} – proxy vote: against",
    "{} (proxy: reject)", "{} – interim rep in favour", "{} as iDNO", "{} with South", "{} CR902 only", "{} v1.1 but not v1.0", "{} ✗", "✗ {}", "{} 👎", "{} → other", "Would {}", "Had said {}", "Cannot say {}", "Nobody said {}",
    "Wrongly {}", "Never {}", "{} no longer", "{} until May, then not", "{} (struck out)", "{} (void)", "{} except section 3", "{} reluctantly, against its constituency", "No {}", "{} by proxy for nobody, later withdrawn", "{} subject to rejection",
]  # fmt: skip


@pytest.mark.parametrize("turned", TURNED)
def test_no_cell_that_says_more_is_the_bare_word(turned: str) -> None:
    for choice, word in SAID:
        cell = turned.format(word)
        read, changed = choice_said(cell, {})
        assert read != choice or changed, cell


@pytest.mark.parametrize(("choice", "word"), SAID)
def test_each_known_way_to_say_it_is_read(choice: str, word: str) -> None:
    assert choice_said(word, {}) == (choice, False)
    if choice in ("approve", "reject") and " " not in word:
        for beside in LEFT_ALONE:
            assert choice_said(beside.format(word), {})[0] == choice, beside.format(word)
    if choice == "absent":
        assert choice_said(f"{word} (no alternate sent)", {})[0] == "absent"


def test_two_words_of_voting_in_a_cell_are_undecided_or_a_change() -> None:
    words = [(choice, word) for choice, word in SAID if choice in ("approve", "reject", "abstain")]
    for (one, first), (other, second) in itertools.product(words, words):
        if one != other:
            for mark in (" and ", ", ", " / ", "; ", " (", " – "):
                cell = f"{first}{mark}{second}"
                assert choice_said(cell, {})[0] in (UNCLEAR, None), cell


ROLL = "Constituency\tVote\nNorth Representative\t{}\nSouth Representative\tReject"


@pytest.mark.parametrize("cell", ["Approval withheld", "Approve and reject", "Reject – meant to approve", "Absent – proxy vote: for", "Vacant – interim rep in favour", "Supports the DNO's rejection", "Yes (against)"])
def test_what_is_undecided_is_doubted_and_keeps_its_words(cell: str) -> None:
    reading = voted(ROLL.format(cell))
    assert (reading.votes[0].rows[0].choice, reading.votes[0].rows[0].comment) == (None, cell)
    assert any("The vote of North Representative cannot be read" in doubt for doubt in reading.warnings)
    listed = voted(f"- North Representative: {cell}\n- South Representative: Reject")
    assert not listed.votes or listed.votes[0].rows[0].choice is None


@pytest.mark.parametrize("cell", ["Approve CR902", "Approve v1.1", "Approve (CR902)", "Reject version 2.0"])
def test_a_cell_about_another_change_or_version_is_undecided(cell: str) -> None:
    assert voted(ROLL.format(cell)).votes[0].rows[0].choice is None


# --- the question

PLAIN = [
    "Members were asked whether CR901 should be approved.", "Members voted on CR901.", "A vote was taken on CR901.", "Members were asked to approve or reject CR901.", "Should CR901 be approved?", "The motion that CR901 be approved was put.",
    "Members were asked whether CR901 should be approved, given that CR900 had been rejected.", "The Chair asked for views on CR901.", "Members were asked whether they approve CR901.", "Members were asked whether CR901 (Rejected Reads) should be approved.",
]  # fmt: skip
DEEDS = ["rejected", "withdrawn", "refused", "declined", "deferred", "turned down", "thrown out", "dropped", "scrapped", "closed", "cancelled", "sent back", "not approved", "left unapproved", "put on hold", "overturned"]
ASKED = ["Members were asked whether CR901 should be {}.", "Should CR901 be {}?", "The Chair asked whether members agreed that CR901 be {}.", "The motion that CR901 be {} was put to members.", "Members voted on whether CR901 should be {}."]
OTHERWISE = [
    "Members were asked whether to reject CR901.", "Members voted to reject CR901.", "Members were asked to vote on the rejection of CR901.", "Members were asked to approve the withdrawal of CR901.", "Members were asked whether the recommendation to reject CR901 should be accepted.",
    "Members were asked whether the approval of CR901 should be rescinded.", "Members were asked whether they agreed with rejecting CR901.", "The Chair asked whether anybody objected to CR901.", "Members were asked whether to kill CR901.", "Members were asked whether CR901 should fall.",
]  # fmt: skip
COLUMNS = [("For", "Against"), ("Yes", "No"), ("Agree", "Disagree"), ("Approve", "Reject"), ("Support", "Oppose")]


@pytest.mark.parametrize("asked", [*OTHERWISE, *(frame.format(deed) for frame in ASKED for deed in DEEDS)])
def test_for_what_is_not_approval_nobody_is_read_as_approving(asked: str) -> None:
    assert put_the_other_way([asked]) == asked


@pytest.mark.parametrize("asked", PLAIN)
def test_a_plain_question_is_whether_to_approve(asked: str) -> None:
    assert put_the_other_way([asked]) is None


@pytest.mark.parametrize("asked", ["Members were asked whether CR901 v1.0 should be rejected.", "The Chair asked whether members agreed that CR901 v1.0 be rejected.", "Should CR901 v1.0 be withdrawn?"])
@pytest.mark.parametrize("columns", COLUMNS)
def test_a_roll_on_a_question_the_other_way_round_is_left_undecided(asked: str, columns: tuple[str, str]) -> None:
    for roll in (
        f"Constituency\t{columns[0]}\t{columns[1]}\tAbstain\nNorth Representative\t✓\t\t\nSouth Representative\t\t✓\t\nEast Representative\t\t\t✓",
        f"Constituency\tVote\nNorth Representative\t{columns[0]}\nSouth Representative\t{columns[1]}\nEast Representative\tAbstain",
    ):
        reading = voted(roll, before=asked)
        assert [(row.choice, row.comment) for row in reading.votes[0].rows] == [(None, columns[0]), (None, columns[1]), ("abstain", None)]
        assert any("not plainly whether to approve" in doubt for doubt in reading.warnings)


# --- more columns than one, letters and crosses

TWO_COLUMNS = ["Vote\tFinal vote", "Vote\tChanged to", "Initial position\tVote", "Vote\tRevised vote", "Position\tSecond round", "First vote\tSecond vote", "Round 1\tRound 2", "CR901\tCR902", "Vote on CR901\tVote on CR902"]


@pytest.mark.parametrize("columns", TWO_COLUMNS)
def test_of_two_columns_that_differ_neither_is_believed(columns: str) -> None:
    reading = voted(f"Constituency\t{columns}\nNorth Representative\tApprove\tReject\nSouth Representative\tReject\tReject")
    assert not reading.votes or [row.choice for row in reading.votes[0].rows] == [None, "reject"]
    assert any("cannot be read" in doubt or "looks like votes" in doubt for doubt in reading.warnings)


@pytest.mark.parametrize("column", ["Defer", "Approve with conditions", "Neutral", "Undecided"])
def test_a_mark_in_a_column_of_no_known_kind_is_no_choice(column: str) -> None:
    [vote] = voted(f"Constituency\tApprove\t{column}\tReject\nNorth Representative\t\t✓\t\nSouth Representative\t✓\tX\t\nEast Representative\t\t\t✓").votes
    assert [row.choice for row in vote.rows] == [None, None, "reject"]


@pytest.mark.parametrize("where", ["before", "after", "heading"])
def test_a_legend_is_believed_wherever_it_stands(where: str) -> None:
    legend = "A = abstain, R = reject, F = approve"
    heading = f"Vote ({legend})" if where == "heading" else "Vote"
    said = {where: f"Members voted on CR901 v1.0. {legend}"} if where == "before" else {where: legend} if where == "after" else {}
    [vote] = voted(f"Constituency\t{heading}\nNorth Representative\tA\nSouth Representative\tR\nEast Representative\tF", **said).votes
    assert [row.choice for row in vote.rows] == ["abstain", "reject", "approve"]


@pytest.mark.parametrize("cross", ["✗", "✘", "❌", "X", "x", "☒"])
@pytest.mark.parametrize("tick", ["✓", "✔", "√"])
def test_a_lone_cross_in_a_roll_that_ticks_is_undecided(cross: str, tick: str) -> None:
    reading = voted(f"Constituency\tApprove\tReject\nNorth Representative\t{cross}\t\nSouth Representative\t{tick}\t")
    assert [row.choice for row in reading.votes[0].rows] == [None, "approve"]


@pytest.mark.parametrize("mark", ["✓?", "✓✗", "✓/✗", "✓ not", "✓ (proxy: against)", "?", "👎", "✓👎", "x?", "Yes?", "✗✓", "¬✓", "1?", "✓✓", "+", "✓ withdrawn", "✓ abstained", "✓ see South", "TBC", "(none)"])
def test_a_mark_with_anything_unknown_beside_it_is_undecided(mark: str) -> None:
    for row in (f"{mark}\t", f"✓\t{mark}"):
        reading = voted(f"Constituency\tApprove\tReject\nNorth Representative\t{row}\nSouth Representative\t✓\t")
        assert [each.choice for each in reading.votes[0].rows] == [None, "approve"], row
        assert any("The vote of North Representative cannot be read" in doubt for doubt in reading.warnings)


@pytest.mark.parametrize("mark", ["✓", "✔️", "(✓)", "[✓]", "✓.", "**✓**", "✓ with comments", "✓ - see comment", "✓ v1.0", "✓ (by proxy for Dan Orr)", "Yes", "tick"])
def test_a_mark_with_what_leaves_it_alone_is_read(mark: str) -> None:
    reading = voted(f"Constituency\tApprove\tReject\nNorth Representative\t{mark}\t\nSouth Representative\t-\t✓")
    assert [each.choice for each in reading.votes[0].rows] == ["approve", "reject"]


@pytest.mark.parametrize("before", ["**Vote on rejection of CR901**", "**CR901 – rejection**", "Rejection of CR901:", "Proposal to reject CR901:"])
def test_a_heading_or_caption_may_be_the_question(before: str) -> None:
    reading = voted("Constituency\tFor\tAgainst\nNorth Representative\t✓\t\nSouth Representative\t\t✓", before=before)
    assert [each.choice for each in reading.votes[0].rows] == [None, None]


# --- what is said of a roll

SAID_OF_IT = [
    "After debate the North Representative changed its vote to Reject.", "North later asked for its vote to be recorded as Reject.", "The North Representative withdrew its vote.", "Erratum: North voted Reject.", "The roll was scrapped.",
    "The result was quashed.", "The Chair declared the result null.", "The roll above was ruled out of order.", "The Chair asked that these votes be ignored.", "This was an indicative vote only.", "This was a straw poll and not a vote.",
    "Post-meeting note: the columns Approve and Reject were transposed in the table above.", "The vote was re-taken with South absent.", "The vote was not valid.", "The vote did not stand.", "Members voted unanimously to reject CR901.",
    "The ballot was disputed.", "Two of the votes were cast by mistake.", "The poll was closed too early.", "North meant to reject.", "The vote has since been contested.", "A recount was asked for.", "South then said that it was in favour after all.", "The two rows are the wrong way round.", "North and South swapped rows.", "The record above is not accurate.", "Approve and Reject are in the wrong order above.",
    "North had not been entitled to take part.", "The Secretariat asked that North be shown as Reject.", "North is to be taken as against.", "See the corrected table in Annex A.", "The above is provisional.", "North asked to change to Reject.", "North changed its mind.", "All members approved.", "The motion was lost.", "Only South opposed the change.", "In light of the votes, the Chair ruled that the roll be repeated.",
]  # fmt: skip
HARMLESS = [
    "One member voted to approve and one voted to reject.", "Comments on the votes:", "The Chair thanked members for their votes.", "Following the vote, the Chair approved the change.", "The vote is advice.", "As a result, the plan moves.", "Members discussed the results of testing.", "The table below shows the flows.",
    "The Chair noted the votes and the comments.", "The Chair noted the result of the vote.", "Based on the votes, the Chair approved CR901.", "The Chair, acting with delegated authority from the SRO, approved CR901.", "What members said of their votes:",
]  # fmt: skip
TICKS = "Constituency\tApprove\tReject\nNorth Representative\t✓\t\nSouth Representative\t\t✓"


@pytest.mark.parametrize("said", SAID_OF_IT)
def test_whatever_is_said_of_a_roll_that_is_not_known_is_doubted(said: str) -> None:
    reading = voted(TICKS, after=said)
    assert any("it is said" in doubt or "does not count" in doubt for doubt in reading.warnings)


@pytest.mark.parametrize("said", HARMLESS)
def test_what_leaves_a_roll_as_it_is_is_not_doubted(said: str) -> None:
    reading = voted(TICKS, after=said)
    assert reading.warnings == voted(TICKS).warnings
    assert [row.choice for row in reading.votes[0].rows] == ["approve", "reject"]


@pytest.mark.parametrize("comment", ["This should read Reject", "Recorded in error; voted Approve", "We reject this change", "Its vote was withdrawn", "Now rejects", "Marked by mistake"])
def test_a_comment_that_says_another_vote_is_doubted(comment: str) -> None:
    reading = voted(f"Constituency\tVote\tComment\nNorth Representative\tApprove\t{comment}\nSouth Representative\tReject\t")
    assert any("comment of North Representative" in doubt for doubt in reading.warnings)


# --- never silently no vote

TABLES = [
    "For\tAgainst\nNorth Representative\tSouth Representative", "Approve\tNorth, East\nReject\tSouth", "Approve\tReject\nNorth, East\tSouth", "Constituency\tApprove?\nNorth Representative\tNo\nSouth Representative\tYes",
    "Representative\tIn favour\nNorth Representative\tNo\nSouth Representative\tYes", "Representative\tSupport?\nNorth Representative\tNo\nSouth Representative\tYes", "Constituency\tNo objection\tObjection\nNorth Representative\t\t✓\nSouth Representative\t✓\t",
    "Constituency\tApprove v1.0\tApprove v1.1\tReject\nNorth Representative\t\t✓\t\nSouth Representative\t\t\t✓", "Constituency\tOption A\tOption B\nNorth Representative\t✓\t\nSouth Representative\t\t✓", "Seat\tBallot\nNorth\tFor\nSouth\tAgainst",
    "Name\tVote\nBram Bolter\tApprove\nCleo Carver\tReject", "Ayes\tNoes\n2\t1", "\tApprove v1.0\nNorth Representative\t✓\nSouth Representative\t✓",
]  # fmt: skip
OF_OTHER_NAMES = ["Aye\tNo", "Content\tNot content", "Accept\tNot accept", "Approve\tDo not approve", "Yes\tNo", "Support\tOppose", "For\tAgainst"]
TOLD = [
    "- For: North Representative\n- Against: South Representative", "For: 2. Against: 1.", "Approve 2, Reject 1.", "North and South were for, East against.", "North approved. South rejected.", "North: Approve; South: Reject", "Only South opposed the change.",
    "On a show of hands, CR901 was carried by two to one.", "Ayes 2, Noes 1.", "The motion was carried nem con.", "All members were in favour.", "South dissented.", "There was a majority in favour.", "The Chair used the casting vote.", "Members split two to one.",
    "2 in favour, 1 opposed, 0 abstentions.", "North said yes and South said no.", "**North Representative** Approve\n\n**South Representative** Reject", "The ayes had it.", "- North Representative: Approve",
]  # fmt: skip


@pytest.mark.parametrize("roll", [*TABLES, *TOLD])
def test_what_looks_like_votes_is_read_or_named(roll: str) -> None:
    reading = voted(roll)
    named = any("looks like votes" in doubt or "A vote is told of" in doubt for doubt in reading.warnings)
    assert named or reading.votes


@pytest.mark.parametrize("columns", OF_OTHER_NAMES)
def test_columns_of_other_names_are_a_roll(columns: str) -> None:
    [vote] = voted(f"Constituency\t{columns}\nNorth Representative\t\t✓\nSouth Representative\t✓\t").votes
    assert [row.choice for row in vote.rows] == ["reject", "approve"]


def test_a_list_of_two_is_a_roll() -> None:
    [vote] = voted("- North Representative: Approve\n- South Representative: Reject").votes
    assert [row.choice for row in vote.rows] == ["approve", "reject"]


def test_a_line_of_a_list_that_is_no_choice_is_a_row_all_the_same() -> None:
    reading = voted("- North Representative: Approve\n- South Representative: Thumbs down\n- East Representative: Reject")
    assert [row.choice for row in reading.votes[0].rows] == ["approve", None, "reject"]


def test_a_vote_on_something_else_told_beside_a_roll_is_named() -> None:
    reading = voted(TICKS, before="A vote was taken on CR900 and it was carried. Members were asked whether CR901 v1.0 should be approved.")
    assert any("A vote on CR900 is told of" in doubt for doubt in reading.warnings)


def test_a_mark_that_stands_below_no_heading_is_undecided() -> None:
    reading = voted("Seat   For   Against\nNorth Representative                 X\nSouth Representative           X\nEast Representative     X")
    assert [row.choice for row in reading.votes[0].rows] == [None, None, None]


@pytest.mark.parametrize("said", ["The plan was shown, and questions were for the next paper.", "Members supported the approach to testing.", "PL supported the aims of the change.", "The table of flows was shown.", "For 2025 the plan stands."])
def test_talk_is_no_vote(said: str) -> None:
    assert not any("told of" in doubt or "looks like" in doubt for doubt in voted(said, before="The change was shown.").warnings)
