"""Celery's doorbell. The rows say what is due; the message carries nothing."""

from celery import shared_task

from ledger.nightly import check_and_remember
from notifications.sweeping import run_and_remember


@shared_task(name="notifications.sweep", ignore_result=True)
def sweep() -> None:
    run_and_remember()


# It may take longer than a message stays claimed: taken once, and not handed to another worker meanwhile.
@shared_task(name="notifications.check_ledger", ignore_result=True, acks_late=False, soft_time_limit=3600, time_limit=3660)
def check_ledger() -> None:
    """Once a night. The status page shows what was found."""
    check_and_remember()
