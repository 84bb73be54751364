"""A query worked out once gives what Django gives, whatever the values."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import Seat
from records.prepared import PreparedRecords
from tests.factories import SeatFactory

pytestmark = pytest.mark.django_db
BY_LABEL = PreparedRecords(lambda label: Seat.objects.filter(label__iexact=label), "group", label="?")
SHORT = PreparedRecords(lambda label: Seat.objects.filter(label=label).defer("order"), "group", label="?")


def test_records_come_as_from_django_with_what_they_point_to():
    agent, other = SeatFactory(label="Agent"), SeatFactory(label="Other")
    with CaptureQueriesContext(connection) as asked:
        ((one,), (another,), none) = (BY_LABEL.records(label=label) for label in ("AGENT", "other", "?"))
        assert (one.group.code, another.group.code, none) == (agent.group.code, other.group.code, [])
    assert len(asked) == 3
    for mine, its in ((one, agent), (another, other)):
        read = Seat.objects.get(pk=its.pk)
        assert [getattr(mine, field.attname) for field in Seat._meta.concrete_fields] == [getattr(read, field.attname) for field in Seat._meta.concrete_fields]


def test_what_is_deferred_is_read_when_it_is_asked_for():
    seat = SeatFactory(label="Agent", order=7)
    (read,) = SHORT.records(label="Agent")
    assert read.get_deferred_fields() == {"order"}
    assert (read.order, read.group) == (7, seat.group)
