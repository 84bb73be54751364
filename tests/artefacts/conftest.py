import pytest


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.DEMO = True  # the second factor has tests of its own
