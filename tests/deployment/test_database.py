"""What the role of the portal can do to the database, and what holds for each of its connections."""

import subprocess
import sys
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from dag_portal import gunicorn
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
from tests.races.crews import ROOT, database_of_the_test, environment

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


# What a process of the portal prints, of a connection as it gets one: its limits, and what becomes of whoever overruns them.
TRIED = """
import time
from django.db import DatabaseError, connection, transaction
cursor = connection.cursor()
for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
    cursor.execute("SHOW " + name)
    print(*cursor.fetchone())
try:
    cursor.execute("SELECT pg_sleep(60)")
except DatabaseError as error:
    print(error.__cause__.sqlstate)
try:
    with transaction.atomic():
        cursor.execute("SELECT 1")
        time.sleep(1)
        cursor.execute("SELECT 1")
except DatabaseError as error:
    print(error.__cause__.sqlstate)
"""


def of_a_process(told: str, **limits: str) -> list[str]:
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", told]
    known = environment(database_of_the_test()) | {"STATEMENT_TIMEOUT": "", "LOCK_TIMEOUT": "", "IDLE_IN_TRANSACTION_TIMEOUT": ""} | limits
    return subprocess.run(command, cwd=ROOT, env=known, capture_output=True, text=True, check=True).stdout.split()


def test_a_statement_and_an_idle_transaction_that_take_too_long_are_ended_in_the_portals_own_connections():
    told = of_a_process(TRIED, STATEMENT_TIMEOUT="250ms", LOCK_TIMEOUT="150ms", IDLE_IN_TRANSACTION_TIMEOUT="300ms")
    assert told == ["250ms", "150ms", "300ms", "57014", "25P03"]  # query_canceled, idle_in_transaction_session_timeout


def test_pages_are_served_under_limits_and_what_is_long_by_nature_is_not_but_no_transaction_is_left_open_for_ever():
    shown = TRIED.split("try:")[0]
    assert of_a_process(shown, **dict(each.split("=") for each in gunicorn.raw_env)) == ["20s", "8s", "15min"]
    with connection.cursor() as cursor:
        told = [cursor.execute(f"SHOW {name}").fetchone()[0] for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")]
    assert told == ["0", "0", "15min"]
