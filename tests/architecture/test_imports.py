"""Who may import whom: beside what import-linter holds, that the reader of minutes needs Python and nothing else."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def imported_by(path: Path) -> set[str]:
    """The top-level packages that a file imports from outside its own."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    return {name.partition(".")[0] for name in named}


@pytest.mark.parametrize("path", sorted((ROOT / "minutes_reader").rglob("*.py")), ids=lambda p: p.name)
def test_the_reader_of_minutes_is_plain_python(path):
    foreign = imported_by(path) - sys.stdlib_module_names
    assert not foreign, f"{path.name}: what knows of the portal, or of Django, belongs into archive ({foreign})"
