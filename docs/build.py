"""Writes docs/lifecycles.md from the code, and checks that the documents name only files that exist.

    .portal/venv/bin/python docs/build.py            write it
    .portal/venv/bin/python docs/build.py --check    exit code 1 if the file on disk differs, or a link leads nowhere

Asks no database: any settings will do, and harmless ones are set where there are none.
"""

import os
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "lifecycles.md"
HARMLESS = {
    "SECRET_KEY": "documents need no key",
    "DATABASE_URL": "postgres://nobody@%2Fnonexistent/nothing",
    "CELERY_BROKER_URL": "memory://",
    "DJANGO_SETTINGS_MODULE": "dag_portal.settings",
}
HEAD = """\
# Lifecycles

Written by `docs/build.py` from the code; do not edit. What each word means is in [the glossary](glossary.md).

A lifecycle is a table of verbs. A verb starts from certain states and leads to one. What is not here is not a state:
the outcome of a decision, whether something is published, and whether it is open at this moment.
"""
HOOKS = """\
## What else happens when a verb runs

An app may take part in a verb of an app below it (`records/hooks.py`). A refusal or an error there undoes the whole verb.

| Verb | Who takes part |
|---|---|
"""
VERBS = """\
## What can be done from a page

Each is offered to whom its rule does not refuse, and to nobody else (each app's `verbs.py`). "Asks" says whether a page first
says what follows, or who one is.

| Verb | Of | Withheld by | Done | Asks | Waits on a desk |
|---|---|---|---|---|---|
"""
CHORES = """\
## What the deadline clock does

Every sweep runs these in order, one row a transaction (`records/sweep.py`). A row that fails holds up none of the others.

| Order | Chore | Done by |
|---|---|---|
"""
DEADLINES = """\
## Deadlines that run

Each is counted once, stored, and moved by nothing but its verb, to a later day, when a late holiday is confirmed
(`records/moved_by_holidays.py`). "Public" says whether anybody may know of it.

| Deadline | Moved by | Public |
|---|---|---|
"""
PHASES = ("CLOSE", "PUBLISH", "REMIND", "PRINT", "HEAD", "SCAN", "RELAY", "PACK", "COMPARE")

LINK = re.compile(r"\]\(([^)\s]+)\)")
NAMED = re.compile(r"`([\w.-]+(?:/[\w.-]+)+\.(?:py|md|toml|sh|yml|html|css|js|txt|png))`")


def main(arguments: list[str]) -> int:
    text = lifecycles()
    if "--check" not in arguments:
        TARGET.write_text(text, "utf-8")
        return report(dead_ends())
    stale = (
        []
        if TARGET.exists() and TARGET.read_text("utf-8") == text
        else [f"{TARGET.relative_to(ROOT)} is out of date: run .portal/venv/bin/python docs/build.py."]
    )
    return report([*stale, *dead_ends()])


def report(problems: list[str]) -> int:
    print("\n".join(problems) or "The documents agree with the code.")
    return 1 if problems else 0


def lifecycles() -> str:
    for name, value in HARMLESS.items():
        os.environ.setdefault(name, value)
    sys.path.insert(0, str(ROOT))
    try:
        import django
    except ModuleNotFoundError:
        sys.exit("This Python has none of the portal's packages. Run it with theirs: .portal/venv/bin/python docs/build.py (any ./portal command but help makes that folder).")

    django.setup()
    return "\n".join([HEAD, *(section(table) for table in tables()), VERBS + offered(), HOOKS + hooks(), CHORES + chores(), DEADLINES + deadlines()])


def tables() -> list:
    from django.apps import apps

    from records.lifecycle import Lifecycle

    named = [app.name for app in apps.get_app_configs() if (ROOT / app.name / "lifecycle.py").exists()]
    modules = [import_module(f"{name}.lifecycle") for name in named]
    return [value for module in modules for value in vars(module).values() if isinstance(value, Lifecycle)]


def section(table) -> str:
    rows = [
        f"| {verb} | {' or '.join(sorted(state.label for state in move.origins))} | {move.target.label} |"
        for verb, move in table.items()
    ]
    head = f"## {table.noun[0].upper()}{table.noun[1:]}\n\n```mermaid\n{table.mermaid()}\n```\n\n| Verb | From | To |\n|---|---|---|\n"
    return head + "\n".join(rows) + "\n"


def offered() -> str:
    from records.verbs import verbs

    return "".join(f"| {' | '.join(_offered(verb))} |\n" for verb in verbs())


def _offered(verb) -> tuple[str, ...]:
    asks = [*(["what follows"] if verb.confirms else []), *(["who one is"] if verb.asks_again else [])]
    return (
        f"`{verb.name}`", str(verb.of._meta.verbose_name), f"`{verb.rule.__module__}.{verb.rule.__name__}`",
        "on a form" if verb.act is None else "by a button", " and ".join(asks) or "no", "yes" if verb.waits else "no",
    )  # fmt: skip


def hooks() -> str:
    from records.hooks import hanging_on

    return "".join(f"| `{verb}` | {', '.join(f'`{who}`' for who in sorted(names))} |\n" for verb, names in hanging_on().items())


def chores() -> str:
    from records import sweep

    named = {getattr(sweep, phase): phase.lower() for phase in PHASES}
    return "".join(f"| {c.order}, {named[c.order]} | {c.name} | `{c.do.__module__}.{c.do.__name__}` |\n" for c in sweep.chores())


def deadlines() -> str:
    from records.moved_by_holidays import deadlines

    return "".join(f"| {d.name} | `{d.move.__module__}.{d.move.__name__}` | {'yes' if d.public else 'no'} |\n" for d in deadlines())


def dead_ends() -> list[str]:
    documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [problem for document in documents if document.exists() for problem in dead_ends_in(document)]


def dead_ends_in(document: Path) -> Iterator[str]:
    text, name = document.read_text("utf-8"), document.relative_to(ROOT)
    for address in LINK.findall(text):
        path, _, anchor = address.partition("#")
        target = (document.parent / path).resolve() if path else document
        if re.match(r"[a-z]+:", address):
            continue
        if not target.is_relative_to(ROOT) or not target.exists():
            yield f"{name}: the link {address} leads nowhere."
        elif anchor and anchor not in anchors(target):
            yield f"{name}: {address} has no such heading."
    for path in NAMED.findall(text):
        if not (ROOT / path).exists() and not (document.parent / path).exists():
            yield f"{name}: there is no file {path}."


def anchors(document: Path) -> set[str]:
    """The addresses of its headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
