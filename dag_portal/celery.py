"""Celery: four tasks, and the whole timetable."""

import os
from pathlib import Path

from celery import Celery
from celery.beat import PersistentScheduler
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dag_portal.settings")


class Ticking(PersistentScheduler):
    """Leaves a trace of each look at the timetable, so that it can be seen that the clock goes: what it remembers is written without one."""

    def tick(self, *args, **kwargs):
        wait = super().tick(*args, **kwargs)
        Path(f"{self.schedule_filename}.ticked").touch()
        return wait


app = Celery("dag_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_scheduler = "dag_portal.celery:Ticking"
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # A message older than its successor says nothing the successor does not.
    "sweep": {"task": "notifications.sweep", "schedule": crontab(minute="*/5"), "options": {"expires": 240}},
    "check the ledger": {"task": "notifications.check_ledger", "schedule": crontab(hour="2", minute="30"), "options": {"expires": 3600}},
    "check what is public": {"task": "register.check", "schedule": crontab(hour="3", minute="30"), "options": {"expires": 3600}},
    "check the files": {"task": "files.check", "schedule": crontab(hour="4", minute="30"), "options": {"expires": 3600}},
}
