"""./portal bench: the portal measured under load, on services and a database of its own that are thrown away afterwards."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import socket
import sys
from collections import defaultdict
from pathlib import Path

from bench import changes, large, measuring, processor, report, writing
from launcher.broker import Broker
from launcher.demo import Options, start_web, wait_until_it_serves
from launcher.folders import STATE
from launcher.postgres import APPLICATION, OWNER, Postgres
from launcher.processes import Family
from launcher.progress import Problem, say, step
from launcher.services import Environment, base_environment
from launcher.testing import find_browser
from launcher.watchdog import started

RESULTS = STATE / "bench"


def options(arguments: list[str]) -> measuring.Options:
    parser = argparse.ArgumentParser(prog="./portal bench", description="Measures votes and pages beside the least that could be done instead.")
    parser.add_argument("--votes", type=int, default=1000, help="on one question, in each round (1000)")
    parser.add_argument("--seats", type=int, default=100, help="that vote, in turn, and vote again (100)")
    parser.add_argument("--pages", type=int, default=500, help="asked for of each kind in each round (500)")
    parser.add_argument("--clients", type=int, default=16, help="connections kept open at once (16)")
    parser.add_argument("--rounds", type=int, default=3, help="of each measurement, taken in turn (3)")
    parser.add_argument("--large", action="store_true", help="instead: what pages cost among 1,000 decisions and among 100,000; a quarter of an hour")
    parser.add_argument("--changes", action="store_true", help="instead: what pages cost among 100 change requests and among 5,000 with 50,000 answers; some minutes")
    parser.add_argument("--sizes", type=int, nargs="+", help="with --large: how many decisions (1000 100000); with --changes: how many change requests (100 5000)")
    parser.add_argument("--writing", action="store_true", help="instead: what a keystroke's save costs in long minutes, and how soon their page can be written on")
    parser.add_argument("--items", type=int, default=60, help="with --writing: on the agenda (60)")
    parser.add_argument("--words", type=int, default=2000, help="with --writing: in each of them (2000)")
    parser.add_argument("--saves", type=int, default=200, help="with --writing: in each round (200)")
    parser.add_argument("--result", type=Path, default=RESULTS / "result.json", help="where the figures go, as JSON (.portal/bench/result.json)")
    return parser.parse_args(arguments, namespace=measuring.Options())


def run(arguments: list[str]) -> int:
    wanted = options(arguments)
    RESULTS.mkdir(parents=True, exist_ok=True)
    folder = RESULTS / f"run-{os.getpid()}-{started(os.getpid())}"
    try:
        with Family(folder / "logs") as family:
            found = (grow if wanted.large or wanted.changes else write if wanted.writing else bench)(family, folder, wanted)
    except measuring.Unexpected as surprise:
        raise Problem(str(surprise)) from surprise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    told = changes.lines if wanted.changes else large.lines if wanted.large else writing.lines if wanted.writing else report.table
    print("\n".join(told(found)), flush=True)
    wanted.result.write_text(json.dumps(found, indent=1, ensure_ascii=False), "utf-8")
    say(f"\nKept in {wanted.result}")
    return 0


def bench(family: Family, folder: Path, wanted: measuring.Options) -> dict:
    busy = round(os.getloadavg()[0], 1)  # by others: what they take is missing from the figures
    # An address in the environment is not used here: nobody's database is to be filled with what this makes.
    postgres, broker = Postgres(folder, durable=True), Broker(folder, durable=True)
    with step("Starting PostgreSQL and Redis"):
        broker.start(family)
        postgres.start(family)
    port = free_port()
    environment = environment_of(postgres, broker, folder, port)
    with step("Making what is to be found"):
        told = furnish(family, postgres, environment, wanted)
    here = Options(host="127.0.0.1", port=port, fresh=False)
    servers = [child.process.pid for child in (*family.children, start_web(family, environment, here))]
    wait_until_it_serves(family, here)
    what = folder / "what.json"
    what.write_text(json.dumps(told), "utf-8")
    runs = measured(family, folder, servers, there(told, port), wanted)
    with step("Counting what came of it"):
        afterwards = answer(family, "afterwards", environment, str(what))
    compare(afterwards, wanted)
    with step("Publishing with editions and without"):
        publishing = answer(family, "editions", environment, str(wanted.rounds), str(servers[1]))
    return {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "postgresql": told["postgresql"], "busy before": busy},
        "options": {name: value for name, value in vars(wanted).items() if name != "result"},
        "votes answered by": told["voting"],
        "runs": runs,
        "ratios": measuring.ratios(runs),
        "afterwards": afterwards,
        "publishing": publishing,
    }


def grow(family: Family, folder: Path, wanted: measuring.Options) -> dict:
    """A register that grows, on a database of its own."""
    postgres, broker = Postgres(folder, durable=True), Broker(folder, durable=True)
    with step("Starting PostgreSQL and Redis"):
        broker.start(family)
        postgres.start(family)
    environment = environment_of(postgres, broker, folder, free_port())
    with step("Making what is to be found"):
        furnish(family, postgres, environment, wanted)
    servers = [child.process.pid for child in family.children]
    with step("Growing, and measuring at each size"):
        grows, sizes = ("changes", [100, 5000]) if wanted.changes else ("large", [1000, 100_000])
        told = answer(family, grows, as_owner(postgres, environment), str(servers[-1]), *map(str, wanted.sizes or sizes))
    if faults := [fault for size in told.values() for fault in size.get("faults", [])]:
        raise Problem("What was made is not whole:\n" + "\n".join(faults))
    return told


def write(family: Family, folder: Path, wanted: measuring.Options) -> dict:
    """Long minutes, written on by one secretary, on services of their own."""
    postgres, broker = Postgres(folder, durable=True), Broker(folder, durable=True)
    with step("Starting PostgreSQL and Redis"):
        broker.start(family)
        postgres.start(family)
    port = free_port()
    environment = environment_of(postgres, broker, folder, port)
    with step("Making long minutes"):
        told = answer(family, "long_minutes", as_owner(postgres, environment), str(wanted.items), str(wanted.words))
    here = Options(host="127.0.0.1", port=port, fresh=False)
    servers = [child.process.pid for child in (*family.children, start_web(family, environment, here))]
    wait_until_it_serves(family, here)
    load, runs = loading(family, folder, servers, port, clients=1), defaultdict(list)
    for name, found in writing.measure(writing.Typist(told), wanted, load):
        runs[name].append(found)
    return {"minutes": told, "runs": runs, "ratios": writing.ratios(runs), "opened": opened(family, folder, port, told, wanted)}


def opened(family: Family, folder: Path, port: int, told: dict, wanted: measuring.Options) -> list[dict]:
    """In Chromium, if there is one."""
    if not (browser := find_browser()):
        return []
    plan = folder / "browser.json"
    address = f"http://localhost:{port}/desk/meetings/{told['meeting']}/minute/"
    plan.write_text(json.dumps({"browser": browser, "address": address, "session": told["session"], "times": wanted.rounds}), "utf-8")
    with step("Opening them in Chromium"):
        return answer(family, "in_the_browser", base_environment(), str(plan))  # type: ignore[return-value]


def as_owner(postgres: Postgres, environment: Environment) -> Environment:
    return environment | {"DATABASE_URL": postgres.url(OWNER), "DATABASE_APPLICATION_URL": environment["DATABASE_URL"]}


def environment_of(postgres: Postgres, broker: Broker, folder: Path, port: int) -> Environment:
    """As deployed: nothing of the demonstration, and the second factor asked about."""
    found = base_environment() | {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DATABASE_URL": postgres.url(APPLICATION),
        "CELERY_BROKER_URL": broker.celery_url(),
        "REDIS_URL": broker.url(),
        "STATIC_ROOT": str(folder / "static"),
        "EMAIL_FILE_PATH": str(folder / "mail"),
        "PORTAL_BASE_URL": f"http://localhost:{port}",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
    }
    for unwanted in ("PORTAL_DEMO", "DEBUG", "SECURE"):
        found.pop(unwanted, None)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def furnish(family: Family, postgres: Postgres, environment: Environment, wanted: measuring.Options) -> dict:
    return answer(family, "furnish", as_owner(postgres, environment), str(wanted.seats), str(wanted.rounds + 1))


def there(told: dict, port: int) -> measuring.Furnished:
    return measuring.Furnished(port, told["sessions"], told["questions"], told["decision"], told["meeting"], told["secretary"])


def answer(family: Family, name: str, environment: Environment, *arguments: str) -> dict:
    """What a module of the bench, run as a process of its own, prints as JSON."""
    child = family.start(name, [sys.executable, "-m", f"bench.{name}", *arguments], env=environment, tell=True)
    said = child.process.stdout.read() if child.process.stdout else b""
    if child.process.wait():
        raise Problem(child.obituary())
    family.stop([child])
    return json.loads(said)  # type: ignore[no-any-return]


def loading(family: Family, folder: Path, servers: list[int], port: int, clients: int) -> measuring.Load:
    """Sends requests, and counts what the servers took meanwhile."""
    plan = folder / "plan.json"

    def load(requests: list[measuring.Request]) -> dict:
        plan.write_text(json.dumps({"port": port, "clients": clients, "requests": requests}), "utf-8")
        before = processor.seconds(servers)
        came = answer(family, "load", base_environment(), str(plan))
        family.check()
        return came | {"processor": processor.seconds(servers) - before}

    return load


def measured(family: Family, folder: Path, servers: list[int], where: measuring.Furnished, wanted: measuring.Options) -> dict[str, list[measuring.Run]]:
    load, runs = loading(family, folder, servers, where.port, wanted.clients), defaultdict(list)
    for name, found in measuring.measure(where, wanted, load):
        say(f"{name}: {found['a second']:.0f} a second")
        runs[name].append(found)
    return dict(runs)


def compare(afterwards: dict, wanted: measuring.Options) -> None:
    """What was answered must be what is on record: a fast portal that loses votes was not measured."""
    *counted, _ = afterwards["casts"]
    if counted != [wanted.votes] * wanted.rounds:
        raise Problem(f"{wanted.votes} votes were answered on each question; on record are {counted}.")
    if afterwards["faults"]:
        raise Problem("The ledger is not whole:\n" + "\n".join(afterwards["faults"][:10]))
