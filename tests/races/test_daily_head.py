"""Sweeps beside each other publish one head, and tell it once."""

from datetime import date

import pytest
from django.db import transaction

from groups.models import User
from ledger.models import DailyHead
from ledger.operations import publish_head, seal_now
from ledger.verifying import faults
from notifications.models import Notice
from notifications.sweeping import run_and_remember
from tests.factories import AppointmentFactory, HoldingFactory
from tests.races.test_races import THREADS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def five_oclock(clock):
    clock("2023-07-12 12:00")
    AppointmentFactory(kind="assurance")
    User.objects.the_clock()
    by = User.objects.the_installer()
    sealed_in_a_transaction(by)
    clock("2023-07-12 17:05")


def sealed_in_a_transaction(by) -> None:
    with transaction.atomic():
        seal_now("appointed", HoldingFactory(), by=by)


def test_eight_sweeps_at_once_publish_one_head_and_tell_it_once(five_oclock):
    runs = at_once(*[run_and_remember] * THREADS)
    assert [run.failures for run in runs] == [[]] * THREADS
    assert list(DailyHead.objects.values_list("day", flat=True)) == [date(2023, 7, 12)]
    assert Notice.objects.filter(key="head-2023-07-12").count() == 1
    assert list(faults()) == []


def test_even_without_a_claimed_row_one_head_is_published(five_oclock):
    clock = User.objects.the_clock()
    published = at_once(*[lambda: publish_head(by=clock)] * THREADS)
    assert len([entry for entry in published if entry]) == 1
    assert list(faults()) == []


def test_what_is_sealed_beside_it_is_covered_by_it_or_by_the_next(five_oclock, clock):
    by = User.objects.the_installer()
    at_once(run_and_remember, *[lambda: sealed_in_a_transaction(by)] * (THREADS - 1))
    clock("2023-07-13 17:05")
    run_and_remember()
    first, second = DailyHead.objects.order_by("day")
    assert second.first == first.last + 1
    assert list(faults()) == []
