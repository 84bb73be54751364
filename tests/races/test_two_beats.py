"""Two clocks that ring, two workers that answer, and a sweep from the shell, all at once: nothing is done or sent twice, and nothing is left."""

import sys

import pytest

from launcher.broker import Broker
from launcher.processes import Family
from ledger.heads import published_heads
from ledger.verifying import faults
from meetings.models import MinutesEdition
from notifications.models import DeliveryAttempt, Notice, SweepRun
from tests.races.conftest import CLOSES
from tests.races.crews import database_of_the_test, environment, job, until, until_the_dead_are_gone
from tests.races.halls import entries

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
WORKER = ("celery", "--app", "dag_portal", "worker", "--concurrency", "2", "--loglevel", "INFO", "--without-mingle", "--without-gossip")


@pytest.fixture
def clocks(tmp_path, post, transactional_db):
    """Two beats and two workers at one broker, which is not there yet: they begin together, when it is."""
    _, port = post
    with Family(tmp_path / "logs") as family:
        broker = Broker(tmp_path, durable=False)
        told = environment(database_of_the_test(), broker.celery_url()) | {"PYTHONWARNINGS": "ignore", "LOG_LEVEL": "INFO", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port)}
        broker.start(family)
        for n in (1, 2):
            family.start(f"worker-{n}", [sys.executable, "-m", *WORKER, "--hostname", f"worker-{n}@test"], env=told)
            family.start(f"beat-{n}", [sys.executable, "-m", "tests.races.fast_beat", str(tmp_path / f"schedule-{n}")], env=told)
        yield family
    until_the_dead_are_gone()


def test_two_beats_two_workers_and_the_shell_do_everything_once(crews, due, post, clocks):
    question, meeting = due
    office, port = post
    until(lambda: all_alive(clocks) and SweepRun.objects.count() >= 4, "the workers answer both beats")
    crews.all(*[job("sweep", mail_port=port) for _ in range(3)])
    until(lambda: all_alive(clocks) and entries("printed") and not Notice.objects.exclude(status="sent"), "what is due is done, and what takes long after it")
    swept = SweepRun.objects.count()
    until(lambda: all_alive(clocks) and SweepRun.objects.count() >= swept + 4, "they go on beside each other")
    question.refresh_from_db()
    meeting.refresh_from_db()
    assert (question.status, question.closes_at, question.tally) == ("closed", CLOSES, question.recount())
    assert meeting.published_at is not None
    assert MinutesEdition.objects.count() == entries("closed") == entries("printed") == 1
    assert set(Notice.objects.values_list("status", flat=True)) == {"sent"}
    assert DeliveryAttempt.objects.count() == Notice.objects.count() == len(office.taken)
    assert set(office.taken.values()) == {1}
    assert len({head.day for head in published_heads(30)}) == len(published_heads(30))
    assert all(run.failures == [] for run in SweepRun.objects.all())
    assert sum(run.done.get("close", 0) for run in SweepRun.objects.all()) == 1
    assert list(faults()) == []


def all_alive(family) -> bool:
    dead = [child.log.read_text()[-2000:] for child in family.children if child.died()]
    assert not dead, "\n".join(dead)
    return True
