"""A40 to A47: whoever attacks the sign-in gets neither in, nor another's session, nor to know who has an account."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import hashers
from django.test import Client

from groups import throttle
from groups.accounts import invitation_path
from groups.models import User
from notifications.models import Notice
from tests.factories import GroupFactory, PersonFactory, UserFactory, chair_of
from tests.pages import text_of

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
LOGIN, DESK = "/accounts/login/", "/desk/"


@pytest.fixture
def ruth():
    return UserFactory(person=PersonFactory(name="Ruth Ansell", email="ruth@example.org"))


def tries(client: Client, address: str = "ruth@example.org", password: str = PASSWORD, **more):
    return client.post(LOGIN, {"login": address, "password": password}, **more)


def test_a40_signing_in_and_out_gives_another_session_and_what_was_known_before_opens_nothing(ruth):
    client = Client()
    client.get(LOGIN)
    client.session.save()
    client.cookies["sessionid"] = planted = "a" * 32
    tries(client)
    signed_in = client.cookies["sessionid"].value
    assert signed_in != planted
    assert client.cookies["sessionid"]["httponly"]
    assert client.get(DESK).status_code == 200
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get(DESK).status_code == 302
    client.post("/accounts/logout/")
    thief.cookies["sessionid"] = signed_in
    assert thief.get(DESK).status_code == 302


def test_a40_nobody_is_signed_in_by_another_site(ruth):
    assert tries(Client(enforce_csrf_checks=True)).status_code == 403


def test_a41_the_password_alone_opens_nothing_where_there_is_a_second_factor(ruth):
    TOTP.activate(ruth, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    client = Client()
    assert tries(client)["Location"] == "/accounts/2fa/authenticate/"
    for inside in (DESK, "/desk/account/data/", "/accounts/email/", "/accounts/2fa/", "/accounts/2fa/recovery-codes/", "/accounts/2fa/totp/deactivate/", "/accounts/password/change/"):
        assert client.get(inside)["Location"].startswith("/accounts/"), inside
    assert client.post("/accounts/2fa/totp/deactivate/", {})["Location"].startswith("/accounts/")


def test_a41_a_new_password_by_mail_does_not_take_the_place_of_the_second_factor(ruth):
    TOTP.activate(ruth, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    client = Client()
    client.post("/accounts/password/reset/", {"email": "ruth@example.org"})
    path = re.search(r"http://localhost:8000(\S+)", Notice.objects.get(address="ruth@example.org").body)[1]
    page = client.get(path, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": "another horse battery", "password2": "another horse battery"})
    assert User.objects.get(pk=ruth.pk).check_password("another horse battery")
    assert client.get(DESK).status_code == 302
    assert tries(client, password="another horse battery")["Location"] == "/accounts/2fa/authenticate/"
    assert client.get(DESK).status_code == 302


def test_a41_a_chair_without_a_second_factor_sets_one_up_before_anything_else(settings):
    settings.DEMO = False
    chair = chair_of(GroupFactory())
    client = Client()
    client.force_login(chair)
    assert client.get(DESK)["Location"] == "/accounts/2fa/totp/activate/"
    assert client.get("/admin/").status_code == 404


def test_a43_whether_there_is_such_an_account_is_told_neither_by_words_nor_by_how_much_is_done(ruth, monkeypatch):
    hashed: list[str] = []
    used = type(hashers.get_hasher())
    encode = used.encode
    monkeypatch.setattr(used, "encode", lambda self, password, salt, *more, **told: hashed.append(password) or encode(self, password, salt, *more, **told))
    told = {}
    for address in ("ruth@example.org", "nobody@example.org"):
        hashed.clear()
        answer = tries(Client(REMOTE_ADDR=f"192.0.2.{len(address)}"), address, "wrong wrong wrong")
        told[address] = (answer.status_code, len(hashed), text_of(answer).replace(address, "…"))
    assert told["ruth@example.org"] == told["nobody@example.org"]
    assert told["ruth@example.org"][1] == 1


@pytest.mark.parametrize(("proxies", "says", "source"), [(0, "203.0.113.9", "192.0.2.1"), (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"), (2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9")])
def test_a47_where_somebody_comes_from_is_what_the_counted_proxies_say_and_not_what_they_say_themselves(ruth, settings, proxies, says, source):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    for n in range(throttle.FREE):
        tries(Client(REMOTE_ADDR="192.0.2.1"), password="wrong wrong wrong", headers={"x-forwarded-for": says.replace("6.6.6.6", f"6.6.6.{n}")})
    assert throttle.seconds_to_wait("ruth@example.org", source) > 0
    assert throttle.seconds_to_wait("ruth@example.org", "6.6.6.1") == 0


def test_a46_no_page_is_shown_in_a_frame(ruth):
    client = Client()
    client.force_login(ruth)
    for answer in (client.get("/"), client.get(LOGIN), client.get(DESK)):
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"


def test_a42_whose_address_is_tried_from_everywhere_is_told_once_and_never_locked_out(ruth):
    for n in range(throttle.TOLD + 8):
        tries(Client(REMOTE_ADDR=f"192.0.{n}.1"), password="wrong wrong wrong")
    (told,) = Notice.objects.filter(address="ruth@example.org")
    assert told.subject == "Somebody tries to sign in as you"
    assert "you are not locked out" in told.body
    assert "tell the secretariat" in told.body
    assert tries(Client(REMOTE_ADDR="203.0.113.9")).status_code == 302


def test_a42_fewer_wrong_passwords_than_that_tell_nobody_and_nobody_is_told_of_an_address_without_an_account(ruth):
    for n in range(throttle.TOLD - 1):
        tries(Client(REMOTE_ADDR=f"192.0.{n}.1"), password="wrong wrong wrong")
    for n in range(throttle.TOLD + 1):
        tries(Client(REMOTE_ADDR=f"192.1.{n}.1"), "nobody@example.org", "wrong wrong wrong")
    assert not Notice.objects.exists()


def test_a42_whoever_keeps_trying_from_one_network_waits_longer_each_time(ruth, monkeypatch):
    moment, waits = [1_000_000.0], []
    monkeypatch.setattr(throttle, "moment", lambda: moment[0])
    for _ in range(12):
        tries(Client(), password="wrong wrong wrong", headers={})
        waits.append(wait := throttle.seconds_to_wait("ruth@example.org", "127.0.0.1"))
        moment[0] += wait
    assert waits[throttle.FREE - 2] == 0 < waits[throttle.FREE - 1] < waits[-1] <= throttle.LONGEST + 1


@pytest.mark.parametrize(("path", "typed"), [("/accounts/password/reset/", {}), ("/accounts/signup/", {"password1": PASSWORD, "password2": PASSWORD})])
def test_a43_a_link_and_an_account_are_asked_for_with_the_same_answer_whether_there_is_such_an_account(ruth, path, typed):
    answers = {}
    for address in ("ruth@example.org", "nobody@example.org"):
        client = Client(REMOTE_ADDR=f"192.0.2.{len(address)}")
        answer = client.post(path, {"email": address, **typed})
        after = text_of(client.get(answer["Location"])) if answer.status_code == 302 else text_of(answer)
        answers[address] = (answer.status_code, answer.get("Location"), set(answer.cookies), after.replace(address, "…"))
    assert answers["ruth@example.org"] == answers["nobody@example.org"]


def test_a43_an_invitation_is_made_by_the_pmo_alone_and_a_link_that_was_none_says_no_more_than_one_that_was_used(ruth):
    used = invitation_path(ruth)
    ruth.set_password("another horse battery")
    ruth.save()
    said = {text_of(Client().get(path, follow=True)) for path in (used, re.sub(r"[^/]+/$", "9zzz-set-password/", used), "/accounts/password/reset/key/zzzz-abc-def/")}
    assert len(said) == 1
