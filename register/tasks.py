"""The nightly check of what is public, for Celery."""

from celery import shared_task

from register.checking import check_and_remember


@shared_task(name="register.check", ignore_result=True, acks_late=False, soft_time_limit=3600, time_limit=3660)
def check_register() -> None:
    """Once a night. The status page shows what was found."""
    check_and_remember()
