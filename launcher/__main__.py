"""./portal: reads the command, makes the machine ready, and goes on in the virtual environment."""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

from launcher import demo, prepare
from launcher.progress import Problem, say

USAGE = """\
Usage:
  ./portal demo [--port N] [--fresh]   run the whole portal here, with example meetings; Ctrl-C stops it;
                                       --host 0.0.0.0 opens it to your network: to a phone, say
  ./portal test [--all] [pytest ...]   run the tests; --all adds the long ones
  ./portal manage COMMAND ...          run one of manage.py's commands on the demo's data
  ./portal bench [--votes N ...]       measure how fast votes and pages are; takes some minutes
  ./portal check                       lint, types, imports, migrations, deployment settings, locks, documents
  ./portal --version                   say which version this is

Everything it makes is kept in the folder .portal, which may be deleted.\
"""
LOCKS = {"demo": "demo", "manage": "demo", "bench": "demo", "test": "dev", "check": "dev"}


def main() -> int:
    command, arguments = (sys.argv[1] if len(sys.argv) > 1 else "help"), sys.argv[2:]
    if command in ("help", "-h", "--help"):
        print(USAGE)
        return 0
    if command not in LOCKS:
        say(f"./portal has no command {command!r}.\n\n{USAGE}")
        return 2
    if not in_venv():
        if command == "demo":
            demo.refuse_early(demo.options(arguments))
        prepare.prepare(LOCKS[command])
        continue_in_venv()
    return run(command, arguments)


def in_venv() -> bool:
    return os.environ.get("PORTAL_PREPARED") == str(os.getpid())


def continue_in_venv() -> NoReturn:
    """The same process becomes the virtual environment's Python, so that signals go on reaching it."""
    python = str(prepare.VENV_PYTHON)
    os.environ["PORTAL_PREPARED"] = str(os.getpid())
    os.execv(python, [python, "-m", "launcher", *sys.argv[1:]])  # noqa: S606 - no shell is wanted


def run(command: str, arguments: list[str]) -> int:
    del os.environ["PORTAL_PREPARED"]
    if command == "demo":
        return demo.run(demo.options(arguments))
    if command == "manage":
        from launcher import managing

        return managing.run(arguments)
    if command == "bench":
        from launcher import benching

        return benching.run(arguments)
    if command == "test":
        from launcher import testing

        return testing.run(arguments)
    from launcher import checking

    return checking.run()


def end_orderly(number: int, _frame: object) -> NoReturn:
    """SIGTERM and a closed terminal end it as Ctrl-C does: through the contexts that stop what was started."""
    sys.exit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background jobs start without
    signal.signal(signal.SIGTERM, end_orderly)
    signal.signal(signal.SIGHUP, end_orderly)
    try:
        sys.exit(main())
    except Problem as problem:
        say(problem.message)
        sys.exit(problem.code)
    except KeyboardInterrupt:
        say("Stopped.")
        sys.exit(128 + signal.SIGINT)
