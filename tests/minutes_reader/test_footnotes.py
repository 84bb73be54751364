"""The mark of a footnote is no digit of the reference, version, day or name it stands behind."""

from __future__ import annotations

import pytest

from minutes_reader.document import footnote_marks, lines_of
from tests.minutes_reader.papers import minutes

MARKS = ["<sup>2</sup>", " <sup>2</sup>", "<sup>[2]</sup>", "<sup>a</sup>", "²", "[^2]", "^2^", "&sup2;", "<SUP>12</SUP>", "¹²"]


@pytest.mark.parametrize("mark", MARKS)
def test_references_and_versions_are_read_without_it(mark: str) -> None:
    reading = minutes(
        f"## Actions\n\nArea\tRef\tAction\tOwner\tDue\nCosts\tXYZ07-01{mark}\tSend the costs\tChair\t04/04/2024{mark}\n",
        f"## Decisions\n\nArea\tDec Ref\tDecision\nCR901\tXYZ-DEC12{mark}\tThe SRO approved CR901{mark} version 1.2{mark}\n",
        f"### 1. **CR901**\n\n**DECISION XYZ-DEC12{mark}: The SRO approved CR901{mark} version 1.2{mark}**\n\n**ACTION XYZ07-01{mark}: Send the costs**\n",
    )
    assert [(action.ref, str(action.due)) for action in reading.actions] == [("XYZ07-01", "2024-04-04")]
    [decision] = reading.decisions
    assert (decision.ref, [(cr.cr, cr.version, cr.outcome) for cr in decision.crs]) == ("XYZ-DEC12", [("CR901", "1.2", "approved")])
    assert any(doubt.startswith("Marks of footnotes stand raised in the text") for doubt in reading.warnings)


def test_a_power_and_an_ordinal_are_no_footnotes() -> None:
    assert lines_of("10<sup>3</sup> sites of 5 km², 12<sup>th</sup> July") == ["10^3 sites of 5 km^2, 12th July"]
    assert footnote_marks("10<sup>3</sup> sites of 5 km², 12<sup>th</sup> July") == []
