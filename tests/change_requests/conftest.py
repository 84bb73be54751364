import pytest

from tests.change_requests.offices import Office
from tests.conftest import set_clock


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.DEMO = True  # the second factor has tests of its own


@pytest.fixture(scope="module")
def offices(scene, request):
    """What the tests of a module begin with: an Office, or what the module's own `build` makes."""
    return scene(getattr(request.module, "build", lambda: Office(set_clock)))


@pytest.fixture
def office(offices, db):
    return offices()
