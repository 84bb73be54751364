"""Every change request of a group on one list for assurance: versions assessed, voted on and decided; who was asked, and who was silent how."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assurance.change_requests import HEADINGS, listed, sample, table
from change_requests import operations as changes
from decisions import operations as decisions
from decisions.models import Outcome
from decisions.subjects import Subject, Terms
from records import sweep
from tests.change_requests.offices import SAID, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(clock):
    return Office(clock)


def decide(office, reference: str, version: str, outcome: str = Outcome.APPROVED) -> None:
    decision = decisions.table(decisions.draft(office.group, "Hours", "The SRO decided", by=office.secretary), by=office.secretary)
    terms = Terms([Subject("change_request", reference, outcome, version=version)], reasons=["As assessed in version 1.0."])
    decisions.publish(decisions.determine(decision, terms, by=office.chair), by=office.secretary)


def close(clock) -> None:
    clock("2023-07-27 10:00")
    sweep.run()


def lines(office) -> list[dict]:
    head, *rest = table(office.group, listed(office.group))
    return [dict(zip(head, line, strict=True)) for line in rest]


def test_what_was_decided_as_it_was_assessed_is_told_from_what_was_not(office, clock):
    same, other, never = office.raised("One"), office.raised("Two"), office.raised("Three")
    for request in (same, other):
        office.assessed(request)
    close(clock)
    changes.fix(changes.draft_version(other, "1.1", what_changed="Less", by=office.raiser, **SAID), by=office.raiser)
    for request, version in ((same, "1.0"), (other, "1.1"), (never, "1.0")):
        decide(office, request.reference, version)
    told = {line["change request"]: (line["assessed"], line["decided"], line["same version throughout"]) for line in lines(office)}
    assert told == {
        "CR001": ("version 1.0", "version 1.0", "yes"),
        "CR002": ("version 1.0", "version 1.1", "no"),
        "CR003": ("", "version 1.0", "not recorded"),
    }


def test_the_silent_are_counted_by_kind_and_the_late_apart(office, clock):
    assessment = office.assessed()
    office.answer(assessment, 0, cost="Dear", confidence={"cost": "programme"})
    changes.note_opening(office.place(assessment, 1))
    close(clock)
    changes.give_leave(office.place(assessment, 2), why="Illness", by=office.secretary)
    office.answer(assessment, 2)
    changes.refuse_leave(office.place(assessment, 1), why="Too late", by=office.secretary)
    (line,) = lines(office)
    told = ("asked", "answered in time", "late", "refused late", "with something in confidence", "silent, nobody told", "silent, not opened", "silent, opened")
    assert [line[name] for name in told] == [4, 1, 1, 1, 1, 0, 1, 1]


def test_who_answered_the_version_before_is_neither_silent_nor_counted(office, clock):
    request = office.raised()
    office.answer(office.assessed(request), 0)
    close(clock)
    office.assessed(request)
    second = lines(office)[1]
    assert (second["asked"], second["answered in time"], second["silent, answered before"]) == (4, 0, 1)
    assert sum(second[name] for name in HEADINGS if name.startswith("silent")) == 4


def test_the_page_and_the_csv_are_for_assurance_and_the_reading_is_written_down(office):
    office.assessed()
    page = f"/desk/groups/{office.group.code}/process/change-requests/"
    answers = {name: office.visitor(getattr(office, name)).opens(page).status_code for name in ("reader", "chair", "secretary", "observer", "raiser")}
    assert answers == {"reader": 200, "chair": 200, "secretary": 200, "observer": 404, "raiser": 404}
    assert office.reader.person.assurance_readings.filter(reference__startswith="change requests of").exists()
    taken = office.visitor(office.reader).client.get(page, {"as": "csv"})
    rows = list(csv.DictReader(io.StringIO(taken.getvalue().decode().removeprefix("\ufeff"))))
    assert [(row["change request"], row["asked"]) for row in rows] == [("CR001", "4")]


def test_the_same_word_draws_the_same_ten(office):
    for n in range(14):
        office.raised(f"Change {n}")
    drawn = sample(listed(office.group), "kestrel")
    assert len(drawn) == len(set(drawn)) == 10
    assert drawn == sample(listed(office.group), "kestrel")
    assert drawn != sample(listed(office.group), "heron")
    page = office.reads(office.reader, f"/desk/groups/{office.group.code}/process/change-requests/?word=kestrel")
    assert "10 of 14 drawn by “kestrel”" in page


def test_it_takes_as_many_queries_for_ten_as_for_one(office):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            list(table(office.group, listed(office.group)))
        return len(asked)

    office.assessed()
    of_one = queries()
    for n in range(9):
        office.assessed(office.raised(f"Change {n}"))
    assert queries() == of_one
