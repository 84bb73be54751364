"""After which tests it is checked that what is public reads as the record says: tests/conftest.py."""

import pytest
from django.db import transaction

from groups.models import Group
from tests.conftest import _written
from tests.factories import GroupFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_whatever_was_written_counts_though_it_was_taken_back(clock):
    before = _written()
    with transaction.atomic():
        GroupFactory()
        transaction.set_rollback(True)
    group = GroupFactory()
    written = _written()
    assert written > before + 1
    Group.objects.filter(pk=group.pk).update(name="Renamed")
    assert _written() == written + 1
    clock("2023-08-01 10:00")
    assert _written() == written + 2


def test_reading_and_signing_in_do_not(client):
    user = UserFactory()
    before = _written()
    client.force_login(user)
    client.get("/desk/")
    assert _written() == before
