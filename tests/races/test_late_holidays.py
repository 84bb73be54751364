"""Two who record late holidays at the same time."""

from datetime import date

import pytest

from groups.models import HolidayChange
from groups.operations import change_holiday
from records.rules import Refused
from tests.factories import a_pmo
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
