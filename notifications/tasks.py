"""Celery's doorbell. The rows say what is due; the message carries nothing."""

from celery import shared_task

from notifications.sweeping import run_and_remember


@shared_task(name="notifications.sweep", ignore_result=True)
def sweep() -> None:
    run_and_remember()
