"""A chore is done row by row: each of them once, whatever becomes due or fails meanwhile, and no row costs more than the one before."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import Person
from records import sweep
from records.clock import ThisMoment
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
HOUR = datetime(2023, 7, 12, 9, tzinfo=UTC)


@pytest.fixture
def chore(monkeypatch):
    """chore(do): the only one there is. It is due for whoever is called "due"."""

    def only(do) -> list[str]:
        done: list[str] = []

        def does(person: Person) -> None:
            done.append(person.email)
            do(person)

        monkeypatch.setattr(sweep, "_chores", {"call": sweep.Chore("call", 1, lambda now: Person.objects.filter(name="due"), does)})
        return done

    return only


def people(*called: str) -> list[Person]:
    return [PersonFactory(name=name, email=f"{n}@example.org") for n, name in enumerate(called)]


def becomes(person: Person, name: str) -> None:
    Person.objects.filter(pk=person.pk).update(name=name)


def test_what_became_due_behind_the_last_one_is_done_in_the_same_sweep_and_nothing_twice(chore):
    first, second, third = people("not yet", "due", "due")

    def do(person):
        becomes(person, "done")
        if person == third:
            becomes(first, "due")

    done = chore(do)
    report = sweep.run()
    assert done == [second.email, third.email, first.email]
    assert report.done == {"call": 3}


def test_what_fails_is_tried_once_and_what_comes_after_it_is_done(chore):
    first, second, third = people("due", "due", "due")

    def do(person):
        if person == second:
            raise ValueError("No.")
        becomes(person, "done")

    done = chore(do)
    report = sweep.run()
    assert done == [first.email, second.email, third.email]
    assert (report.done, len(report.failures)) == ({"call": 2}, 1)


def test_the_hundredth_row_is_asked_for_in_no_more_words_than_the_second(chore):
    people(*["due"] * 100)
    chore(lambda person: becomes(person, "done"))
    with CaptureQueriesContext(connection) as asked:
        assert sweep.run().done == {"call": 100}
    found = [len(query["sql"]) for query in asked.captured_queries if 'FROM "groups_person"' in query["sql"] and "ORDER BY" in query["sql"]]
    assert len(found) >= 100
    assert max(found[2:-1]) - min(found[2:-1]) < 20  # the digits of a key


@pytest.mark.parametrize("each", [each for each in sweep.chores() if each.lasting], ids=lambda each: each.name)
def test_whether_anything_is_due_is_asked_of_the_same_rows_at_every_hour(each, django_assert_num_queries):
    """It is put together once, so that a sweep which finds nothing costs next to nothing."""
    with django_assert_num_queries(0):  # what was asked then would be stale the next time
        sql, _ = each.due(ThisMoment()).query.sql_with_params()
        at_an_hour, _ = each.due(HOUR).query.sql_with_params()
    assert re.sub(r"\(\(SELECT portal_now\(\)\) - %s\)|\(SELECT portal_now\(\)\)", "%s", sql) == at_an_hour
    assert sweep.any_due(each.due).rows() == []
