"""Whether the parts are there: the database, the broker, and the deadline clock."""

from datetime import timedelta

import redis
from django.conf import settings
from django.db import DatabaseError

from notifications.models import Notice, SweepRun
from records.clock import portal_now

LATE = timedelta(minutes=15)  # three sweeps missed: somebody should look


def broker_answers() -> bool:
    """Reading and voting do without the broker; only the clock's doorbell needs it (and `manage.py sweep` does not)."""
    address = settings.REDIS_URL
    try:
        client = redis.Redis.from_url(address.replace("redis+socket://", "unix://"), socket_timeout=1, socket_connect_timeout=1)
        return bool(client.ping())
    except (redis.RedisError, ValueError, OSError):
        return False


def database_answers() -> bool:
    try:
        portal_now()
    except DatabaseError:
        return False
    return True


def state() -> dict:
    """For /healthz and /status/. "Healthy" is that pages can be served; whether the deadlines are kept, too, is "well": what failed once is tried again."""
    try:
        now, last = portal_now(), SweepRun.objects.first()
        waiting = Notice.objects.filter(status=Notice.Status.QUEUED, next_try_at__lt=now - LATE).count()
    except DatabaseError:
        return {"healthy": False, "well": False, "database": False, "broker": broker_answers()}
    late = last is None or now - last.finished_at > LATE
    failing, persistent = (len(last.failures), len(last.persistent)) if last else (0, 0)
    return {
        "healthy": True,
        "well": not (late or persistent),
        "database": True,
        "broker": broker_answers(),
        "now": now,
        "last_sweep": last,
        "clock_late": late,
        "mail_waiting": waiting,
        "failing": failing,
        "persistent": persistent,
    }
