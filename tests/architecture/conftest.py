import pytest

from tests.architecture.everybody import everybody


@pytest.fixture(scope="module")
def staged(scene):
    return scene(everybody)


@pytest.fixture
def told(staged, db, settings):
    settings.DEMO = True  # the second factor has tests of its own
    return staged()


@pytest.fixture
def people(told) -> dict:
    """Somebody of each role."""
    return told[0]


@pytest.fixture
def about(told) -> dict[str, int | str]:
    """What the numbers in the addresses stand for."""
    return told[1]
