"""However a decision begins, what turns it afterwards leaves it undecided: each way of saying it with each way of turning it."""

from __future__ import annotations

import itertools

import pytest

from minutes_reader.outcomes import change_request_outcomes, document_outcomes, minutes_outcome
from minutes_reader.put_off import is_put_off
from tests.minutes_reader.papers import minutes

SAID = [
    "The SRO {done} CR901", "CR901 was {done}", "CR901 v1.0 was formally {done} by the DAG", "The DAG agreed that CR901 be {done}", "CR901 (Longer Days) was {done} at the meeting", "CR901 was {done} by consensus on 7 March 2024",
    "The SRO {done} CR901 as drafted", "CR901 was {done} by 6 votes to 4",
]  # fmt: skip
TURNED = [
    " and vetoed by the SRO", ", vetoed by PSG", ". The SRO vetoed it", " and dismissed by the SRO", " and struck down at PSG", " and the SRO took the opposite view", "; awaiting the SRO's determination",
    ", short of the 3 required", " by a majority insufficient to carry it", ", which was undone on 9 March", " and undid this on 9 March", " and recalled the approval", " and took this back", ". This was vetoed by PSG",
    ". The Chair ruled this out of order", ". The Chair later struck this from the record", ". This is superseded by XYZ-DEC09", " on the basis that it is void", " as being out of scope", ", reconsidered, and let through",
    ", a decision lifted on 9 March", " and reinstated after the break", " from the agenda", " and then agreed it after all", " provided nobody objects by Friday; somebody did", ", subject to no objections; objections were received",
    ", subject to no objections by Friday. Two were received.", " on condition that CR902 is approved. CR902 was rejected", ". On appeal the outcome was otherwise", " (Part 1 only)", ' "in principle"', " (this was reversed)", " [sic: rejected]",
    " at first", ", the last of three votes being void", ". Afterwards it was found that the vote did not count", ", a decision it regretted", " for the time being", ", failing a better one", " or was it", " ~~unanimously~~", ". Members then changed their minds about it",
]  # fmt: skip


@pytest.mark.parametrize("turned", TURNED)
def test_what_turns_a_decision_leaves_nothing_decided(turned: str) -> None:
    for said, done in itertools.product(SAID, ("approved", "rejected", "deferred", "withdrawn")):
        wording = said.format(done=done) + turned
        assert {each.outcome for each in change_request_outcomes(wording) if each.cr == "CR901"} <= {"other"}, wording


@pytest.mark.parametrize("turned", [each for each in TURNED if "reinstated" not in each])
def test_nor_of_a_document_or_of_minutes(turned: str) -> None:
    for said in ("DES-200 v1.0 was baselined", "The SRO approved the baselining of DES-200 Data Map", "The SRO approved DES-200"):
        assert {each.outcome for each in document_outcomes(said + turned, "")} <= {"other"}, said + turned
    for said in ("The minutes of 8 May were approved", "The DAG approved the minutes of 8 May"):
        read = minutes_outcome(said + turned)
        assert not read or read.outcome == "other", said + turned


STANDING = ["", ".", " by consensus", " at the meeting", " at DAG026", " on 7 March 2024", " with immediate effect", " without objections", " as presented", " en bloc", ", following discussion", " due to the benefits it brings", ". The PMO will publish the redline"]


@pytest.mark.parametrize("beside", STANDING)
def test_what_only_says_how_when_or_why_leaves_it_as_it_is(beside: str) -> None:
    assert [each.outcome for each in change_request_outcomes(f"The SRO approved CR901{beside}")] == ["approved"]


LEFT_OUT = [
    "CR901 to CR903 (CR902 having been withdrawn) were approved", "CR901 to CR903 were approved (CR902 deferred)", "The SRO approved CR901 to CR903 (CR902 withdrawn)", "The SRO approved CR901 to CR903 (CR902: deferred)",
    "The SRO approved CR901 to CR903 (CR902 apart)", 'The SRO approved CR901, CR902 and CR903 "bar CR902"', "CRs 901, 902 and 903 approved (902 deferred)", "The SRO approved CR901 to CR903 – CR902 excepted", "CR901 to CR903 were approved, less CR902",
    "CR901 to CR903 were approved with CR902 held over", "The SRO approved CR901, CR902 having been rejected", "The SRO approved CR901 (CR902 being rejected)", "CR901 was approved and CR902 was not", "The SRO approved CR901 and dismissed CR902",
]  # fmt: skip


@pytest.mark.parametrize("wording", LEFT_OUT)
def test_what_is_left_out_in_whichever_way_is_not_approved(wording: str) -> None:
    assert {each.outcome for each in change_request_outcomes(wording) if each.cr == "CR902"} <= {"other"}


@pytest.mark.parametrize("body", ["The DNO", "RECCO", "DCC", "The North Representative", "Two members", "A minority", "The previous Chair", "The Shadow Board", "The raiser", "Nobody"])
def test_nobody_else_decides_for_the_group(body: str) -> None:
    assert {each.outcome for each in change_request_outcomes(f"{body} approved CR901", "DAG")} <= {"other"}
    assert [each.outcome for each in change_request_outcomes("The XYZ approved CR901", "XYZ")] == ["approved"]


@pytest.mark.parametrize("title", ["Rejected Reads", "Approval of Rejected Reads", "Withdrawn Sites", "Registration Service Operating Hours"])
def test_a_word_in_a_title_decides_nothing(title: str) -> None:
    assert [each.outcome for each in change_request_outcomes(f"The SRO approved CR901 ({title})")] == ["approved"]


def test_a_condition_that_names_a_change_request_names_it() -> None:
    first = change_request_outcomes("The SRO approved CR030 on condition that CR031 is approved")[0]
    assert (first.outcome, first.condition) == ("approved", "CR031 is approved")


DOCUMENTS = {
    "DES-200 to DES-202 were baselined": [("DES-200", "baselined"), ("DES-201", "baselined"), ("DES-202", "baselined")], "DES-200 previously baselined was withdrawn": [("DES200", "other")],
    "The SRO approved the baselining of DES-200, DES-201 and DES-202 bar DES-201": [("DES200", "other"), ("DES201", "other"), ("DES202", "other")], "DES-200 was baselined once redlined": [("DES200", "other")],
    "The SRO approved the baselining of DES-200, DES-201 being held over": [("DES200", "other"), ("DES201", "other")], "The retirement of DES-200 was approved": [("DES200", "other")], "The SRO approved Deletion of the Data Map": [],
}  # fmt: skip


@pytest.mark.parametrize("wording", DOCUMENTS)
def test_of_documents_those_alone_that_are_said_to_be(wording: str) -> None:
    found = [(each.name, each.outcome) for each in document_outcomes(wording, "")]
    assert found == DOCUMENTS[wording] or [each for each in found if each[1] != "other"] == [each for each in DOCUMENTS[wording] if each[1] != "other"] == []


# --- around it


def decided(before: str = "", after: str = ""):
    text = "The SRO approved CR901"
    reading = minutes(f"## Decisions\n\nArea\tDec Ref\tDecision\nCR\tXYZ-DEC01\t{text}\n", f"### 1. **CR**\n\n{before}\n\n**DECISION XYZ-DEC01: {text}**\n\n{after}\n")
    return reading.decisions[0], " ".join(reading.warnings)


TAKEN_BACK = [
    "Post-meeting note: on 9 March 2024 the SRO withdrew this approval.", "Post-meeting update: the SRO has since rejected CR901.", "Post-meeting note: this decision was made in error; CR901 was rejected.",
    "The SRO reversed this decision at the end of the meeting.", "Later in the meeting the decision above was rescinded.", "Erratum: for approved read rejected.",
]  # fmt: skip


@pytest.mark.parametrize("after", TAKEN_BACK)
def test_what_is_said_after_a_decision_may_take_it_back_and_is_doubted(after: str) -> None:
    decision, doubts = decided(after=after)
    assert [each.outcome for each in decision.crs] == ["other"]
    assert "may take it back" in doubts


@pytest.mark.parametrize("after", ["Members welcomed the approval of CR901.", "Post-meeting update: CR901 was approved by the SRO on 9 March.", "The PMO will publish CR901."])
def test_what_only_speaks_of_it_does_not(after: str) -> None:
    decision, doubts = decided(after=after)
    assert [each.outcome for each in decision.crs] == ["approved"]
    assert "take it back" not in doubts


OBJECTIONS = {
    "No objections were raised.": "no_objections", "Members had no objections.": "no_objections", "The Chair invited any objections to CR901, to which none were received.": "no_objections", "Nobody objected.": "no_objections",
    "The Chair asked for objections, and there were none raised.": "no_objections", "No objections were raised except by South.": "not_stated", "There were no objections from North, but South objected.": "not_stated",
    "The Chair asked if there were no objections. South objected.": "not_stated", "It was not the case that no objections were raised.": "not_stated", "No objections had been raised by May; three were raised today.": "not_stated",
    "No objections were raised. South then objected.": "not_stated",
}  # fmt: skip


@pytest.mark.parametrize("before", OBJECTIONS)
def test_nobody_objected_where_a_whole_sentence_says_so(before: str) -> None:
    assert decided(before)[0].basis == OBJECTIONS[before]


def test_who_approved_something_else_did_not_determine_this() -> None:
    assert decided("The Chair approved the agenda.")[0].determined_by is None
    assert decided("The Chair approved CR901.")[0].determined_by == "the Chair"


@pytest.mark.parametrize("announced", ["Reasons given by members who opposed it:", "Reasons for rejection:", "Reasons against:", "The SRO rejected the following reasons put by members:"])
def test_reasons_of_those_who_wanted_it_otherwise_are_not_its_own(announced: str) -> None:
    assert decided(f"{announced}\n\n1. It costs.\n2. It harms.")[0].reasons == []
    assert decided("Reasons:\n\n1. It helps.\n2. It pays.")[0].reasons == ["It helps.", "It pays."]


PUT_OFF = {
    "This item was deferred to later in the meeting.": False, "The item was deferred until the end of the meeting.": False, "Deferred until after item 5.": False, "The item was deferred at first and heard later.": False,
    "The item was deferred in February and is back.": False, "The item was deferred. The Chair later reversed this and it was heard.": False, "The item was postponed to April.": True, "Item held over.": True,
    "Carried forward to April.": True, "This item was not taken.": True, "Deferred to DAG028 for lack of time.": True, "Item deferred until the group meets again. Questions may be sent.": True,
}  # fmt: skip


@pytest.mark.parametrize("text", PUT_OFF)
def test_an_item_is_put_off_to_a_later_meeting_or_not_at_all(text: str) -> None:
    assert is_put_off(text) == PUT_OFF[text]
