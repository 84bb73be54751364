import pytest

from tests.meetings.rooms import Room


@pytest.fixture
def room(clock, db):
    return Room(clock)
