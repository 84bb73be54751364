"""Whoever owns an artefact sees it by its name, and owns it for whichever organisation they were appointed."""

import pytest

from groups.standing import Standing
from records.clock import portal_now
from tests.factories import AppointmentFactory, UserFactory

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
