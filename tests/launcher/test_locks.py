"""The locks install the same packages everywhere, from anywhere."""

import re

import pytest

from launcher import locks


def pins(name: str) -> dict[str, str]:
    text = locks.path(name).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9][a-z0-9.-]*)==([^ ]+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", locks.NAMES)
class TestEachLock:
    def test_names_no_address(self, name):
        assert "://" not in locks.path(name).read_text("utf-8")

    def test_every_package_has_a_hash(self, name):
        packages = re.split(r"\n(?=[a-z0-9])", locks.path(name).read_text("utf-8"))[1:]
        assert len(packages) == locks.count(name)
        assert [package for package in packages if "--hash=sha256:" not in package] == []

    def test_was_made_from_pyproject_as_it_stands(self, name):
        assert locks.stale((name,)) == []


def test_one_folder_of_packages_serves_all_three():
    prod, demo, dev = (pins(name).items() for name in locks.NAMES)
    assert prod <= demo <= dev


def test_a_changed_dependency_makes_the_locks_stale(tmp_path):
    changed = tmp_path / "pyproject.toml"
    text = (locks.ROOT / "pyproject.toml").read_text("utf-8")
    changed.write_text(text.replace("django~=5.2.19", "django~=5.2.20"), "utf-8")
    assert locks.digest(changed) != locks.digest()


def test_a_changed_comment_does_not(tmp_path):
    changed = tmp_path / "pyproject.toml"
    changed.write_text((locks.ROOT / "pyproject.toml").read_text("utf-8") + "\n# said differently\n", "utf-8")
    assert locks.digest(changed) == locks.digest()
