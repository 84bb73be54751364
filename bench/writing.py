"""What a keystroke's save costs in long minutes, and how soon their page can be written on."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from bench import form
from bench.measuring import INSERT, SECRET, Load, Options, Request, Run, timed

SAVE = "a keystroke's save"
AT_MOST = 3.0  # times the bare insert
USABLE = 1000  # milliseconds
WARMING = 40


def fingerprint_of(text: str) -> str:
    """What a text block of these words reads, as the portal counts it: said again here, so that all requests can be made beforehand."""
    return sha256(b"text" + text.encode()).hexdigest()[:16]


class Typist:
    """Somebody who adds to one paragraph, a few letters between two saves."""

    def __init__(self, told: dict[str, Any]):
        self.told, self.text, self.reads, self.n = told, told["block"]["text"], told["block"]["reads"], 0

    def saves(self, count: int) -> list[Request]:
        return [self._save() for _ in range(count)]

    def _save(self) -> Request:
        self.n += 1
        text, block = f"{self.told['block']['text']} {self.n}", self.told["block"]
        change = {"uid": block["uid"], "item": block["item"], "text": text, "base": self.reads, "tried": [self.text], "kind": "text", "after": None, "placed": False}
        self.text, self.reads = text, fingerprint_of(text)
        return self._posted(f"/desk/meetings/{self.told['meeting']}/minute/changes/", json.dumps({"changes": [change], "left": [], "line": None}), "application/json")

    def inserts(self, count: int) -> list[Request]:
        return [self._posted(form.INSERT, form.body(n, SECRET), "application/x-www-form-urlencoded") for n in range(count)]

    def _posted(self, path: str, body: str, kind: str) -> Request:
        cookies = f"sessionid={self.told['session']}; csrftoken={SECRET}"
        return {"method": "POST", "path": path, "headers": {"Cookie": cookies, "Content-Type": kind, "X-CSRFToken": SECRET}, "body": body}


def measure(typist: Typist, wanted: Options, load: Load) -> Iterator[tuple[str, Run]]:
    """In turn: saves and bare inserts, each sent when the last was answered."""
    load([*typist.saves(WARMING), *typist.inserts(WARMING)])
    for _ in range(wanted.rounds):
        yield SAVE, timed(SAVE, load(typist.saves(wanted.saves)))
        yield INSERT, timed(INSERT, load(typist.inserts(wanted.saves)))


def lines(found: dict[str, Any]) -> Iterator[str]:
    told = found["minutes"]
    yield f"Minutes of {told['words']:,} words in {told['blocks']:,} paragraphs"
    for name, runs in found["runs"].items():
        yield f"{name}: {_spread([run['p50 ms'] for run in runs])} ms, {_spread([run['processor ms'] for run in runs])} ms of processor"
    for which in ("p50 ms", "processor ms"):
        yield f"    {_spread(found['ratios'][which])} times the bare insert ({which}); at most {AT_MOST}"
    opened = found["opened"]
    if opened:
        yield f"Usable after {_spread([each['usable'] for each in opened])} ms, answered after {_spread([each['answered'] for each in opened])}; within {USABLE}"
        yield f"    which took {_spread([each['processor'] for each in opened])} ms of the browser's processor time, in several processes at once"
        yield f"A letter is drawn after {_spread([letter for each in opened for letter in each['letters']])} ms; the page has {opened[0]['bytes']:,} bytes"
    else:
        yield "No Chromium here: when the page can be written on was not measured."


def ratios(runs: dict[str, list[Run]]) -> dict[str, list[float]]:
    return {which: [mine[which] / theirs[which] for mine, theirs in zip(runs[SAVE], runs[INSERT], strict=True) if theirs[which]] for which in ("p50 ms", "processor ms")}


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.1f} ({min(values):.1f}–{max(values):.1f})" if values else "not known"
