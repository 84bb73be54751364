"""What the clock does here: publishes the day's head of the ledger, and hands over notices that wait to be sent."""

from datetime import datetime

from django.db.models import QuerySet

from groups.models import User
from ledger.heads import head_is_due
from notifications.models import Notice
from notifications.operations import deliver, publish_daily_head
from records.sweep import HEAD, RELAY, chore


def whose_turn_it_is(now: datetime) -> QuerySet[User]:
    """The clock's own account while the day's head is not published: daily heads are never written again, so there is no row of them to claim."""
    return User.objects.filter(pk=User.objects.the_clock().pk) if head_is_due(now) else User.objects.none()


@chore("publish the head of the ledger", HEAD, whose_turn_it_is)
def publish_head(clock: User) -> None:
    publish_daily_head()


chore("relay mail", RELAY, lambda now: Notice.objects.filter(status=Notice.Status.QUEUED, next_try_at__lte=now), lasting=True)(deliver)
