"""An action is due on a day read from a whole known shape, and is open unless something is printed that may mean otherwise: that is doubted."""

from __future__ import annotations

import itertools

import pytest

from minutes_reader.due import due_on
from tests.minutes_reader.papers import minutes

DAYS = ["12/04/2024", "12 April 2024", "12th April 2024", "Friday 12 April 2024", "12 Apr 24", "2024-04-12", "12.04.2024", "April 12, 2024"]
PLAIN = ["{}", "by {}", "By {}", "on {}", "due {}", "due by {}", "no later than {}", "on or before {}", "by close of business on {}", "{} (EOD)", "{}, 17:00", "{} (noon)", "{}."]
MOVED = ["{} (was 05/04/2024)", "{}, previously 05/04/2024", "{} (moved from 05/04/2024)", "~~05/04/2024~~ {}", "05/04/2024, now {}", "05/04/2024 (revised to {})", "05/04/2024 {}", "05/04/2024 moved to {}", "05/04/2024 → {}", "{} (extended from 05/04/2024)"]
BEFORE = [
    "no earlier than", "no sooner than", "not before", "Delivered", "Sent", "raised", "Raised:", "opened", "Answered on", "w.c.", "w/c", "wk of", "week of", "commencing", "~", "ca.", "c.", "circa", "target", "expected", "ongoing, next review", "review on", "Closed", "Complete", "Done",
    "after", "from", "since", "between", "early", "mid", "late", "if possible by", "ideally", "not", "was", "5 days after", "TBC, perhaps", "Extended beyond", "earliest", "approx", "or",
]  # fmt: skip
AFTER = [
    "on hold", "(on hold)", "suspended", "paused", "cancelled", "deferred", "extended", "– moved to next DAG", "moved to the May meeting", ", now May", "+5 wd", "plus five", "unless CR901 is approved", "when CR901 is approved", "dependent on CR901", ", then monthly", "delivered", "met", "(TBC)", "?",
    "withdrawn", "closed", "complete", "at the earliest", "or later", "or sooner", "if CR901 is approved", "(provisional)", "(target)", "was", "superseded", "no longer", "and monthly after", "onwards", "(not met)", "– slipped", "overdue", "(was due)", "TBA", "/ ongoing", "to be confirmed", "in part",
]  # fmt: skip


@pytest.mark.parametrize("day", DAYS)
def test_a_day_is_read_from_each_known_shape(day: str) -> None:
    for shape in PLAIN:
        assert [str(each) for each in due_on(shape.format(day))] == ["2024-04-12", ""], shape
    for shape in MOVED:
        found, doubt = due_on(shape.format(day))
        assert (str(found), bool(doubt)) == ("2024-04-12", True), shape


@pytest.mark.parametrize("day", DAYS)
def test_beside_any_other_word_it_is_no_day_and_is_doubted(day: str) -> None:
    turned = [*(f"{word} {day}" for word in BEFORE), *(f"{day} {word}" for word in AFTER), *(f"{one} {day} {other}" for one, other in itertools.product(BEFORE[:6], AFTER[:6]))]
    for printed in turned:
        found, doubt = due_on(printed)
        assert found is None, printed
        assert printed.strip() in doubt


STATES = ["Closed", "Complete", "Completed", "Withdrawn", "Done", "Cancelled", "Superseded", "On hold", "Closed 12/03/2024", "Propose to close", "Not started; withdrawn", "No longer needed", "Recommended for closure", "Blue", "Ask the Chair"]
OPEN = ["Open", "Ongoing", "In progress", "New", "Not started", "On track", "Outstanding", "", "-", "OPEN", "Open – ongoing"]
TABLE = "## Actions\n\nArea\tRef\tAction\tOwner\tDue{heading}\nCosts\t{ref}\t{text}\t{owner}\t04/04/2024{state}\n"
BODY = "### 1. **Welcome**\n\nThe Chair opened the meeting.\n\n**ACTION XYZ07-01: {text}**\n"


def doubts(ref: str = "XYZ07-01", text: str = "Send the map", owner: str = "Chair", heading: str = "", state: str = "", body: str | None = None) -> list[str]:
    """The doubts about how the action of such minutes stands."""
    reading = minutes(TABLE.format(ref=ref, text=text, owner=owner, heading=heading, state=state), BODY.format(text=text if body is None else body))
    assert [action.ref for action in reading.actions] == ["XYZ07-01"]
    return [doubt for doubt in reading.warnings if "no longer open" in doubt]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("heading", ["Status", "Action Status", "Current status", "State"])
def test_a_status_that_is_not_known_to_be_open_is_doubted(heading: str, state: str) -> None:
    assert any(f"'{state}'" in doubt for doubt in doubts(heading=f"\t{heading}", state=f"\t{state}"))


@pytest.mark.parametrize("state", OPEN)
def test_an_open_status_is_not(state: str) -> None:
    assert doubts(heading="\tStatus", state=f"\t{state}") == []


@pytest.mark.parametrize("end", ["Closed", "Completed", "Withdrawn", "Cancelled", "Superseded", "Delivered", "Done"])
def test_an_end_is_doubted_wherever_it_is_printed(end: str) -> None:
    for text in (f"{end.upper()}: Send the map", f"{end}: send the map", f"Send the map ({end.lower()})", f"Send the map – {end.lower()}", f"Send the map [{end.upper()}]", f"Send the map. {end}.", f"{end} – Send the map", f"{end.upper()} Send the map"):
        assert doubts(text=text), text
        assert doubts(body=text), text
    assert doubts(ref=f"XYZ07-01 ({end.lower()})")
    assert doubts(owner=f"Chair ({end.lower()})")
    assert doubts(heading="\tUpdate", state=f"\t{end} at the meeting")
    assert doubts(heading="\tLatest", state=f"\t{end}")
    closed = minutes(f"## Actions\n\n**{end} actions**\n\nArea\tRef\tAction\tOwner\tDue\nCosts\tXYZ07-01\tSend the map\tChair\t04/04/2024\n", BODY.format(text="Send the map"))
    assert end not in ("Closed", "Completed", "Withdrawn") or any("no longer open" in doubt for doubt in closed.warnings)


@pytest.mark.parametrize("text", ["~~Send the map~~", "<s>Send the map</s>"])
def test_an_action_that_is_struck_out_is_doubted(text: str) -> None:
    assert doubts(text=text)


@pytest.mark.parametrize("text", ["Send the completed map to members", "Complete the map and send it", "Say when the work is done", "Close the gap in the map", "Confirm that the deliverables were delivered and by whom", "Chase the closed sites"])
def test_what_is_asked_for_is_no_end(text: str) -> None:
    assert doubts(text=text) == []
