"""A process of its own: what an edition costs the verb that issues it, beside the same verb without.

    python -m bench.editions ROUNDS POSTGRES    the process of PostgreSQL; milliseconds of processor for each decision go to standard output as JSON
"""

import json
import os
import sys
from contextlib import redirect_stdout
from typing import Any
from unittest.mock import patch

from bench import processor

OF_EACH = 40  # decisions, in each round
WARMING = 20  # until PostgreSQL keeps its plans


def main(rounds: int, postgres: int) -> None:
    with redirect_stdout(sys.stderr):
        told = measure(rounds, [os.getpid(), postgres])
    print(json.dumps(told))


def measure(rounds: int, servers: list[int]) -> dict[str, list[float]]:
    """In turn: some decisions published as always, and some without anything being issued."""
    import django

    django.setup()
    from bench.furniture import House
    from decisions.operations import publish
    from records import editions

    house = House("EDT", 13)
    waiting = house.determine(WARMING + rounds * 2 * OF_EACH)
    for decision in (next(waiting) for _ in range(WARMING)):
        publish(decision, by=house.pmo)

    def cost(nothing_issued: bool) -> float:
        some = [next(waiting) for _ in range(OF_EACH)]
        settle: Any = (lambda *_: None) if nothing_issued else editions._settle
        with patch.object(editions, "_settle", settle):
            before = processor.seconds(servers)
            for decision in some:
                publish(decision, by=house.pmo)
            return (processor.seconds(servers) - before) * 1000 / OF_EACH

    taken = [(cost(nothing_issued=False), cost(nothing_issued=True)) for _ in range(rounds)]
    return {"with": [each for each, _ in taken], "without": [each for _, each in taken]}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    main(int(sys.argv[1]), int(sys.argv[2]))
