"""A release issued while it is filled, and a version that carries a change request put forward while that is approved."""

import pytest

from artefacts import operations as artefacts
from artefacts.models import Release
from change_requests.models import Implementation
from decisions import operations as decisions
from ledger.verifying import faults
from register import checking
from tests.change_requests.test_implementing import Works
from tests.races.crews import job
from tests.races.halls import entries

pytestmark = pytest.mark.django_db(transaction=True)


def what_is_wrong() -> list[str]:
    nouns = ("change_request", "artefact", "release")
    return [*faults(), *checking.faults(lambda noun: noun.record._base_manager.values("pk") if noun.name in nouns else [])]


def test_what_comes_in_beside_the_issue_is_in_it_or_refused_and_it_is_issued_once(crews, clock):
    works = Works(clock)
    release, other = works.planned(works.carrying(works.catalogue)), works.carrying(works.choreography)
    issuing = [job("issue_release", release=release.pk, user=works.secretary.pk) for _ in range(3)]
    *issued, put = crews.all(*issuing, job("put_in", release=release.pk, version=other.pk, user=works.secretary.pk))
    assert sum("issued" in each for each in issued) == 1
    assert entries("issued") == 1
    told = {each["artefact"] for each in Release.objects.get().editions.latest("n").body["versions"]}
    assert (works.choreography.slug in told) == ("in" in put)
    assert what_is_wrong() == []


@pytest.mark.long
def test_whichever_comes_first_a_version_that_carries_what_is_approved_follows_it(crews, clock):
    works = Works(clock)
    drafted = decisions.table(decisions.draft(works.group, "Hours", "The SRO decided", by=works.secretary), by=works.secretary)
    versions = [
        artefacts.draft_version(each, "1.0", carries=[{"kind": "change_request", "reference": "CR001", "authorised_by": "It"}], by=works.secretary)
        for each in (works.catalogue, works.choreography)
    ]
    putting = [job("put_forward", version=version.pk, user=works.secretary.pk) for version in versions]
    crews.all(*putting, job("approve", decision=drafted.pk, reference="CR001", user=works.chair.pk))
    assert {each.version_id for each in Implementation.objects.all()} == {version.pk for version in versions}
    assert what_is_wrong() == []
