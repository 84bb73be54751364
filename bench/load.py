"""The load generator, a process of its own: sends prepared requests over so many kept connections, and times each answer.

    python -m bench.load PLAN    a JSON file: port, clients, requests; what came of it goes to standard output as JSON

Each client sends its next request as soon as it has the answer to its last.
"""

import http.client
import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

TIMEOUT = 60  # seconds, after which a request has failed


class Client(threading.Thread):
    """One kept connection, and the answers that came over it."""

    def __init__(self, port: int, waiting: Iterator[dict], start: threading.Barrier):
        super().__init__()
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        self.waiting, self.start_together = waiting, start
        self.seconds: list[float] = []
        self.answers: Counter[str] = Counter()

    def run(self) -> None:
        self.connection.connect()
        self.start_together.wait()
        for request in self.waiting:  # a list's iterator: safe to share between threads
            began = time.perf_counter()
            answer = self.ask(request)
            self.seconds.append(time.perf_counter() - began)
            self.answers[answer] += 1
        self.connection.close()

    def ask(self, request: dict) -> str:
        """The status, with the address that it redirects to but for what follows the second slash."""
        try:
            self.connection.request(request["method"], request["path"], request.get("body"), request["headers"])
            response = self.connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            return type(error).__name__
        where = response.getheader("Location", "")
        return f"{response.status} {'/'.join(where.split('/')[:2])}".strip()


def main(plan: Path) -> None:
    told = json.loads(plan.read_text("utf-8"))
    waiting, start = iter(told["requests"]), threading.Barrier(told["clients"] + 1)
    clients = [Client(told["port"], waiting, start) for _ in range(told["clients"])]
    for client in clients:
        client.start()
    start.wait()
    began = time.perf_counter()
    for client in clients:
        client.join()
    took = time.perf_counter() - began
    answers = sum((client.answers for client in clients), Counter())
    print(json.dumps({"took": took, "seconds": [s for c in clients for s in c.seconds], "answers": answers}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
