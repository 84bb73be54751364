import pytest

from tests.factories import UserFactory


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Where content lies, empty at first; and no scanner is named."""
    settings.PORTAL_CLAMD = ""
    settings.STORAGES = settings.STORAGES | {"files": {"BACKEND": "files.storing.Folder", "OPTIONS": {"location": str(tmp_path / "files")}}}
    return tmp_path / "files"


@pytest.fixture
def somebody(db):
    return UserFactory()
