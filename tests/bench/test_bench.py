"""The bench measures what it says it measures, and refuses to report what did not happen."""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest

from bench import measuring, processor, report, writing
from launcher import benching
from launcher.progress import Problem
from meetings.operations.writing import fingerprint_of

ROOT = Path(__file__).resolve().parents[2]
RUN = "import sys; from launcher import benching; sys.exit(benching.run(sys.argv[1:]))"
TINY = ["--votes", "12", "--seats", "4", "--clients", "3", "--rounds", "2", "--pages", "6"]


@pytest.mark.long
def test_the_whole_of_it_in_small(tmp_path):
    result = tmp_path / "result.json"
    done = subprocess.run([sys.executable, "-c", RUN, *TINY, "--result", str(result)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "a vote beside the bare insert: " in done.stdout
    found = json.loads(result.read_text())
    assert {name: len(runs) for name, runs in found["runs"].items()} == dict.fromkeys([*measuring.BESIDE, *measuring.BESIDE.values()], 2)
    assert found["afterwards"]["casts"][:2] == [12, 12]
    assert found["afterwards"]["faults"] == []
    assert len(found["publishing"]["with"]) == len(found["publishing"]["without"]) == 2
    assert found["afterwards"]["queries"]["the bare insert"]["kinds"]["INSERT"] == 1


@pytest.mark.long
def test_change_requests_that_grow_ask_for_no_more(tmp_path):
    result = tmp_path / "result.json"
    done = subprocess.run([sys.executable, "-c", RUN, "--changes", "--sizes", "1", "6", "--result", str(result)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    one, six = json.loads(result.read_text()).values()
    assert (six["change requests"], six["answers"]) == (6, 60)
    assert one["queries"] == six["queries"]


@pytest.fixture
def answering():
    """A web server that answers 200, or 503 where the address says so; its port and the order in which it was asked."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            asked.append((self.client_address[1], self.headers["X-N"]))
            self.send_response(503 if self.path == "/busy" else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    asked: list = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=[0.01]).start()
    yield server.server_address[1], asked
    server.shutdown()
    server.server_close()


def load(tmp_path, port, requests, clients=3):
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps({"port": port, "clients": clients, "requests": requests}))
    done = subprocess.run([sys.executable, "-m", "bench.load", str(plan)], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout) | {"processor": 0.0}


def test_every_request_is_sent_once_over_as_many_connections_as_there_are_clients(tmp_path, answering):
    port, asked = answering
    came = load(tmp_path, port, [measuring.read("/", X_N=str(n)) for n in range(40)])
    assert sorted(int(n) for _, n in asked) == list(range(40))
    assert len({connection for connection, _ in asked}) <= 3
    assert came["answers"] == {"200": 40}
    assert len(came["seconds"]) == 40


def test_one_unexpected_answer_spoils_the_measurement(tmp_path, answering):
    port, _ = answering
    came = load(tmp_path, port, [measuring.read("/"), measuring.read("/busy")])
    with pytest.raises(measuring.Unexpected, match="503"):
        measuring.timed(measuring.PAGE, came)


def test_a_server_that_is_not_there_is_an_answer_too(tmp_path):
    came = {"took": 1.0, "seconds": [0.1, 0.1], "answers": {"ConnectionRefusedError": 2}, "processor": 0.0}
    with pytest.raises(measuring.Unexpected, match="ConnectionRefusedError"):
        measuring.timed(measuring.VOTE, came)


def test_votes_that_were_answered_and_are_not_on_record_are_reported():
    wanted = benching.options(["--votes", "5", "--rounds", "2"])
    benching.compare({"casts": [5, 5, 40], "faults": []}, wanted)
    with pytest.raises(Problem):
        benching.compare({"casts": [5, 4, 40], "faults": []}, wanted)
    with pytest.raises(Problem):
        benching.compare({"casts": [5, 5, 40], "faults": ["Entry 3 has been changed."]}, wanted)


def test_each_round_is_compared_with_the_round_beside_it():
    fast = {"a second": 100.0, "p50 ms": 1.0, "p95 ms": 2.0, "processor ms": 3.0}
    slow = {"a second": 50.0, "p50 ms": 2.0, "p95 ms": 8.0, "processor ms": 6.0}
    runs = {name: [fast, slow] for name in (*measuring.BESIDE, *measuring.BESIDE.values())} | {measuring.VOTE: [slow, slow]}
    assert measuring.ratios(runs)[measuring.VOTE] == {"a second": [0.5, 1.0], "p95 ms": [4.0, 1.0], "processor ms": [2.0, 1.0]}


def test_the_middle_is_shown_with_the_least_and_the_most():
    assert report.spread([3.0, 1.0, 2.0], 2) == "2.00 (1.00–3.00)"
    assert report.spread([300.4, 100.0, 200.0]) == "200 (100–300)"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_processor_time_of_a_process_and_of_what_it_started_is_counted():
    before = processor.seconds([os.getpid()])
    subprocess.run(["sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; true"], check=True)
    assert processor.seconds([os.getpid()]) > before
    assert processor.seconds([]) == 0


def test_each_save_knows_what_the_portal_answers_to_the_one_before():
    typist = writing.Typist({"session": "s", "meeting": "LONG001", "block": {"uid": str(uuid4()), "item": 1, "text": "One.", "reads": fingerprint_of(block("One."))}})
    first, second = ([change] for request in typist.saves(2) for change in json.loads(request["body"])["changes"])
    assert [change["text"] for change in (*first, *second)] == ["One. 1", "One. 2"]
    assert [change["base"] for change in (*first, *second)] == [fingerprint_of(block("One.")), fingerprint_of(block("One. 1"))]


def block(text: str) -> SimpleNamespace:
    return SimpleNamespace(kind="text", reads=text, dropped=False)
