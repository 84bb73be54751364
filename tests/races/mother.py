"""A process with the portal loaded that forks crews: so many processes, each with its own connection, that start at once.

Told by lines of JSON on standard input. A list of jobs is answered by a line from each process when it is ready to
start; "go" starts them all; then comes one line with what each made of its job, and one when it has ended, and how.
A process that kills itself on the way has ended without the other.
"""

import json
import multiprocessing
import os
import sys
import traceback

LONGEST = 2000  # of an error's text: a line must stay short enough to be written in one piece
PATIENCE = 60  # seconds that those who go on together wait for each other; only a fault ever lasts as long


def main() -> None:
    answers = os.dup(1)
    os.dup2(2, 1)  # whatever prints to standard output prints to the log
    start_django()
    say(answers, loaded=True)
    for line in sys.stdin:
        lead(json.loads(line), answers)


def say(answers: int, **news) -> None:
    os.write(answers, json.dumps(news).encode() + b"\n")


def start_django() -> None:
    """Django, loaded; without a connection, which every fork would share."""
    import django
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    django.setup()
    load()


def load() -> None:
    """What a portal that has answered its first request has in its memory, so that no process of a crew has to fetch it."""
    from django.template.loader import get_template
    from django.urls import reverse

    import tests.races.jobs  # noqa: F401

    reverse("register:home")
    for template in ("vote_receipt", "determined"):
        get_template(f"email/{template}.txt")


def lead(jobs: list[dict], answers: int) -> None:
    gun, trigger = os.pipe()
    together = multiprocessing.get_context("fork").Barrier(len(jobs))
    crew = {}
    for n, job in enumerate(jobs):
        if pid := os.fork():
            crew[pid] = n
        else:
            os.close(0)
            os.close(trigger)
            work(n, job, gun, together, answers)
    os.close(gun)
    sys.stdin.readline()
    os.close(trigger)  # what all wait for
    while crew:
        pid, status = os.wait()
        say(answers, n=crew.pop(pid), ended=os.waitstatus_to_exitcode(status))


def work(n: int, job: dict, gun: int, together, answers: int) -> None:
    """One process's life. A job is a generator: it makes ready up to its first yield, and at each later one waits for the others."""
    from tests.races import jobs

    try:
        steps = getattr(jobs, job["job"])(**job["told"])
        next(steps)
        say(answers, n=n, ready=os.getpid())
        os.read(gun, 1)
        while True:
            next(steps)
            together.wait(PATIENCE)
    except StopIteration as over:
        say(answers, n=n, result=over.value)
    except BaseException:
        say(answers, n=n, error=traceback.format_exc()[-LONGEST:])
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
