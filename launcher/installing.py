"""What has to be done with Django before the demo can serve: one process, for each start of Django costs seconds.

It tells the launcher how far it is on standard output, one JSON object a line; what the commands themselves print
goes to standard error, which is a log.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TextIO

from launcher import locks
from launcher.folders import ROOT, STATE

PROGRAMME = "programme/mhhs.toml"
STATIC = STATE / "static"
RING_SECONDS = 240  # as Beat's own
STATIC_MADE_FROM = STATE / "static-made-from"

Tell = Callable[..., None]


def main() -> None:
    tell = teller(sys.stdout)
    with redirect_stdout(sys.stderr):
        with step(tell, "Starting Django"):
            django_up()
        collect_static(tell)
        tell(event="static")
        from dag_portal.roles import become_application

        with step(tell, "Bringing the database up to date"):
            command("migrate", verbosity=0)
        with step(tell, "Loading the programme"):
            command("load_programme", PROGRAMME)
        with step(tell, "Playing what happened before"):
            command("load_demo_past")
        become_application()
        with step(tell, "Loading the example meetings"):
            command("load_demo")
        ring()
        tell(event="signins", text=signins())


def teller(output: TextIO) -> Tell:
    def tell(**news: object) -> None:
        print(json.dumps(news), file=output, flush=True)

    return tell


@contextmanager
def step(tell: Tell, label: str) -> Iterator[None]:
    tell(event="begin", label=label)
    started = time.monotonic()
    yield
    tell(event="end", seconds=time.monotonic() - started)


def django_up() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dag_portal.settings")
    sys.path.insert(0, str(ROOT))
    django.setup()


def command(name: str, *arguments: str, **options: object) -> None:
    from django.core.management import call_command

    call_command(name, *arguments, **options)


def ring() -> None:
    """What is due, such as making a PDF, is done by the worker as soon as it is up; nobody has to wait for it."""
    from notifications.tasks import sweep

    sweep.apply_async(expires=RING_SECONDS)


def signins() -> str:
    from django.core.management import call_command

    text = io.StringIO()
    call_command("demo_signins", stdout=text)
    return text.getvalue()


def collect_static(tell: Tell) -> None:
    source = static_source()
    if static_is_current(source):
        return
    with step(tell, "Collecting the style sheets and scripts"):
        command("collectstatic", interactive=False, clear=STATIC.exists(), verbosity=0)
    STATIC_MADE_FROM.write_text(source, "ascii")


def static_is_current(source: str) -> bool:
    return STATIC.exists() and STATIC_MADE_FROM.exists() and STATIC_MADE_FROM.read_text("ascii") == source


def static_source() -> str:
    """Names the state of all that collectstatic gathers: our own files, and those of the locked packages."""
    files = [path for pattern in ("static", "*/static") for top in ROOT.glob(pattern) for path in top.rglob("*")]
    files.append(Path(ROOT, "dag_portal", "settings.py"))
    facts = sorted((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files if path.is_file())
    return hashlib.sha256(repr([facts, locks.fingerprint("demo")]).encode()).hexdigest()


if __name__ == "__main__":
    main()
