"""Papers that were once read or shown wrongly, each with its right reading, where they are to hand; papers of our own hold each kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutes_reader import Reading, read

PAPERS = Path(__file__).resolve().parents[3] / "shared" / "trials"


def paper(name: str) -> Reading:
    """One of them, as read."""
    file = PAPERS / name
    if not file.exists():
        pytest.skip(f"{file} is not to hand")
    return read(file.read_text(encoding="utf-8"), name)


def outcomes(reading: Reading) -> dict[str, str]:
    """What becomes of each Change Request."""
    return {cr.cr: cr.outcome for decision in reading.decisions for cr in decision.crs}


def test_refused_or_reversed():
    reading = paper("01_refused_or_reversed.md")
    left = dict.fromkeys(["CR030", "CR031", "CR032", "CR033", "CR034", "CR037"], "other")
    assert outcomes(reading) == left | dict.fromkeys(["CR035", "CR036", "CR038"], "approved")
    assert all(any(f"about {cr} is none" in doubt for doubt in reading.warnings) for cr in left)


def test_not_approved():
    reading = paper("01b_not_approved_becomes_noted.md")
    assert outcomes(reading) == {"CR059": "other"}
    assert any("CR059 is none of the outcomes" in doubt for doubt in reading.warnings)


def test_footnote_marks():
    reading = paper("02_footnote_marks.md")
    assert [(decision.ref, decision.crs[0].cr, decision.crs[0].version) for decision in reading.decisions] == [("DAG-DEC70", "CR040", "1.2")]
    assert [action.ref for action in reading.actions] == ["DAG29-01"]


def test_vote_cells_that_say_two_things():
    reading = paper("04_vote_cell_says_two_things.md")
    [vote] = reading.votes
    assert [row.choice for row in vote.rows] == ["approve", "reject", "approve", None, "vacant", None]
    assert [bool(row.comment) for row in vote.rows] == [True, True, True, True, False, True]
    assert sum("cannot be read" in doubt for doubt in reading.warnings) == 2


def test_reasons():
    reading = paper("05_reasons.md")
    assert [len(decision.reasons) for decision in reading.decisions] == [4, 2, 2, 3]
    assert "2025 – 12" in reading.decisions[0].reasons[1]
    assert reading.decisions[3].reasons == ["(4) On design: That the design stands", "(5) On consumers: That consumers gain", "(6) That members were split"]
    assert {(decision.made_where, decision.determined_by) for decision in reading.decisions} == {("post meeting", "DAG Chair")}


def test_attendance():
    people = {person.name: person for person in paper("06_attendance.md").present}
    assert (people["Alma Reed"].part_words, people["Gus Hale"].part_words) == ("from item 4", "left after item 2")
    assert people["Cora Vance"].on_behalf_of == "Dan Orr"
    assert (people["Prina Weld"].initials, people["Élodie Marsh"].initials) == ("PW", "ÉM")
    assert (people["Suharti"].role, people["Suharti"].initials) == ("Elexon Representative", None)


def test_due_dates():
    reading = paper("07_due_dates.md")
    assert [str(action.due or "") for action in reading.actions] == ["2024-04-10", "", "2024-05-08", "", ""]
    assert not any("overdue" in doubt for doubt in reading.warnings)


def test_days_and_times():
    adjourned = paper("08b_adjourned.md")
    assert (str(adjourned.header.date), adjourned.header.start) == ("2024-04-10", "10:00")
    assert any("adjourned 11:40" in doubt for doubt in adjourned.warnings)
    assert paper("08d_utc.md").header.start == "10:00"


def test_not_deferred():
    assert paper("09_not_deferred.md").deferred_items == []


def test_subject_to():
    minutes, data_map = paper("10_subject_to.md").decisions
    assert minutes.minutes
    assert (minutes.minutes.outcome, minutes.minutes.condition) == ("approved", "a correction to item 5")
    [document] = data_map.documents
    assert (document.outcome, document.condition) == ("baselined", "the comments of the DNO constituency being met")


def test_both_issues_of_corrected_minutes():
    assert [outcomes(paper(name)) for name in ("15a_first_issue.md", "15b_corrected_issue.md")] == [{"CR056": "approved"}, {"CR056": "rejected"}]
