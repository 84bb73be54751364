import pytest

from tests.artefacts.libraries import Desk
from tests.conftest import set_clock


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.DEMO = True  # the second factor has tests of its own


@pytest.fixture(scope="module")
def desks(scene, request):
    """What the tests of a module begin with: a Desk, or what the module's own `build` makes."""
    return scene(getattr(request.module, "build", lambda: Desk(set_clock)))


@pytest.fixture
def desk(desks, db):
    return desks()
