"""What a mail server may do to us: put off, or say nothing at all. The rest is sent, and what was put off is tried again."""

import socket
import time

import pytest
from django.conf import settings as configured

from notifications.models import Notice
from notifications.sweeping import run_and_remember
from tests.factories import PersonFactory
from tests.notifications.test_post import Refusing, mail_server, queue  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db


def test_an_address_put_off_for_a_while_is_tried_again_and_the_others_are_sent_at_once(mail_server, clock, monkeypatch):  # noqa: F811
    async def put_off(self, server, session, envelope, address, options):
        if address == "late@example.org" and not self.taken_late:
            return "451 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    mail_server.taken_late = False
    monkeypatch.setattr(Refusing, "handle_RCPT", put_off)
    queue(PersonFactory(email="late@example.org"), PersonFactory(email="good@example.org"))
    assert run_and_remember().failures == []
    assert [to for to, _ in mail_server.taken] == ["good@example.org"]
    late = Notice.objects.get(address="late@example.org")
    assert (late.status, late.tries, "451" in late.attempts.get().said) == ("queued", 1, True)
    mail_server.taken_late = True
    clock("2023-07-12 10:02")
    run_and_remember()
    assert [to for to, _ in mail_server.taken] == ["good@example.org", "late@example.org"]


def test_a_mail_server_that_says_nothing_is_given_up_in_time_and_loses_nothing(settings):
    assert configured.EMAIL_TIMEOUT <= 10
    settings.EMAIL_TIMEOUT = 0.5
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", silent.getsockname()[1]
        queue(PersonFactory(email="good@example.org"))
        begun = time.process_time()
        assert run_and_remember().failures == []
        assert time.process_time() - begun < 5  # it waits, and does not spin
    notice = Notice.objects.get()
    assert (notice.status, notice.tries) == ("queued", 1)
    assert "timed out" in notice.attempts.get().said
