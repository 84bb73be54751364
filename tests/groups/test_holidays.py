"""A bank holiday proclaimed late moves nothing silently, and nothing to an earlier day."""

from collections import Counter
from datetime import UTC, date, datetime, time

import pytest
from django.core.management import CommandError, call_command

from groups.holidays import record_holiday
from groups.models import HolidayChange
from ledger.models import Entry
from ledger.verifying import faults
from meetings import operations
from meetings.due import publications_running
from notifications.models import Notice
from records.clock import london_moment, portal_now
from records.moved_by_holidays import what_would_move
from records.rules import Refused
from records.working_days import Calendar
from tests.conftest import set_clock
from tests.factories import GroupFactory, a_pmo, secretary_of
from tests.meetings.rooms import Room

pytestmark = pytest.mark.django_db
THANKSGIVING = date(2023, 7, 20)


@pytest.fixture(scope="module")
def rooms(scene):
    return scene(lambda: Room(set_clock))


@pytest.fixture
def room(rooms):
    return rooms()


@pytest.fixture
def programme_secretary(room):
    return a_pmo()


def told_of_moves() -> Counter:
    """Who has been told of a move, and in which words: so often."""
    return Counter(Notice.objects.filter(key__contains="-moved-").values_list("address", "subject"))


def recorded(by, day: date = THANKSGIVING):
    return record_holiday(day, HolidayChange.Kind.PROCLAIMED, name="A day of thanksgiving", announced_on=date(2023, 7, 14), by=by)


def test_a_late_holiday_says_what_it_would_move_and_moves_nothing_until_confirmed(room, clock, programme_secretary, capsys):
    clock("2023-07-14 10:00")
    told = ["holiday", "2023-07-20", "A day of thanksgiving", "--by", programme_secretary.email]
    call_command(*told)
    line = "DAG, publication of the minutes and decisions of DAG026: from 26 Jul 2023 to 27 Jul 2023"
    assert capsys.readouterr().out.splitlines() == ["Nothing is recorded yet: add --confirm.", "Would move:", f"  {line}"]
    assert not HolidayChange.objects.exists()
    assert room.again().publication_due_on == date(2023, 7, 26)
    assert not told_of_moves()
    call_command(*told, "--confirm")
    assert f"  {line}" in capsys.readouterr().out
    meeting = room.again()
    assert meeting.publication_due_at == datetime(2023, 7, 27, 16, tzinfo=UTC)
    assert any(step["why"] == "A day of thanksgiving" for step in meeting.publication_working["steps"])
    assert Entry.objects.about(meeting).last().kind == "deadline moved"
    subject = "DAG: publication of the minutes and decisions of DAG026 now due by 17:00 on 27 Jul 2023"
    assert told_of_moves() == {(person.email, subject): 1 for person in (room.chair, room.pmo, programme_secretary)}
    assert list(faults()) == []


def test_the_letter_says_why_and_shows_the_working(room, clock, programme_secretary):
    clock("2023-07-14 10:00")
    recorded(programme_secretary)
    body = Notice.objects.get(key__contains="-moved-", address=room.chair.email).body
    assert "A bank holiday has been recorded: A day of thanksgiving, 20 Jul 2023." in body
    assert "So this is due by 17:00 on 27 Jul 2023, instead of 26 Jul 2023:" in body
    assert "10 working days after 12 Jul 2023 is 27 Jul 2023 (skipping A day of thanksgiving (20 Jul 2023))." in body
    assert "/meetings/DAG026/" in body


def test_the_reminders_move_with_the_deadline(room, clock, programme_secretary):
    clock("2023-07-14 10:00")
    recorded(programme_secretary)
    assert room.again().next_reminder_at == datetime(2023, 7, 19, 8, tzinfo=UTC)  # five working days before the 27th, less the holiday


def test_a_withdrawn_holiday_never_moves_a_deadline_earlier(clock, capsys):
    group = GroupFactory()
    pmo, programme = secretary_of(group), a_pmo()
    clock("2026-08-24 09:00")
    meeting = operations.hold(operations.schedule(group, "1", starts_at=london_moment(date(2026, 8, 24), time(8)), by=pmo), by=pmo)
    before = meeting.publication_due_at
    call_command("holiday", "2026-08-31", "Summer bank holiday", "--withdrawn", "--confirm", "--by", programme.email)
    meeting.refresh_from_db()
    assert "No running deadline moves" in capsys.readouterr().out
    assert meeting.publication_due_at == before


def test_what_is_over_by_then_stays(room, clock, programme_secretary):
    before = room.meeting.publication_due_at
    operations.publish(room.circulated(), by=room.pmo)
    clock("2023-07-14 10:00")
    assert recorded(programme_secretary) == []
    assert room.again().publication_due_at == before


def test_what_has_missed_its_hour_stays(room, clock, programme_secretary):
    clock("2023-07-26 17:00")
    assert recorded(programme_secretary) == []


def test_the_verb_that_moves_a_deadline_refuses_an_earlier_day_what_is_over_and_whoever_may_not(room, clock, programme_secretary):
    clock("2023-07-14 10:00")
    now, days = portal_now(), Calendar(proclaimed={THANKSGIVING: "A day of thanksgiving"})
    (later,) = what_would_move(days, now)
    with pytest.raises(Refused, match="Only the PMO secretariat"):
        later.move(why="A day", by=room.chair, at=now)
    with pytest.raises(Refused, match="due by 26 Jul 2023: no deadline moves to an earlier day"):
        operations.move_publication(room.meeting, Calendar().working(date(2023, 7, 12), 9), why="A day", by=programme_secretary, at=now)
    operations.publish(room.circulated(), by=room.pmo)
    with pytest.raises(Refused, match="does not run any more"):
        later.move(why="A day", by=programme_secretary, at=now)
    assert not publications_running(now).exists()
    assert not told_of_moves()


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (["2026-08-31", "Again"], "is a bank holiday already"),
        (["2026-08-29", "A Saturday"], "no working day anyway"),
        (["2026-09-01", "No holiday", "--withdrawn"], "cannot be withdrawn"),
    ],
)
def test_a_holiday_that_changes_nothing_is_refused(clock, told, reason):
    clock("2026-08-24 09:00")
    with pytest.raises(CommandError, match=reason):
        call_command("holiday", *told, "--confirm", "--by", a_pmo().email)


def test_a_holiday_is_confirmed_once(room, clock, programme_secretary):
    clock("2023-07-14 10:00")
    recorded(programme_secretary)
    with pytest.raises(Refused, match="A change of 20 Jul 2023 is recorded already"):
        recorded(programme_secretary)
    assert set(told_of_moves().values()) == {1}
