"""The databases of one run of the tests.

Migrating takes seconds, and so does loading the demonstration. Each is done once, by whichever worker comes first while
the others wait; every database that a test meets is a copy.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import psycopg
from django.conf import settings
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
RUN = os.environ.setdefault("PORTAL_TEST_RUN", str(os.getpid()))  # the workers inherit it
MIGRATED, DEMONSTRATION, BEFORE = (f"test_{RUN}_{name}" for name in ("migrated", "demonstration", "before_dag026"))
THROWN_AWAY = "PORTAL_TEST_SERVER_THROWN_AWAY" in os.environ  # with all its databases, by the launcher
TURN = 0x7E57  # the first half of the advisory locks under which they are made


def connected(database: str = "postgres") -> psycopg.Connection:
    """As the owner."""
    told = settings.DATABASES["default"]
    who = {"user": told["USER"], "password": told["PASSWORD"], "host": told["HOST"], "port": told["PORT"]}
    return psycopg.connect(dbname=database, autocommit=True, **{name: value for name, value in who.items() if value})


def create(name: str, template: str = "template1") -> None:
    with connected() as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))


def drop(*names: str) -> None:
    if THROWN_AWAY:
        return
    with connected() as connection:
        for name in names:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def environment(database: str) -> dict[str, str]:
    """What a process of its own is given, to work on that database."""
    told = settings.DATABASES["default"]
    who = quote(told["USER"]) + (":" + quote(told["PASSWORD"]) if told["PASSWORD"] else "")
    where = quote(told["HOST"], safe="") + (f":{told['PORT']}" if told["PORT"] else "")
    return os.environ | {"DATABASE_URL": f"postgres://{who}@{where}/{database}", "DJANGO_SETTINGS_MODULE": "dag_portal.settings"}


def migrated() -> str:
    """The name of a database in which every migration was run, and nothing else was done."""
    with _once(MIGRATED) as making:
        if making:
            create(making)
            _run(["manage.py", "migrate", "--verbosity", "0"], environment(making))
    return MIGRATED


def made_ready() -> None:
    """What nearly every run of everything comes to need, beside the collecting of it: otherwise workers would wait for it."""
    with contextlib.suppress(Exception), TemporaryDirectory() as folder:  # whoever needs it tries once more, and says why it fails
        migrated()
        if os.environ.get("PORTAL_CHROMIUM"):
            demonstration(beside(Path(folder)))


def beside(folder: Path) -> dict[str, str]:
    """What the portal of a browser is told besides: where it leaves mail and finds style sheets."""
    return {"PORTAL_DEMO": "1", "EMAIL_FILE_PATH": str(folder / "mail"), "STATIC_ROOT": str(folder / "static"), "LOG_LEVEL": "WARNING"}


def demonstration(beside: dict[str, str]) -> str:
    """The name of a database with the demonstration in it, loaded with these things in the environment."""
    return _loaded(DEMONSTRATION, "load", beside)


def before_dag026(beside: dict[str, str]) -> str:
    """The same of the programme as it was when the meeting of 12 July 2023 was planned."""
    return _loaded(BEFORE, "load_before_dag026", beside)


def _loaded(name: str, how: str, beside: dict[str, str]) -> str:
    template = migrated()
    with _once(name) as making:
        if making:
            create(making, template)
            _run(["-m", "tests.browser.portal", how], environment(making) | beside)
    return name


@contextlib.contextmanager
def _once(name: str) -> Iterator[str]:
    """The name under which it is to be made; empty if it is there. What was begun and failed is thrown away."""
    with connected() as turn:
        turn.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [TURN, name])
        if turn.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            yield ""
            return
        making = f"{name}_begun"
        turn.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(making)))
        yield making
        turn.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(name)))


def _run(command: list[str], env: dict[str, str]) -> None:
    ended = subprocess.run([sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True)
    if ended.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{ended.stderr[-3000:]}")


def remove() -> None:
    """At the end of the run."""
    with contextlib.suppress(psycopg.OperationalError):  # there is none where no test has asked for a database
        drop(*(f"{name}{suffix}" for name in (DEMONSTRATION, BEFORE, MIGRATED) for suffix in ("", "_begun")))
