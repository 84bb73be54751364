"""The reasons of a decision, each of them once: with a table or points within, bulleted, under headings, by their own numbers."""

from __future__ import annotations

import pytest

from tests.minutes_reader.papers import minutes

TOLD = "POST MEETING UPDATE: The XYZ Chair **approved** CR901. Members were told by email on 11 March 2024. These are the Chair's reasons:"
DECIDED = "**DECISION XYZ-DEC12: The SRO approved CR901**"
REASONS = {
    "a table within the second": ("1. That the cost is small\n2. That the figures were these:\n\nYear\tCost\n2024\t10\n\n3. That consumers gain\n4. That members were split", ["That the cost is small", "That the figures were these: Year – Cost; 2024 – 10", "That consumers gain", "That members were split"]),
    "bulleted": ("- That the cost is small\n- That consumers gain", ["That the cost is small", "That consumers gain"]),
    "with points": ("1. That the cost is small:\n   a. in 2024\n   b. in 2025\n2. That consumers gain", ["That the cost is small: (a) in 2024 (b) in 2025", "That consumers gain"]),
    "with bullets within": ("1. That the cost is small:\n   - in 2024\n2. That consumers gain", ["That the cost is small: – in 2024", "That consumers gain"]),
    "lettered": ("a. That the cost is small\nb. That consumers gain", ["That the cost is small", "That consumers gain"]),
    "under headings": ("**On design**\n\n1. That it stands\n\n**On consumers**\n\n2. That consumers gain\n3. That members were split", ["On design: That it stands", "On consumers: That consumers gain", "That members were split"]),
    "by their own numbers": ("**On design**\n\n4. That it stands\n\n**On consumers**\n\n5. That consumers gain\n6. That members were split", ["(4) On design: That it stands", "(5) On consumers: That consumers gain", "(6) That members were split"]),
    "bulleted under headings": ("**On design**\n\n- That it stands\n\n**On consumers**\n\n- That consumers gain", ["On design: That it stands", "On consumers: That consumers gain"]),
    "and another list after them": ("1. That the cost is small\n\nMembers were asked to send in:\n\n1. their costs\n2. their dates", ["That the cost is small"]),
    "and next steps after them": ("1. That the cost is small\n\n**Next steps**\n\n2. Publish the costs", ["That the cost is small"]),
}  # fmt: skip


@pytest.mark.parametrize("how", REASONS)
def test_reasons_are_read(how: str) -> None:
    printed, expected = REASONS[how]
    reading = minutes(f"### 1. **CR900**\n\nNothing was said.\n\n### 4. **CR901**\n\n{TOLD}\n\n{printed}\n\n{DECIDED}\n\n### 5. **Close**\n\nThe Chair thanked members.\n")
    [decision] = reading.decisions
    assert decision.reasons == expected
    assert (decision.made_where, decision.determined_by, decision.item_number) == ("post meeting", "XYZ Chair", 4)
    assert [item.number for item in reading.items] == [1, 4, 5]


def test_reasons_that_cannot_be_told_are_doubted() -> None:
    reading = minutes(f"### 1. **CR901**\n\n{TOLD}\n\nThe cost is small, and consumers gain.\n\n{DECIDED}\n")
    assert reading.decisions[0].reasons == []
    assert any("Reasons are announced under 'CR901', and none of them can be told" in doubt for doubt in reading.warnings)
