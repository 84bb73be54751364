"""Crews of real processes on the test's database, a mail server they reach, and what is due at once."""

import re
import socket
from collections import Counter
from datetime import UTC, datetime

import pytest
from aiosmtpd.controller import Controller
from django.db import connection

from decisions.models import Question
from meetings import operations as meetings
from meetings.models import Meeting, Minutes
from tests.races.crews import Crews, database_of_the_test
from tests.races.halls import Hall

CLOSES = datetime(2023, 7, 26, 16, tzinfo=UTC)


@pytest.fixture(scope="session")
def mother(django_db_setup, tmp_path_factory):
    crews = Crews(database_of_the_test(), tmp_path_factory.mktemp("races") / "mother.log")
    yield crews
    crews.end()


@pytest.fixture
def crews(mother, transactional_db):
    """Processes that see what this test has committed."""
    return mother


@pytest.fixture
def many(crews):
    """A hundred processes at once, where the database lets in as many."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW max_connections")
        if int(cursor.fetchone()[0]) < 150:
            pytest.skip("this PostgreSQL does not let a hundred in at once: raise its max_connections to 150")
    return crews


class PostOffice:
    """A mail server that takes everything, and counts what it took by Message-ID."""

    def __init__(self):
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, server, session, envelope):
        (message_id,) = re.findall(rb"^Message-ID: (.+?)\r?$", envelope.content, re.M)
        self.taken[message_id.decode()] += 1
        return "250 taken"


@pytest.fixture
def post():
    """The mail server, and the port it listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    yield office, port
    controller.stop()


@pytest.fixture
def due(clock) -> tuple[Question, Meeting]:
    """At this moment a vote is to be closed, minutes are to be published, and both are to be told of."""
    clock("2023-07-01 10:00")
    hall = Hall(2)
    meeting = meetings.schedule(hall.group, "26", starts_at=datetime(2023, 7, 12, 9, tzinfo=UTC), by=hall.pmo)
    meetings.table_item(meeting, "CR018", by=hall.pmo)
    question = hall.ask(closes_at=CLOSES)
    clock("2023-07-12 15:00")
    meetings.hold(meeting, by=hall.pmo)
    minutes = Minutes.objects.get(meeting=meeting)
    meetings.circulate(meetings.clear(meetings.send_to_chair(minutes, by=hall.pmo), by=hall.chair), by=hall.pmo)
    clock("2023-07-26 17:01")
    return question, meeting
