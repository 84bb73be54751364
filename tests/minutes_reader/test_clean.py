"""Minutes with nothing wrong give no warning; each fault put into them gives the one warning that names it."""

from __future__ import annotations

import re

import pytest

from minutes_reader import read

CLEAN_MINUTES = """# Example Yardstick Zebra Group (XYZ) Minutes and Actions

**Issue date: 14/03/2024**

Meeting number **XYZ007**

Venue **Room 2 and online**

Date and time **Thursday 7 March 2024 10:00-12:00**

Classification **Public**

### Attendees

#### **Chair**

Ada Ashdown (Chair)

Chair

#### **Industry Representatives**

Bram Bolter (BB)

North Representative

Cleo Carver (CC) (on behalf of Dora Dane)

South Representative

Enid Ember (EE)

East Representative

#### **MHHS**

Finn Foxley (FF)

Secretariat

#### **Other Attendees**

Gil Grange (GG) (part meeting)

Ofgem

### Apologies

Dora Dane

South Representative

## Actions

Area	Ref	Action	Owner	Due
Opening	XYZ07-01	Secretariat to send the timetable to members	Secretariat (Finn Foxley)	14/03/2024
CR901 Longer Days	XYZ07-02	North to give figures for CR901	North (Bram Bolter)	ASAP
Previous Meeting(s)	XYZ06-03	Chair to write to Ofgem	Chair	04/04/2024

## Decisions

Area	Dec Ref	Decision
Opening	XYZ-DEC11	Minutes of the meeting held 1 February 2024 approved with no amendments
CR901 Longer Days	XYZ-DEC12	The SRO approved CR901 v1.2 (Longer Days) and rejected CR902 (Shorter Days)

## Minutes

### 1. **Opening**

The Chair opened the meeting. FF explained the timetable.

**ACTION XYZ07-01: Secretariat to send the timetable to members**

No corrections were offered.

**DECISION XYZ-DEC11: Minutes of the meeting held 1 February 2024 approved with no amendments**

### 2. **CR901 Longer Days**

BB presented the change. CC and EE asked about its cost, and GG noted that Ofgem had no view.

**ACTION XYZ07-02: North to give figures for CR901**

Members were asked whether CR901 v1.2 should be approved.

Constituency	Approve	Reject	Abstain
North Representative	✓		
South Representative		✓	
East Representative			✓
West Representative	Constituency representative not in attendance		

Comments on the votes:

Constituency	Comments
North Representative	BB approved the change.
South Representative	CC could not support approval before the figures are known.
East Representative	EE abstained, having approved the earlier version.
West Representative	Constituency representative not in attendance

One member voted to approve, one voted to reject, one abstained and one was not in attendance.

The Chair, acting with delegated authority from the SRO, approved CR901 v1.2.

**DECISION XYZ-DEC12: The SRO approved CR901 v1.2 (Longer Days) and rejected CR902 (Shorter Days)**

### 3. **Close**

The Chair thanked everybody. Questions may be sent to [pmo@example.org](mailto:pmo@example.org).

**Date of next meeting:**

4 April 2024 10:00
"""

CLEAN_HEADLINES = """# Example Yardstick Zebra Group (XYZ) Headline Report

Issue date: 8 March 2024

Meeting number	XYZ007	Venue	Online
Date and time	7 March 2024 1000-1200	Classification	Public

## Actions

| Area | Action Ref | Action | Owner | Due Date |
|---|---|---|---|---|
| Opening | XYZ07-01 | Secretariat to send the timetable | Secretariat | 14 March 2024 |

## Decisions

| Area | Dec Ref | Decision |
|---|---|---|
| Opening | XYZ-DEC11 | The XYZ approved the minutes of 1 February 2024 |
| CR901 | XYZ-DEC12 | The SRO approved CR901 v1.2 (Longer Days) |

## Key Discussion Items

| Area | Discussion |
|---|---|
| Opening | The timetable was shown. |
| CR901 | Members gave their views on CR901 v1.2. |

Next meeting: 4 April 2024 10:00
"""


@pytest.mark.parametrize("text", [CLEAN_MINUTES, CLEAN_HEADLINES], ids=["minutes", "headline report"])
def test_a_clean_document_gives_no_warning(text: str) -> None:
    reading = read(text)
    assert reading.recognised
    assert reading.warnings == []


def test_a_headline_report_is_read_without_minutes_or_attendance() -> None:
    said = read(CLEAN_HEADLINES).as_json()
    assert (said["doc_type"], said["group"], said["meeting_no"], said["start"], said["end"]) == (
        "headline report",
        "XYZ",
        "7",
        "10:00",
        "12:00",
    )
    assert ([action["ref"] for action in said["actions"]], [decision["ref"] for decision in said["decisions"]]) == (
        ["XYZ07-01"],
        ["XYZ-DEC11", "XYZ-DEC12"],
    )
    assert (said["chair"], said["constituency_reps"], said["votes"], said["next_meeting"]) == (None, [], [], "2024-04-04")
    assert [item.title for item in read(CLEAN_HEADLINES).items] == ["Opening", "CR901"]


# what is changed in the clean minutes, for what, and what the one new warning must say
FAULTS = {
    "two people with the same initials": (
        "Gil Grange (GG)",
        "Fay Fitch (FF)",
        ["share the initials FF", "Finn Foxley and Fay Fitch"],
    ),
    "initials that are nobody's": ("FF explained", "FG explained", ["'FG' (under item 1)", "nobody on the attendance list"]),
    "initials in another case": ("Bram Bolter (BB)", "Bram Bolter (BBo)", ["'BB'"]),
    "initials that are not the name's": ("Gil Grange (GG)", "Hal Grange (GG)", ["GG for Hal Grange"]),
    "an alternate's principal without apologies": (
        "Dora Dane\n\nSouth",
        "Dorothy Dane\n\nSouth",
        ["Cleo Carver attended on behalf of Dora Dane", "missing from the apologies"],
    ),
    "somebody present and absent": (
        "Dora Dane\n\nSouth",
        "Dora Dane\n\nSouth Representative\n\nEnid Ember\n\nSouth",
        ["Enid Ember is listed both"],
    ),
    "two people in one seat": (
        "East Representative\n\n####",
        "North Representative\n\n####",
        ["printed as 'North Representative'", "Bram Bolter and Enid Ember"],
    ),
    "an action worded in two ways": (
        "ACTION XYZ07-01: Secretariat to send",
        "ACTION XYZ07-01: Secretariat to post",
        ["XYZ07-01", "in wording", "to send", "to post"],
    ),
    "a decision in other capitals": (
        "DECISION XYZ-DEC12: The SRO approved CR901 v1.2",
        "DECISION XYZ-DEC12: The SRO Approved CR901 v1.2",
        ["XYZ-DEC12", "only in capital letters"],
    ),
    "a decision in other order": (
        "DECISION XYZ-DEC11: Minutes of the meeting held 1 February 2024 approved",
        "DECISION XYZ-DEC11: Approved minutes of the meeting held 1 February 2024",
        ["XYZ-DEC11", "order of the words"],
    ),
    "an area that is not the item": (
        "Opening	XYZ-DEC11",
        "Minutes	XYZ-DEC11",
        ["XYZ-DEC11 stands under 'Minutes' in the table and under 'Opening'"],
    ),
    "a decision the table lacks": (
        re.search(r"Opening\tXYZ-DEC11.*\n", CLEAN_MINUTES)[0],
        "",
        ["XYZ-DEC11 is in the minutes but not in the table"],
    ),
    "a decision the minutes lack": (
        "**DECISION XYZ-DEC11: Minutes of the meeting held 1 February 2024 approved with no amendments**",
        "",
        ["XYZ-DEC11 is in the table of decisions but not in the minutes"],
    ),
    "an action the minutes lack": (
        "**ACTION XYZ07-01: Secretariat to send the timetable to members**",
        "",
        ["XYZ07-01 is in the table of actions but not in the minutes"],
    ),
    "an earlier action not under a previous meeting": (
        "Previous Meeting(s)	XYZ06-03",
        "Letters	XYZ06-03",
        ["XYZ06-03 is not printed under a previous meeting"],
    ),
    "a tally that does not add up": (
        "One member voted to approve",
        "Two members voted to approve",
        ["counts 2 as 'approve'", "the table has 1"],
    ),
    "a vote with two marks": (
        "South Representative		✓	",
        "South Representative	✓	✓	",
        ["South Representative cannot be read", "more than one choice"],
    ),
    "a comment that says another vote": (
        "EE abstained, having",
        "EE approved it, having",
        ["comment of East Representative", "'approve'", "the roll stands"],
    ),
    "a comment by another seat": ("EE abstained, having", "BB abstained, having", ["opens with BB", "North Representative"]),
    "a seat without a comment": (
        "South Representative	CC could not support approval before the figures are known.\n",
        "",
        ["has 4 rows, but its comments have 3"],
    ),
    "a seat absent and attending": (
        "West Representative	Constituency representative not in attendance		",
        "East Representative	Constituency representative not in attendance		",
        ["East Representative has 2 rows"],
    ),
    "a voter nobody lists": (
        "West Representative	Constituency representative not in attendance		",
        "West Representative	✓		",
        ["West Representative has a row in the vote on CR901, but nobody"],
    ),
    "a seat printed in two ways": (
        "North Representative	✓",
        "North Representative (as host)	✓",
        ["printed in several ways", "North Representative (as host)"],
    ),
    "an organisation in two cases": ("had no view", "had no view, RECCo and RECCO likewise", ["'RECCo' and 'RECCO'"]),
    "a day that does not exist": ("had no view", "had no view until 31/02/2024", ["'31/02/2024' does not exist"]),
    "a wrong weekday": ("Thursday 7 March", "Friday 7 March", ["wrong weekday"]),
    "an action due before the meeting": ("14/03/2024\nCR901", "01/03/2024\nCR901", ["XYZ07-01 is new but was due on 1 Mar 2024"]),
    "an overdue action": ("Chair	04/04/2024", "Chair	04/01/2024", ["XYZ06-03 was overdue at the meeting"]),
    "an issue date before the meeting": (
        "Issue date: 14/03/2024",
        "Issue date: 04/03/2024",
        ["issue date 4 Mar 2024 is before the meeting"],
    ),
    "an end before the start": ("10:00-12:00**", "10:00-09:00**", ["ending at 09:00"]),
    "two versions of one Change Request": (
        "BB presented the change.",
        "BB presented CR901 v1.1.",
        ["CR901 is named in differing versions: 1.1 and 1.2"],
    ),
    "no next meeting": ("**Date of next meeting:**\n\n4 April 2024 10:00\n", "", ["No date of the next meeting"]),
    "a next meeting before this one": ("\n4 April 2024 10:00", "\n4 January 2024 10:00", ["not after this meeting"]),
    "a decision among next steps": (
        "### 1. **Opening**",
        "### 1. **Opening and Next Steps**",
        ["XYZ-DEC11 was taken under an item titled 'Opening and Next Steps'"],
    ),
    "no classification": ("Classification **Public**", "", ["No classification"]),
    "somebody's own e-mail address": (
        "pmo@example.org](mailto:pmo@example.org)",
        "ada.ashdown@example.org](mailto:ada.ashdown@example.org)",
        ["personal is printed: ada.ashdown@example.org"],
    ),
    "a gap in the actions": ("XYZ07-02", "XYZ07-03", ["actions leaves out XYZ07-02"]),
    "a gap in the decisions": ("XYZ-DEC12", "XYZ-DEC13", ["decisions leaves out XYZ-DEC12"]),
    "a gap in the items": ("### 3. **Close**", "### 4. **Close**", ["items leaves out 3"]),
    "a reference given twice": (
        "Previous Meeting(s)	XYZ06-03",
        "CR901 Longer Days	XYZ07-02",
        ["XYZ07-02 is given twice in the table of actions"],
    ),
    "an outcome unlike in table and minutes": (
        "DECISION XYZ-DEC12: The SRO approved CR901 v1.2 (Longer Days) and rejected",
        "DECISION XYZ-DEC12: The SRO approved CR901 v1.2 (Longer Days) and deferred",
        ["the table says CR902 is rejected, the minutes say it is deferred"],
    ),
    "an outcome of no known kind": ("rejected CR902", "noted CR902", ["CR902 is none of the outcomes"]),
}
AND_SO_ALSO = {  # a fault that shows in several ways at once
    "initials in another case",
    "an earlier action not under a previous meeting",
    "a seat absent and attending",
    "two people in one seat",
    "a decision in other order",
    "a decision among next steps",
    "an outcome of no known kind",
    "a comment that says another vote",
    "a voter nobody lists",
    "an outcome unlike in table and minutes",
    "a seat without a comment",
    "a reference given twice",
    "two people with the same initials",
    "a vote with two marks",
    "a seat printed in two ways",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_gives_its_warning(fault: str) -> None:
    before, after, expected = FAULTS[fault]
    assert before in CLEAN_MINUTES
    warnings = read(CLEAN_MINUTES.replace(before, after)).warnings
    assert [warning for warning in warnings if all(words in warning for words in expected)], warnings
    if fault not in AND_SO_ALSO:
        assert len(warnings) == 1, warnings
