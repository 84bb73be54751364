"""What lies before the demonstration was played on its own days, by the verbs everybody uses; and the clock goes on as before."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from change_requests.models import Assessment, ChangeRequest
from files.models import Comparison
from ledger.verifying import faults
from records.clock import portal_now
from register import checking
from rehearsal.demonstration import load_past

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.fixture
def past(clock, settings):
    """Played by the owner of the tables: the portal itself cannot set its clock."""
    settings.DEMO = True
    clock("2026-06-10 11:00")
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    call_command("load_programme", "programme/mhhs.toml", verbosity=0)
    assert load_past()


def test_a_whole_life_was_played_on_its_days_once_and_the_clock_goes_on(past):
    request = ChangeRequest.objects.get(reference="CR896")
    body = request.editions.latest("n").body
    assert body["state_in_words"] == "Approved by REH-DEC01 in version 1.1; in force from 3 Jun 2026 with REH-IR0.9"
    assert [(each["version"], each["days"], each["status"]) for each in body["assessments"]] == [("1.0", 10, "closed"), ("1.1", 5, "closed")]
    assert body["excludes"][0]["reference"] == "CR897"
    assert ChangeRequest.objects.get(reference="CR897").editions.latest("n").body["state"] == "rejected"
    assert Assessment.objects.earliest("pk").opens_at.date() == date(2026, 3, 20)
    assert request.implementations.get().followed_in.files.count() == 2
    assert str(portal_now()) == "2026-06-10 10:00:00+00:00"
    assert not load_past()
    assert list(faults()) == []
    assert list(checking.faults()) == []
    assert Comparison.objects.unmade().count() <= 6
