"""Two who record late holidays at the same time."""

from datetime import date

import pytest

from groups.holidays import record_holiday
from groups.models import HolidayChange
from groups.operations import change_holiday
from ledger.models import Entry
from ledger.verifying import faults
from meetings.operations import publish
from records.rules import Refused
from tests.dissent.levels import Levels
from tests.factories import a_pmo
from tests.meetings.rooms import Room
from tests.races.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def recording(day: date, record=change_holiday):
    by = a_pmo()
    return lambda: record(day, HolidayChange.Kind.PROCLAIMED, name="A day of thanksgiving", announced_on=date(2023, 7, 14), by=by)


def test_of_two_who_record_the_same_day_at_once_the_second_is_refused_in_words(clock):
    clock("2023-07-14 10:00")
    results = at_once(*[recording(date(2023, 7, 20)) for _ in range(4)])
    refused = [each for each in results if isinstance(each, Refused)]
    assert {str(each) for each in refused} == {"A change of 20 Jul 2023 is recorded already."}
    assert (len(refused), HolidayChange.objects.count()) == (3, 1)


def test_of_two_days_recorded_at_once_both_move_what_they_move(clock):
    room = Room(clock)
    clock("2023-07-14 10:00")
    at_once(recording(date(2023, 7, 20), record_holiday), recording(date(2023, 7, 21), record_holiday))
    assert room.again().publication_due_on == date(2023, 7, 28)
    assert list(faults()) == []


def test_a_confirmation_beside_a_publication_leaves_what_was_published(clock):
    room = Room(clock)
    minutes = room.circulated()
    clock("2023-07-14 10:00")
    results = at_once(recording(date(2023, 7, 20), record_holiday), lambda: publish(minutes, by=room.pmo))
    meeting = room.again()
    moved = next(each for each in results if isinstance(each, list))
    assert meeting.published_at
    assert meeting.publication_due_on == (date(2023, 7, 27) if moved else date(2023, 7, 26))
    assert list(faults()) == []


def test_confirmations_at_once_move_deadlines_of_every_kind_once(clock):
    house = Levels(clock)
    concern = house.concern()
    clock("2023-07-14 10:00")
    results = at_once(*[recording(date(2023, 7, 20), record_holiday) for _ in range(3)])
    assert sorted(len(each) for each in results if isinstance(each, list)) == [2]
    assert {str(each) for each in results if isinstance(each, Refused)} == {"A change of 20 Jul 2023 is recorded already."}
    assert list(Entry.objects.about(concern).values_list("kind", flat=True)).count("deadline moved") == 1
    assert list(faults()) == []
