"""A process of its own: makes the database and what the bench needs in it, and tells of it in JSON on standard output."""

import json
import os
import sys
from contextlib import redirect_stdout


def main(seats: int, questions: int) -> None:
    with redirect_stdout(sys.stderr):
        told = furnish(seats, questions)
    print(json.dumps(told))


def prepare() -> str:
    """The tables, and the bench's own beside them; from here on this process is the application. The version of PostgreSQL."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench import views
    from dag_portal.roles import become_application

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(views.TABLE)
        cursor.execute("SHOW server_version")
        version = str(cursor.fetchone()[0])
    become_application()
    return version.split(" ")[0]


def analyse() -> None:
    """As PostgreSQL does by itself, within the hour."""
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as owner:
        owner.execute("ANALYZE")


def furnish(seats: int, questions: int) -> dict[str, object]:
    version = prepare()
    from django.urls import resolve

    from bench import form
    from bench.furniture import furnished

    told = dict(furnished(seats, questions))
    analyse()
    answering = resolve(form.VOTE.format(question=1, row=1)).func
    return told | {"voting": f"{answering.__module__}.{answering.__name__}", "postgresql": version}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    main(int(sys.argv[1]), int(sys.argv[2]))
