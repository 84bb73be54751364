"""The services of one run, and the environment in which the portal finds them.

An address that is already in the environment wins: then nothing of that kind is started.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from launcher.broker import Broker
from launcher.folders import STATE
from launcher.postgres import APPLICATION, OWNER, Postgres
from launcher.processes import Family

Environment = dict[str, str]


class Services:
    """PostgreSQL and a Redis-protocol server, with their data in `folder`."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.postgres = None if "DATABASE_URL" in os.environ else Postgres(folder, durable=durable)
        self.broker = None if "CELERY_BROKER_URL" in os.environ else Broker(folder, durable=durable)

    def start(self, family: Family) -> None:
        if self.broker:
            self.broker.start(family)
        if self.postgres:
            self.postgres.start(family)

    def addresses(self) -> Environment:
        """DATABASE_URL is the application's; DATABASE_OWNER_URL is the one to migrate with."""
        found: Environment = {}
        if self.postgres:
            found["DATABASE_URL"] = self.postgres.url(APPLICATION)
            found["DATABASE_OWNER_URL"] = self.postgres.url(OWNER)
        else:
            found["DATABASE_URL"] = os.environ["DATABASE_URL"]
            found["DATABASE_OWNER_URL"] = os.environ.get("DATABASE_OWNER_URL", found["DATABASE_URL"])
        if self.broker:
            found["CELERY_BROKER_URL"] = self.broker.celery_url()
            found["REDIS_URL"] = self.broker.url()
        else:
            found["CELERY_BROKER_URL"] = os.environ["CELERY_BROKER_URL"]
            found["REDIS_URL"] = os.environ.get("REDIS_URL", found["CELERY_BROKER_URL"])
        return found


def base_environment() -> Environment:
    """What every process of the portal is started with."""
    found = dict(os.environ)
    # Everything would be compiled anew at every start. What is compiled lands in folders that git ignores.
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    found["PYTHONUNBUFFERED"] = "1"
    found.setdefault("SECRET_KEY", secret_key())
    return found


def demo_environment(addresses: Environment, port: int, host: str = "localhost") -> Environment:
    found = base_environment() | addresses
    found["PORTAL_DEMO"] = "1"
    found["STATIC_ROOT"] = str(STATE / "static")
    found["EMAIL_FILE_PATH"] = str(STATE / "mail")
    found["PORTAL_FILES"] = str(STATE / "files")
    found["PORTAL_BASE_URL"] = f"http://{host}:{port}"
    found["ALLOWED_HOSTS"] = ",".join(dict.fromkeys(["localhost", "127.0.0.1", host]))
    found.setdefault("PORTAL_CONTACT", "rehearsal.pmo@example.org")
    return found


def as_owner(environment: Environment) -> Environment:
    return environment | {"DATABASE_URL": environment["DATABASE_OWNER_URL"]}


def secret_key() -> str:
    """Made once for this checkout, so that a restart signs nobody out."""
    kept = STATE / "secret-key"
    if not kept.exists():
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), "ascii")
        with contextlib.suppress(FileExistsError):  # the first of two starts at once wins
            os.link(fresh, kept)
        fresh.unlink()
    return kept.read_text("ascii")
