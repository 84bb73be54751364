"""The real meetings are replayed with everything checked after every verb."""

import pytest

from tests.verbs import each_checked


@pytest.fixture(autouse=True)
def checked_after_every_verb():
    with each_checked() as counted:
        yield counted
