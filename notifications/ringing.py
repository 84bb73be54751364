"""Ringing the deadline clock before its time: for a mail that somebody sits waiting for."""

from contextlib import suppress
from threading import Thread

from kombu.exceptions import OperationalError

EXPIRES = 240  # seconds: by then it has rung by itself


def ring() -> None:
    """Nobody waits for the broker: how long an answer takes does not tell whether there was anybody to write to."""
    Thread(target=_ring, daemon=True).start()


def _ring() -> None:
    """Without a broker nothing is lost: what is due is done when the clock next rings."""
    from notifications.tasks import sweep  # which runs the operations that ring

    with suppress(OperationalError):
        sweep.apply_async(expires=EXPIRES, retry=False)
