"""The outbox and the sweep: each is told once, a dead mail server loses nothing, one bad row holds up no other."""

import socket

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.management import CommandError, call_command

from groups.models import User
from notifications.models import Notice, SweepRun
from notifications.operations import PATIENCE
from notifications.outbox import tell
from notifications.sweeping import run_and_remember
from notifications.tasks import sweep
from records import sweep as sweeping
from tests.factories import DecisionFactory, PersonFactory

pytestmark = pytest.mark.django_db


def queue(*people, key="DAG-DEC60-determined", **context) -> list[Notice]:
    decision = DecisionFactory(title="CR018")
    told = {"decision": decision, "settlements": [], "reasons": [], **context}
    return tell(people, key=key, template="determined", in_short={"plain_title": "I&C, approved", "sentence": "Nobody"}, reference="DAG-DEC60", by=User.objects.the_clock(), **told)


def test_the_same_fact_is_told_once_to_each(db):
    person = PersonFactory()
    assert len(queue(person)) == 1
    assert queue(person) == []
    run_and_remember()
    run_and_remember()
    assert len(mail.outbox) == 1


def test_who_has_no_address_is_not_told_and_nothing_fails(db):
    assert queue(PersonFactory(email=None)) == []


def test_a_notice_is_not_escaped_as_if_it_were_a_page_and_a_subject_is_one_line(db):
    (notice,) = queue(PersonFactory(name="Seán O'Brien"), decision=DecisionFactory(title="I&C\nBcc: all@example.org"))
    assert "Dear Seán O'Brien," in notice.body
    assert "I&C" in notice.body
    assert "\n" not in notice.subject
    run_and_remember()
    assert mail.outbox[0].message()["Bcc"] is None


class Refusing:
    """A mail server that takes some and refuses others."""

    def __init__(self, refuse: str):
        self.refuse, self.taken = refuse, []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == self.refuse:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken.append((envelope.rcpt_tos[0], envelope.content))
        return "250 taken"


@pytest.fixture
def mail_server(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    handler = Refusing("bad@example.org")
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", port
    yield handler
    controller.stop()


def test_one_refused_address_holds_up_no_other_and_what_the_server_said_is_kept(mail_server):
    queue(PersonFactory(email="good@example.org"), PersonFactory(email="bad@example.org"))
    run_and_remember()
    assert [to for to, _ in mail_server.taken] == ["good@example.org"]
    bad = Notice.objects.get(address="bad@example.org")
    assert (bad.status, bad.tries) == ("queued", 1)
    assert "550" in bad.attempts.get().said


def test_after_the_last_try_a_notice_has_failed_and_every_try_is_on_record(mail_server, clock):
    queue(PersonFactory(email="bad@example.org"))
    for n in range(len(PATIENCE) + 3):
        clock(f"2027-01-{n + 1:02} 10:00")
        run_and_remember()
    notice = Notice.objects.get()
    assert notice.status == "failed"
    assert notice.attempts.count() == len(PATIENCE) + 1


def test_every_try_carries_the_same_message_id(mail_server):
    (notice,) = queue(PersonFactory(email="good@example.org"))
    run_and_remember()
    assert notice.message_id.encode() in mail_server.taken[0][1]


def test_a_mail_server_that_is_down_delays_and_loses_nothing(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 1
    queue(PersonFactory())
    assert run_and_remember().failures == []
    assert Notice.objects.get().status == "queued"


def test_one_row_that_fails_holds_up_none_of_the_others(monkeypatch):
    good, poison = queue(PersonFactory(email="a@example.org"), PersonFactory(email="b@example.org"))
    chores = dict(sweeping._chores)
    real = chores["relay mail"]

    def do(notice):
        if notice.pk == poison.pk:
            raise ValueError("poison")
        real.do(notice)

    monkeypatch.setitem(sweeping._chores, "relay mail", sweeping.Chore(real.name, real.order, real.due, do))
    run = run_and_remember()
    assert "poison" in run.failures[0]
    good.refresh_from_db()
    assert good.status == "sent"


def test_each_sweep_is_remembered_and_the_command_says_what_was_done(capsys):
    queue(PersonFactory())
    call_command("sweep")
    assert "relay mail 1" in capsys.readouterr().out
    assert SweepRun.objects.count() == 1


def test_the_command_fails_when_a_mail_was_not_taken_and_says_which(mail_server, capsys):
    queue(PersonFactory(email="bad@example.org"))
    queue(PersonFactory(email="good@example.org"), key="DAG-DEC61-determined")
    with pytest.raises(CommandError, match="Some mail was not taken") as failed:
        call_command("sweep")
    assert "To bad@example.org" in str(failed.value)
    assert "550" in str(failed.value)
    assert "relay mail 1" in capsys.readouterr().out, "one was, and is counted"


def test_the_command_fails_when_a_row_fails(monkeypatch):
    queue(PersonFactory())
    real = sweeping._chores["relay mail"]

    def do(notice):
        raise ValueError("poison")

    monkeypatch.setitem(sweeping._chores, "relay mail", sweeping.Chore(real.name, real.order, real.due, do))
    with pytest.raises(CommandError, match="Some rows failed"):
        call_command("sweep")


def test_the_celery_task_is_the_same_sweep():
    queue(PersonFactory())
    sweep()
    assert len(mail.outbox) == 1
