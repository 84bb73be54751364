import pytest

from tests.register.erased import as_the_owner, blacked_out
from tests.register.proving import Vote


@pytest.fixture(scope="module")
def withdrawn(scene):
    return scene(blacked_out)


@pytest.fixture
def taken(withdrawn, db) -> Vote:
    return withdrawn()


@pytest.fixture
def owned(taken) -> Vote:
    """The same, and this connection is the owner's."""
    as_the_owner()
    return taken
