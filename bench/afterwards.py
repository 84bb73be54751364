"""A process of its own, when the measuring is over: whether what was measured really happened, and what one request of each kind asks of the database.

    python -m bench.afterwards WHAT    the JSON that bench.furnish told; the answer goes to standard output as JSON
"""

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

ROUNDS = 20


def main(told: dict) -> None:
    import django

    django.setup()
    from bench import form
    from ledger.verifying import faults

    spare = told["questions"][-1]
    vote = form.VOTE.format(question=spare["pk"], row=spare["rows"][0])
    print(json.dumps({
        "casts": casts(told["questions"]),
        "inserts": inserts(),
        "faults": list(faults()),
        "queries": {
            "a vote": Watched(told["sessions"][0]).post(vote),
            "the bare insert": Watched(told["sessions"][0]).post(form.INSERT),
            "decision page, made anew": Watched().get(told["decision"]),
            "meeting page, made anew": Watched().get(told["meeting"]),
            "list of 25, made anew": Watched().get(form.LIST),
            "home, made anew": Watched().get(form.HOME),
            "secretary’s desk, made anew": Watched(told["secretary"]).get(form.DESK),
            "the bare page, made anew": Watched().get(form.PAGE),
        },
    }))  # fmt: skip


def casts(questions: list[dict]) -> list[int]:
    from decisions.models import Cast

    return [Cast.objects.filter(row__question=question["pk"]).count() for question in questions]


def inserts() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bench_bare")
        return cursor.fetchone()[0]


class Watched:
    """A browser inside this process, whose every statement to the database is counted and timed."""

    def __init__(self, session: str = ""):
        from django.conf import settings
        from django.test import Client

        self.client = Client(headers={"host": "localhost"})
        if session:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = session
        self.statements: list[str] = []
        self.milliseconds = 0.0

    def post(self, address: str) -> dict:
        from bench import form

        return self.watch(lambda n: self.client.post(address, form.fields(n)), 302)

    def get(self, address: str) -> dict:
        return self.watch(lambda n: self.client.get(f"{address}?never={n}-{len(self.statements)}"), 200)

    def watch(self, ask, expected: int) -> dict:
        """The statements of one request; the milliseconds are the mean of several, waiting for the commit not included."""
        from django.db import connection

        ask(ROUNDS)  # what is only looked up once
        began = time.perf_counter()
        with connection.execute_wrapper(self.note):
            for n in range(ROUNDS):
                assert (got := ask(n).status_code) == expected, got  # noqa: S101 - nothing else would be measured
        whole = (time.perf_counter() - began) * 1000 / ROUNDS
        kinds = Counter(statement.lstrip("(\n ").split()[0] for statement in self.statements)
        counted = {kind: round(count / ROUNDS) for kind, count in kinds.items()}
        each = self.statements[-sum(counted.values()):]
        return {"kinds": counted, "in the database, ms": self.milliseconds / ROUNDS, "altogether, ms": whole, "statements": each}

    def note(self, execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.milliseconds += (time.perf_counter() - began) * 1000
            self.statements.append(sql)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    main(json.loads(Path(sys.argv[1]).read_text("utf-8")))
