"""A process of its own: makes the database and what the bench needs in it, and tells of it in JSON on standard output."""

import json
import os
import sys
from contextlib import redirect_stdout


def main(seats: int, questions: int) -> None:
    with redirect_stdout(sys.stderr):
        told = furnish(seats, questions)
    print(json.dumps(told))


def furnish(seats: int, questions: int) -> dict[str, object]:
    import django
    import psycopg

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.urls import resolve

    from bench import form, views
    from bench.furniture import furnished
    from launcher.installing import become_application

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(views.TABLE)
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    become_application()
    told = dict(furnished(seats, questions))
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as owner:
        owner.execute("ANALYZE")  # as PostgreSQL does by itself, within the hour
    answering = resolve(form.VOTE.format(question=1, row=1)).func
    return told | {"voting": f"{answering.__module__}.{answering.__name__}", "postgresql": version.split(" ")[0]}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    main(int(sys.argv[1]), int(sys.argv[2]))
