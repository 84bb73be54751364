"""What is measured, and against what: prepared requests, run several times in turn, so that what slows the machine slows both."""

from __future__ import annotations

import argparse
import http.client
import random
import statistics
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import form

SECRET = "".join(random.choices(string.ascii_letters, k=32))  # noqa: S311 - what a form sends back must be what the cookie holds, no more
VOTE, INSERT = "a vote", "the bare insert"
DECISION, MEETING, UNCHANGED, PAGE = "decision page", "meeting page", "decision page, unchanged", "the bare page"
LIST, HOME, DESK = "list of 25", "home", "secretary’s desk"
# Under an address that was never asked for: nothing kept of it can be given out again. Of the desk nothing is kept.
ANEW = {page: f"{page}, made anew" for page in (DECISION, MEETING, LIST, HOME, DESK, PAGE)}
BESIDE = {VOTE: INSERT, DECISION: PAGE, MEETING: PAGE, UNCHANGED: PAGE} | {anew: ANEW[PAGE] for page, anew in ANEW.items() if page != PAGE}
EXPECTED = {VOTE: "302 /desk", INSERT: "302 /desk", UNCHANGED: "304"}  # of the others, 200
WARMING = 40

COLUMNS = {"a second": "a second", "p50 ms": "p50, ms", "p95 ms": "p95, ms", "processor ms": "processor, ms"}

Request = dict[str, object]
Run = dict[str, float]
Load = Callable[[list[Request]], dict]


class Options(argparse.Namespace):
    votes: int
    seats: int
    pages: int
    clients: int
    rounds: int
    large: bool
    changes: bool
    writing: bool
    items: int
    words: int
    saves: int
    sizes: list[int] | None
    result: Path


class Unexpected(Exception):
    """Something other than what was to be measured came back."""


@dataclass
class Furnished:
    """What bench.furnish told: there is one question for each round, and one to warm up on."""

    port: int
    sessions: list[str]
    questions: list[dict]
    decision: str
    meeting: str
    secretary: str  # a session

    def anew(self, page: str, never: str) -> Request:
        """A page under an address of its own."""
        paths = {DECISION: self.decision, MEETING: self.meeting, LIST: form.LIST, HOME: form.HOME, DESK: form.DESK, PAGE: form.PAGE}
        signed_in = {"Cookie": f"sessionid={self.secretary}"} if page == DESK else {}
        return read(f"{paths[page]}?never={never}", **signed_in)

    def votes(self, question: dict, count: int) -> list[Request]:
        seats = len(self.sessions)
        return [self._posted(n, form.VOTE.format(question=question["pk"], row=question["rows"][n % seats])) for n in range(count)]

    def inserts(self, count: int) -> list[Request]:
        return [self._posted(n, form.INSERT) for n in range(count)]

    def _posted(self, n: int, path: str) -> Request:
        headers = {
            "Cookie": f"sessionid={self.sessions[n % len(self.sessions)]}; csrftoken={SECRET}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return {"method": "POST", "path": path, "headers": headers, "body": form.body(n, SECRET)}

    def etag(self, path: str) -> str:
        """What the portal calls the page as it is now."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        connection.close()
        return response.getheader("ETag", "")


def read(path: str, **headers: str) -> Request:
    return {"method": "GET", "path": path, "headers": {name.replace("_", "-"): value for name, value in headers.items()}}


def measure(there: Furnished, wanted: Options, load: Load) -> Iterator[tuple[str, Run]]:
    """Name and run, in turn: a vote and an insert, a vote and an insert; then the pages."""
    unchanged = there.etag(there.decision)
    pages = {
        DECISION: read(there.decision),
        PAGE: read(form.PAGE),
        MEETING: read(there.meeting),
        UNCHANGED: read(there.decision, If_None_Match=unchanged),
    }
    anew = [there.anew(page, f"warm-{i}") for page in ANEW for i in range(WARMING)]
    load([*there.votes(there.questions[-1], WARMING), *there.inserts(WARMING), *(request for request in pages.values() for _ in range(WARMING)), *anew])
    for question in there.questions[: wanted.rounds]:
        yield VOTE, timed(VOTE, load(there.votes(question, wanted.votes)))
        yield INSERT, timed(INSERT, load(there.inserts(wanted.votes)))
    for n in range(wanted.rounds):
        for name, request in pages.items():
            yield name, timed(name, load([request] * wanted.pages))
        for page, name in ANEW.items():
            yield name, timed(name, load([there.anew(page, f"{n}-{i}") for i in range(wanted.pages)]))


def timed(name: str, came: dict) -> Run:
    """Requests a second and milliseconds. Raises Unexpected unless every answer was the one expected."""
    expected = EXPECTED.get(name, "200")
    if set(came["answers"]) != {expected}:
        raise Unexpected(f"{name}: every answer should have been {expected}; they were {came['answers']}")
    cuts = statistics.quantiles(came["seconds"], n=20, method="inclusive")
    count = len(came["seconds"])
    return {
        "a second": count / came["took"],
        "p50 ms": cuts[9] * 1000,
        "p95 ms": cuts[18] * 1000,
        "processor ms": came["processor"] * 1000 / count,
    }


def ratios(runs: dict[str, list[Run]]) -> dict[str, dict[str, list[float]]]:
    """Each thing measured over what it is measured beside, round by round."""
    which = ("a second", "p95 ms", "processor ms")
    return {
        name: {of: [mine[of] / theirs[of] for mine, theirs in zip(runs[name], runs[beside], strict=True) if theirs[of]] for of in which}
        for name, beside in BESIDE.items()
    }
