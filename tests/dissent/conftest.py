from tests.decisions.conftest import house, houses

__all__ = ["house", "houses"]
