from tests.decisions.conftest import house, houses  # noqa: F401 (a group with everybody in it)
