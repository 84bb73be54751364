"""The timetable over the nights on which the clocks change: the sweep comes as on any other, and five in the afternoon is London's."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from dag_portal.celery import app
from records.clock import london_moment

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize("night", [SPRING, AUTUMN])
def test_the_sweep_comes_every_five_minutes_through_the_night_the_clocks_change(night):
    schedule = app.conf.beat_schedule["sweep"]["schedule"]
    assert (app.conf.timezone, app.conf.enable_utc) == ("UTC", True)
    now = last = datetime(night.year, night.month, night.day, tzinfo=UTC) - timedelta(hours=2)
    rang = []
    schedule.app, schedule.nowfun = app, lambda: now
    try:
        while now.date() <= night:
            now += timedelta(minutes=1)
            if schedule.is_due(last).is_due:
                last = now
                rang.append(now)
    finally:
        schedule.nowfun = None
    assert len(rang) > 300
    assert {after - before for before, after in pairwise(rang)} == {timedelta(minutes=5)}


@pytest.mark.parametrize(
    ("day", "utc"), [(SPRING - timedelta(days=1), 17), (SPRING, 16), (SPRING + timedelta(days=1), 16), (AUTUMN - timedelta(days=1), 16), (AUTUMN, 17), (AUTUMN + timedelta(days=1), 17)]
)
def test_five_in_the_afternoon_is_londons(day, utc):
    assert london_moment(day, time(17)) == datetime(day.year, day.month, day.day, utc, tzinfo=UTC)
