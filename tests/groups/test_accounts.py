"""Nobody is locked out by others, nobody takes another's account: addresses, wrong passwords, links, sign-ins elsewhere."""

import re
import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from groups import throttle
from groups.accounts import browser_called
from groups.models import User
from notifications.models import Notice
from notifications.sweeping import run_and_remember
from tests.factories import PersonFactory, UserFactory
from tests.pages import Visitor, forms_on, text_of

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
LINK = re.compile(r"http\S+")


@pytest.fixture
def ruth():
    return UserFactory(person=PersonFactory(name="Ruth Ansell", email="ruth@example.org"))


def tries(address: str, password: str = PASSWORD, *, source: str = "192.0.2.1", **more):
    return Client(REMOTE_ADDR=source).post("/accounts/login/", {"login": address, "password": password, **more})


def asks_to_move(user: User, to: str):
    return Visitor(user).client.post("/accounts/email/", {"action_add": "", "email": to})


# --- one's own address


@pytest.mark.parametrize(
    "page", ["email/", "password/change/", "2fa/totp/activate/", "2fa/webauthn/add/", "2fa/recovery-codes/generate/", "2fa/recovery-codes/", "2fa/recovery-codes/download/"]
)
def test_whoever_changes_what_they_sign_in_by_says_again_who_they_are_and_nothing_is_done_by_that(ruth, page):
    client = Visitor(ruth, lately=False).client
    for answer in (client.get(f"/accounts/{page}"), client.post(f"/accounts/{page}", {"action_add": "", "email": "new@example.org"})):
        assert answer["Location"].startswith("/accounts/reauthenticate/?next=")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": f"/accounts/{page}"})
    assert not EmailAddress.objects.filter(email="new@example.org").exists()
    assert not Notice.objects.filter(address="new@example.org").exists()


def test_an_address_is_moved_to_when_the_link_there_is_opened_and_both_are_told(ruth):
    asks_to_move(ruth, "new@example.org")
    (asked,), (link,) = Notice.objects.filter(address="ruth@example.org"), Notice.objects.filter(address="new@example.org")
    assert "asked to sign in by new@example.org" in asked.body
    assert tries("new@example.org").status_code == 200
    assert tries("ruth@example.org").status_code == 302
    page = Visitor(ruth).opens(LINK.search(link.body)[0].removeprefix("http://localhost:8000"))
    assert User.objects.get(pk=ruth.pk).email == "ruth@example.org"
    Visitor(ruth).sends(page)
    moved = User.objects.get(pk=ruth.pk)
    assert (moved.email, moved.username, moved.person.email) == ("new@example.org",) * 3
    assert list(EmailAddress.objects.filter(user=ruth).values_list("email", "verified", "primary")) == [("new@example.org", True, True)]
    assert {"ruth@example.org", "new@example.org"} == set(Notice.objects.filter(key__startswith="person-").values_list("address", flat=True))
    assert tries("ruth@example.org", source="192.0.2.9").status_code == 200
    assert tries("new@example.org").status_code == 302


@pytest.mark.parametrize("to", ["victim@example.org", "Victim@Example.org", "nobody-signs-in@example.org"])
def test_an_address_is_one_persons(ruth, to):
    UserFactory(person=PersonFactory(email="victim@example.org"))
    PersonFactory(email="nobody-signs-in@example.org")
    answer = asks_to_move(ruth, to)
    assert "is the address of somebody else" in text_of(answer)
    assert not EmailAddress.objects.filter(user=ruth, verified=False).exists()


def test_an_address_that_somebody_else_got_meanwhile_is_not_moved_to(ruth):
    asks_to_move(ruth, "new@example.org")
    link = LINK.search(Notice.objects.get(address="new@example.org").body)[0].removeprefix("http://localhost:8000")
    PersonFactory(email="new@example.org")
    page = Visitor(ruth).opens(link)
    assert "is the address of somebody else" in text_of(Visitor(ruth).sends(page))
    assert User.objects.get(pk=ruth.pk).email == "ruth@example.org"


def test_whoever_chooses_another_password_stops_a_move_that_somebody_else_began(ruth):
    asks_to_move(ruth, "thief@example.org")
    assert "If you choose another password until then, it does not happen." in Notice.objects.get(address="ruth@example.org").body
    link = LINK.search(Notice.objects.get(address="thief@example.org").body)[0].removeprefix("http://localhost:8000")
    typed = {"oldpassword": PASSWORD, "password1": "another horse battery", "password2": "another horse battery"}
    Visitor(ruth).client.post("/accounts/password/change/", typed)
    assert "This link no longer works" in text_of(Client().get(link))
    assert tries("ruth@example.org", "another horse battery").status_code == 302
    assert Notice.objects.filter(address="ruth@example.org", subject="Your password was changed").exists()


def test_the_database_keeps_an_address_to_one_account(ruth):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(username="other", email="RUTH@example.org")


def test_who_waits_for_an_address_gets_no_link_for_whoever_has_it_later(ruth):
    asks_to_move(ruth, "new@example.org")
    other = UserFactory(person=PersonFactory(email="new@example.org"))
    Client().post("/accounts/password/reset/", {"email": "new@example.org"})
    sent = Notice.objects.filter(address="new@example.org", subject="Choose your password")
    assert [each.person for each in sent] == [other.person]


# --- wrong passwords


@pytest.fixture
def time_at(monkeypatch):
    """The time by which waits are counted."""
    moment = [1_000_000.0]
    monkeypatch.setattr(throttle, "moment", lambda: moment[0])
    return moment


def test_wrong_passwords_from_elsewhere_lock_nobody_out(ruth, time_at):
    for n in range(12):
        assert tries("ruth@example.org", "wrong wrong wrong", source=f"192.0.2.{n}").status_code == 200
    for _ in range(12):
        tries("ruth@example.org", "wrong wrong wrong", source="198.51.100.1")
    assert tries("ruth@example.org", source="203.0.113.7").status_code == 302


def test_from_one_network_each_wrong_password_makes_the_wait_longer_and_the_right_one_works_after_it(ruth, time_at):
    waits = []
    for _ in range(14):
        tries("ruth@example.org", "wrong wrong wrong")
        waits.append(wait := throttle.seconds_to_wait("ruth@example.org", "192.0.2.1"))
        assert tries("ruth@example.org").status_code == 200 if wait else True
        time_at[0] += wait
    assert waits[:3] == [0, 0, 0]
    assert waits == sorted(waits)
    assert waits[-1] <= throttle.LONGEST + 1
    assert "Too many tries have failed. Wait" not in text_of(tries("ruth@example.org", "wrong wrong wrong"))
    assert "Too many tries have failed. Wait" in text_of(tries("ruth@example.org"))
    time_at[0] += throttle.LONGEST + 1
    assert tries("ruth@example.org").status_code == 302
    assert throttle.seconds_to_wait("ruth@example.org", "192.0.2.1") == 0


def test_one_password_tried_at_many_addresses_is_made_to_wait_too(time_at):
    for n in range(throttle.FREE_FOR_ALL):
        throttle.note_failure(f"somebody{n}@example.org", "192.0.2.1")
    assert throttle.seconds_to_wait("ruth@example.org", "192.0.2.1") > 0
    assert throttle.seconds_to_wait("ruth@example.org", "192.0.2.2") == 0


def test_counters_do_not_push_each_other_out(ruth, time_at):
    for _ in range(throttle.FREE):
        throttle.note_failure("ruth@example.org", "192.0.2.1")
    for n in range(400):
        throttle.note_failure(f"somebody{n}@example.org", f"10.0.{n // 256}.{n % 256}")
    assert throttle.seconds_to_wait("ruth@example.org", "192.0.2.1") > 0


# --- wrong codes


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CODES = "/accounts/2fa/authenticate/"


@pytest.fixture
def ruth_with_codes(ruth):
    """With an app that makes codes, and some that were written down: these do not depend on the second."""
    TOTP.activate(ruth, SECRET)
    ruth.written_down = iter(RecoveryCodes.activate(ruth).get_unused_codes())
    return ruth


def right_code() -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


def at_the_code(source: str = "192.0.2.1") -> Client:
    client = Client(REMOTE_ADDR=source)
    assert client.post("/accounts/login/", {"login": "ruth@example.org", "password": PASSWORD})["Location"] == CODES
    return client


def test_wrong_codes_and_wrong_passwords_make_whoever_tries_wait_together_and_nobody_else(ruth_with_codes, time_at):
    for _ in range(3):
        tries("ruth@example.org", "wrong wrong wrong")
    thief = at_the_code()
    for _ in range(2):
        thief.post(CODES, {"code": "000000"})
    assert throttle.seconds_to_wait("ruth@example.org", "192.0.2.1") > 0
    assert "Too many tries have failed. Wait" in text_of(thief.post(CODES, {"code": next(ruth_with_codes.written_down)}))
    assert "Too many tries have failed. Wait" in text_of(tries("ruth@example.org"))
    assert at_the_code("203.0.113.7").post(CODES, {"code": next(ruth_with_codes.written_down)})["Location"] == "/desk/"
    time_at[0] += throttle.LONGEST
    assert thief.post(CODES, {"code": next(ruth_with_codes.written_down)})["Location"] == "/desk/"
    assert throttle.seconds_to_wait("ruth@example.org", "192.0.2.1") == 0


def test_the_right_password_does_not_make_up_for_wrong_codes(ruth_with_codes, time_at):
    for _ in range(throttle.FREE):
        assert not throttle.seconds_to_wait("ruth@example.org", "192.0.2.1")
        at_the_code().post(CODES, {"code": "000000"})
    assert "Too many tries have failed. Wait" in text_of(tries("ruth@example.org"))


def test_whoever_is_asked_again_waits_after_wrong_codes_too(ruth_with_codes, time_at):
    client = at_the_code()
    client.post(CODES, {"code": next(ruth_with_codes.written_down)})
    for _ in range(throttle.FREE):
        assert "Too many" not in text_of(client.post("/accounts/2fa/reauthenticate/", {"code": "000000"}))
    assert "Too many tries have failed. Wait" in text_of(client.post("/accounts/2fa/reauthenticate/", {"code": next(ruth_with_codes.written_down)}))


def test_the_owner_is_told_once_that_somebody_knows_the_password(ruth_with_codes, time_at):
    for n in range(12):
        at_the_code(f"192.0.{n}.1").post(CODES, {"code": "000000"})
    (told,) = Notice.objects.filter(address="ruth@example.org")
    assert told.subject == "Somebody knows your password, and does not have your codes"
    assert "choose another one" in told.body


def test_what_was_sent_after_a_sign_in_ran_out_waits_behind_the_second_factor(ruth_with_codes):
    client, back = Client(), "/desk/account/typed/"
    asked = client.post("/desk/account/erasure/", {"text": "My name in DAG026"})
    carried = dict(forms_on(asked)[0]["data"])
    asks_for_codes = client.post("/accounts/login/", carried | {"login": "ruth@example.org", "password": PASSWORD})["Location"]
    assert asks_for_codes.startswith(CODES)
    assert client.get(back)["Location"].startswith("/accounts/login/"), "the password alone shows nothing"
    assert client.post(asks_for_codes, {"code": next(ruth_with_codes.written_down)})["Location"] == back
    assert "My name in DAG026" in text_of(client.get(back))


def test_a_code_is_good_once(ruth_with_codes, time_at):
    """The app makes another every thirty seconds: whoever was a moment too late gives the next."""
    code, client = right_code(), at_the_code()
    if client.post(CODES, {"code": code}).status_code == 200:
        code = right_code()
        assert client.post(CODES, {"code": code})["Location"] == "/desk/"
    assert at_the_code("203.0.113.7").post(CODES, {"code": code}).status_code == 200


# --- links and pages


@pytest.mark.parametrize("host", ["evil.example", "localhost"])
def test_a_mailed_link_names_the_portal_whatever_host_was_asked_for(ruth, settings, host):
    settings.ALLOWED_HOSTS, settings.PORTAL_BASE_URL = ["*"], "https://portal.example.org"
    Client().post("/accounts/password/reset/", {"email": "ruth@example.org"}, headers={"host": host})
    asks_to_move(ruth, "new@example.org")
    links = [LINK.search(each.body)[0] for each in Notice.objects.all() if "/accounts/" in each.body]
    assert len(links) == 2
    assert all(each.startswith("https://portal.example.org/accounts/") for each in links)


def test_a_link_is_asked_for_while_the_mail_server_is_down_and_comes_later_and_nobody_learns_who_has_an_account(ruth, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    answers = [Client().post("/accounts/password/reset/", {"email": email}) for email in ("ruth@example.org", "nobody@example.org")]
    assert [(each.status_code, each["Location"]) for each in answers] == [(302, "/accounts/password/reset/done/")] * 2
    run_and_remember()
    notice = Notice.objects.get()
    assert notice.status == Notice.Status.QUEUED
    assert notice.attempts.count() == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    notice.next_try_at = timezone.now() - timedelta(days=9999)
    notice.save_by(ruth)
    run_and_remember()
    assert mail.outbox[0].to == ["ruth@example.org"]
    path = LINK.search(mail.outbox[0].body)[0].removeprefix("http://localhost:8000")
    visitor = Visitor()
    visitor.sends(visitor.opens(path), {"password1": "another horse battery", "password2": "another horse battery"})
    assert tries("ruth@example.org", "another horse battery").status_code == 302


@pytest.mark.parametrize("onwards", ["//evil.example", "/\\evil.example", "https://evil.example/desk/", "javascript:alert(1)", "/\t/evil.example", "http:///evil.example"])
def test_signing_in_leads_nowhere_else(ruth, onwards):
    assert tries("ruth@example.org", next=onwards)["Location"] == "/desk/"
    assert tries("ruth@example.org", next="/desk/account/data/")["Location"] == "/desk/account/data/"


@pytest.mark.parametrize("cookie", ["csrftoken=bad!!", "csrftoken=", "sessionid=x", "sessionid=0123456789abcdefghijklmnopqrstuv", "sessionid=bad!!; csrftoken=0"])
@pytest.mark.parametrize("page", ["/", "/decisions/", "/status/", "/search/?q=x", "/nowhere/"])
def test_whatever_cookie_comes_a_public_page_sets_none(cookie, page):
    assert not Client(headers={"cookie": cookie}).get(page).cookies


def test_a_form_with_a_bad_token_is_refused_and_opened_anew_it_works(ruth):
    client = Client(enforce_csrf_checks=True, headers={"cookie": "csrftoken=bad!!"})
    assert client.post("/accounts/login/", {"login": "ruth@example.org", "password": PASSWORD}).status_code == 403
    assert "csrftoken" in client.get("/accounts/login/").cookies


def test_a_prefix_that_a_visitor_makes_up_is_in_no_link():
    assert "/evil/decisions/" not in Client(SCRIPT_NAME="/evil").get("/decisions/").content.decode()


# --- where one is signed in


AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"


def test_everybody_sees_where_they_are_signed_in_and_signs_out_there(ruth, settings):
    settings.DEMO = True
    here, there, elsewhere = (Client(headers={"user-agent": agent}, REMOTE_ADDR=f"192.0.2.{n}") for n, agent in enumerate((AGENT, "curl/8", AGENT)))
    for each in (here, there, elsewhere):
        each.post("/accounts/login/", {"login": "ruth@example.org", "password": PASSWORD})
    somebody = UserFactory()
    other = Client()
    other.post("/accounts/login/", {"login": somebody.email, "password": PASSWORD})
    page = text_of(here.get("/desk/account/sessions/"))
    assert "Firefox on Windows This browser Since" in page
    assert page.count("Sign out there") == 2
    assert "192.0.2.1" in page
    rows = re.findall(r"/desk/account/sessions/(\d+)/end/", here.get("/desk/account/sessions/").content.decode())
    assert other.post(f"/desk/account/sessions/{rows[0]}/end/").status_code == 404
    here.post(f"/desk/account/sessions/{rows[0]}/end/")
    assert [each.get("/desk/").status_code for each in (here, there, elsewhere)].count(302) == 1
    here.post("/desk/account/sessions/others/end/")
    assert [each.get("/desk/").status_code for each in (here, there, elsewhere, other)] == [200, 302, 302, 200]


def test_a_browser_is_called_what_its_owner_knows_it_by():
    assert browser_called("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1") == "Safari on an iPhone"
    assert browser_called("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/128.0 Safari/537.36 Edg/128.0") == "Edge on Windows"
    assert browser_called("curl/8.0") == "A browser"
