"""Secretaries who appoint, seat or name the same person at the same instant, each in a process of its own."""

from collections import Counter

import pytest

from groups.models import Appointment, Person
from ledger.verifying import faults
from records.clock import portal_today
from tests.factories import PersonFactory, SeatFactory, a_pmo
from tests.races.crews import job
from tests.races.halls import Hall

pytestmark = pytest.mark.django_db(transaction=True)


def outcomes(came: list[dict]) -> dict[bool, int]:
    return Counter("made" in each for each in came)


@pytest.mark.long
def test_of_three_who_give_the_same_appointment_one_gives_it(crews):
    hall, person = Hall(1), PersonFactory(email="ines@example.org")
    came = crews.all(*(job("give_appointment", person=person.pk, user=a_pmo().pk, group=hall.group.pk) for _ in range(3)))
    assert outcomes(came) == {True: 1, False: 2}
    assert all("has this appointment already" in each["refused"][0] for each in came if "refused" in each)
    assert Appointment.objects.filter(person=person).count() == 1
    assert list(faults()) == []


def test_a_new_address_given_in_three_places_at_once_is_one_persons_and_nobody_meets_an_error(crews):
    hall, pmo, new = Hall(1), a_pmo(), {"called": "Ines Calder", "email": "ines@example.org"}
    vacant = SeatFactory(group=hall.group, order=2)
    came = crews.all(
        job("give_appointment", **new, user=pmo.pk, group=hall.group.pk),
        job("seat_somebody", **new, user=pmo.pk, seat=vacant.pk, since=portal_today().isoformat()),
        job("name_alternate", **new, user=pmo.pk, seat=hall.seats[0].pk, since=portal_today().isoformat()),
    )
    assert outcomes(came) == {True: 1, False: 2}
    assert all("in the meantime" in each["refused"][0] for each in came if "refused" in each)
    assert Person.objects.filter(email="ines@example.org").count() == 1
    assert list(faults()) == []
