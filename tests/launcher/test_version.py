"""One number says which version this is: pyproject.toml has it, and everything else shows it."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from tests.pages import text_of

ROOT = Path(__file__).parents[2]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


def test_it_is_said_without_installing_anything(tmp_path):
    for option in ("--version", "-V"):
        said = subprocess.run([ROOT / "portal", option], cwd=tmp_path, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=True)
        assert said.stdout == f"DAG Portal {VERSION}\n"


@pytest.mark.django_db
def test_the_status_page_shows_it(client):
    assert settings.VERSION == VERSION
    assert f"Version {VERSION}" in text_of(client.get("/status/"))


def test_it_is_the_newest_heading_of_the_changelog_and_each_older_one_is_smaller():
    headings = re.findall(r"^## (\d+\.\d+\.\d+), (?:being prepared|\d{1,2} \w+ \d{4})$", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert headings[0] == VERSION
    assert headings == sorted(headings, key=lambda each: [int(n) for n in each.split(".")], reverse=True)
    assert len(headings) == (ROOT / "CHANGELOG.md").read_text().count("\n## ")


def test_the_image_has_what_says_it():
    assert "pyproject.toml" not in (ROOT / ".dockerignore").read_text()
