"""A bank holiday proclaimed late moves nothing silently, and nothing to an earlier day."""

from collections import Counter
from datetime import UTC, date, datetime, time

import pytest
from django.core.management import CommandError, call_command

from groups.models import HolidayChange
from ledger.models import Entry
from ledger.verifying import faults
from meetings import operations
from records.clock import london_moment
from tests.factories import GroupFactory, a_pmo, secretary_of
from tests.meetings.rooms import sent_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme_secretary(room):
    return a_pmo()


def test_a_late_holiday_says_what_it_would_move_and_moves_nothing_until_confirmed(room, clock, programme_secretary, capsys):
    clock("2023-07-14 10:00")
    told = ["holiday", "2023-07-20", "A day of thanksgiving", "--by", programme_secretary.email]
    call_command(*told)
    said = capsys.readouterr().out
    assert "DAG026: publication due Wed 26 Jul 2023 would move to Thu 27 Jul 2023" in said
    assert not HolidayChange.objects.exists()
    assert room.again().publication_due_on == date(2023, 7, 26)
    call_command(*told, "--confirm")
    meeting = room.again()
    assert meeting.publication_due_at == datetime(2023, 7, 27, 16, tzinfo=UTC)
    assert any(step["why"] == "A day of thanksgiving" for step in meeting.publication_working["steps"])
    assert Entry.objects.about(meeting).last().kind == "deadline moved"
    subject = "DAG026: publication now due by 5:00pm on Thu 27 Jul 2023"
    assert Counter(sent_to("-moved-")) == {(person.email, subject): 1 for person in (room.chair, room.pmo, programme_secretary)}
    assert list(faults()) == []


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
