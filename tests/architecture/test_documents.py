"""The documents name the files that there are: whoever looks for a behaviour finds where it lives, and is sent nowhere that is not there."""

import re

import pytest

from tests.architecture.listed import APPS, ROOT

CONTRIBUTING, ARCHITECTURE = ((ROOT / name).read_text("utf-8") for name in ("CONTRIBUTING.md", "docs/architecture.md"))
ANATOMY = CONTRIBUTING.partition("## The anatomy of an app")[2].partition("\n## ")[0]
PARTS = set(re.findall(r"`([a-z_]+)\.py`", ANATOMY))  # each a file, or a folder split by noun
OF_DJANGO = {"__init__", "apps", "migrations", "management", "templatetags", "tasks", "sql"}


def files_of(app: str) -> list[str]:
    """The modules of an app; a part that is a folder stands for what is in it."""
    there = {path.stem if path.suffix == ".py" else path.name for path in (ROOT / app).iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    return sorted(there - PARTS - OF_DJANGO)


@pytest.mark.parametrize("app", [*APPS, "dag_portal"])
def test_every_file_of_an_app_is_named_where_newcomers_look(app):
    told = "\n".join(line for line in ARCHITECTURE.splitlines() if not line.startswith("- "))
    own = re.sub(r"\s+", " ", ARCHITECTURE.partition("## What else is in the apps")[2]).partition(f"`{app}`: ")[2]
    own = re.split(r" - `\w+`: |\. `\w+`: ", own)[0]
    unnamed = [name for name in files_of(app) if not {f"`{name}.py`", f"`{name}/`"} & set(re.findall(r"`[^`]+`", own)) and f"{app}/{name}" not in told and f"`{name}.py`" not in told]
    assert not unnamed, f"docs/architecture.md, “What else is in the apps”: say of {app} what these are for: {unnamed}"


def test_the_documents_name_no_file_that_is_not_there():
    named = set(re.findall(r"`([\w/]+\.(?:py|sql|js|toml|conf))`", CONTRIBUTING + ARCHITECTURE))
    there = {str(path.relative_to(ROOT)) for app in [*APPS, "dag_portal", "minutes_reader", "deploy", "static", "tests", "docs"] for path in (ROOT / app).rglob("*.*")}
    there |= {path.name for path in ROOT.iterdir()}
    assert not [name for name in named if name not in there and not any(path.endswith(f"/{name}") for path in there)]


def test_every_part_of_the_anatomy_is_in_some_app():
    absent = [part for part in PARTS if not any((ROOT / app / f"{part}.py").exists() or (ROOT / app / part).is_dir() for app in APPS)]
    assert not absent, "CONTRIBUTING.md, the anatomy"


def test_every_decision_on_record_is_in_its_index_under_its_own_title():
    index = (ROOT / "docs/adr/README.md").read_text("utf-8")
    for path in sorted((ROOT / "docs/adr").glob("[0-9]*.md")):
        number, _, title = path.read_text("utf-8").splitlines()[0].removeprefix("# ").partition(". ")
        assert f"[{number}]({path.name}) | {title}" in index
