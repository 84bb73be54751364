import pytest

from tests.conftest import set_clock
from tests.meetings.attended import build_hall
from tests.meetings.planned import build_office
from tests.meetings.rooms import Room


@pytest.fixture(scope="module")
def rooms(scene):
    return scene(lambda: Room(set_clock))


@pytest.fixture
def room(rooms, db):
    return rooms()


@pytest.fixture
def office(clock, db, settings):
    settings.DEMO = True  # the second factor has tests of its own
    return build_office(clock)


@pytest.fixture(scope="module")
def halls(scene):
    return scene(build_hall)


@pytest.fixture
def hall(halls, db, settings):
    settings.DEMO = True
    return halls()
