"""What is read in once for a module: the minutes of July 2023 into the programme, or a small paper of which something is mended."""

import pytest

from archive.operations import import_minutes
from archive.samples import DAG026
from groups.models import Group, User
from groups.programme import load
from tests.architecture.listed import ROOT
from tests.archive.mending import first_issue
from tests.factories import secretary_of
from tests.pages import Visitor


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


@pytest.fixture(scope="module")
def staged(scene):
    return scene(first_issue)


@pytest.fixture
def first(staged, db, settings):
    settings.DEMO = True  # the second factor has tests of its own
    staged()


@pytest.fixture
def secretary(first) -> Visitor:
    return Visitor(secretary_of(Group.objects.get(code="XYZ")))
