"""Who may import whom: the list of apps is told the same everywhere, and the reader of minutes needs Python and nothing else."""

import ast
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from django.apps import apps

from tests.architecture.listed import APPS, LAYERS, LINTED, PACKAGES, READER, ROOT


def test_the_import_sentence_holds():
    found = subprocess.run([Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout


def test_what_is_linted_is_what_stands_in_the_layers_and_the_reader():
    assert LINTED["root_packages"] == [*PACKAGES, READER], "pyproject.toml: root_packages is the layers, with the reader last"


def test_the_settings_install_the_apps_of_the_list_the_lowest_first():
    ours = [app.name for app in apps.get_app_configs() if Path(app.path).parent == ROOT]
    assert ours == APPS, "dag_portal/settings.py: INSTALLED_APPS begins with the layers of pyproject.toml, from below"


def test_every_folder_that_is_an_app_is_in_the_list():
    assert {path.parent.name for path in ROOT.glob("*/apps.py")} == set(APPS), "give it its place in the layers of pyproject.toml"


def test_the_documents_tell_the_list():
    readme, contributing, architecture = ((ROOT / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md", "docs/architecture.md"))
    assert [package for package in [*PACKAGES, READER] if f"[{package}/]({package}/)" not in readme] == [], "README.md: where things are"
    assert f"`{' → '.join(LAYERS)}`" in contributing, "CONTRIBUTING.md: the import sentence"
    assert re.findall(r"^\| `(\w+)` \|", architecture, re.M) == [*PACKAGES, READER], "docs/architecture.md: the table"
    drawn = [f"{above} --> {below}".replace("|", "&") for above, below in pairwise(LAYERS)] + [f"archive --> {READER}"]
    assert re.findall(r"^ +(\w.* --> .*)$", architecture, re.M) == drawn, "docs/architecture.md: the picture"


def imported_by(path: Path) -> set[str]:
    """The top-level packages that a file imports from outside its own."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    return {name.partition(".")[0] for name in named}


def test_the_reader_of_minutes_is_plain_python():
    for path in sorted((ROOT / READER).rglob("*.py")):
        foreign = imported_by(path) - sys.stdlib_module_names
        assert not foreign, f"{path.name}: what knows of the portal, or of Django, belongs into archive ({foreign})"
