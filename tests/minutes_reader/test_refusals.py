"""A foreign format is refused with a reason and nothing else; no text whatever makes the reader fail or dawdle."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.samples import DAG026
from minutes_reader import read

SAMPLE = DAG026.read_text(encoding="utf-8")
AGENDA = """# Design Advisory Group (DAG) Agenda

Meeting number DAG026
Date and time 12 July 2023 10:00-13:30
Venue Virtual

| Item | Agenda item | Lead | Time |
|---|---|---|---|
| 1 | Welcome | Chair | 5 |
| 2 | Minutes and Actions | PMO | 10 |
| 3 | CR018 | Programme | 30 |
"""
COUNCIL = """# Minutes of the Parish Council

Held on 3 May 2023 at the village hall.

## Present

Councillors Ash and Birch

1. Apologies

None.

2. Minutes of the last meeting

Approved.
"""
FOREIGN = {
    "nothing": ("", "empty"),
    "only spaces": (" \n\t\n ", "empty"),
    "a PDF": ("%PDF-1.7\n%âãÏÓ\n1 0 obj", "binary"),
    "bytes": ("\x00\x01\x02" * 500, "binary"),
    "a web page": ("<!DOCTYPE html>\n<html><body><h1>Minutes</h1></body></html>", "web page"),
    "JSON": ('{"minutes": [1, 2, 3]}', "JSON"),
    "a spreadsheet": (
        "ref,action,owner,due\nDAG26-01,Do this,PMO,2023-07-14\nDAG26-02,Do that,PMO,2023-07-14\n",
        "title naming minutes",
    ),
    "an agenda": (AGENDA, "agenda"),
    "another body's minutes": (COUNCIL, "the group's abbreviation"),
    "terms of reference": ("# DAG Terms of Reference\n\n## Role\n\nTo approve the design.\n", "terms of reference"),
    "prose": (
        "It was a dark night. The minutes passed slowly; nobody took any actions or decisions.\n" * 20,
        "title naming minutes",
    ),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_foreign_format_is_refused_with_a_reason(kind: str) -> None:
    text, reason = FOREIGN[kind]
    reading = read(text)
    said = reading.as_json()
    assert said["recognised"] is False
    assert reason in (reading.refusal or "")
    assert said["warnings"] == [reading.refusal]
    assert not any(value for key, value in said.items() if key not in ("recognised", "warnings"))
    assert "Looked for:" in said["warnings"][0]


def test_the_published_object_has_its_promised_keys() -> None:
    keys = [
        "recognised",
        "doc_type",
        "group",
        "meeting_no",
        "extraordinary",
        "date",
        "issue_date",
        "start",
        "end",
        "venue",
        "classification",
        "chair",
        "publication_due",
        "constituency_reps",
        "programme",
        "others",
        "apologies",
        "actions",
        "decisions",
        "votes",
        "deferred_items",
        "next_meeting",
        "warnings",
    ]
    for text in ("", SAMPLE):
        assert list(read(text).as_json()) == keys
        json.dumps(read(text).as_json())


def test_reading_is_repeatable() -> None:
    assert read(SAMPLE).as_json() == read(SAMPLE).as_json()


PIECES = st.sampled_from(
    [
        *SAMPLE.split("\n"),
        "|",
        "\t",
        "**",
        "(" * 9,
        "| a | b |",
        "1.",
        "DECISION",
        "ACTION DAG26-01:",
        "CR",
        "\f",
        "\u00ad",
        "Constituency",
        "Approve",
        "✓",
    ]
)


@settings(max_examples=60)
@given(st.lists(PIECES | st.text(max_size=40), max_size=120))
def test_no_text_makes_the_reader_fail(pieces: list[str]) -> None:
    json.dumps(read("\n".join(pieces)).as_json())
    json.dumps(read("\n".join([*SAMPLE.split("\n")[:40], *pieces])).as_json())


@settings(max_examples=40)
@given(st.integers(0, len(SAMPLE)), st.integers(0, 400), st.text(max_size=30))
def test_minutes_with_a_piece_torn_out_are_still_read_or_refused(start: int, length: int, put: str) -> None:
    reading = read(SAMPLE[:start] + put + SAMPLE[start + length :])
    assert reading.recognised is (reading.refusal is None)


HEAD = SAMPLE[: SAMPLE.index("### Attendees")]
GARBAGE = {
    "one endless line": "a" * 600_000,
    "endless spaces": " " * 600_000 + "x",
    "endless brackets": "(" * 200_000,
    "endless digits": "1234567890" * 20_000,
    "endless dashes": "-–" * 200_000,
    "endless stars": "*" * 400_000,
    "endless tabs": "\t" * 200_000,
    "endless pipes": "|" * 200_000,
    "many short lines": "x\n" * 200_000,
    "many headings": "## Actions\n" * 20_000,
    "many rows": "a\tDAG26-01\tb\tc\td\n" * 10_000,
    "many words": "The Chair advised that CR018 v1.8 was approved. " * 10_000,
    "many open brackets": "(x [y](z <b " * 20_000,
    "many decisions": "**DECISION DAG-DEC55: approved CR018**\n\n" * 4_000,
    "many items": "".join(f"**{n}. Item**\n\ntext\n\n" for n in range(1, 5_000)),
}


@pytest.mark.parametrize("kind", GARBAGE)
@pytest.mark.parametrize("opening", [HEAD + "## Minutes\n\n**1. Item**\n\n"], ids=["within an item"])
def test_garbage_takes_no_long_time(kind: str, opening: str) -> None:
    began = time.process_time()  # what others do on the machine meanwhile is no fault of the reader's
    read(opening + GARBAGE[kind])
    assert time.process_time() - began < 5
