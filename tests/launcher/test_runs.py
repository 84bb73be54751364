"""Where a run of the tests keeps what it throws away, and that it does."""

import pytest

from launcher import folders, testing


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """machine(memory=bytes): a machine that has so much to spare."""
    (tmp_path / "memory").mkdir()
    monkeypatch.setattr(testing, "MEMORY", tmp_path / "memory")
    monkeypatch.setattr(testing, "RUNS", tmp_path / "checkout" / "test")
    monkeypatch.setattr(testing, "ROOM", 1 << 20)

    def has(memory: int) -> None:
        monkeypatch.setattr(testing, "memory", lambda: memory)

    return has


def test_it_is_in_memory_where_there_is_plenty_and_nobody_else_looks_into_it(machine):
    machine(memory=1 << 30)
    folder = testing.folder_of_runs()
    assert folder.parent == testing.MEMORY
    assert folder.stat().st_mode & 0o777 == 0o700
    assert testing.folder_of_runs() == folder


def test_it_is_in_the_checkout_where_there_is_little_memory_or_no_place_for_files_in_it(machine, monkeypatch):
    machine(memory=1 << 20)
    assert testing.folder_of_runs() == testing.RUNS
    machine(memory=1 << 30)
    monkeypatch.setattr(testing, "MEMORY", testing.MEMORY / "nowhere")
    assert testing.folder_of_runs() == testing.RUNS


def test_what_somebody_else_put_there_is_not_used(machine, tmp_path):
    machine(memory=1 << 30)
    folder = testing.folder_of_runs()
    folder.rmdir()
    (tmp_path / "theirs").mkdir()
    folder.symlink_to(tmp_path / "theirs")
    with pytest.raises(folders.Problem):
        testing.folder_of_runs()


def test_what_a_killed_run_left_is_removed_wherever_it_was_and_what_goes_on_is_not(machine, monkeypatch):
    machine(memory=1 << 30)
    places = [testing.folder_of_runs(), testing.RUNS]
    for place in places:
        for run in ("1-1", "2-2", "notes"):
            (place / run).mkdir(parents=True)
    monkeypatch.setattr(testing, "running", lambda pid, since: pid == 2)
    testing.remove_left_over()
    assert [sorted(found.name for found in place.iterdir()) for place in places] == [["2-2", "notes"]] * 2


def test_this_machine_says_how_much_it_has():
    assert testing.memory() > 1 << 20
