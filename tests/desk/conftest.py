import pytest

from tests.conftest import set_clock
from tests.desk.minutes import Desk


@pytest.fixture(scope="module")
def desks(scene):
    return scene(lambda: Desk(set_clock))


@pytest.fixture
def desk(desks, db, settings):
    settings.DEMO = True  # the second factor has tests of its own
    return desks()
