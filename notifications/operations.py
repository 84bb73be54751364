"""Publishing the day's head of the ledger; handing notices to the mail server, and keeping what it said."""

import re
from datetime import timedelta
from uuid import uuid4

from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from groups.accounts import AccountMail, accounts_at
from groups.models import User
from ledger.heads import Head, day_of_head
from ledger.models import Entry
from ledger.operations import publish_head
from notifications import notices
from notifications.models import Bounce, DeliveryAttempt, Notice
from notifications.outbox import message_id_of
from notifications.ringing import ring
from notifications.rules import refusals_while_it_waits, refusals_without_address
from records.clock import portal_now
from records.locks import locked
from records.operations import operation
from records.rules import require

AGAIN = re.compile(r"-again-(\d+)$")  # behind the key of what was sent again
# After the n-th failed try, wait so many minutes; when they are used up the notice has failed.
PATIENCE = (1, 5, 15, 60, 240, 720)


@operation
def publish_daily_head() -> Entry | None:
    """Publish the head of the ledger for the day, and tell those who keep it outside. Safe to run twice, late, or beside another."""
    clock = User.objects.the_clock()
    entry = publish_head(by=clock)
    if entry:
        notices.daily_head(day_of_head(entry.at), Head(entry.seq, entry.hash), entry.at, by=clock)
    return entry


@operation
def write_down(mail: AccountMail) -> Notice:
    """What sign-in tells somebody goes as all mail does; and the clock is rung, since they sit waiting for it."""
    account = next(iter(accounts_at(mail.address)), None)
    by, key = account or User.objects.the_clock(), f"account-{uuid4().hex}"
    subject, told = " ".join(mail.subject.split())[:200], account.person if account else None
    notice = Notice(key=key, person=told, address=mail.address, subject=subject, body=mail.body, message_id=message_id_of(key, mail.address), next_try_at=portal_now())
    transaction.on_commit(ring)
    return notice.save_by(by)


@operation
def deliver(notice: Notice) -> Notice:
    """Try once to hand the notice to the mail server. "Sent" means the server accepted it.

    The clock calls this for one notice a transaction. If the process dies after the server accepted
    and before this is committed, it is sent once more with the same Message-ID.
    """
    notice = locked(Notice.objects).get(pk=notice.pk)
    if notice.status != Notice.Status.QUEUED:
        return notice
    clock, error = User.objects.the_clock(), _hand_over(notice)
    now = portal_now()
    notice.tries += 1
    DeliveryAttempt(notice=notice, n=notice.tries, at=now, accepted=not error, said=error[:300]).save_by(clock)
    if not error:
        notice.status = Notice.Status.SENT
    elif notice.tries > len(PATIENCE):
        notice.status = Notice.Status.FAILED
    else:
        notice.next_try_at = now + timedelta(minutes=PATIENCE[notice.tries - 1])
    return notice.save_by(clock, error[:300])


@operation
def send_again(notice: Notice, *, words: str | None = None, by: User) -> Notice:
    """The same words (or those given) to the same person, at the address that is known now. A notice of its own, which says of which it is another."""
    first = AGAIN.sub("", notice.key)
    sent = _sent_to_them(notice, first)
    require(refusals_while_it_waits(*sent), refusals_without_address(notice))
    again = max((int(found[1]) for each in sent if (found := AGAIN.search(each.key))), default=0) + 1
    address = (notice.person.email if notice.person else "") or notice.address
    key, now = f"{first}-again-{again}", portal_now()
    told = {name: getattr(notice, name) for name in ("person", "reference", "subject", "body", "attachment", "attachment_type")}
    told["body"] = words or notice.body
    return Notice(key=key, address=address, message_id=message_id_of(key, address), next_try_at=now, **told).save_by(by, "sent again", at=now)


def _sent_to_them(notice: Notice, first: str) -> list[Notice]:
    """The first mail and what was sent again of it. Of two who send it at once the second waits here, and sees what the first one sent."""
    own = Notice.objects.filter(person=notice.person) if notice.person else Notice.objects.filter(person=None, address=notice.address)
    list(locked(own.filter(key=first)).order_by("pk"))
    return [each for each in own.filter(key__startswith=first).order_by("pk") if AGAIN.sub("", each.key) == first]


@operation
def note_bounce(notice: Notice, said: str, report: str, *, by: User) -> Bounce:
    """Once for each report, however often the mailbox is read."""
    notice = locked(Notice.objects).get(pk=notice.pk)
    known = notice.bounces.filter(report=report[:200]).first()
    return known or Bounce(notice=notice, at=portal_now(), said=said[:300], report=report[:200]).save_by(by)


def _hand_over(notice: Notice) -> str:
    """What went wrong, as the mail server put it; empty if it accepted the notice."""
    message = EmailMultiAlternatives(
        subject=notice.subject,
        body=notice.body,
        to=[notice.address],
        headers={"Message-ID": notice.message_id, "Auto-Submitted": "auto-generated"},
    )
    if notice.attachment:
        message.attach_alternative(notice.attachment, notice.attachment_type)
    try:
        message.send()
    except Exception as error:  # whatever it is, it concerns this notice only: the rest must flow
        return f"{type(error).__name__}: {error}"
    return ""
