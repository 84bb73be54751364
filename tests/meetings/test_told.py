"""Who was told of what, and what became of it: handed over, came back, opened; and sent again to one."""

import mailbox
from io import StringIO
from unittest.mock import Mock

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from meetings import operations
from meetings.links import token_for
from meetings.models import Paper
from meetings.replying import token_for as reply_token
from meetings.telling import sendings_of
from notifications import bounces
from notifications.models import Bounce, Notice
from notifications.operations import deliver, note_bounce
from records.clock import portal_now
from records.rules import Refused
from tests.factories import UserFactory
from tests.meetings.papers import paper, prepared
from tests.pages import Visitor, drained, text_of

pytestmark = pytest.mark.django_db
HERE = "/desk/meetings/DAG027/told/"


@pytest.fixture(scope="module")
def stage(scene):
    return scene(prepared)


@pytest.fixture
def table(stage, settings):
    settings.DEMO = True
    table = stage()
    table.paper = paper(table)
    operations.add_paper(table.items[1], "Secret costs", owed_by_person=table.presenter, visibility="pmo_and_assurance", by=table.pmo)
    operations.circulate_papers(table.next, by=table.pmo)
    return table


def test_what_was_opened_before_it_went_out_is_no_reading_of_it(table, clock):
    late = operations.add_paper(table.items[0], "Late", ("late.csv", b"third;fourth"), by=table.pmo)
    drained(Visitor(table.chair).client.get(f"/desk/papers/files/{late.files.get().pk}/"))
    clock("2023-07-20 12:00")
    operations.circulate_papers(table.next, by=table.pmo)
    supplement = next(each for each in sendings_of(table.next) if each.key == "DAG027-papers-2")
    assert (supplement.opened, len(supplement.told)) == (0, 4)


def to(person) -> Notice:
    return Notice.objects.get(key="DAG027-papers-1", person=person)


def test_what_became_of_each_mail_is_told_to_whoever_runs_the_meeting(table):
    member = Visitor(UserFactory(person=table.member))
    drained(member.client.get(f"/desk/papers/files/{table.paper.files.get().pk}/"))
    deliver(to(table.member))
    sending = next(each for each in sendings_of(table.next) if each.is_for_the_group)
    told = {each.notice.person_id: each for each in sending.told}
    assert (told[table.member.pk].state, told[table.member.pk].opened) == ("Handed to the mail server", 1)
    assert (told[table.presenter.pk].state, told[table.presenter.pk].opened) == ("Waiting to be sent", 0)
    page = text_of(Visitor(table.chair).opens(HERE))
    assert "1 of them has opened papers of it here." in page
    assert "Send again" not in page, "that is for the secretariat"
    assert "Secret costs" in page
    page = text_of(member.opens(HERE))
    assert table.presenter.name in page
    assert "Secret costs" not in page
    assert "Handed to the mail server" not in page
    assert Visitor(UserFactory()).client.get(HERE).status_code == 404


def test_one_mail_is_sent_again_to_one_person_at_the_address_that_is_known_now(table):
    first, secretary = to(table.member), Visitor(table.pmo)
    with pytest.raises(Refused, match="waits to be sent still"):
        operations.tell_again(table.next, first, by=table.pmo)
    deliver(first)
    table.member.email = "moved@example.org"
    table.member.save_by(table.pmo)
    page = secretary.client.post(f"{HERE}{first.pk}/again/", follow=True)
    assert f"It is sent to {table.member} again, at moved@example.org" in text_of(page)
    again = Notice.objects.get(address="moved@example.org")
    assert (again.body, again.subject, again.status) == (first.body, first.subject, "queued")
    sending = next(each for each in sendings_of(table.next) if each.is_for_the_group)
    assert [each.times for each in sending.told if each.notice.person_id == table.member.pk] == [2]
    other = operations.tell_again(table.next, deliver(again), by=table.pmo)
    assert other.key.endswith("-again-2")
    assert Visitor(UserFactory(person=table.member)).client.post(f"{HERE}{first.pk}/again/").status_code == 403


def test_it_is_not_sent_again_while_it_waits_from_whichever_line_it_is_asked_for(table):
    first = deliver(to(table.member))
    again = operations.tell_again(table.next, first, by=table.pmo)
    with pytest.raises(Refused, match="waits to be sent still"):
        operations.tell_again(table.next, first, by=table.pmo)
    deliver(again)
    assert operations.tell_again(table.next, first, by=table.pmo).key.endswith("-again-2")


def test_what_is_sent_again_carries_links_for_the_address_that_is_known_now_or_is_not_sent(table):
    made = operations.add_paper(table.items[1], "Plan", owed_by_person=table.presenter, by=table.pmo)
    operations.invite(table.next, by=table.pmo)
    asked = deliver(Notice.objects.get(key__contains=f"paper-{made.pk}-asked"))
    invited = deliver(Notice.objects.get(key__startswith="DAG027-calendar-", person=table.presenter))
    table.presenter.email = "ruth.ansell@example.org"
    table.presenter.save_by(table.pmo)
    made.refresh_from_db()
    again = operations.tell_again(table.next, asked, by=table.pmo)
    assert again.address == "ruth.ansell@example.org"
    assert f"/desk/papers/bring/{token_for(Paper.objects.get(pk=made.pk))}/" in again.body
    assert f"/desk/replies/{reply_token(table.next, table.presenter)}/" in operations.tell_again(table.next, invited, by=table.pmo).body
    operations.change_paper(made, "Plan", visibility="public", owed_by="Sam", by=table.pmo)
    with pytest.raises(Refused, match=r"It carries a link that is not Ruth Ansell's any more\. Send them the invitation again"):
        operations.tell_again(table.next, deliver(again), by=table.pmo)


# --- what is so no more


def mailed(table, key: str, to=None) -> Notice:
    """A mail as it went out, and was handed over."""
    person = to or table.pmo.person
    return deliver(
        Notice(
            key=f"{table.next}-{key}", person=person, address="ann@example.org", reference=table.next.code, subject=f"About {key}", body="x", message_id=f"<{key}@x>",
            next_try_at=portal_now(),
        ).save_by(table.pmo)
    )  # fmt: skip


def is_not_sent_again(table, notice: Notice, why: str) -> None:
    table.next.refresh_from_db()
    with pytest.raises(Refused, match=why):
        operations.tell_again(table.next, notice, by=table.pmo)
    assert f"It is not sent again. {why}" in text_of(Visitor(table.pmo).opens(HERE))


@pytest.mark.parametrize("key", ["circulate-2023-08-09", "not-circulated-2023-08-09"])
def test_that_no_papers_went_out_is_not_told_again_once_some_have(table, key):
    is_not_sent_again(table, mailed(table, key), "It says that no papers have gone out, and some have.")


@pytest.mark.parametrize(
    ("key", "good_at", "over_at", "why"),
    [
        ("circulate-2023-08-09", "2023-08-02 09:00", "2023-08-02 17:00", "It says that papers are to go out today, and that day is over."),
        ("not-circulated-2023-08-09", "2023-08-03 09:00", "2023-08-09 10:00", "It is about what is to come before DAG027, which has begun."),
        ("reply-202308090900", "2023-08-07 09:00", "2023-08-09 10:00", "It is about what is to come before DAG027, which has begun."),
        ("remind-2023-08-14", "2023-08-14 10:00", "2023-08-15 09:00", "It counts the days that were left on 14 Aug 2023."),
        ("headlines-due-2023-08-10", "2023-08-10 10:00", "2023-08-11 09:00", "It counts the days that were left on 10 Aug 2023."),
    ],
)  # fmt: skip
def test_a_reminder_is_sent_again_while_it_is_so(stage, settings, clock, key, good_at, over_at, why):
    settings.DEMO = True
    table = stage()  # of which no papers have gone out
    notice = mailed(table, key)
    clock(good_at)
    assert operations.tell_again(table.next, deliver(operations.tell_again(table.next, notice, by=table.pmo)), by=table.pmo).body == notice.body
    for each in Notice.objects.filter(reference=table.next.code, status="queued"):
        deliver(each)
    clock(over_at)
    is_not_sent_again(table, notice, why)


@pytest.mark.parametrize("key", ["circulate-2023-08-02", "not-circulated-2023-08-02", "reply-202308020900"])
def test_a_reminder_of_a_meeting_that_was_moved_is_not_sent_again(stage, settings, key):
    settings.DEMO = True
    table = stage()
    notice = mailed(table, key)
    with pytest.raises(Refused, match="that day is over" if key.startswith("circulate") else "which was to begin at another time then"):
        operations.tell_again(table.next, notice, by=table.pmo)


@pytest.mark.parametrize("key", ["step-publish", "step-send_to_chair-late"])
def test_that_a_step_of_the_minutes_is_due_is_not_told_again_when_nobody_waits_for_it(table, key):
    is_not_sent_again(table, mailed(table, key), "It is about a step of the minutes that is not waited for any more.")


DSN = """\
From MAILER-DAEMON Thu Jul 20 11:00:00 2023
Date: Thu, 20 Jul 2023 11:00:00 +0100
From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: portal@example.org
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="4R6yX.1689847200/mx"
Message-Id: <20230720100000.4R6yX@mx.example.net>

This is a MIME-encapsulated message.

--4R6yX.1689847200/mx
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--4R6yX.1689847200/mx
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
X-Postfix-Queue-ID: 4R6yX
Arrival-Date: Thu, 20 Jul 2023 10:59:58 +0100 (BST)

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: {action}
Status: 5.1.1
Remote-MTA: dns; mail.example.com
Diagnostic-Code: smtp; 550 5.1.1 <{address}>: Recipient address rejected:
    User unknown in virtual mailbox table

--4R6yX.1689847200/mx
Content-Description: Undelivered Message
{sent_back}
--4R6yX.1689847200/mx--

"""
WHOLE = "Content-Type: message/rfc822\n\nSubject: DAG027: papers\nTo: {address}\nMessage-ID: {of}\n\nDear you,\n"
HEADERS = "Content-Type: text/rfc822-headers\n\nSubject: DAG027: papers\nMessage-ID: {of}\n"


def report(notice: Notice, action: str = "failed", sent_back: str = WHOLE) -> str:
    return DSN.format(address=notice.address, action=action, sent_back=sent_back.format(of=notice.message_id, address=notice.address))


def reading(path) -> str:
    out = StringIO()
    call_command("read_bounces", str(path), stdout=out, stderr=out)
    return out.getvalue()


def test_what_came_back_is_read_from_a_mailbox_once(table, tmp_path):
    one, other = deliver(to(table.member)), deliver(to(table.presenter))
    box = tmp_path / "bounces"
    stranger = Notice(address="x@example.org", message_id="<nobody@example.org>")
    box.write_text(report(one) + report(other, "delayed") + report(stranger))
    assert "2 reports read; 1 of them of mails of this portal." in reading(box)
    reading(box)
    [bounce] = Bounce.objects.all()
    assert bounce.said == f"5.1.1 550 5.1.1 <{one.address}>: Recipient address rejected: User unknown in virtual mailbox table"
    page = text_of(Visitor(table.pmo).opens(HERE))
    assert "1 did not arrive." in page
    assert "User unknown in virtual mailbox table" in page


def test_a_folder_in_maildir_is_read_too_and_headers_alone_are_enough(table, tmp_path):
    notice = deliver(to(table.member))
    folder = mailbox.Maildir(tmp_path / "Maildir")
    folder.add(report(notice, sent_back=HEADERS).partition("\n")[2])
    assert "1 report read; 1 of them" in reading(tmp_path / "Maildir")
    assert notice.bounces.count() == 1


def test_what_is_malformed_holds_up_no_other(table, tmp_path, monkeypatch):
    one, other = deliver(to(table.member)), deliver(to(table.presenter))
    box = tmp_path / "bounces"
    odd = report(one).replace("Message-Id: <", "Message-Id: <\0").replace("550 5.1.1", "550\0 \udcff5.1.1").replace("Message-ID: <", "Message-ID: <\0")
    box.write_text(odd + report(other), errors="surrogateescape")
    assert "2 reports read; 2 of them" in reading(box)
    assert one.bounces.get().said.startswith("5.1.1 550 ")
    monkeypatch.setattr(bounces, "_address", Mock(side_effect=[ValueError("odd"), other.address]))
    box.write_text(report(one) + report(other))
    told = reading(box)
    assert "1 report read; 1 of them" in told
    assert "Skipped, since it cannot be read: message 1: ValueError: odd" in told


def test_a_mailbox_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="There is no mailbox"):
        reading(tmp_path / "none")


def test_a_report_on_another_address_is_nobody_s(table, tmp_path):
    notice = deliver(to(table.member))
    box = tmp_path / "bounces"
    box.write_text(report(notice).replace(notice.address, "forged@example.org"))
    assert "1 report read; 0 of them" in reading(box)
    assert not notice.bounces.exists()
    assert note_bounce(notice, "x", "y", by=table.pmo).pk == note_bounce(notice, "x", "y", by=table.pmo).pk
