"""A wording that says another outcome than was chosen is refused, however it says it; what says the outcome itself is taken."""

import pytest

from archive.samples import DAG026
from archive.subjects import subjects_of
from decisions.models import Outcome
from decisions.rules.wording import refusals_of_contradiction, unsaid
from decisions.subjects import Subject, Terms
from decisions.typed import worded
from minutes_reader import read

SHORT = "CR901"
# What is done to it: as it is said (he did, it was done, to do), with what stands behind the name.
WAYS: dict[str, list[tuple[str, str, str, str]]] = {
    Outcome.APPROVED: [("approved", "approved", "approve", ""), ("accepted", "accepted", "accept", ""), ("endorsed", "endorsed", "endorse", ""), ("agreed", "agreed", "agree", "")],
    Outcome.APPROVED_SUBJECT_TO: [("approved", "approved", "approve", " subject to a redline"), ("approved", "approved", "approve", " with conditions")],
    Outcome.BASELINED: [("baselined", "baselined", "baseline", ""), ("approved the baselining of", "baselined", "baseline", "")],
    Outcome.ISSUED: [("issued", "issued", "issue", " to impact assessment")],
    Outcome.REJECTED: [("rejected", "rejected", "reject", ""), ("refused", "refused", "refuse", ""), ("declined", "declined", "decline", ""), ("declined to approve", "turned down", "refuse to accept", "")],
    Outcome.REJECTED_AS_EXCLUDED: [("rejected", "rejected", "reject", ", which it excludes")],
    Outcome.SENT_BACK: [("sent", "sent", "send", " back for more work"), ("referred", "referred", "refer", " back")],
    Outcome.PASSED_TO_PSG: [("passed", "passed", "pass", " to the PSG"), ("escalated", "escalated", "escalate", " to the Programme Steering Group")],
    Outcome.PASSED_TO_OFGEM: [("passed", "passed", "pass", " to Ofgem"), ("referred", "referred", "refer", " to Ofgem")],
    Outcome.DEFERRED: [("deferred", "deferred", "defer", ""), ("postponed", "postponed", "postpone", ""), ("put", "put", "put", " off")],
    Outcome.WITHDRAWN: [("withdrew", "withdrawn", "withdraw", ""), ("recorded", "recorded", "record", " as withdrawn")],
    Outcome.NOTED: [("noted", "noted", "note", "")],
}  # fmt: skip
SAYS = [
    "The SRO {did} {ref}{more}", "The Chair formally {did} {ref} version 1.0{more}.", "The DAG unanimously {did} {ref}{more}", "{ref} was {done}{more}.", "{ref} is {done}{more}",
    "{ref} version 1.0 has been {done}{more} by the SRO", "The SRO has decided to {do} {ref}{more}", "The DAG agreed to {do} {ref}{more}", "It was resolved that {ref} be {done}{more}.",
    "{ref}: {done}{more}", "After a long debate, the SRO has {did} {ref}{more}",
]  # fmt: skip
DENIES = ["The SRO does not {do} {ref}{more}", "The DAG did not {do} {ref}{more}.", "{ref} is not {done}{more}", "{ref} was never {done}{more}", "The SRO has decided not to {do} {ref}{more}", "{ref} has not been {done}{more}"]


def says(outcome: str, patterns: list[str]) -> list[str]:
    return [
        pattern.format(ref=SHORT, did=did, done=done, do=do, more=more)
        for pattern in patterns
        for did, done, do, more in WAYS[outcome]
        if not (did.startswith("withdrew") and "has {did}" in pattern)
    ]


def terms(outcome: str, wording: str) -> Terms:
    return Terms([Subject("change_request", SHORT, outcome, version="1.0", conditions="a redline" if outcome == Outcome.APPROVED_SUBJECT_TO else "")], wording=wording)


def is_refused(outcome: str, wording: str) -> bool:
    return any(refusals_of_contradiction(terms(outcome, wording)))


@pytest.mark.parametrize("outcome", Outcome.values)
def test_every_way_of_saying_an_outcome_is_taken_for_that_outcome(outcome):
    assert [wording for wording in says(outcome, SAYS) if is_refused(outcome, wording)] == []
    assert [wording for wording in says(outcome, SAYS) if unsaid(terms(outcome, wording))] == []


@pytest.mark.parametrize("outcome", Outcome.values)
def test_every_way_of_saying_another_outcome_is_refused(outcome):
    others = [other for other in Outcome.values if other != outcome and (outcome, other) != (Outcome.REJECTED_AS_EXCLUDED, Outcome.REJECTED)]
    assert [wording for other in others for wording in says(other, SAYS) if not is_refused(outcome, wording)] == []


@pytest.mark.parametrize("outcome", Outcome.values)
def test_every_way_of_denying_an_outcome_is_refused(outcome):
    assert [wording for other in Outcome.values for wording in says(other, DENIES) if not is_refused(outcome, wording)] == []


@pytest.mark.parametrize(
    ("outcome", "wording"),
    [
        ("approved", "The SRO does not approve CR901: CR901 is rejected."), ("approved", "CR901 was rejected"), ("approved", "CR901 is not approved"),
        ("approved", "The Chair formally rejected CR901"), ("approved", "The DAG unanimously rejected CR901"), ("approved", "The SRO deferred CR901"),
        ("approved", "The SRO has decided to reject CR901"), ("rejected", "CR901 was approved"), ("rejected", "The SRO formally approved CR901"),
        ("rejected", "The SRO agreed CR901"), ("deferred", "The SRO rejected CR901"), ("approved", "The SRO considered CR901. The change was rejected."),
        ("approved", "The SRO refused the change"), ("approved", "CR901, which the SRO rejected"), ("rejected", "The SRO gave its approval to CR901"),
    ],
)  # fmt: skip
def test_what_was_taken_once_although_it_said_another_outcome_is_refused(outcome, wording):
    assert is_refused(outcome, wording)


def of_two(wording: str) -> Terms:
    return Terms([Subject("change_request", "CR901", Outcome.APPROVED), Subject("change_request", "CR902", Outcome.REJECTED)], wording=wording)


@pytest.mark.parametrize(
    "wording",
    [
        "The SRO approved CR901 and rejected CR902", "The SRO approved CR901, while CR902 (the other one) was rejected", "CR901 was approved and CR902 was rejected.",
        "The SRO approved CR901 version 1.0 and CR902 was rejected", "The SRO rejected CR902; CR901 is approved.", "CR901: approved. CR902: rejected.",
    ],
)  # fmt: skip
def test_each_of_two_subjects_has_the_outcome_that_is_said_of_it(wording):
    assert list(refusals_of_contradiction(of_two(wording))) == []
    assert unsaid(of_two(wording)) == []
    swapped = wording.replace("CR901", "CRX").replace("CR902", "CR901").replace("CRX", "CR902")
    assert len(list(refusals_of_contradiction(of_two(swapped)))) == 2


@pytest.mark.parametrize("outcome", Outcome.values)
def test_what_the_form_words_itself_is_taken(outcome):
    for conditions in ("", "the redline that was rejected comes back approved"):
        alone = Subject("change_request", SHORT, outcome, version="1.0", conditions=conditions)
        both = [alone, Subject("artefact", "DES-200 Rejected Reads", Outcome.BASELINED, version="2.1")]
        for subjects in ([alone], both):
            for maker in ("The SRO", "The DAG", "Not stated"):
                wording = worded(maker, subjects)
                assert list(refusals_of_contradiction(Terms(subjects, wording=wording))) == [], wording
                assert unsaid(Terms(subjects, wording=wording)) == [], wording


def test_what_published_minutes_say_is_taken():
    reading = read(DAG026.read_text("utf-8"), DAG026.name)
    for told in reading.decisions:
        subjects = subjects_of(told, reading)
        assert list(refusals_of_contradiction(Terms(subjects, wording=told.text))) == [], told.text


@pytest.mark.parametrize("wording", ["CR901 could have been approved", "CR901 version 1.0: to be decided", "CR901", "On CR901 the group spoke at length", "Under the approved plan, CR901 was discussed"])
def test_a_wording_in_which_no_outcome_is_recognised_is_doubted_and_not_refused(wording):
    assert not is_refused(Outcome.REJECTED, wording)
    assert unsaid(terms(Outcome.REJECTED, wording))


def test_a_wording_may_speak_of_what_is_not_decided_here():
    assert not is_refused(Outcome.APPROVED, "The SRO approved CR901, after CR900 was withdrawn and DES-196 was rejected")
