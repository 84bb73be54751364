import pytest

from tests.conftest import set_clock
from tests.decisions.houses import House


@pytest.fixture(scope="module")
def houses(scene):
    return scene(lambda: House(set_clock))


@pytest.fixture
def house(houses, db, settings) -> House:
    """A group with everybody in it, on 12 July 2023 at ten."""
    settings.DEMO = True  # the second factor has tests of its own
    return houses()
