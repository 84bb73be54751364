"""A portal whose machine's clock is wrong by seven minutes either way: only the database's decides."""

from datetime import datetime, timedelta

import pytest

from decisions.models import Cast
from ledger.models import Entry
from notifications.models import SweepRun
from records.clock import LONDON
from tests.races.crews import job
from tests.races.halls import Hall

pytestmark = pytest.mark.django_db(transaction=True)
CLOSES = datetime(2026, 10, 26, 17, tzinfo=LONDON)
SECOND = timedelta(seconds=1)


@pytest.fixture
def closing(clock):
    clock("2026-10-19 10:00")
    hall = Hall(1)
    return hall, hall.ask(closes_at=CLOSES)


@pytest.mark.parametrize("minutes", [7, -7])
def test_a_vote_a_second_before_the_close_is_in_time_whatever_the_machine_thinks(crews, closing, clock, minutes):
    hall, question = closing
    clock(CLOSES - SECOND)
    (receipt,) = crews.all(*hall.votes(question, minutes_off=minutes))
    assert datetime.fromisoformat(receipt["at"]) == Cast.objects.get().recorded_at == CLOSES - SECOND
    assert Entry.objects.get(kind="voted").at == CLOSES - SECOND
    (swept,) = crews.all(job("sweep", minutes_off=minutes))
    assert "close" not in swept["done"]
    assert SweepRun.objects.get().started_at == CLOSES - SECOND


@pytest.mark.parametrize("minutes", [7, -7])
def test_a_vote_a_second_after_the_close_is_late_whatever_the_machine_thinks(crews, closing, clock, minutes):
    hall, question = closing
    clock(CLOSES + SECOND)
    (said,) = crews.all(*hall.votes(question, minutes_off=minutes))
    assert "closed at 17:00:00 on 26 Oct 2026. Your answer came at 17:00:01" in said["refused"][0]
    (swept,) = crews.all(job("sweep", minutes_off=minutes))
    assert swept["done"]["close"] == 1
    question.refresh_from_db()
    assert (question.closes_at, question.close_recorded_at) == (CLOSES, CLOSES + SECOND)
    assert question.history.first().history_date == CLOSES + SECOND


@pytest.mark.parametrize("minutes", [7, -7])
def test_the_watch_of_such_a_process_is_really_off(crews, minutes):
    (seconds,) = crews.all(job("tell_the_time", minutes_off=minutes))
    assert abs(seconds - minutes * 60) < 60
