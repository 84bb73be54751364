"""Days and times read alike on every page, in every mail and on paper: one module words them, and nothing else does."""

import re
from datetime import UTC, date, datetime, time

import pytest

from records.dates import as_clock, as_day, as_moment, as_second, as_tenths, as_weekday
from tests.architecture.listed import ROOT

WORDED = re.compile(r":%[aAdHIbBjeyY-]|strftime\(")  # in a format of Python's
MACHINES = re.compile(r"%Y-?%m-?%d")  # what a file, a field or a calendar reads
FILTERED = re.compile(r"\|(?:date|time)\b(?!:'Y-m-d')")
# Where a day of the week is the whole of what is said; and what reads the dates of others.
APART = {"minutes_reader/checks_dates.py": "{found.day:%A}", "minutes_reader/held.py": "strftime(\"%H:%M\")", "groups/rules/holidays.py": "{day:%A}", "records/working_days.py": "{day:%A}", "files/reading/workbooks.py": "{moment:%H:%M:%S}"}
READERS = ("minutes_reader/dates.py", "records/dates.py", "records/forms.py", "meetings/teams.py", "meetings/typed_lines.py")
OURS = ("tests", "bench", "launcher", "docs")


def python_files():
    for path in ROOT.glob("*/**/*.py"):
        name = str(path.relative_to(ROOT))
        if not name.startswith((*OURS, ".")) and "/migrations/" not in name and name not in READERS:
            yield name, path.read_text()


def test_no_code_words_a_date_or_a_time_by_itself():
    found = [
        f"{name}: {line.strip()}" for name, text in python_files() for line in text.splitlines()
        if WORDED.search(line) and not MACHINES.search(line) and not (name in APART and APART[name] in line)
    ]  # fmt: skip
    assert found == []


def test_no_template_does():
    found = [f"{path.name}: {line.strip()}" for path in (ROOT / "templates").rglob("*.*") for line in path.read_text().splitlines() if FILTERED.search(line)]
    assert found == []


@pytest.mark.parametrize(
    ("told", "worded"),
    [
        (as_day(date(2023, 7, 2)), "2 Jul 2023"), (as_day("2023-07-02"), "2 Jul 2023"), (as_day(None), ""), (as_day(""), ""),
        (as_day(datetime(2023, 7, 12, 23, 30, tzinfo=UTC)), "13 Jul 2023"), (as_weekday(date(2023, 7, 12)), "Wed 12 Jul 2023"),
        (as_clock(time(9, 5)), "09:05"), (as_clock(time(0, 0)), "00:00"), (as_clock("2023-07-12T16:00:00Z"), "17:00"), (as_clock(None), ""),
        (as_moment(datetime(2023, 12, 12, 17, tzinfo=UTC)), "17:00 on 12 Dec 2023"), (as_moment("2023-07-12T16:00:00Z"), "17:00 on 12 Jul 2023"),
        (as_second(datetime(2023, 7, 12, 15, 58, 2, tzinfo=UTC)), "16:58:02 on 12 Jul 2023"), (as_tenths(datetime(2023, 7, 12, 16, 0, 0, 460000, tzinfo=UTC)), "17:00:00.4"),
    ],
)  # fmt: skip
def test_it_is_londons_day_and_londons_clock(told, worded):
    assert told == worded
