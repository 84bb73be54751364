"""./portal demo: the whole portal on this machine, with example meetings, until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import errno
import json
import os
import shutil
import socket
import sys
import time
import urllib.error
import urllib.request
from typing import IO

from launcher.board import BOARD, announce, withdraw
from launcher.folders import LOGS, STATE, holder, make_state, sign, try_lock
from launcher.processes import Child, Family
from launcher.progress import Problem, say, step, tail
from launcher.services import Environment, Services, as_owner, demo_environment
from launcher.watchdog import started

LOCK = "services.lock"
DATA = ("pg", "redis", "mail", "files", "beat")
READY_SECONDS = 90
EVERY_ADDRESS = "0.0.0.0"  # noqa: S104 - only if it is asked for
NO_ROOT_WARNING = "ignore:You're running the worker with superuser privileges"


class Options(argparse.Namespace):
    port: int
    host: str
    fresh: bool

    @property
    def reached_at(self) -> str:
        """The host by which others reach it: this machine's own address on its network, where every address is listened on."""
        if self.host in ("127.0.0.1", "localhost"):
            return "localhost"
        return own_address() if self.host == EVERY_ADDRESS else self.host

    @property
    def asked_at(self) -> str:
        """The host by which this machine reaches it."""
        return "127.0.0.1" if self.host == EVERY_ADDRESS else self.host


def options(arguments: list[str]) -> Options:
    parser = argparse.ArgumentParser(prog="./portal demo", description="Runs the whole portal here until Ctrl-C.")
    parser.add_argument("--port", type=int, default=8000, help="where to serve (8000)")
    parser.add_argument("--host", default="127.0.0.1", help=f"the address to listen on (127.0.0.1); {EVERY_ADDRESS} lets others on your network in, a phone, say")
    parser.add_argument("--fresh", action="store_true", help="forget the data of earlier runs first")
    return parser.parse_args(arguments, namespace=Options())


def refuse_early(wanted: Options) -> None:
    """What cannot work is said before minutes go into installing."""
    make_state()
    take_lock(wanted.port).close()
    refuse_taken_port(wanted.port, wanted.host)


def take_lock(port: int) -> IO[str]:
    """Only one process at a time runs services on the checkout's data."""
    told = False
    while (lock := try_lock(LOCK)) is None:
        who = holder(LOCK)
        if len(who) == 3 and who[0] == "demo" and started(int(who[1])):
            raise Problem(
                f"The demo of this checkout is already running at http://localhost:{who[2]} (process {who[1]}).\n"
                "Stop it there with Ctrl-C first."
            )
        if not told:
            say("Waiting for another ./portal to finish with the data.")
            told = True
        time.sleep(0.2)
    sign(lock, "demo", os.getpid(), port)
    return lock


def own_address() -> str:
    """By which others on the network reach this machine. Nothing is sent: only the way is looked up."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return socket.gethostname()
        return probe.getsockname()[0]


def refuse_taken_port(port: int, host: str = "127.0.0.1") -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                advice = f"Choose another: ./portal demo --port {port + 1}"
                raise Problem(f"Port {port} is taken by another program. {advice}") from problem
            if problem.errno == errno.EADDRNOTAVAIL or isinstance(problem, socket.gaierror):
                raise Problem(f"This machine has no address {host}. For all it has: --host {EVERY_ADDRESS}") from problem
            raise Problem(f"Port {port} cannot be used: {problem.strerror}.") from problem
        except OverflowError as problem:
            raise Problem(f"There is no port {port}.") from problem


def run(wanted: Options) -> int:
    with take_lock(wanted.port) as lock:
        refuse_taken_port(wanted.port, wanted.host)
        withdraw()
        if wanted.fresh:
            forget()
        with Family(LOGS, hold=[lock], untrue=[BOARD]) as family, contextlib.ExitStack() as stack:
            stack.callback(withdraw)
            serve(family, wanted)
            return wait_for_the_end(family)


def forget() -> None:
    for name in DATA:
        shutil.rmtree(STATE / name, ignore_errors=True)


def serve(family: Family, wanted: Options) -> None:
    services = Services(STATE)
    with step("Starting PostgreSQL and Redis"):
        services.start(family)
    addresses = services.addresses()
    environment = demo_environment(addresses, wanted.port, wanted.reached_at)
    signins = install(family, environment, wanted)
    start_queue(family, environment)
    with step("Waiting for the portal to answer"):
        wait_until_it_serves(family, wanted)
    announce(addresses | {"PORTAL_PORT": str(wanted.port), "PORTAL_HOST": wanted.reached_at})
    print(f"\nReady: http://{wanted.reached_at}:{wanted.port}\n\n{signins}\nCtrl-C stops it.", flush=True)


def install(family: Family, environment: Environment, wanted: Options) -> str:
    """Brings database and files up to date, with the web server starting beside it; returns the demo sign-ins."""
    told = as_owner(environment) | {"DATABASE_APPLICATION_URL": environment["DATABASE_URL"]}
    child = family.start("setup", [sys.executable, "-m", "launcher.installing"], env=told, tell=True)
    signins = ""
    label = ""
    for line in child.process.stdout or ():
        news = json.loads(line)
        if news["event"] == "begin":
            label = news["label"]
            print(f"{label} ... ", end="", file=sys.stderr, flush=True)
        elif news["event"] == "end":
            label = ""
            say(f"{news['seconds']:.1f} s")
        elif news["event"] == "static":
            start_web(family, environment, wanted)  # it reads the list of static files when it starts
        elif news["event"] == "signins":
            signins = news["text"]
    if child.process.wait():
        say("failed" if label else "")
        raise Problem(child.obituary())
    family.stop([child])
    return signins


def start_web(family: Family, environment: Environment, wanted: Options) -> Child:
    command = [sys.executable, "-m", "gunicorn", "--config", "python:dag_portal.gunicorn", "dag_portal.wsgi:application"]
    return family.start("web", [*command, "--bind", f"{wanted.host}:{wanted.port}", "--preload"], env=environment)


def start_queue(family: Family, environment: Environment) -> None:
    celery = [sys.executable, "-m", "celery", "--app", "dag_portal"]
    quick = ["--without-mingle", "--without-gossip"]  # there are no other workers to ask
    quiet = environment | {"PYTHONWARNINGS": NO_ROOT_WARNING}
    family.start("worker", [*celery, "worker", "--concurrency", "1", "--loglevel", "INFO", *quick], env=quiet)
    (STATE / "beat").mkdir(exist_ok=True)
    schedule = ["--schedule", str(STATE / "beat" / "schedule"), "--pidfile="]
    family.start("beat", [*celery, "beat", "--loglevel", "INFO", *schedule], env=environment)


def wait_until_it_serves(family: Family, wanted: Options) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while (answer := ask_health(wanted.asked_at, wanted.port)) != "":
        family.check()
        if time.monotonic() > deadline:
            raise Problem(f"The portal is not well: {answer}\n{tail(LOGS / 'web.log')}")
        time.sleep(0.1)


def ask_health(host: str, port: int) -> str:
    """Why the portal serves no pages, or ""."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        direct.open(f"http://{host}:{port}/livez", timeout=5).close()
    except urllib.error.HTTPError as refusal:
        said = refusal.read(2000).decode("utf-8", "replace")
        return "" if '"status": "failing"' in said else f"{refusal.code} {said}"  # it answers; a chore of an earlier run is for /status/ to tell
    except OSError as problem:
        return str(problem)
    return ""


def wait_for_the_end(family: Family) -> int:
    try:
        while True:
            family.check()
            time.sleep(0.25)
    except KeyboardInterrupt:
        pass
    except SystemExit as asked:
        if isinstance(asked, Problem):
            raise
    say("Stopping.")
    return 0
