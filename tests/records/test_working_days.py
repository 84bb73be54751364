"""Working days of England and Wales, as the programme counts them."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from groups.calendar import calendar
from groups.models import HolidayChange, User
from records.working_days import KNOWN_YEARS, Calendar, UnknownYear

EXAMPLES = Path(__file__).parents[3] / "shared" / "data" / "working_days.csv"
PLAIN = Calendar()
days = st.dates(date(2016, 1, 1), date(2028, 12, 31))
counts = st.integers(0, 60)


def worked_examples() -> list:
    if not EXAMPLES.exists():
        return [pytest.param(None, None, None, marks=pytest.mark.skip(reason="the worked examples are not beside this checkout"))]
    with EXAMPLES.open() as file:
        rows = list(csv.DictReader(file))
    return [pytest.param(row["start"], int(row["days"]), row["expected"], id=f"{row['start']}{row['days']}") for row in rows]


@pytest.mark.parametrize(("start", "count", "expected"), worked_examples())
def test_every_worked_example_holds(start, count, expected):
    assert PLAIN.add(date.fromisoformat(start), count) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2023-07-12", 10, "2023-07-26"),  # DAG026 must be published by
        ("2023-07-12", 5, "2023-07-19"),  # DAG026 was issued
        ("2022-09-08", 10, "2022-09-23"),  # the funeral holiday moved it by a day
        ("2023-04-28", 5, "2023-05-09"),  # 1 May and the coronation
        ("2026-03-27", 5, "2026-04-07"),  # Easter and the clock change
        ("2021-11-17", 10, "2021-12-01"),
        ("2021-12-24", 10, "2022-01-12"),
        ("2026-04-02", 5, "2026-04-13"),
        ("2026-12-23", 5, "2027-01-04"),
        ("2026-08-01", 1, "2026-08-03"),  # from a weekend
        ("2027-01-06", -5, "2026-12-29"),
        ("2020-05-01", 5, "2020-05-11"),  # VE Day moved the early May holiday
        ("2023-05-08", 1, "2023-05-09"),  # from a bank holiday
        ("2027-12-24", 1, "2027-12-29"),  # both Christmas days at the weekend
    ],
)
def test_deadlines_fall_where_the_bank_holidays_put_them(start, count, expected):
    assert PLAIN.add(date.fromisoformat(start), count) == date.fromisoformat(expected)


@given(days, counts.filter(bool))
def test_an_answer_is_always_a_working_day(day, count):
    assert PLAIN.is_working_day(PLAIN.add(day, count))
    assert PLAIN.is_working_day(PLAIN.add(day, -count))


@given(days, counts, counts)
def test_counting_on_in_two_steps_is_counting_on_in_one(day, first, second):
    assert PLAIN.add(PLAIN.add(day, first), second) == PLAIN.add(day, first + second)


@given(days, counts, st.integers(0, 30))
def test_a_later_start_never_falls_due_earlier(day, count, later):
    assert PLAIN.add(day, count) <= PLAIN.add(day + timedelta(days=later), count)


@given(days.filter(PLAIN.is_working_day), counts)
def test_counting_back_undoes_counting_on(day, count):
    assert PLAIN.add(PLAIN.add(day, count), -count) == day


@given(days, counts, st.integers(1, 90))
def test_a_proclaimed_holiday_never_moves_a_deadline_earlier(day, count, gap):
    holiday = Calendar(proclaimed={day + timedelta(days=gap): "A day of thanksgiving"})
    assert holiday.add(day, count) >= PLAIN.add(day, count)


@given(days, counts)
def test_the_working_accounts_for_every_day_between(day, count):
    working = PLAIN.working(day, count)
    assert [step.day for step in working.steps] == [day + timedelta(days=n) for n in range(1, (working.end - day).days + 1)]
    assert sum(step.counted for step in working.steps) == count
    assert all(step.why for step in working.steps if not step.counted)
    assert PLAIN.between(day, working.end) == count


@pytest.mark.parametrize("year", [KNOWN_YEARS[0] - 1, KNOWN_YEARS[-1] + 1])
def test_a_year_whose_holidays_are_not_on_file_is_never_guessed(year):
    with pytest.raises(UnknownYear, match=f"bank holidays of {year} are not on file"):
        PLAIN.add(date(year, 6, 1), 1)


def test_the_holidays_of_the_year_after_next_are_on_file():
    assert date.today().year + 2 in KNOWN_YEARS, "compare the next years with the published list, then extend KNOWN_YEARS"  # noqa: DTZ011


def test_a_holiday_proclaimed_late_counts_from_the_day_it_is_recorded(db):
    by = User.objects.the_installer()
    HolidayChange(day=date(2026, 7, 20), kind="proclaimed", name="A day of thanksgiving", announced_on=date(2026, 7, 10)).save_by(by)
    assert calendar().add(date(2026, 7, 17), 1) == date(2026, 7, 21)


def test_a_holiday_withdrawn_becomes_a_working_day(db):
    by = User.objects.the_installer()
    HolidayChange(day=date(2026, 8, 31), kind="withdrawn", name="Summer bank holiday", announced_on=date(2026, 6, 1)).save_by(by)
    assert calendar().add(date(2026, 8, 28), 1) == date(2026, 8, 31)


def test_the_command_prints_the_date_first_and_then_how_it_was_counted(db, capsys):
    call_command("working_day", "2023-07-12", "10")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2023-07-26"
    assert "Sat 15 Jul 2023  skipped: Saturday" in lines[3]
    assert "working day 10" in lines[-2]


def test_the_command_counts_back_too(db, capsys):
    call_command("working_day", "2027-01-06", "--", "-5")
    assert capsys.readouterr().out.splitlines()[0] == "2026-12-29"
