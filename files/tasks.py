"""The nightly look at what is kept, for Celery."""

from celery import shared_task

from files.nightly import check_and_remember


@shared_task(name="files.check", ignore_result=True, acks_late=False, soft_time_limit=3600, time_limit=3660)
def check_files() -> None:
    """Once a night. The status page shows what was found."""
    check_and_remember()
