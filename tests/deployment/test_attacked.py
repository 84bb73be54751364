"""The portal as it is deployed, attacked: real web processes behind a real proxy, and members who go on voting meanwhile."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.urls import reverse

from decisions.models import Cast
from files.kinds import MIB
from ledger import operations as ledger
from ledger.models import Entry
from ledger.verifying import faults
from notifications.models import Notice
from tests.decisions.houses import House
from tests.deployment.sites import HOST, Browser, gunicorn, held, lies_in, nginx, pours
from tests.factories import UserFactory

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

POST = b"POST %s HTTP/1.1\r\nHost: portal.example.org\r\nX-Forwarded-Proto: https\r\nContent-Type: multipart/form-data; boundary=x\r\n%s\r\n\r\n"
SIGN_IN, UPLOAD = b"/accounts/login/", b"/desk/change-requests/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("deployed")


@pytest.fixture(scope="module")
def web(django_db_setup, folder):
    """The web process alone: whatever the proxy lets through, it has to bear."""
    with gunicorn(folder, LOCK_TIMEOUT="1s", STATEMENT_TIMEOUT="15s") as port:
        yield port


@pytest.fixture(scope="module")
def site(web, folder):
    """With the proxy in front."""
    (folder / "proxy").mkdir()
    with nginx(folder / "proxy", web) as port:
        yield port


@pytest.fixture
def house(transactional_db, clock):
    return House(clock, seats=4)


def vote(port, house, question, n: int):
    """What a seat's holder does on the ballot, up to the last button: it is pressed when called, which may be in a thread."""
    voter, ballot = Browser(port, house.holders[n]), reverse("decisions:vote", args=[question.pk, house.row(question, n).pk])
    check = voter.sends(ballot, {"choice": "approve", "comment": "As consulted", "step": "check"})
    assert "Check" in check.text
    typed = check.form() | {"step": "cast"}
    return lambda: voter.posts(ballot, typed)


def the_portal_goes_on(house, port, question, n: int) -> None:
    """A page is read, and a vote is given."""
    assert Browser(port).opens("/").status == 200
    assert vote(port, house, question, n)().status == 302
    assert Cast.objects.filter(row=house.row(question, n)).count() == 1


def test_a29_two_hundred_who_send_a_letter_at_a_time_keep_nobody_from_voting(site, house):
    question = house.ask()
    slow = [held(site, POST % (SIGN_IN, b"Content-Length: 1000") + b"x") for _ in range(150)]
    slow += [held(site, b"GET / HTTP/1.1\r\nHost: portal.exa") for _ in range(50)]
    the_portal_goes_on(house, site, question, 0)  # while all of them still hold on
    for each in slow:
        each.close()


def test_a29_fifty_at_once_who_send_more_than_is_taken_are_refused_and_fill_no_disk(site, house, folder):
    question = house.ask()
    too_large = POST % (UPLOAD, b"Content-Length: %d" % (50 * MIB))
    with ThreadPoolExecutor(50) as crowd:
        told = [crowd.submit(pours, site, too_large, 50) for _ in range(50)]
        the_portal_goes_on(house, site, question, 1)
        assert {each.result()[:12] for each in told} == {b"HTTP/1.1 413"}
    assert lies_in(folder / "tmp") + lies_in(folder / "proxy") < MIB


def test_a_flood_of_one_address_and_of_long_files_is_told_to_wait_and_keeps_nobody_from_voting(site, house, folder):
    question, flood = house.ask(), b"GET /decisions/ HTTP/1.1\r\nHost: portal.example.org\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"
    fits = POST % (UPLOAD, b"X-Forwarded-For: 203.0.113.%d\r\nContent-Length: %d")

    def asks(_: int) -> bytes:
        with held(site, flood) as visitor:
            return visitor.recv(300)[:12]

    long = [held(site, fits % (n // 4, 25 * MIB) + b"x" * MIB) for n in range(16)]  # as many as are let in, and none of them ends
    with ThreadPoolExecutor(24) as crowd:
        told = [crowd.submit(asks, n) for n in range(240)]
        the_portal_goes_on(house, site, question, 3)
        assert {each.result() for each in told} <= {b"HTTP/1.1 200", b"HTTP/1.1 429", b"HTTP/1.1 503"}
    assert {b"HTTP/1.1 429", b"HTTP/1.1 503"} & {each.result() for each in told}
    assert pours(site, fits % (9, 25 * MIB), 1)[:12] in (b"HTTP/1.1 503", b"")
    assert lies_in(folder / "proxy") < 32 * MIB
    for each in long:
        each.close()


def test_two_hundred_megabytes_from_nobody_are_refused_by_the_web_process_too_and_fill_no_disk(web, folder):
    for path in (SIGN_IN, UPLOAD, b"/decisions/"):
        assert pours(web, POST % (path, b"Content-Length: %d" % (200 * MIB)), 200)[:12] in (b"HTTP/1.1 413", b"")  # "": it was hung up on while sending
        assert pours(web, POST % (path, b"Transfer-Encoding: chunked"), 1)[:12] in (b"HTTP/1.1 411", b"HTTP/1.1 400", b"")
    announced = POST % (SIGN_IN, b"Connection: close\r\nContent-Length: %d" % (200 * MIB))
    with held(web, announced) as visitor:
        assert visitor.recv(300).startswith(b"HTTP/1.1 413"), "by its length, before any of it came"
    assert lies_in(folder / "tmp") < MIB
    assert Browser(web).opens("/").status == 200


LIES = {
    "SCRIPT_NAME": "/evil", "Script-Name": "/evil", "X-Script-Name": "/evil", "X-Forwarded-Prefix": "/evil", "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Server": "evil.example", "Forwarded": "host=evil.example", "X-Original-URL": "/evil", "X-Rewrite-URL": "/evil", "PATH_INFO": "/evil",
}  # fmt: skip


@pytest.mark.parametrize("at", ["web", "site"])
def test_what_a_visitor_says_of_the_address_is_in_no_page_and_no_copy_of_one(at, request):
    port = request.getfixturevalue(at)
    for path in ("/", "/decisions/", "/search/?q=x", "/nowhere/"):
        for lies in (LIES, {}):  # then without them: what was kept of the first is given to the second
            answer = Browser(port).asks("GET", path, headers=lies)
            assert answer.status in (200, 404)
            assert "evil" not in answer.text + str(answer.headers)


@pytest.mark.parametrize("at", ["web", "site"])
def test_a44_a_link_to_choose_a_password_leads_to_the_portal_whatever_host_is_asked_for(at, request, transactional_db):
    port, somebody = request.getfixturevalue(at), UserFactory()
    for lie in ({"Host": "evil.example"}, {"Host": f"{HOST}@evil.example"}, {"Host": f"{HOST}:evil.example"}, {"X-Forwarded-Host": "evil.example"}, {}):
        visitor = Browser(port)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', visitor.opens("/accounts/password/reset/").text)[1]
        body = f"csrfmiddlewaretoken={token}&email={somebody.email}".encode()
        answer = visitor.asks("POST", "/accounts/password/reset/", body, {"Content-Type": "application/x-www-form-urlencoded"} | lie)
        assert answer.status == (400 if "Host" in lie else 302)
    mails = [each.body for each in Notice.objects.filter(address=somebody.email)]
    assert mails
    assert all(f"https://{HOST}/accounts/" in body and "evil" not in body for body in mails)


def test_a_token_that_is_none_sets_no_cookie_on_a_public_page_and_makes_no_session(web, transactional_db):
    for cookie in ("__Host-csrf=bad!!", "__Host-csrf=", "__Host-session=x; __Host-csrf=0", "__Host-session=" + "a" * 32):
        for path in ("/", "/decisions/", "/status/", "/search/?q=x", "/nowhere/"):
            answer = Browser(web).opens(path, Cookie=cookie)
            assert answer.status in (200, 404)
            assert "Set-Cookie" not in answer.headers
    assert not Session.objects.exists()


def test_while_somebody_holds_the_ledger_a_vote_is_told_that_nothing_was_done_and_all_else_is_answered(web, house):
    question, held_now, let_go = house.ask(), threading.Event(), threading.Event()

    def holds() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ledger._LOCK])
            held_now.set()
            let_go.wait(120)
        connection.close()

    voters = [vote(web, house, question, n % 4) for n in range(12)]  # more than there are threads
    holder = threading.Thread(target=holds)
    holder.start()
    assert held_now.wait(60)
    before = Entry.objects.count()
    try:
        with ThreadPoolExecutor(12) as crowd:
            told = [crowd.submit(each) for each in voters]
            watched = [Browser(web).opens(path).status for path in ("/livez", "/", "/decisions/")]
            health = Browser(web).opens("/healthz")
            answers = [each.result() for each in told]
    finally:
        let_go.set()
        holder.join()
    assert {answer.status for answer in answers} == {503}
    assert all("Nothing has been done" in answer.text and answer.headers["Retry-After"] == "10" for answer in answers)
    assert watched == [200, 200, 200]
    assert '"database": true' in health.text
    assert (Cast.objects.count(), Entry.objects.count()) == (0, before), "nothing of them is written"
    the_portal_goes_on(house, web, question, 2)
    assert list(faults()) == []
