"""The programme, and the minutes of July 2023 read into it: once for a module."""

import pytest

from archive.operations import import_minutes
from archive.samples import DAG026
from groups.models import User
from groups.programme import load
from tests.architecture.listed import ROOT


def load_programme() -> None:
    for file in ("programme/mhhs.toml", "rehearsal/demo-people.toml"):
        load(ROOT / file)


def import_it():
    load_programme()
    return import_minutes(DAG026.read_bytes(), DAG026.name, by=User.objects.the_archivist())


@pytest.fixture(scope="module")
def july(scene):
    return scene(import_it)


@pytest.fixture
def read_in(july, db):
    """What came of it."""
    return july()
