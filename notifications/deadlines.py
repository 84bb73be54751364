"""What falls due here: notices that wait to be sent."""

from notifications import operations
from notifications.models import Notice
from records.sweep import RELAY, chore


@chore("relay mail", RELAY, lambda now: Notice.objects.filter(status=Notice.Status.QUEUED, next_try_at__lte=now))
def relay(notice: Notice) -> None:
    operations.deliver(notice)
