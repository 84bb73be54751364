"""The database goes while votes are on their way: each ends in a receipt or in an error, and what has a receipt is on record."""

import signal
import subprocess
import sys
from collections import defaultdict
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from decisions.models import Cast
from launcher.postgres import APPLICATION, OWNER, Postgres
from launcher.processes import Family
from ledger.verifying import faults
from tests.races.crews import CREW, ROOT, Crews, environment, job, until
from tests.races.halls import Hall, entries

GIVE_UP = 100  # seconds after which the database is not coming back; nothing here waits for it


def each_has_a_receipt_in_the_end(tries: list[list]) -> int:
    """Every form was sent until it had a receipt, and what it met on the way was the database's absence; how many met it."""
    by_key = defaultdict(list)
    for key, came in tries:
        by_key[key].append(came)
    assert all(came[-1] == "receipt" for came in by_key.values())
    errors = {came for some in by_key.values() for came in some[:-1]}
    assert errors <= {"OperationalError", "InterfaceError"}
    return sum(len(came) > 1 for came in by_key.values())


@pytest.mark.django_db(transaction=True)
def test_when_the_database_drops_every_connection_each_vote_is_recorded_once(crews):
    hall = Hall(6)
    question = hall.ask()
    sent = {user.pk: [str(uuid4()) for _ in range(6)] for user in hall.voters}
    rows = question.roll.order_by("order").values_list("pk", flat=True)
    jobs = [job("vote_through_trouble", row=row, user=user, keys=keys, seconds=GIVE_UP) for row, (user, keys) in zip(rows, sent.items(), strict=True)]

    def drop_them():
        for at in (6, 18):
            until(lambda at=at: Cast.objects.count() >= at, f"{at} votes")
            drop_all_connections()

    came = crews.all(*jobs, meanwhile=drop_them)
    assert each_has_a_receipt_in_the_end([each for some in came for each in some]) >= 1
    assert {str(key) for key in Cast.objects.values_list("idempotency_key", flat=True)} == {key for keys in sent.values() for key in keys}
    assert Cast.objects.count() == entries("voted") + entries("changed vote") == 36
    assert sum(question.recount().values()) == 6
    assert list(faults()) == []


def drop_all_connections() -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = %s AND datname = current_database()", [CREW])
        cursor.execute("SET ROLE portal_app")


# --- a cluster of its own, restarted


@pytest.fixture
def cluster(tmp_path):
    with Family(tmp_path / "logs") as family:
        yield Cluster(family, tmp_path)


class Cluster:
    """PostgreSQL of this test's own, as durable as the portal's, with a hall of voters in it."""

    def __init__(self, family: Family, folder):
        self.family, self.postgres = family, Postgres(folder, durable=True)
        self.start()
        as_owner = environment(self.postgres.url(OWNER))
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=as_owner, check=True)
        self.crews = Crews(self.postgres.url(APPLICATION), folder / "mother.log")

    def start(self) -> None:
        self.postgres.start(self.family)
        self.server = self.family.children[-1]

    def restart(self) -> None:
        """As an administrator would: every session is ended, what it had not committed is undone."""
        self.family.stop([self.server])
        self.start()

    def votes_reach(self, count: int) -> None:
        """Wait until so many are on record, asked over a connection that is not the voters'."""

        def reached() -> bool:
            return bool(connection.execute("SELECT count(*) >= %s FROM decisions_cast", [count]).fetchone()[0])

        with psycopg.connect(self.postgres.url(APPLICATION), autocommit=True) as connection:
            until(reached, f"{count} votes")

    def crash(self) -> None:
        """Every process of it is killed at once; it comes back by its log of what was committed."""
        self.server.process.send_signal(signal.SIGQUIT)
        self.server.process.wait()
        self.family.children.remove(self.server)
        self.start()


@pytest.mark.long
def test_when_postgresql_restarts_and_crashes_during_fifty_parallel_votes_each_is_recorded_once(cluster):
    (told,) = cluster.crews.all(job("fill_a_hall", seats=50))
    jobs = [job("vote_through_trouble", row=row, user=user, keys=[str(uuid4()) for _ in range(3)], seconds=GIVE_UP) for row, user in told["voters"]]

    def trouble():
        cluster.votes_reach(30)
        cluster.restart()
        cluster.votes_reach(80)
        cluster.crash()

    try:
        came = cluster.crews.all(*jobs, meanwhile=trouble)
        (found,) = cluster.crews.all(job("look", question=told["question"]))
    finally:
        cluster.crews.end()
    assert each_has_a_receipt_in_the_end([each for some in came for each in some]) >= 1
    assert sorted(found["keys"]) == sorted(key for each in jobs for key in each["told"]["keys"])
    assert found["entries"] == 150
    assert found["counted"] == 50
    assert found["faults"] == []
