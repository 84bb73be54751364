"""Celery: four tasks, and the whole timetable."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dag_portal.settings")

app = Celery("dag_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # A message older than its successor says nothing the successor does not.
    "sweep": {"task": "notifications.sweep", "schedule": crontab(minute="*/5"), "options": {"expires": 240}},
    "check the ledger": {"task": "notifications.check_ledger", "schedule": crontab(hour="2", minute="30"), "options": {"expires": 3600}},
    "check what is public": {"task": "register.check", "schedule": crontab(hour="3", minute="30"), "options": {"expires": 3600}},
    "check the files": {"task": "files.check", "schedule": crontab(hour="4", minute="30"), "options": {"expires": 3600}},
}
