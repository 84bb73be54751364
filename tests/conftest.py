"""The suite runs on real PostgreSQL, as the role the portal runs as, with a clock it can set."""

import copy
import gc
import os
import zlib
from collections.abc import Callable
from datetime import datetime
from threading import Thread

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase
from psycopg._preparing import PrepareManager

from records import operations
from records.clock import LONDON
from records.editions import nouns
from register import checking
from tests import databases
from tests.workers import pytest_xdist_make_scheduler  # noqa: F401 - a hook

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in the thread that asks the database

# How long an example takes, and how long making it up does, depends on what else the machine does.
hypothesis.settings.register_profile("portal", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("portal")

# In the test database the clock can be set, for every connection at once, by a row. It stands still, so that no test meets the
# turn of a minute or a day, a weekend or a holiday that it did not ask for; without a moment in the row it runs.
STANDS_AT = "2023-07-12 10:00"
CLOCK = """
CREATE TABLE IF NOT EXISTS test_clock (at timestamptz);
INSERT INTO test_clock VALUES (NULL);
GRANT SELECT, UPDATE ON test_clock TO portal_app;
CREATE OR REPLACE FUNCTION portal_now() RETURNS timestamptz LANGUAGE plpgsql VOLATILE
    AS 'BEGIN RETURN coalesce((SELECT max(at) FROM test_clock), clock_timestamp()); END';
"""
MANY = 1000  # tests: whoever runs fewer has chosen them
_as_the_portal = False


def pytest_configure(config):
    gc.disable()  # until all is collected: none of it is to be thrown away
    operations.CHECKED = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_AUTOREFRESH = True
    # A connection lasts for all tests of a worker, and they ask the same: a plan is made once, at the second time, for whatever values.
    options = settings.DATABASES["default"]["OPTIONS"]
    options.update(prepare_threshold=1, options=f"{options['options']} -c plan_cache_mode=force_generic_plan")


# Folders and modules with single tests that take many seconds: begun last, one of them would keep one worker busy while the others are done.
BEGUN_FIRST = {"scenarios", "rehearsal", "bench", "launcher", "test_migrating", "test_assessments_at_once"}
BEGUN_LAST = {"races"}  # many that are short: they fill the end


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    variants: dict[tuple, list] = {}
    for item in items:
        if item.get_closest_marker("many"):
            variants.setdefault((item.path, item.originalname), []).append(item)
    for of_one in variants.values():
        wanted = of_one[0].get_closest_marker("many").args[0]
        for n, item in enumerate(of_one):
            if n * wanted // len(of_one) == (n - 1) * wanted // len(of_one):
                item.add_marker(pytest.mark.long)
    first: dict = {}
    for n, item in enumerate(items):
        first.setdefault(item.path, n)
    # In a module, those that take no scene come before it is made: it would be there for them, too.
    items.sort(key=lambda item: (first[item.path], "scene" in item.fixturenames))
    yield  # it is seen which are long, and those that need a database are put before the others
    asks = {item.path for item in items if item.get_closest_marker("django_db") or {"db", "transactional_db", "live_server"} & set(item.fixturenames)}
    # While the database is made ready, there are modules that need none.
    items.sort(key=lambda item: (item.path in asks or _is_of(item, BEGUN_FIRST) or _is_of(item, BEGUN_LAST), not _is_of(item, BEGUN_FIRST), _is_of(item, BEGUN_LAST)))


def _is_of(item: pytest.Item, named: set[str]) -> bool:
    return item.path.parent.name in named or item.path.stem in named


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """A scene is there for the tests that take it. Should another of the module come after it all the same (a worker that takes over what is left), it is taken down first."""
    if "scene" not in item.fixturenames:
        for found in item.session._fixturemanager.getfixturedefs("scene", item) or ():
            if found.cached_result is not None:
                found.finish(item._request)


def pytest_sessionstart(session):
    """Where everything is run, it is collected meanwhile."""
    if not hasattr(session.config, "workerinput") and session.config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        Thread(target=databases.made_ready, daemon=True).start()


def pytest_collection_finish(session):
    gc.enable()
    gc.freeze()  # what is imported by now stays, and need not be looked through again and again
    gc.set_threshold(20_000, 20, 50)


def pytest_sessionfinish(session):
    if not hasattr(session.config, "workerinput"):
        databases.remove()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """The database of this worker is a copy of one that was migrated once for all of them."""
    name, told = f"{databases.MIGRATED}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}", connection.settings_dict
    before, told["NAME"] = told["NAME"], name
    with django_db_blocker.unblock():
        connection.close()
        databases.create(name, databases.migrated())
        with connection.cursor() as cursor:
            cursor.execute(CLOCK)
            cursor.execute(FILLED)
            _filled_by_migrations.update(table for (table,) in cursor.fetchall())
        set_clock(STANDS_AT)
        yield
        connection.close()
        databases.drop(name)
    told["NAME"] = before


# Tables into which anything was ever written. One that was emptied is not among them.
FILLED = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0"
_filled_by_migrations: set[str] = set()


def _take_away_what_was_committed(self) -> None:
    """Django would empty every table and do all that follows a migration anew, which takes most of a second."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(FILLED)
        if tables := {table for (table,) in cursor.fetchall()} - _filled_by_migrations:
            cursor.execute(f"TRUNCATE {', '.join(connection.ops.quote_name(table) for table in tables)} CASCADE")


TransactionTestCase._fixture_teardown = _take_away_what_was_committed


def _are_to_be_forgotten(self, prep, results) -> bool:
    """Psycopg forgets all plans at a rollback, since a table may have been made anew in what is taken back. Every test ends with one, and makes no table."""
    return _were_to_be_forgotten(self, prep, [result for result in results if result.command_status != b"ROLLBACK"])


_were_to_be_forgotten, PrepareManager._should_discard = PrepareManager._should_discard, _are_to_be_forgotten
PrepareManager.prepared_max = 1000  # of the thousands of queries that a worker asks in all its tests, those asked again


def _take_role(sender, connection, **kwargs):
    if _as_the_portal:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE portal_app")


connection_created.connect(_take_role, dispatch_uid="tests take the portal's role")


@pytest.fixture(autouse=True)
def as_the_portal(request):
    """Every test that uses the database does so with the portal's own privileges, in every thread."""
    global _as_the_portal
    wanted = {"db", "transactional_db", "live_server"} & set(request.fixturenames) or request.node.get_closest_marker("django_db")
    if not wanted:
        yield False
        return
    marker = request.node.get_closest_marker("django_db")
    lasting = "transactional_db" in request.fixturenames or "live_server" in request.fixturenames
    lasting = lasting or (marker is not None and marker.kwargs.get("transaction"))
    request.getfixturevalue("transactional_db" if lasting else "db")
    _as_the_portal = True
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE portal_app")
    yield True
    _as_the_portal = False
    if not connection.needs_rollback:
        with connection.cursor() as cursor:
            set_clock(STANDS_AT)
            cursor.execute("RESET ROLE")


@pytest.fixture(autouse=True)
def what_is_public_reads_as_the_record_says(request, as_the_portal):
    """After every test that writes: no verb has left a public page behind. What a forger did is for the tests of forging; of what was undone, nothing is left.

    The first test that meets a scene answers for it. Where the brief form of the whole suite is run, one test in six is looked at.
    """
    spared = not as_the_portal or any(map(request.node.get_closest_marker, ("forged", "undone"))) or "as_owner" in request.fixturenames
    spared = spared or (_is_brief(request.session) and zlib.crc32(request.node.nodeid.encode()) % 6 != 0)
    before = None if spared or not connection.in_atomic_block else _written()
    yield
    if spared or connection.needs_rollback or (request.module in _checked and before is not None and _written() == before):
        return
    there = _records()
    found = list(checking.faults(lambda noun: there.get(noun.name, [])))
    assert not found, "a verb changes what is public and does not issue it: " + " ".join(found)
    _checked.add(request.module)


def _is_brief(session) -> bool:
    return "not long" in session.config.option.markexpr and session.testscollected > MANY


def _records() -> dict[str, list[int]]:
    """The records of each noun, asked for at once: most tests have none of most nouns. Groups and seats are made by factories, which issue nothing."""
    told = [(name, noun.record._meta.db_table) for name, noun in nouns.items() if name not in ("group", "seat")]
    found: dict[str, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', id FROM {table}" for name, table in told))  # noqa: S608 - our own names
        for name, pk in cursor.fetchall():
            found.setdefault(name, []).append(pk)
    return found


_checked: set = set()  # the modules of which a test was, since their scene was made
# Rows written in this transaction, taken back or not. That somebody has signed in is in no page; what time it is must not be.
# The view of these numbers would ask for eight others of each table besides.
WRITTEN = """
SELECT coalesce(sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid)), 0)
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname NOT IN ('django_session', 'groups_user')
"""


def _written() -> int:
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return cursor.fetchone()[0]


@pytest.fixture(scope="module")
def scene(request, django_db_setup, django_db_blocker):
    """scene(build): what takes long to make is made once for a module. It gives a fixture of the tests a copy of what was built.

    The records stand for the whole module; each test undoes only what it has changed itself.
    """
    _checked.discard(request.module)
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE portal_app")
        yield _staged
        transaction.set_rollback(True)


def _staged(build: Callable):
    built = build()
    return lambda: copy.deepcopy(built)


@pytest.fixture
def as_owner(db):
    """Do what the owner of the database could: a forger who switches the guards off, or an administrator at the wrong prompt."""

    def execute(sql: str, *values):
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname IN ('append_only', 'frozen')")
            for table, guard in cursor.fetchall():
                cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER {guard}')
            cursor.execute(sql, values)
            cursor.execute("SET ROLE portal_app")

    return execute


def set_clock(moment: str | datetime | None) -> None:
    """Set the database's clock to a moment in London: set_clock("2023-07-12 17:00"). It stands still there; without one it runs."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment).replace(tzinfo=LONDON)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE test_clock SET at = %s", [moment])


@pytest.fixture
def clock() -> Callable[[str | datetime | None], None]:
    """The same for a test: clock("2023-07-12 17:00")."""
    return set_clock
