"""What a sentence of the minutes says of Change Requests, documents, days and times, and no more than it says."""

from __future__ import annotations

from datetime import date

import pytest

from minutes_reader.attendance import read_attendance
from minutes_reader.dates import first_date, printed_dates, times
from minutes_reader.outcomes import change_request_outcomes, document_outcomes
from minutes_reader.references import ACTION_REF, DECISION_REF, change_requests, written_action_ref, written_decision_ref
from minutes_reader.result import Block, Item
from minutes_reader.votes import read_votes, tally

ISSUED = "issued to Impact Assessment"
OUTCOMES = {
    "The SRO approved CR018 version 1.8 (Registration Hours) and rejected CR017 (Times)": [
        ("CR018", "1.8", "approved"),
        ("CR017", None, "rejected"),
    ],
    "CR024 & CR025 were approved": [("CR024", None, "approved"), ("CR025", None, "approved")],
    "CRs 017 and 018 rejected": [("CR017", None, "rejected"), ("CR018", None, "rejected")],
    "The DAG agreed to issue CR030 to Impact Assessment": [("CR030", None, ISSUED)],
    "The DAG approved the issuance of CR030 (Rejected Reads) to Impact Assessment": [("CR030", None, ISSUED)],
    "The DAG agreed CR027 should be issued to IA": [("CR027", None, ISSUED)],
    "CR 920 v2.0 (Approval of Rejected Reads) was withdrawn": [("CR920", "2.0", "withdrawn")],
    "The SRO approved CR031 v1.0, deferred CR032 and rejected CR033": [
        ("CR031", "1.0", "approved"),
        ("CR032", None, "deferred"),
        ("CR033", None, "rejected"),
    ],
    "The DAG deferred a decision on CR040": [("CR040", None, "deferred")],
    "The SRO approved version 1.8 of CR018": [("CR018", "1.8", "approved")],
    "CR070 rejected as mutually exclusive with CR071": [("CR070", None, "rejected")],
    "The SRO approved CR025, subject to the agreed approach": [("CR025", None, "approved")],
    "CR025 approved subject to CR024 being withdrawn": [("CR025", None, "approved")],
    "The DAG approved CR060 – Approval of Rejected Meter Reads and rejected CR061 - Withdrawn Sites": [
        ("CR060", None, "approved"),
        ("CR061", None, "rejected"),
    ],
    "The DAG rejected the issuance of CR090 to Impact Assessment": [("CR090", None, "other")],
    "CR050 was not approved": [("CR050", None, "other")],
    "The DAG noted CR051": [("CR051", None, "other")],
    "CR-018 (v1.8) approved": [("CR018", "1.8", "approved")],
    "The SRO approved the baselining of DES-196 v1.3, incorporating CR012": [],
}


@pytest.mark.parametrize("wording", OUTCOMES)
def test_each_change_request_has_the_outcome_of_its_own_verb(wording: str) -> None:
    assert [(said.cr, said.version, said.outcome) for said in change_request_outcomes(wording)] == OUTCOMES[wording]


DOCUMENTS = {
    "The SRO approved the baselining of the Code of Connections, the PKI Profiles, and PKI Policy": [
        ("Code of Connections", None),
        ("PKI Profiles", None),
        ("PKI Policy", None),
    ],
    "The SRO approved the baselining of the DES-196 D-Flow and Interface Mapping v1.0": [
        ("DES-196 D-Flow and Interface Mapping", "1.0")
    ],
    "The DAG approved DES-900 Interface Specification v1.1": [("DES-900 Interface Specification", "1.1")],
    "The SRO approved CR018": [],
    "Minutes of the meeting held 14 June 2023 approved": [],
}


@pytest.mark.parametrize("wording", DOCUMENTS)
def test_documents_settled_are_listed(wording: str) -> None:
    assert [(said.name, said.version) for said in document_outcomes(wording, "")] == DOCUMENTS[wording]


@pytest.mark.parametrize(
    "printed",
    [
        "12/07/2023",
        "12 July 2023",
        "12th July 2023",
        "Wednesday 12 July 2023",
        "Wed 12 Jul 23",
        "2023-07-12",
        "12.07.2023",
        "July 12, 2023",
        "12/07/23",
    ],
)
def test_days_are_read_as_minutes_print_them(printed: str) -> None:
    assert first_date(f"on {printed}, 10:00") == date(2023, 7, 12)


def test_a_day_no_calendar_has_is_found_out() -> None:
    assert [(found.printed, found.day) for found in printed_dates("by 31/02/2023")] == [("31/02/2023", None)]


TIMES = {
    "10:00-13:30": ("10:00", "13:30"),
    "10.00 – 11.30": ("10:00", "11:30"),
    "10am to 1.30pm": ("10:00", "13:30"),
    "1000-1130": ("10:00", "11:30"),
    "10-11.30am": ("10:00", "11:30"),
    "1.00-3.00pm": ("13:00", "15:00"),
    "5th July 2023 10.00 – 11.30": ("10:00", "11:30"),
    "09 August 2023 10am": ("10:00", None),
    "12/07/2023": (None, None),
    "Virtual": (None, None),
}


@pytest.mark.parametrize("printed", TIMES)
def test_times_are_read_as_minutes_print_them(printed: str) -> None:
    assert times(printed) == TIMES[printed]


def test_references_are_read_in_one_form() -> None:
    assert [written_decision_ref(DECISION_REF.search(text), "DAG") for text in ("DAG-DEC55", "DAG – DEC 55", "DEC55")] == ["DAG-DEC55"] * 3
    assert [written_action_ref(ACTION_REF.search(text)) for text in ("DAG26-01", "DAG26 - 01", "DAG20.1-12")] == ["DAG26-01", "DAG26-01", "DAG20.1-12"]
    assert [
        mention.cr
        for mention in change_requests("Programme Change Requests 024 & 025, CRs 017 and 018, CR 920 v2.0 and 12 others")
    ] == ["CR024", "CR025", "CR017", "CR018", "CR920"]


PEOPLE = {
    "Ann Archer (AA) (on behalf of Bob Birch) (part meeting)\nDNO Representative": (
        "Ann Archer",
        "AA",
        "DNO Representative",
        "Bob Birch",
        True,
    ),
    "Ann Archer (AA) – DNO Representative (as host)": ("Ann Archer", "AA", "DNO Representative (as host)", None, False),
    "Ann Archer (AA)\tDNO Representative": ("Ann Archer", "AA", "DNO Representative", None, False),
    "Ann Archer (AA), DNO Representative (on behalf of Bob Birch)": (
        "Ann Archer",
        "AA",
        "DNO Representative",
        "Bob Birch",
        False,
    ),
    "Ann Archer (AA)\n\n(part meeting)\n\nDNO Representative": ("Ann Archer", "AA", "DNO Representative", None, True),
    "Ann Archer (AA) (on behalf of\nBob Birch)\nDNO Representative": (
        "Ann Archer",
        "AA",
        "DNO Representative",
        "Bob Birch",
        False,
    ),
}


@pytest.mark.parametrize("printed", PEOPLE)
def test_a_person_is_read_with_seat_and_principal(printed: str) -> None:
    [person] = read_attendance(["## Industry Representatives", *printed.split("\n")])
    assert (person.name, person.initials, person.role, person.on_behalf_of, person.part) == PEOPLE[printed]


@pytest.mark.parametrize(
    "printed", ["Apologies: None", "Apologies\nNone", "Apologies\nNo apologies were received", "### Apologies:\n\nN/A"]
)
def test_no_apologies_are_nobody(printed: str) -> None:
    assert read_attendance(printed.split("\n")) == []


def roll(*rows: str) -> tuple[list[tuple[str | None, str | None]], list[str]]:
    """Read a roll drawn with bars; give the choices with their comments, and the doubts."""
    doubts: list[str] = []
    table = [row.split("|") for row in rows]
    item = Item(
        3,
        "CR901",
        blocks=[Block("paragraph", "Members voted on whether CR901 v1.0 should be approved."), Block("vote", "", rows=table)],
    )
    [vote] = read_votes(item, [], doubts)
    assert (vote.on, vote.version) == ("CR901", "1.0")
    return [(row.choice, row.comment) for row in vote.rows], doubts


def test_words_of_a_comment_never_change_a_vote() -> None:
    read, doubts = roll(
        "Constituency|Vote|Comments",
        "North|Reject|Approval would be welcome later; approved in principle",
        "South|Approve|rejected before",
        "East|Abstained|would approve",
    )
    assert ([choice for choice, _ in read], doubts) == (["reject", "approve", "abstain"], [])


def test_what_follows_the_choice_is_its_comment() -> None:
    read, _ = roll("Constituency|Vote", "North|Approve subject to a further review", "South|Not in attendance", "East|Rejected")
    assert read == [("approve", "subject to a further review"), ("absent", None), ("reject", None)]


def test_a_row_that_says_two_things_or_none_is_not_guessed() -> None:
    read, doubts = roll("Constituency|For|Against|Abstained", "North|X|X|", "South|||", "East|-|Yes|-", "West|R||")
    assert [choice for choice, _ in read] == [None, None, "reject", None]
    assert len(doubts) == 3


def test_letters_are_read_by_the_company_they_keep() -> None:
    assert [choice for choice, _ in roll("Constituency|Vote", "North|A", "South|R", "East|AB")[0]] == [
        "approve",
        "reject",
        "abstain",
    ]
    assert [choice for choice, _ in roll("Constituency|Vote", "North|Y", "South|N", "East|A")[0]] == [
        "approve",
        "reject",
        "abstain",
    ]
    assert [choice for choice, _ in roll("Constituency|Vote", "North|A", "South|A")[0]] == [None, None]


def test_a_tally_is_read_from_its_sentence() -> None:
    assert tally("Six members voted to reject, four voted to approve, two abstained, and one was not in attendance.") == {
        "reject": 6,
        "approve": 4,
        "abstain": 2,
        "absent": 1,
    }
    assert tally("For: 3, Against: 2") == {"approve": 3, "reject": 2}
