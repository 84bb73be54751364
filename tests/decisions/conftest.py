import pytest

from tests.conftest import set_clock
from tests.decisions.houses import House


@pytest.fixture(scope="module")
def houses(scene, request):
    """What the tests of a module begin with: a House, or what the module's own `build` makes."""
    return scene(getattr(request.module, "build", lambda: House(set_clock)))


@pytest.fixture
def house(houses, db, settings):
    """A group with everybody in it, on 12 July 2023."""
    settings.DEMO = True  # the second factor has tests of its own
    return houses()
