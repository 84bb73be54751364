"""The proxy of docker-compose.yml: slow visitors hold no thread of the web process, large bodies never reach it, and nobody says where they come from."""

import re
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import yaml

from files.door import MOST_WITH_FILES
from tests.deployment.sites import TEXT, nginx
from tests.races.crews import ROOT


def said(name: str) -> str:
    return re.search(rf"^\s*{name}\s+(.+);", TEXT, re.M)[1]


def test_it_takes_what_the_portal_takes_and_sends_a_request_on_when_it_has_all_of_it():
    assert int(said("client_max_body_size").removesuffix("m")) * 2**20 >= MOST_WITH_FILES
    assert (said("proxy_request_buffering"), said("proxy_buffering"), said("proxy_next_upstream")) == ("on", "on", "off")
    assert all(int(said(name).removesuffix("s")) <= 60 for name in ("client_header_timeout", "client_body_timeout", "send_timeout"))


def test_compose_puts_it_in_front_of_the_web_process_which_nobody_else_reaches():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    assert "ports" not in services["web"]
    assert services["proxy"]["ports"] == ["127.0.0.1:${PORTAL_PORT:-8000}:8000"]
    assert services["proxy"]["volumes"] == ["./deploy/nginx.conf:/etc/nginx/nginx.conf:ro"]
    assert "server web:8000;" in TEXT


class Told(BaseHTTPRequestHandler):
    """Stands for the web process: remembers each request, with how long it took to come in."""

    seen: list[dict]

    def answer(self) -> None:
        began = time.monotonic()
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        type(self).seen.append({"headers": dict(self.headers), "took": time.monotonic() - began, "length": len(body)})
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    do_GET = do_POST = answer

    def log_message(self, *_) -> None:
        """Not in the output of the tests."""


@pytest.fixture
def proxy(tmp_path):
    """Where it listens, and what got through."""
    behind = ThreadingHTTPServer(("127.0.0.1", 0), type("Seen", (Told,), {"seen": []}))
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    try:
        with nginx(tmp_path, behind.server_port) as port:
            yield port, behind.RequestHandlerClass.seen
    finally:
        behind.shutdown()
        behind.server_close()


def sends(port: int, *parts: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as visitor:
        for part in parts:
            visitor.sendall(part)
            time.sleep(0.2)
        return visitor.recv(200)


HEAD = b"POST /desk/ HTTP/1.1\r\nHost: portal.example.org\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"


def test_a_slow_body_reaches_the_web_process_whole_and_at_once(proxy):
    port, seen = proxy
    assert sends(port, HEAD % 8, b"ab", b"cd", b"ef", b"gh").startswith(b"HTTP/1.1 200")
    assert seen[0]["length"] == 8
    assert seen[0]["took"] < 0.2


def test_what_is_too_large_is_refused_by_its_length_and_never_gets_there(proxy):
    port, seen = proxy
    assert sends(port, HEAD % (200 * 2**20)).startswith(b"HTTP/1.1 413")
    assert seen == []


def test_the_web_process_is_told_from_where_a_visitor_came_behind_what_they_say_themselves(proxy):
    port, seen = proxy
    lies = b"GET / HTTP/1.1\r\nHost: portal.example.org\r\nX-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n"
    sends(port, lies)
    headers = seen[0]["headers"]
    assert headers["X-Forwarded-For"] == "6.6.6.6, 127.0.0.1"  # TRUSTED_PROXY_COUNT says how many, from the right, are believed
    assert headers["Host"] == "portal.example.org"
    assert "X-Forwarded-Host" not in headers
