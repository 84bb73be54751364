"""The reader gives what the minutes of DAG026 say: the published ones where they are to hand, and the retelling always."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from archive.samples import DAG026
from minutes_reader import Block, Reading, read

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
PUBLISHED = SEEDS / "002_9dfb99647960ee90.txt"
SLIDES = SEEDS / "000_979d644000cdb97f.txt"


@pytest.fixture(scope="module", params=[DAG026, PUBLISHED], ids=["the retelling", "the published minutes"])
def minutes(request: pytest.FixtureRequest) -> Reading:
    """The minutes of DAG026, as read."""
    if not request.param.exists():
        pytest.skip(f"{request.param} is not to hand")
    return read(request.param.read_text(encoding="utf-8"), request.param.name)


def test_the_header_says_which_meeting_it_was(minutes: Reading) -> None:
    said = minutes.as_json()
    assert (said["recognised"], said["doc_type"], said["group"], said["meeting_no"]) == (True, "minutes", "DAG", "26")
    assert (said["date"], said["issue_date"], said["start"], said["end"]) == ("2023-07-12", "2023-07-19", "10:00", "13:30")
    assert (said["venue"], said["classification"], said["extraordinary"]) == ("Virtual – MS Teams", "Public", False)
    assert (said["next_meeting"], said["publication_due"]) == ("2023-08-09", None)


def test_everybody_listed_is_in_their_section(minutes: Reading) -> None:
    said = minutes.as_json()
    assert [len(said[part]) for part in ("constituency_reps", "programme", "others", "apologies")] == [12, 9, 5, 2]
    assert [person["role"] for person in said["constituency_reps"] if person["for"]] == [
        "DNO Representative",
        "I&C Supplier Representative",
    ]
    assert sum(person["part"] for person in said["programme"] + said["others"]) == 8
    assert [person.role for person in minutes.apologies] == ["Consumer Representative", "DNO Representative"]


def test_new_actions_are_told_from_those_of_previous_meetings(minutes: Reading) -> None:
    actions = minutes.as_json()["actions"]
    assert [action["ref"] for action in actions if action["new"]] == ["DAG26-01", "DAG26-02", "DAG26-03", "DAG26-04"]
    assert [action["ref"] for action in actions if not action["new"]] == ["DAG20.1-12", "DAG20.1-04", "DAG20-03", "DAG17-02"]
    assert [(action["due"], action["due_text"]) for action in actions[1:3]] == [("2023-07-14", "14/07/2023"), (None, "ASAP")]


def test_one_decision_may_settle_several_things_differently(minutes: Reading) -> None:
    decisions = minutes.as_json()["decisions"]
    assert [decision["ref"] for decision in decisions] == [f"DAG-DEC{n}" for n in range(55, 61)]
    assert [decision["maker"] for decision in decisions] == [None, "SRO", "SRO", "DAG", "SRO", "SRO"]
    assert [[(cr["cr"], cr["version"], cr["outcome"]) for cr in decision["crs"]] for decision in decisions] == [
        [],
        [],
        [],
        [("CR027", None, "issued to Impact Assessment")],
        [("CR025", None, "approved")],
        [("CR018", "1.8", "approved"), ("CR017", None, "rejected")],
    ]
    assert [(decision["made_where"], decision["made_on"]) for decision in decisions] == [("meeting", "2023-07-12")] * 5 + [
        ("post meeting", "2023-07-12")
    ]


def test_how_each_decision_came_about_is_kept(minutes: Reading) -> None:
    decisions = minutes.decisions
    assert [decision.basis for decision in decisions] == ["not_stated"] + ["no_objections"] * 4 + ["vote"]
    assert [decision.determined_by for decision in decisions][5] == "DAG Chair"
    assert [len(decision.reasons) for decision in decisions] == [0, 0, 0, 0, 0, 6]
    assert [document.outcome for document in decisions[1].documents] == ["baselined"] * 3
    assert [(document.name, document.version) for document in decisions[2].documents] == [
        ("DES196 D-Flow and Interface Mapping", "1.0")
    ]


def test_the_roll_has_a_row_for_every_seat_and_is_not_the_outcome(minutes: Reading) -> None:
    [vote] = minutes.as_json()["votes"]
    assert (
        vote["on"],
        vote["version"],
        vote["approve"],
        vote["reject"],
        vote["abstain"],
        vote["absent"],
        vote["unreadable"],
    ) == ("CR018", "1.8", 4, 6, 2, 1, 0)
    assert len(vote["rows"]) == 13
    assert Counter(row["comment"] is not None for row in vote["rows"]) == {True: 12, False: 1}


def test_items_deferred_and_discussed_are_told_apart(minutes: Reading) -> None:
    assert minutes.as_json()["deferred_items"] == [
        "Interim Releases and DIN Log",
        "Programme Change Requests",
        "Programme Change Control Process",
        "DAG Terms of Reference Review",
        "Programme Updates",
    ]
    assert [item.number for item in minutes.items] == list(range(1, 14))


def test_no_sentence_of_the_minutes_is_lost(minutes: Reading) -> None:
    source = DAG026 if minutes.source == DAG026.name else PUBLISHED
    printed = source.read_text(encoding="utf-8").split("## Minutes\n")[1]
    kept = " ".join(
        words(f"{item.number} {item.title}") + " " + " ".join(words(block_text(block)) for block in item.blocks)
        for item in minutes.items
    )
    for line in printed.split("\n"):
        for cell in re.split(r"\t|(?<=[.:])\s", line):
            assert words(cell) in kept, cell


def words(text: str) -> str:
    """The words of a text alone."""
    return " ".join(re.findall(r"\w+", re.sub(r"</?b>|\b(?:DECISION|ACTION) DAG\S+ ?|^\d\. ", " ", text)))


def block_text(block: Block) -> str:
    """What a block prints: a table's cells, or its text."""
    return " ".join(" ".join(row) for row in block.rows) or block.text


def test_slides_are_a_foreign_format() -> None:
    if not SLIDES.exists():
        pytest.skip(f"{SLIDES} is not to hand")
    said = read(SLIDES.read_text(encoding="utf-8")).as_json()
    assert said["recognised"] is False
    assert "slides" in said["warnings"][0]
    assert not any(said[key] for key in said if key not in ("recognised", "warnings"))
