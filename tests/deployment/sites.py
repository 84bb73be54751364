"""The portal as it is deployed: gunicorn by the file that comes with it, and nginx by the file that comes with it in front."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from groups.models import User
from tests.pages import forms_in
from tests.races.crews import ROOT, database_of_the_test, environment, until

TEXT = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
NGINX = shutil.which("nginx") or next((path for path in ("/usr/sbin/nginx",) if Path(path).exists()), None)
HOST = "portal.example.org"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers_at(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def nginx(folder: Path, behind: int) -> Iterator[int]:
    """nginx with the file as it is, but for its ports and folders. Where it listens."""
    if NGINX is None:
        pytest.skip("There is no nginx here.")
    port, file = free_port(), folder / "nginx.conf"
    mine = TEXT.replace("server web:8000;", f"server 127.0.0.1:{behind};").replace("listen 8000;", f"listen 127.0.0.1:{port};").replace("/tmp/", f"{folder}/")  # noqa: S108 - what stands in the file
    file.write_text(mine)
    with subprocess.Popen([NGINX, "-e", "stderr", "-p", folder, "-c", file, "-g", "daemon off;"], stderr=subprocess.PIPE) as running:
        until(lambda: running.poll() is not None or answers_at(port), "nginx to listen")
        yield port
        running.terminate()
        running.stderr.read()


@contextmanager
def gunicorn(folder: Path, **said: str) -> Iterator[int]:
    """The web process on the test's database, told what a deployment behind HTTPS is told. Where it listens; what is too large to keep lies in `folder`."""
    port = free_port()
    told = environment(database_of_the_test()) | {
        "SECURE": "1", "ALLOWED_HOSTS": HOST, "PORTAL_BASE_URL": f"https://{HOST}", "TRUSTED_PROXY_COUNT": "1", "PORTAL_CONTACT": "pmo@example.org",
        "STATIC_ROOT": str(folder / "static"), "PORTAL_FILES": str(folder / "files"), "TMPDIR": str(folder / "tmp"), "PORTAL_DEMO": "", "DEBUG": "",
    } | said  # fmt: skip
    for name in ("tmp", "files"):
        (folder / name).mkdir()
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"], cwd=ROOT, env=told, check=True)
    command = [sys.executable, "-m", "gunicorn", "--config", "python:dag_portal.gunicorn", "dag_portal.wsgi:application", "--bind", f"127.0.0.1:{port}", "--preload"]
    with (folder / "web.log").open("wb") as log, subprocess.Popen(command, cwd=ROOT, env=told, stdout=log, stderr=log) as running:
        until(lambda: running.poll() is not None or answers_at(port), "gunicorn to listen")
        yield port
        running.terminate()


class Answer:
    def __init__(self, answer: http.client.HTTPResponse):
        self.status, self.headers, self.text = answer.status, answer.headers, answer.read().decode("utf-8", "replace")

    def form(self) -> dict[str, str]:
        """What the first form on the page, but that to sign out, would send if nobody typed anything."""
        return dict(next(form["data"] for form in forms_in(self.text) if "logout" not in form["action"]))


class Browser:
    """Somebody at that port; behind a proxy that ended HTTPS, as the manual has it."""

    def __init__(self, port: int, user: User | None = None):
        self.port, self.cookies = port, SimpleCookie()
        if user:
            client = Client()
            client.force_login(user)
            self.cookies["__Host-session"] = client.cookies[settings.SESSION_COOKIE_NAME].value

    def asks(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        kept = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        told = {"Host": HOST, "X-Forwarded-Proto": "https", "Referer": f"https://{HOST}/", "X-Forwarded-For": "198.51.100.7"} | ({"Cookie": kept} if kept else {}) | (headers or {})
        connection.request(method, path, body, told)
        answer = Answer(connection.getresponse())
        connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(cookie)
        return answer

    def opens(self, path: str, **headers: str) -> Answer:
        return self.asks("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def sends(self, path: str, typed: dict[str, str]) -> Answer:
        """The form of that page: opened first, for its token."""
        return self.posts(path, self.opens(path).form() | typed)

    def posts(self, path: str, typed: dict[str, str]) -> Answer:
        return self.asks("POST", path, urlencode(typed).encode(), {"Content-Type": "application/x-www-form-urlencoded"})


def held(port: int, request: bytes) -> socket.socket:
    """A connection on which that much was sent, and no more comes."""
    visitor = socket.create_connection(("127.0.0.1", port), timeout=60)
    visitor.sendall(request)
    return visitor


def pours(port: int, head: bytes, megabytes: int) -> bytes:
    """What is answered to somebody who sends and sends, if nobody stops them; begun by `head`."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as visitor:
        piece = b"x" * 2**16
        try:
            visitor.sendall(head)
            for _ in range(megabytes * 16):
                visitor.sendall(piece)
        except OSError:
            pass
        try:
            return visitor.recv(300)
        except OSError:
            return b""


def lies_in(folder: Path) -> int:
    """How many bytes."""
    return sum(os.path.getsize(file) for file in folder.rglob("*") if file.is_file())

