"""A day without a year has the one year that its meeting makes possible; where it could be two, or the column is no plain one, it is no day and is doubted."""

from __future__ import annotations

import datetime

import pytest

from minutes_reader import Reading
from tests.minutes_reader.papers import minutes
from tests.minutes_reader.test_action_states import AFTER, BEFORE, MOVED, PLAIN

WITHOUT = ["12 April", "12th April", "12 Apr", "12-Apr", "12th of April", "Tuesday 12 April", "Tue 12 April", "April 12th"]
NINTH = "9 March 2022 10:00-12:00"


def read(*dues: str, when: str = NINTH, ref: str = "XYZ07", area: str = "Costs", issued: str = "16/03/2022") -> Reading:
    """Minutes with an action for each due."""
    rows = "\n".join(f"{area}\t{ref}-{n:02d}\tSend it\tChair\t{due}" for n, due in enumerate(dues, 1))
    body = "### 1. **Welcome**\n\nThe Chair opened the meeting.\n"
    return minutes(f"## Actions\n\nArea\tRef\tAction\tOwner\tDue\n{rows}\n", body, when=when, issued=issued)


def days(*dues: str, **told: str) -> list[str]:
    """The day of each, after a look at whether each that has none, or a year that is not printed, is doubted."""
    reading = read(*dues, **told)
    for action, due in zip(reading.actions, dues, strict=True):
        doubts = [doubt for doubt in reading.warnings if doubt.startswith(f"The due date of {action.ref} ")]
        assert len(doubts) == 1, due
        assert due.strip() in doubts[0]
        assert ("without a year" in doubts[0]) == (action.due is not None and "taken to stand" in doubts[0]), due
    return [str(action.due or "") for action in reading.actions]


@pytest.mark.parametrize("day", WITHOUT)
def test_what_a_meeting_asks_for_by_a_day_is_due_on_the_next_such_day(day: str) -> None:
    dues = [shape.format(day) for shape in PLAIN]
    assert days(*dues) == ["2022-04-12"] * len(dues)


@pytest.mark.parametrize(
    ("day", "when", "due"),
    [
        ("9 March", NINTH, "2022-03-09"), ("10 March", NINTH, "2022-03-10"), ("8 March", NINTH, ""), ("7 February", NINTH, ""), ("6 February", NINTH, "2023-02-06"), ("12 January", "14 December 2022", "2023-01-12"),
        ("15 December", "14 December 2022", "2022-12-15"), ("29 February", "6 December 2023", "2024-02-29"), ("29 February", "6 December 2022", ""), ("31 April", NINTH, ""),
        ("Wednesday 12 April", "8 March 2023", "2023-04-12"), ("Tuesday 12 April", "8 March 2023", ""), ("Wednesday 12 April", NINTH, ""),
    ],
)  # fmt: skip
def test_the_year_is_that_of_the_meeting_or_the_next_and_of_none_further_ahead_than_eleven_months(day: str, when: str, due: str) -> None:
    issued = "14/03/2024"
    assert days(f"By {day}", when=when, issued=issued) == [due]


def test_from_any_day_of_a_year_what_is_read_is_ahead_and_no_other_such_day_is_nearer() -> None:
    for held in (datetime.date(2023, 1, 1) + datetime.timedelta(days=each) for each in range(0, 730, 13)):
        dues = [datetime.date(2024, month, day) for month in range(1, 13) for day in (1, 15, 28)]
        found = days(*(f"by {due:%-d %B}" for due in dues), when=f"{held:%-d %B %Y}", issued="14/03/2025")
        for due, said in zip(dues, found, strict=True):
            ahead = min(each for year in (held.year, held.year + 1) if (each := due.replace(year=year)) >= held)
            assert said == (str(ahead) if (ahead - held).days <= 334 else ""), (held, due)


@pytest.mark.parametrize("day", ["12 April", "Tuesday 12 April"])
def test_beside_any_other_word_there_is_no_day(day: str) -> None:
    turned = [*(f"{word} {day}" for word in BEFORE), *(f"{day} {word}" for word in AFTER), *(shape.format(day) for shape in MOVED), f"~~{day}~~", f"~~5 April~~ {day}", f"{day} (was 5 April)", f"5 April, now {day}", f"5 April / {day}", f"5 and {day}", f"{day} or 19 April"]
    for due in turned:
        assert all(said in ("", "2024-04-05") for said in days(due, issued="14/03/2025")), due


@pytest.mark.parametrize("day", ["12/04", "12.04.", "April 12", "Apr 24", "Apr-24", "April", "mid April", "12", "12th", "12 April 22.5"])
def test_what_may_be_a_month_and_a_year_is_no_day(day: str) -> None:
    assert days(f"By {day}") == [""]


def test_of_what_was_carried_it_may_be_the_last_such_day() -> None:
    assert days("By 12 April", ref="XYZ06") == [""]
    assert days("By 12 April", area="Previous Meeting(s)") == [""]


@pytest.mark.parametrize("other", ["02/03/2022", "~~02/03/2022~~ 06/04/2022", "06/04/2022 (was 02/03/2022)", "02/03/2022, now 06/04/2022", "1 March 2022"])
def test_in_a_column_that_has_a_day_before_the_meeting_there_is_none(other: str) -> None:
    reading = read("By 12 April", other)
    assert reading.actions[0].due is None
    assert any("The due date of XYZ07-01 is printed as 'By 12 April', which is no date" in doubt for doubt in reading.warnings)


def test_days_to_come_beside_it_and_days_of_what_was_carried_leave_it_be() -> None:
    rows = "Costs\tXYZ07-01\tSend it\tChair\tBy 12 April\nCosts\tXYZ07-02\tSend it\tChair\t06/04/2022\nPrevious Meeting(s)\tXYZ06-01\tSend it\tChair\t12/01/2022\n"
    reading = minutes(f"## Actions\n\nArea\tRef\tAction\tOwner\tDue\n{rows}", "### 1. **Welcome**\n\nThe Chair opened the meeting.\n", when=NINTH, issued="16/03/2022")
    assert [str(action.due) for action in reading.actions] == ["2022-04-12", "2022-04-06", "2022-01-12"]


def test_in_a_paper_that_was_issued_before_its_meeting_no_year_is_given() -> None:
    assert days("By 12 April", issued="14/03/2021") == [""]


def test_in_a_table_that_was_run_down_the_page_it_is_by_when_and_not_who() -> None:
    run_down = "## Actions\n\nArea\nRef\nAction\nOwner\nDue\nCosts\nXYZ07-01\nSend the map to members\nChair\nBy 12 April\nCR902\nXYZ07-02\nAsk the SRO for the costs\nSecretariat\n6 May\n"
    reading = minutes(run_down, "### 1. **Welcome**\n\nThe Chair opened the meeting.\n", when=NINTH, issued="16/03/2022")
    assert [(action.owner, str(action.due), action.due_text) for action in reading.actions] == [("Chair", "2022-04-12", "By 12 April"), ("Secretariat", "2022-05-06", "6 May")]
