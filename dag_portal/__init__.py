"""WIRING: settings, addresses and the timetable. Imported by nobody."""

from dag_portal.celery import app as celery_app

__all__ = ["celery_app"]
