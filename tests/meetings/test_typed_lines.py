"""A line typed into the minutes is read as people write it; what cannot be read is asked for, and nothing is guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.calendar import calendar
from meetings.typed_lines import Line, line_of, read_action, read_due

pytestmark = pytest.mark.django_db
MEETING = date(2023, 7, 12)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("9 Aug", date(2023, 8, 9)), ("9th August", date(2023, 8, 9)), ("Wed 9 Aug", date(2023, 8, 9)), ("09/08", date(2023, 8, 9)), ("9/8/23", date(2023, 8, 9)),
        ("2023-08-09", date(2023, 8, 9)), ("9 August 2024", date(2024, 8, 9)), ("10 Jan", date(2024, 1, 10)), ("12 Jul", date(2023, 7, 12)),
        ("Fri", date(2023, 7, 14)), ("Wed", date(2023, 7, 19)), ("next Wed", date(2023, 7, 19)), ("next Fri", date(2023, 7, 21)), ("tuesday", date(2023, 7, 18)),
        ("today", date(2023, 7, 12)), ("tomorrow", date(2023, 7, 13)), ("end of the week", date(2023, 7, 14)), ("the end of this week", date(2023, 7, 14)),
        ("end of week", date(2023, 7, 14)), ("end of next week", date(2023, 7, 21)), ("end of month", date(2023, 7, 31)), ("the end of the month", date(2023, 7, 31)),
        ("end of next month", date(2023, 8, 31)), ("end of Dec", date(2023, 12, 31)), ("end of July", date(2023, 7, 31)), ("end of Feb", date(2024, 2, 29)),
        ("end of December 2026", date(2026, 12, 31)), ("end August", date(2023, 8, 31)),
        ("+5 wd", date(2023, 7, 19)), ("5 working days", date(2023, 7, 19)), ("+1wd", date(2023, 7, 13)),
    ],
)  # fmt: skip
def test_a_day_as_people_write_it(words, day):
    assert read_due(words, MEETING, calendar()) == (day, "date")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("next meeting", date(2023, 8, 9)), ("the next meeting", date(2023, 8, 9)), ("the next DAG", date(2023, 8, 9)), ("next DAG meeting", date(2023, 8, 9)),
        ("our next meeting.", date(2023, 8, 9)), ("the next PSG", date(2023, 8, 2)), ("next Wed", date(2023, 7, 19)),
    ],
)  # fmt: skip
def test_the_next_meeting_is_a_day(words, day):
    coming = {"meeting": date(2023, 8, 9), "dag": date(2023, 8, 9), "psg": date(2023, 8, 2)}
    assert read_due(words, MEETING, calendar(), coming) == (day, "date")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("next meeting", "No next meeting is planned, so “next meeting” is no day yet: plan it, or write the day."),
        ("the next DAG", "No next meeting of DAG is planned, so “the next DAG” is no day yet"),
        ("the next FTIG", "“the next FTIG” is no day that can be read"),
    ],
)
def test_the_next_meeting_is_no_day_until_it_is_planned(words, sentence):
    read = read_action(f"@SJ by {words}: amend it", MEETING, calendar(), {"meeting": None, "dag": None})
    assert [str(each).startswith(sentence) for each in read.refusals] == [True]


@pytest.mark.parametrize(
    ("on", "day"),
    [
        (date(2024, 3, 26), date(2024, 3, 28)),  # before Good Friday
        (date(2026, 12, 22), date(2026, 12, 24)),  # before Christmas Day, a Friday
        (date(2023, 7, 14), date(2023, 7, 14)),  # a Friday itself
        (date(2023, 7, 15), date(2023, 7, 21)),  # a Saturday
    ],
)
def test_the_end_of_the_week_is_its_friday_or_the_working_day_before(on, day):
    assert read_due("end of the week", on, calendar()) == (day, "date")


@pytest.mark.parametrize(("words", "kind"), [("ASAP", "asap"), ("as soon as possible", "asap"), ("TBC", "tbc"), ("ongoing", "ongoing")])
def test_no_day_said_on_purpose(words, kind):
    assert read_due(words, MEETING, calendar()) == (None, kind)


@pytest.mark.parametrize("words", ["31 Jun", "soon", "9 Aug or so", "s", "t", "29 Feb 2023", "32/01/2023", "next", "", "+9999 wd years", "²", "end of", "end of the day", "end of may 99", "end of next May", "next meeting", "next week"])
def test_what_is_no_day_is_not_taken_for_one(words):
    assert read_due(words, MEETING, calendar()) == (None, "")


@pytest.mark.parametrize(
    ("typed", "owner", "due", "text"),
    [
        ("@SJ by 9 Aug: amend CR024", "SJ", date(2023, 8, 9), "amend CR024"),
        ("@DAG Members by 9 Aug: read it by then: all of it", "DAG Members", date(2023, 8, 9), "read it by then: all of it"),
        ("@SJ: amend CR024", "SJ", None, "amend CR024"),
        ("@Programme (PMO) by ASAP: write\nin two lines", "Programme (PMO)", None, "write\nin two lines"),
    ],
)
def test_an_action_on_one_line(typed, owner, due, text):
    read = read_action(typed, MEETING, calendar())
    assert (read.owner, read.due_on, read.text, read.refusals) == (owner, due, text, [])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("amend CR024", "There is no colon before what is to be done"),
        ("by 9 Aug: amend CR024", "Say who is to do it"),
        ("@SJ by the summer: amend CR024", "“the summer” is no day that can be read"),
        ("", "There is no colon"),
    ],
)
def test_what_is_missing_is_asked_for(typed, sentence):
    assert sentence in " ".join(read_action(typed, MEETING, calendar()).refusals)


@given(st.text(max_size=200))
def test_whatever_is_typed_nothing_breaks(text):
    line = line_of("/" + text)
    if line:
        read_action(line.rest, MEETING, calendar())


def test_only_a_line_that_begins_so_asks_for_something():
    assert line_of("It costs 5/action") is None
    assert line_of(" /defer ").word == "defer"


@pytest.mark.parametrize("typed", ["/Action @SJ: amend CR024", "/ACTION @SJ: amend CR024", "/ action @SJ: amend CR024", " /\tAction @SJ: amend CR024"])
def test_a_capital_letter_or_a_blank_behind_the_stroke_asks_for_the_same(typed):
    assert line_of(typed) == Line("action", "@SJ: amend CR024")
