"""What ./portal test makes of its arguments, and where sockets go."""

import pytest

from launcher import folders, locks, testing
from launcher.__main__ import LOCKS, USAGE

BOTH_CORES = ("-n", "2", "--dist", "worksteal")
AND_A_BROWSER = ("-n", "3", "--dist", "worksteal")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([], [*BOTH_CORES, "-m", "not long"]),
        (["--all"], [*AND_A_BROWSER, "-m", "not brief"]),
        (["tests/ledger"], [*BOTH_CORES, "-m", "not long", "tests/ledger"]),
        (["-n0", "--all"], ["-m", "not brief", "-n0"]),
        (["-n", "4", "--all"], ["-m", "not brief", "-n", "4"]),
        (["--numprocesses=1", "--all"], ["-m", "not brief", "--numprocesses=1"]),
        (["--pdb", "--all"], ["-m", "not brief", "--pdb"]),
        (["-p", "no:xdist", "--all"], ["-m", "not brief", "-p", "no:xdist"]),
        (["-m", "browser"], [*BOTH_CORES, "-m", "browser"]),
        (["-m", "browser", "--all"], [*AND_A_BROWSER, "-m", "browser"]),
    ],
)
def test_pytest_is_told(given, told):
    assert testing.pytest_arguments(given) == told


def test_each_command_is_explained_and_has_a_lock():
    for command, lock in LOCKS.items():
        assert f"./portal {command}" in USAGE
        assert locks.path(lock).exists()


def test_sockets_stay_beside_the_services_where_the_address_fits(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "LONGEST_SOCKET_FOLDER", 1000)
    assert folders.socket_folder(tmp_path) == tmp_path / "run"


def test_else_they_go_to_a_private_folder_with_a_short_name(tmp_path, monkeypatch):
    monkeypatch.setattr(folders.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(folders, "LONGEST_SOCKET_FOLDER", 10)
    folder = folders.socket_folder(tmp_path / ("long" * 30))
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o777 == 0o700


def test_what_somebody_else_put_there_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setattr(folders.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(folders, "LONGEST_SOCKET_FOLDER", 10)
    mine = folders.socket_folder(tmp_path / "services")
    mine.rmdir()
    (tmp_path / "theirs").mkdir()
    mine.symlink_to(tmp_path / "theirs")
    with pytest.raises(folders.Problem):
        folders.socket_folder(tmp_path / "services")
