"""One run of the deadline clock, remembered."""

from notifications.models import SweepRun
from records import sweep


def run_and_remember() -> SweepRun:
    """Sweep, and keep the run for the status page. Celery and `manage.py sweep` both call this."""
    last = SweepRun.objects.first()
    report = sweep.run(last.setbacks if last else {})
    run = SweepRun(
        started_at=report.started_at, finished_at=report.finished_at, done=report.done, failures=report.failures, setbacks=report.setbacks,
    )  # fmt: skip
    run.save(force_insert=True)
    return run
