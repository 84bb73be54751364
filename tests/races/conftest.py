"""Crews of real processes on the test's database."""

import pytest
from django.db import connection

from tests.races.crews import Crews, database_of_the_test


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
