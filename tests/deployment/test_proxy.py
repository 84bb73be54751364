"""The proxy of docker-compose.yml: slow visitors hold no thread of the web process, large bodies never reach it, and nobody says where they come from."""

import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import yaml

from files.door import MOST_WITH_FILES
from tests.deployment.sites import TEXT, free_port, held, nginx
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


def limits() -> dict[str, int]:
    return {zone: int(most) for zone, most in re.findall(r"^\s*limit_conn (\w+) (\d+);", TEXT, re.M)}


def rooms() -> dict[str, int]:
    """The megabytes that each folder of the proxy in memory may hold."""
    mounts = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]["proxy"]["tmpfs"]
    return {mount.split(":")[0]: int(re.search(r"size=(\d+)m", mount)[1]) for mount in mounts}


def test_all_the_bodies_that_may_arrive_at_once_fit_into_the_memory_they_have():
    longest = int(said("client_max_body_size").removesuffix("m"))
    assert limits()["medium"] * 1 + limits()["long"] * longest < rooms()[said("client_body_temp_path")]
    assert limits()["long_of"] * 4 <= limits()["long"], "one address leaves room for others"
    assert int(said("client_body_buffer_size").removesuffix("k")) * 1024 > 9999, "what is called short is never put down"


def test_every_folder_in_memory_has_a_bound_and_is_the_one_the_proxy_writes_to():
    assert {said("client_body_temp_path"), said("proxy_temp_path")} < set(rooms())
    assert len(rooms()) == 3


@pytest.mark.parametrize("status", [413, 429, 503])
def test_the_proxy_says_in_plain_words_what_it_does_not_take(status):
    page = re.search(rf"return {status} '(.+)';", TEXT)[1]
    assert page.startswith('<!DOCTYPE html><html lang="en-GB">')
    assert "Nothing has been done" in page or "nothing else has changed" in page
    assert "<script" not in page
    assert "src=" not in page


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


class Crowded(ThreadingHTTPServer):
    request_queue_size = 256


@pytest.fixture
def proxy(tmp_path):
    """Where it listens, and what got through."""
    behind = Crowded(("127.0.0.1", 0), type("Seen", (Told,), {"seen": []}))
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


def whole(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as visitor:
        visitor.sendall(request)
        return b"".join(iter(lambda: visitor.recv(65536), b""))


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


def asks(port: int, address: bytes, more: bytes = b"") -> bytes:
    return whole(port, b"GET / HTTP/1.1\r\nHost: portal.example.org\r\nX-Forwarded-For: %s\r\n%sConnection: close\r\n\r\n" % (address, more))


def test_what_is_too_large_is_said_on_a_page_of_the_proxy(proxy):
    answer = whole(proxy[0], HEAD % (200 * 2**20))
    assert b"HTTP/1.1 413" in answer
    assert b"The most a file may be is 25 MB" in answer


def test_a_flood_from_one_address_is_told_to_wait_and_keeps_nobody_else_from_reading(proxy):
    port, seen = proxy
    with ThreadPoolExecutor(15) as crowd:
        told = list(crowd.map(lambda _: asks(port, b"203.0.113.9"), range(500)))
    refused = [answer for answer in told if not answer.startswith(b"HTTP/1.1 200")]
    assert refused
    assert all(b"Retry-After: 10" in answer and answer[:12] in (b"HTTP/1.1 429", b"HTTP/1.1 503") for answer in refused)
    assert len(seen) == len(told) - len(refused)
    assert asks(port, b"203.0.113.9, 198.51.100.4").startswith(b"HTTP/1.1 200"), "it is the last address that counts"


def test_of_long_bodies_only_so_many_arrive_at_once_and_a_form_is_taken_beside_them(proxy):
    port, _ = proxy
    start = b"POST /desk/ HTTP/1.1\r\nHost: portal.example.org\r\nX-Forwarded-For: 203.0.113.%d\r\nContent-Length: %d\r\n\r\nx"
    holding = [held(port, start % (n // 4, 20 * 2**20)) for n in range(16)]
    time.sleep(1)
    answer = whole(port, (start % (9, 20 * 2**20)).replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    assert answer.startswith(b"HTTP/1.1 503")
    assert b"The portal is busy" in answer
    assert sends(port, HEAD % 8, b"abcdefgh").startswith(b"HTTP/1.1 200")
    for each in holding:
        each.close()


def test_while_the_web_process_is_away_the_proxy_says_that_nothing_was_done(tmp_path):
    with nginx(tmp_path, free_port()) as port:
        answer = asks(port, b"203.0.113.9")
    assert answer.startswith(b"HTTP/1.1 503")
    assert b"Nothing has been done" in answer
