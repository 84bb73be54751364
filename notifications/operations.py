"""Publishing the day's head of the ledger; handing notices to the mail server, and keeping what it said."""

from datetime import timedelta

from django.core.mail import EmailMultiAlternatives

from groups.models import User
from ledger.heads import Head, day_of_head
from ledger.models import Entry
from ledger.operations import publish_head
from notifications import notices
from notifications.models import DeliveryAttempt, Notice
from records.clock import portal_now
from records.locks import locked
from records.operations import operation

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
