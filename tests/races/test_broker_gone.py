"""The broker stopped, gone, emptied: it only ever carried a ring. Votes and reading do without it; what is due is in the database."""

import os
import signal
import socket
import subprocess
import sys
from datetime import timedelta

import pytest
from celery import Celery

from decisions.models import Question
from launcher.broker import Broker
from launcher.processes import Family
from ledger.verifying import faults
from notifications.models import SweepRun
from records.clock import portal_now
from tests.races.crews import ROOT, database_of_the_test, environment, job, until, until_the_dead_are_gone
from tests.races.halls import Hall, entries

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ("/", "/decisions/", "/meetings/", "/actions/", "/groups/", "/status/", "/livez")


@pytest.fixture
def reader(client, settings):
    """Somebody who reads, on a portal whose broker is nowhere."""
    settings.CELERY_BROKER_URL = settings.REDIS_URL = "redis+socket:///nonexistent"

    def reads_everything():
        assert {page: client.get(page).status_code for page in PAGES} == dict.fromkeys(PAGES, 200)

    return reads_everything


@pytest.mark.long
def test_without_any_broker_one_votes_and_reads_and_the_sweep_from_the_shell_closes(crews, reader, clock):
    hall, now = Hall(4), portal_now()
    question = hall.ask(closes_at=now + timedelta(days=1))
    crews.all(*hall.votes(question))
    reader()
    clock(now + timedelta(days=2))
    swept = subprocess.run([sys.executable, "manage.py", "sweep"], cwd=ROOT, env=environment(database_of_the_test()), check=False, capture_output=True, text=True)
    assert "Some rows failed" not in swept.stderr  # its mails find no server here, which it says
    question.refresh_from_db()
    assert question.tally == {"approve": 4}


class Works:
    """A broker, a worker that listens to it, and somebody who rings."""

    def __init__(self, family: Family, folder):
        self.family, self.broker = family, Broker(folder, durable=False)
        self.start_broker()
        command = [sys.executable, "-m", "celery", "--app", "dag_portal", "worker", "--concurrency", "1", "--loglevel", "INFO", "--without-mingle", "--without-gossip"]
        told = environment(database_of_the_test(), self.broker.celery_url()) | {"PYTHONWARNINGS": "ignore", "LOG_LEVEL": "INFO"}
        self.worker = family.start("worker", command, env=told)
        # Not "broker", which the environment's own address would overrule.
        self.bell = Celery("bell", set_as_current=False, changes={"broker_write_url": self.broker.celery_url()})

    def start_broker(self) -> None:
        self.broker.start(self.family)
        self.server = self.family.children[-1]

    def stop_broker(self) -> None:
        self._say("SHUTDOWN NOSAVE")
        self.server.process.wait()
        self.family.children.remove(self.server)

    def lose_a_ring(self) -> None:
        """Empty the broker while a ring waits in it. To a worker that does not move, for the first may be in its hands already."""
        os.kill(self.worker.process.pid, signal.SIGSTOP)
        self.ring()
        self.ring()
        assert self._say("LLEN celery") in (b":1\r\n", b":2\r\n")
        assert self._say("FLUSHALL") == b"+OK\r\n"
        os.kill(self.worker.process.pid, signal.SIGCONT)

    def _say(self, command: str) -> bytes:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self.broker.socket))
            connection.sendall(command.encode() + b"\r\n")
            return connection.recv(64)

    def ring(self) -> None:
        self.bell.send_task("notifications.sweep")

    def answered(self, rings: int) -> None:
        """Wait until so many sweeps are on record; the worker is the same process all along."""
        until(lambda: self.worker.died() or SweepRun.objects.count() >= rings, f"sweep {rings}; the worker's log is {self.worker.log}")
        assert not self.worker.died()


@pytest.fixture
def works(tmp_path, transactional_db):
    with Family(tmp_path / "logs") as family:
        running = Works(family, tmp_path)
        yield running
        running.bell.close()
    until_the_dead_are_gone()


@pytest.mark.long
def test_the_broker_goes_comes_back_and_is_emptied_and_nothing_is_lost(crews, works, reader, clock):
    hall, now = Hall(4), portal_now()
    clock(now)
    first, second, third = (hall.ask(closes_at=now + timedelta(days=day)) for day in (1, 3, 5))
    works.ring()
    works.answered(1)

    works.stop_broker()
    crews.all(*[each for question in (first, second, third) for each in hall.votes(question)])
    reader()
    clock(now + timedelta(days=2))  # the first has closed, and nobody rings
    late = hall.votes(first)
    assert all("is not open" in each["refused"][0] for each in crews.all(*late))
    crews.all(job("sweep"))
    assert state(first) == ("closed", {"approve": 4})

    works.start_broker()
    clock(now + timedelta(days=4))
    works.ring()
    works.answered(3)
    assert state(second) == ("closed", {"approve": 4})

    clock(now + timedelta(days=6))
    works.lose_a_ring()
    reader()
    works.ring()
    until(lambda: state(third)[0] == "closed", "the worker sweeps again")
    assert state(third)[1] == {"approve": 4}
    assert entries("closed") == 3
    assert list(faults()) == []


def state(question: Question) -> tuple:
    question.refresh_from_db()
    return question.status, question.tally
