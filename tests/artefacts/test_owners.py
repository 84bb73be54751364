"""Whoever owns an artefact sees it by its name, and owns it for whichever organisation they were appointed."""

import pytest

from groups.models import Appointment
from groups.standing import Standing
from records.clock import portal_now
from tests.factories import AppointmentFactory, UserFactory
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


def test_an_owners_place_is_told_by_the_name_of_the_artefact(desk):
    called = "DES-196 D-Flow and Interface Mapping"
    assert f"Artefact owner: {called}" in desk.reads(desk.owner, "/desk/")
    members = desk.reads(desk.pmo, f"/desk/groups/{desk.group.code}/members/")
    person = desk.reads(desk.pmo, f"/desk/people/{desk.owner.person_id}/")
    for page in (members, person):
        assert called in page
        assert desk.artefact.slug not in page


def test_whoever_owns_it_for_an_organisation_owns_it_all_the_same(desk):
    somebody = UserFactory(person=AppointmentFactory(kind="artefact_owner", scope=desk.artefact.slug, group=desk.group, organisation=desk.firm).person)
    assert Standing.at(somebody, portal_now()).owns(desk.artefact.slug)


def test_an_owner_is_appointed_by_the_name_of_the_artefact_chosen_from_a_list(desk):
    address, called = f"/desk/groups/{desk.group.code}/appointments/new/", "DES-196 D-Flow and Interface Mapping"
    typed = {"name": "Greta Lind", "email": "greta@example.org", "kind": "artefact_owner", "since": "2023-07-12"}
    assert called in desk.reads(desk.pmo, address)
    visitor = Visitor(desk.pmo)
    assert "Say which artefact is owned." in text_of(visitor.does(address, typed))
    visitor.does(address, typed | {"scope": desk.artefact.slug})
    assert Appointment.objects.get(person__name="Greta Lind").scope == desk.artefact.slug
