"""What the role of the portal can do to the database, and what holds for each of its connections."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from dag_portal.settings import SAID_TO_POSTGRESQL
from groups import operations
from ledger.models import Check
from ledger.nightly import check_and_remember
from notifications.models import SweepRun
from notifications.sweeping import run_and_remember
from records.clock import portal_now
from records.guards import APP_ROLE, lay_down_guards
from tests.factories import PersonFactory, a_pmo
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError:
        return True
    return False


def test_a_run_of_the_clock_and_a_check_are_neither_changed_nor_dated_otherwise(clock):
    clock("2023-07-12 10:00")
    now = portal_now()
    run_and_remember()
    check_and_remember()
    for table in ("notifications_sweeprun", "ledger_check"):
        assert refused(f"UPDATE {table} SET finished_at = '2030-01-01'")  # noqa: S608 - the two above
        assert refused(f"DELETE FROM {table}")  # noqa: S608
    SweepRun(started_at="2030-01-01T00:00Z", finished_at="2030-01-01T00:00Z").save(force_insert=True)
    Check(started_at="2030-01-01T00:00Z", finished_at="2030-01-01T00:00Z", counted=1).save(force_insert=True)
    for made in (SweepRun.objects.first(), Check.objects.first()):
        assert (made.started_at, made.finished_at) == (now, now)


@pytest.mark.parametrize("sql", ["CREATE TEMPORARY TABLE groups_user (id int)", "CREATE TABLE public.mine (id int)", "CREATE SCHEMA mine", "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'"])
def test_the_role_makes_nothing_that_could_be_taken_for_something_of_the_portals(as_owner, sql):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        lay_down_guards()  # as after each migration: a copy of a database has none of what was granted on the database itself
        cursor.execute(f"SET ROLE {APP_ROLE}")
    assert refused(sql)


def test_what_the_role_has_remembered_for_itself_is_found_every_night_and_changes_no_connection():
    assert check_and_remember().faults == []
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER ROLE {APP_ROLE} SET search_path = 'pg_temp, public'")
    assert check_and_remember().faults == [
        "The database remembers a setting for the role portal_app that the portal did not make: search_path=\"pg_temp, public\""
    ]
    with pytest.raises(CommandError, match="1 fault found"):
        call_command("verify_ledger")
    with connection.cursor() as cursor:
        for name in SAID_TO_POSTGRESQL:
            cursor.execute("SELECT source FROM pg_settings WHERE name = %s", [name])
            assert cursor.fetchone() == ("client",), f"{name} is what the role remembers, where it remembers any"


@pytest.mark.django_db(transaction=True)
def test_whoever_waits_too_long_for_a_lock_is_told_that_nothing_was_done(settings):
    settings.DEMO = True
    person, visitor = PersonFactory(name="Ines Calder"), Visitor(a_pmo())
    held, told = threading.Event(), threading.Event()

    def holds() -> None:
        with transaction.atomic():
            operations.correct_person(person, name="Ines B. Calder", email=person.email, why="A letter was missing", by=visitor.user)
            held.set()
            told.wait(30)
        connection.close()

    holding = threading.Thread(target=holds)
    holding.start()
    assert held.wait(30)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    page = visitor.opens(f"/desk/people/{person.pk}/correct/")
    answer = visitor.sends(page, {"name": "Ines C. Calder", "why": "Another letter"})
    alive = Client().get("/livez").status_code
    told.set()
    holding.join()
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 0")
    assert (answer.status_code, answer["Retry-After"], alive) == (503, "10", 200)
    assert "Nothing has been done" in text_of(answer)
    person.refresh_from_db()
    assert person.name == "Ines B. Calder"
