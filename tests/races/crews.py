"""How a test sends processes off together, and what it hears of them."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
CREW = "races"  # what the database calls the connections of crews
PATIENCE = 240  # seconds without any news: only a fault, such as a deadlock, ever lasts as long


def job(name: str, **told) -> dict:
    """A generator of tests/races/jobs.py, and what it is called with."""
    return {"job": name, "told": told}


@dataclass
class Ended:
    """What became of one process."""

    result: Any = None
    error: str = ""
    code: int = 0

    @property
    def killed(self) -> bool:
        return self.code == -signal.SIGKILL


class Crews:
    """The process of mother.py, on one database."""

    def __init__(self, database: str, log: Path):
        self.database, self.log = database, log
        self.start()

    def start(self) -> None:
        self.heard = b""
        with self.log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.races.mother"], cwd=ROOT, env=environment(self.database),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=output, start_new_session=True,
            )  # fmt: skip
        self._news()

    def run(self, *jobs: dict, before: Callable[[], object] | None = None, meanwhile: Callable[[], object] | None = None) -> list[Ended]:
        """Send a process off on each job, all at once; what became of each, in the same order.

        `before` runs when all are ready and before they start, `meanwhile` while they are at it.
        """
        try:
            return self._run(jobs, before, meanwhile)
        except BaseException:  # the next test is not to meet what this one has left standing about
            self.end()
            self.start()
            raise

    def _run(self, jobs, before, meanwhile) -> list[Ended]:
        self._say(list(jobs))
        crew = [Ended() for _ in jobs]
        self._hear(crew, "ready", "error")
        if before:
            before()
        self._say("go")
        if meanwhile:
            meanwhile()
        self._hear(crew, "ended")
        return crew

    def all(self, *jobs: dict, **during) -> list[Any]:
        """The same where every process is to come home; what each brought."""
        crew = self.run(*jobs, **during)
        errors = [each.error or f"ended with {each.code}" for each in crew if each.error or each.code]
        assert not errors, "\n".join(errors)
        return [each.result for each in crew]

    def _say(self, what: object) -> None:
        self.process.stdin.write(json.dumps(what).encode() + b"\n")
        self.process.stdin.flush()

    def _hear(self, crew: list[Ended], *last: str) -> None:
        waiting = set(range(len(crew)))
        while waiting:
            news = self._news()
            about = crew[news["n"]]
            about.result = news.get("result", about.result)
            about.error = news.get("error", about.error)
            about.code = news.get("ended", about.code)
            if set(last) & set(news):
                waiting.discard(news["n"])

    def _news(self) -> dict:
        while b"\n" not in self.heard:
            ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
            got = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            assert got, f"No more is heard of the processes:\n{self.log.read_text()[-3000:]}"
            self.heard += got
        line, _, self.heard = self.heard.partition(b"\n")
        return json.loads(line)

    def end(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


def environment(database: str, broker: str = "redis+socket:///nonexistent") -> dict[str, str]:
    """Of a portal on that database. Unless it is told of a broker it has none, and is not to miss it."""
    return os.environ | {
        "DATABASE_URL": database,
        "CELERY_BROKER_URL": broker,
        "REDIS_URL": broker,
        "DJANGO_SETTINGS_MODULE": "dag_portal.settings",
        "LOG_LEVEL": "ERROR",
        "PGAPPNAME": CREW,
    }


def database_of_the_test() -> str:
    """Its address, as the role the portal runs as."""
    told = connection.settings_dict
    who = quote(told["USER"]) + (":" + quote(told["PASSWORD"]) if told["PASSWORD"] else "")
    where = quote(told["HOST"], safe="") + (f":{told['PORT']}" if told["PORT"] else "")
    return f"postgres://{who}@{where}/{told['NAME']}?options=-c%20role%3Dportal_app"


def until(true: Callable[[], object], what: str) -> None:
    """Wait for something that always comes to be, however long it takes; only where it never does is this given up."""
    given_up = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < given_up, f"never: {what}"
        time.sleep(0.02)


def until_the_dead_are_gone() -> None:
    """Wait until the database has noticed that killed processes are no more, and let go of what they held."""
    until(lambda: _connections() == 0, "the connections of killed processes end")


def _connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = %s AND datname = current_database()", [CREW])
        return cursor.fetchone()[0]
