"""An outcome is read from a sentence of known shape alone: under any word that turns it, nothing is read but the wording."""

from __future__ import annotations

import itertools

import pytest

from minutes_reader.outcomes import change_request_outcomes, document_outcomes, minutes_outcome
from minutes_reader.references import change_requests
from tests.minutes_reader.papers import minutes

VERBS = [("approve", "approved", "approval"), ("reject", "rejected", "rejection"), ("defer", "deferred", "deferral"), ("withdraw", "withdrawn", "withdrawal")]
TURNED = [  # {do}, {done} and {deed} of CR901: each says that it was not done, not yet, not for good, or not by them
    "The SRO declined to {do} CR901", "The SRO refused {deed} of CR901", "The SRO rescinded the {deed} of CR901", "The SRO revoked the {deed} of CR901",
    "The {deed} of CR901 was revoked", "The {deed} of CR901 was set aside", "The SRO overturned the {deed} of CR901", "The SRO reversed the {deed} of CR901",
    "The SRO reversed its decision to {do} CR901", "The motion to {do} CR901 was lost", "The motion that CR901 be {done} fell", "The proposal to {do} CR901 failed",
    "The DAG recommended that the PSG {do} CR901", "The DAG recommended that CR901 be {done}", "The DAG recommended the {deed} of CR901", "The DAG advised the SRO to {do} CR901",
    "The DAG asked the SRO to {do} CR901", "The DAG asked whether CR901 should be {done}", "The DAG considered whether to {do} CR901", "Should CR901 be {done}?",
    "The DAG did not object to the {deed} of CR901", "The DAG did not {do} CR901", "The DAG agreed not to {do} CR901", "CR901 was not {done}", "CR901 has not yet been {done}",
    "CR901 was never {done}", "CR901 was neither {done} nor discussed", "No decision was taken to {do} CR901", "Nobody {done} CR901", "The SRO has yet to {do} CR901",
    "The SRO will {do} CR901 in March", "The SRO would {do} CR901 if it were costed", "The SRO may {do} CR901", "The SRO is minded to {do} CR901", "The SRO intends to {do} CR901",
    "CR901 is to be {done} next month", "CR901 could be {done}", "CR901 should be {done}", "CR901 had been {done} in May", "Once CR901 is {done}, CR902 follows",
    "Unless CR901 is {done}, the release moves", "The SRO all but {done} CR901", "CR901 was {done} in part", "CR901 was {done} in principle", "CR901 was provisionally {done}",
    "CR901 was {done}, but the SRO set this aside", "CR901 was {done}. The decision was later rescinded", "CR901 was {done} and the {deed} was then annulled",
    "The vote to {do} CR901 was void", "Members noted that the SRO had {done} CR901", "It was suggested that CR901 be {done}", "CR901 was {done} by mistake",
    "The minutes wrongly said that CR901 was {done}", "The DAG could not {do} CR901", "The DAG was unable to {do} CR901", "A request to {do} CR901 was turned down",
    "The decision to {do} CR901 is suspended", "Three members wished CR901 {done}", "The {deed} of CR901 was sought", "CR901 was {done} (in principle)", "CR901 v1.0 was {done} (but not yet by the SRO)", "CR901 was {done} (Not by this group)",
    "The SRO {done} CR901 or CR902", "CR901 was {done} by the SRO if the costs are known", "The DAG agreed that CR901 be {done} at the May meeting", "CR901 is {done} unless somebody objects", "The {deed} of CR901 was opposed",
]  # fmt: skip


@pytest.mark.parametrize("frame", TURNED)
def test_under_a_word_that_turns_it_no_verb_is_an_outcome(frame: str) -> None:
    for do, done, deed in VERBS:
        wording = frame.format(do=do, done=done, deed=deed)
        assert {said.outcome for said in change_request_outcomes(wording) if said.cr == "CR901"} <= {"other"}, wording
        beside = [said.outcome for said in change_request_outcomes(f"The SRO approved CR900 v1.0; {wording[0].lower()}{wording[1:]}") if said.cr == "CR901"]
        assert set(beside) <= {"other"}, wording


PLAIN = ["The SRO {done} CR901", "CR901 was {done}", "CR901 v1.0 was formally {done} by the SRO", "The DAG agreed to {do} CR901", "The DAG agreed that CR901 be {done}", "The DAG agreed the {deed} of CR901"]


@pytest.mark.parametrize(("frame", "verb"), list(itertools.product(PLAIN, VERBS)))
def test_said_plainly_it_is_one(frame: str, verb: tuple[str, str, str]) -> None:
    do, done, deed = verb
    done = "withdrew" if frame.startswith("The SRO {done}") and do == "withdraw" else done
    [said] = change_request_outcomes(frame.format(do=do, done=done, deed=deed))
    assert said.outcome == verb[1]


RANGES = {
    "CR035 to CR038": ["CR035", "CR036", "CR037", "CR038"],
    "CRs 035-037 and CR041": ["CR035", "CR036", "CR037", "CR041"],
    "CR035 – CR036": ["CR035", "CR036"],
    "CR035 to CR999": ["CR035", "CR999"],  # that many are no list, and are not made up
}


@pytest.mark.parametrize("printed", RANGES)
def test_a_range_is_every_one_of_it(printed: str) -> None:
    assert [mention.cr for mention in change_requests(printed)] == RANGES[printed]


@pytest.mark.parametrize(
    "wording",
    [
        "The SRO approved CR035 to CR038 en bloc, except CR037",
        "CR035 to CR038, except CR037, were approved",
        "All of CR035 to CR038 were approved except for CR037",
        "The SRO approved CR035 to CR038 but not CR037",
        "The SRO approved CR035 to CR038 with the exception of CR037",
    ],
)
def test_what_is_left_out_of_an_approval_is_not_approved(wording: str) -> None:
    assert {said.cr: said.outcome for said in change_request_outcomes(wording)} == {"CR035": "approved", "CR036": "approved", "CR037": "other", "CR038": "approved"}


@pytest.mark.parametrize(
    ("wording", "condition"),
    [
        ("The SRO approved CR018 subject to the redline coming back", "the redline coming back"),
        ("The SRO approved CR018 (Registration Hours) (subject to the redline coming back)", "the redline coming back"),
        ("The SRO approved CR018 – subject to the redline coming back", "the redline coming back"),
        ("CR018 was approved on condition that the redline comes back.", "the redline comes back"),
        ("The SRO approved CR018, subject to no objections by Friday, and rejected CR017", "no objections by Friday"),
    ],
)
def test_a_condition_is_that_of_its_own_verb(wording: str, condition: str) -> None:
    assert next((said.outcome, said.condition) for said in change_request_outcomes(wording)) == ("approved", condition)
    assert [said.condition for said in change_request_outcomes(wording)][1:] in ([], [""])


def test_a_condition_that_was_not_met_leaves_nothing_approved() -> None:
    assert [said.outcome for said in change_request_outcomes("CR018 was approved subject to the redline, which was not received")] == ["other"]


def test_two_verbs_of_one_change_request_are_neither() -> None:
    assert [said.outcome for said in change_request_outcomes("The DAG rejected CR018 and the SRO approved CR018")] == ["other"]


UNSETTLED = ["DES-200 was not baselined", "The SRO declined to baseline DES-200", "The baselining of DES-200 was refused", "The DAG recommended baselining DES-200", "The SRO rescinded the baselining of DES-200"]


@pytest.mark.parametrize("wording", UNSETTLED)
def test_a_document_that_was_not_baselined_is_named_and_no_more(wording: str) -> None:
    assert [(said.name, said.outcome) for said in document_outcomes(wording, "")] == [("DES200", "other")]


@pytest.mark.parametrize("wording", ["Nothing was baselined", "The Data Map was not baselined", "The SRO approved the baselining of all but the Data Map"])
def test_no_document_is_made_of_words_of_refusing(wording: str) -> None:
    assert document_outcomes(wording, "") == []


def test_a_document_keeps_the_condition_it_was_baselined_on() -> None:
    [said] = document_outcomes("The SRO approved the baselining of DES-200 Data Map subject to the comments of the DNO constituency being met", "")
    assert (said.name, said.outcome, said.condition) == ("DES-200 Data Map", "baselined", "the comments of the DNO constituency being met")


MINUTES = {
    "Minutes of 8 May 2024 approved subject to a correction to item 5": ("approved", "a correction to item 5"),
    "The DAG approved the minutes of 1 February 2024": ("approved", ""),
    "The minutes of 8 May were not approved": ("other", ""),
    "The DAG declined to approve the minutes": ("other", ""),
    "The minutes of 8 May were approved except item 5": ("other", ""),
    "Members were asked whether the minutes should be approved": ("other", ""),
}


@pytest.mark.parametrize("wording", MINUTES)
def test_minutes_are_approved_where_it_says_so(wording: str) -> None:
    said = minutes_outcome(wording)
    assert said
    assert (said.outcome, said.condition) == MINUTES[wording]


def test_what_cannot_be_read_is_doubted_and_what_the_table_and_the_minutes_say_differently_is_neither() -> None:
    reading = minutes(
        "## Decisions\n\nArea\tDec Ref\tDecision\nCR901\tXYZ-DEC01\tThe SRO approved CR901\nData\tXYZ-DEC02\tDES-200 was not baselined\nPlan\tXYZ-DEC03\tThe plan was withdrawn from the vote\n",
        "### 1. **CR901**\n\n**DECISION XYZ-DEC01: The SRO rejected CR901**\n\n**DECISION XYZ-DEC02: DES-200 was not baselined**\n\n**DECISION XYZ-DEC03: The plan was withdrawn from the vote**\n",
    )
    assert [cr.outcome for cr in reading.decisions[0].crs] == ["other"]
    doubts = " ".join(reading.warnings)
    assert "the table says CR901 is approved, the minutes say it is rejected" in doubts
    assert "What XYZ-DEC02 settles about DES200 is none of the outcomes" in doubts
    assert "What XYZ-DEC03 settles cannot be read from its wording" in doubts
