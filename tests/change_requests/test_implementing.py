"""What is approved is followed by artefacts: begun with the approval, filled by versions and releases that carry it, or by the secretariat."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from artefacts import operations as artefacts
from artefacts.models import Artefact, ArtefactVersion, Release
from assurance.change_requests import followed, listed
from change_requests import operations as changes
from change_requests.models import ChangeRequest, Implementation
from change_requests.operations.implementing import artefacts_to_follow
from decisions import operations as decisions
from decisions.models import Decision, Outcome
from decisions.subjects import Subject, Terms
from groups.standing import Standing
from ledger.verifying import faults
from records.clock import portal_now
from records.rules import Refused
from records.verbs import waiting
from register.models import Shelf
from tests.change_requests.offices import Office
from tests.conftest import set_clock
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
CITED = ["DES-1 Interface catalogue", "DES-2 Choreography"]


class Works(Office):
    """An office whose group has two artefacts, and a change request to both."""

    def __init__(self, clock):
        super().__init__(clock)
        self.catalogue, self.choreography = (
            artefacts.add_artefact(self.group, name, document_number=number, by=self.secretary) for number, name in (cited.split(" ", 1) for cited in CITED)
        )
        self.request = self.raised(artefacts=CITED)

    def decided(self, outcome: Outcome = Outcome.APPROVED, *, publish: bool = True) -> Decision:
        drafted = decisions.table(decisions.draft(self.group, "Hours", "The SRO decided", by=self.secretary), by=self.secretary)
        terms = Terms([Subject("change_request", "CR001", outcome, version="1.0")], reasons=["It was weighed."])
        made = decisions.determine(drafted, terms, by=self.chair)
        return decisions.publish(made, by=self.secretary) if publish else made

    def carrying(self, artefact: Artefact, label: str = "1.0", reference: str = "CR001", kind: str = "change_request") -> ArtefactVersion:
        told = [{"kind": kind, "reference": reference, "authorised_by": "DAG-DEC60"}]
        return artefacts.put_forward(artefacts.draft_version(artefact, label, carries=told, by=self.secretary), by=self.secretary)

    def issued(self, *versions: ArtefactVersion, code: str = "IR8.10") -> Release:
        return artefacts.issue_release(self.planned(*versions, code=code), by=self.secretary)

    def planned(self, *versions: ArtefactVersion, code: str = "IR8.10") -> Release:
        release = artefacts.plan_release(self.group, code, by=self.secretary)
        for version in versions:
            artefacts.put_in(release, version, by=self.secretary)
        return release

    def row(self, artefact: Artefact) -> Implementation:
        return Implementation.objects.get(artefact=artefact)

    def waits_for(self, user) -> list[str]:
        return [offer.verb.in_words(offer.verb.title, offer.record) for offer in waiting(Standing.at(user, portal_now()), portal_now()) if offer.verb.name == "change_requests.implement"]

    @property
    def state(self) -> str:
        return ChangeRequest.objects.get(reference="CR001").editions.latest("n").body["state_in_words"]

    @property
    def on_the_shelf(self) -> str:
        return Shelf.objects.of("change_request").get(reference="CR001").state_now


def build() -> Works:
    return Works(set_clock)


@pytest.fixture
def works(office):
    return office


def refused(match: str):
    return pytest.raises(Refused, match=match)


def test_approved_every_artefact_it_names_is_still_to_follow(works):
    decision = works.decided()
    assert {each.artefact for each in Implementation.objects.all()} == {works.catalogue, works.choreography}
    assert works.state == f"Approved by {decision.reference} in version 1.0; 2 of 2 artefacts still to follow"
    assert not list(faults())


@pytest.mark.parametrize("outcome", [Outcome.REJECTED, Outcome.SENT_BACK, Outcome.DEFERRED, Outcome.ISSUED])
def test_what_is_not_approved_is_not_to_be_implemented(works, outcome):
    works.decided(outcome)
    assert not Implementation.objects.exists()


def test_before_the_decision_is_public_nobody_outside_knows_of_it(works, client):
    works.decided(publish=False)
    assert Implementation.objects.count() == 2
    assert works.state == "Raised by Fenmoor Networks"
    page = f"/desk/change-requests/{works.request.pk}/"
    assert "Still to follow" in works.reads(works.secretary, page)
    assert "Still to follow" not in works.reads(works.raiser, page)
    assert "Where it is implemented" not in text_of(client.get("/change-requests/CR001/"))


def test_what_it_names_that_is_not_in_the_catalogue_is_left_out(works):
    assert artefacts_to_follow(works.request, ["Something else", CITED[1]]) == [works.choreography]


def test_a_version_that_carries_it_follows_when_it_is_put_forward(works):
    decision = works.decided()
    works.carrying(works.catalogue, reference="CR 1")
    assert works.row(works.catalogue).version.label == "1.0"
    assert works.state == f"Approved by {decision.reference} in version 1.0; 1 of 2 artefacts still to follow"
    works.carrying(works.choreography)
    assert works.state.endswith("; implementation date to be decided")
    assert not list(faults())


def test_beyond_a_baseline_a_version_carries_nothing_that_is_still_to_be_decided(works):
    """Once it is put forward it is what everybody works with, whatever becomes of the change request."""
    first = artefacts.put_forward(artefacts.draft_version(works.catalogue, "1.0", by=works.secretary), by=works.secretary)
    drafted = decisions.table(decisions.draft(works.group, "Catalogue", "The DAG baselined it", by=works.secretary), by=works.secretary)
    terms = Terms([Subject("artefact", CITED[0], Outcome.BASELINED, version=first.label)], reasons=["It is complete."])
    decisions.publish(decisions.determine(drafted, terms, by=works.chair), by=works.secretary)
    with pytest.raises(Refused, match="carries CR001, which is not decided yet"):
        works.carrying(works.catalogue, "1.1")
    assert works.carrying(works.catalogue, "1.1 draft 1").label == "1.1 draft 1"  # which can be reviewed, and is in no baseline
    works.decided()
    artefacts.put_forward(ArtefactVersion.objects.get(label="1.1"), by=works.secretary)
    assert ArtefactVersion.objects.get(label="1.1").status == "fixed"


def test_one_that_carries_a_defect_of_that_name_does_not(works):
    works.decided()
    works.carrying(works.catalogue, kind="defect")
    assert works.row(works.catalogue).version is None


def test_what_carried_it_before_it_was_approved_follows_at_once(works):
    version = works.carrying(works.catalogue)
    release = works.issued(version)
    assert not Implementation.objects.exists()
    works.decided()
    assert (works.row(works.catalogue).version, works.row(works.catalogue).release) == (version, release)


def test_an_artefact_that_it_did_not_name_follows_too_if_it_carries_it(works):
    other = artefacts.add_artefact(works.group, "Another", by=works.secretary)
    works.decided()
    works.carrying(other)
    assert Implementation.objects.count() == 3


def test_a_second_version_that_carries_it_is_a_second_implementation(works):
    works.decided()
    works.carrying(works.catalogue, "1.0")
    works.carrying(works.catalogue, "1.1")
    assert [each.version.label for each in Implementation.objects.filter(artefact=works.catalogue).order_by("pk")] == ["1.0", "1.1"]


def test_a_version_that_is_withdrawn_follows_no_more_until_another_does(works):
    works.decided()
    version = works.carrying(works.catalogue)
    artefacts.withdraw_version(version, why="It was a mistake", by=works.secretary)
    assert works.state.endswith("2 of 2 artefacts still to follow")
    works.carrying(works.catalogue, "1.1")
    assert ArtefactVersion.objects.get(label="1.1").status == "fixed"
    assert works.state.endswith("1 of 2 artefacts still to follow")
    assert not list(faults())


def test_issued_with_a_release_it_is_scheduled_and_then_in_force_on_its_day(works, clock, client):
    decision = works.decided()
    release = works.issued(works.carrying(works.catalogue), works.carrying(works.choreography))
    approved = f"Approved by {decision.reference} in version 1.0"
    assert works.state == f"{approved}; scheduled into {works.group.code}-IR8.10"
    assert works.on_the_shelf == "scheduled"
    artefacts.say_effective(release, date(2023, 8, 1), by_notice="Notice 1", by=works.secretary)
    assert works.state == f"{approved}; in force from 1 Aug 2023 with {works.group.code}-IR8.10"
    page = text_of(client.get("/change-requests/CR001/"))
    assert "From 1 Aug 2023" in page
    assert release.reference in page
    clock("2023-08-01 00:00")
    assert works.on_the_shelf == "implemented"
    assert "CR001" in text_of(client.get("/change-requests/", {"state": "implemented"}))
    assert not list(faults())


def test_the_release_says_what_it_carries_and_whom_that_concerns(works, client):
    works.decided()
    release = works.issued(works.carrying(works.catalogue))
    page = text_of(client.get(f"/releases/{release.reference}/"))
    assert "What changes for whom" in page
    assert "Not stated" in page
    assert "CR001" in page


def test_a_release_that_is_withdrawn_is_none(works):
    works.decided()
    release = works.issued(works.carrying(works.catalogue), works.carrying(works.choreography))
    artefacts.withdraw_release(release, why="It was wrong", by=works.secretary)
    assert works.state.endswith("; implementation date to be decided")
    again = works.issued(*ArtefactVersion.objects.order_by("pk"), code="IR8.11")
    assert works.state.endswith(f"; scheduled into {again.reference}")
    assert {each.release for each in Implementation.objects.all()} == {again}
    assert not list(faults())


def test_what_takes_the_place_of_a_withdrawn_version_has_not_gone_out_with_it(works):
    works.decided()
    version, _ = works.carrying(works.catalogue), works.carrying(works.choreography)
    works.issued(*ArtefactVersion.objects.order_by("pk"))
    artefacts.withdraw_version(version, why="It was a mistake", by=works.secretary)
    assert works.state.endswith("; 1 of 2 artefacts still to follow")
    assert works.row(works.catalogue).planned_with is None
    works.carrying(works.catalogue, "1.1")
    assert works.row(works.catalogue).release is None
    assert works.state.endswith("; implementation date to be decided")
    assert not list(faults())


def test_a_planned_release_is_for_the_group_and_not_for_the_public(works, client):
    works.decided()
    versions = {each: works.carrying(each) for each in (works.catalogue, works.choreography)}
    release = works.planned(*versions.values())
    for artefact, version in versions.items():
        changes.implement(works.row(artefact), version=version, release=release, by=works.secretary)
    assert works.state.endswith("; implementation date to be decided")
    assert "IR8.10" not in client.get("/change-requests/CR001/").content.decode()
    page = f"/desk/change-requests/{works.request.pk}/"
    assert f"scheduled into {works.group.code}-IR8.10" in works.reads(works.secretary, page)
    assert "IR8.10" not in works.reads(works.raiser, page)
    artefacts.issue_release(release, by=works.secretary)
    assert works.state.endswith(f"; scheduled into {works.group.code}-IR8.10")
    assert not list(faults())


def test_a_decision_may_set_the_implementation_date(works):
    works.decided()
    dated = decisions.table(decisions.draft(works.group, "Date", "From November", by=works.secretary), by=works.secretary)
    dated = decisions.determine(dated, Terms([Subject("other", "The date", Outcome.APPROVED)], reasons=["It was weighed."]), by=works.chair)
    version, other = works.carrying(works.catalogue), works.carrying(works.choreography)
    row = works.row(works.catalogue)
    with refused("is no published decision of"):
        changes.implement(row, version=version, dated_on=date(2023, 11, 1), dated_by=dated, by=works.secretary)
    dated = decisions.publish(dated, by=works.secretary)
    with refused("Say which decision has set the date"):
        changes.implement(row, version=version, dated_on=date(2023, 11, 1), by=works.secretary)
    with refused("Say which date"):
        changes.implement(row, version=version, dated_by=dated, by=works.secretary)
    changes.implement(row, version=version, dated_on=date(2023, 11, 1), dated_by=dated, by=works.secretary)
    assert works.state.endswith("; implementation date to be decided")
    changes.implement(works.row(works.choreography), version=other, dated_on=date(2023, 12, 1), dated_by=dated, by=works.secretary)
    assert works.state.endswith("; in force from 1 Dec 2023")
    assert not list(faults())


def test_what_is_said_of_it_must_be_so(works):
    works.decided()
    row, mine, other = works.row(works.catalogue), works.carrying(works.catalogue, reference="CR002"), works.carrying(works.choreography)
    draft = artefacts.draft_version(works.catalogue, "2.0", carries=[], by=works.secretary)
    issued = works.issued(other)
    for told, why in (
        ({}, "Say in which version"), ({"version": other}, "is not a version of"), ({"version": draft}, "only what was put forward can follow"),
        ({"version": mine}, "does not say that it carries CR001"), ({"release": issued}, "no version of it did not go out with it"),
        ({"release": artefacts.withdraw_release(works.planned(code="IR9"), why="No", by=works.secretary)}, "IR9 is withdrawn"),
    ):  # fmt: skip
        with refused(why):
            changes.implement(row, **told, by=works.secretary)


def test_only_the_secretariat_says_where_and_only_of_what_is_approved(works):
    works.decided()
    for who in (works.chair, works.raiser, works.reader):
        with refused("Only the secretariat"):
            changes.implement(works.row(works.catalogue), by=who)
    works.decided(Outcome.REJECTED)
    with refused("CR001 is not approved: there is nothing to implement"):
        changes.implement(works.row(works.catalogue), by=works.secretary)
    assert not works.waits_for(works.secretary)


def test_the_same_is_on_record_once(works):
    works.decided()
    version = works.carrying(works.catalogue)
    works.carrying(works.catalogue, "1.1")
    second = Implementation.objects.filter(artefact=works.catalogue).latest("pk")
    with refused("in this way is on record already"):
        changes.implement(second, version=version, by=works.secretary)


@pytest.mark.forged
def test_the_database_too_keeps_it_once_where_nothing_follows_yet(works):
    works.decided()
    with pytest.raises(IntegrityError, match="implementation_once"), transaction.atomic():
        Implementation(change_request=works.request, artefact=works.catalogue).save_by(works.secretary)


def test_what_has_still_to_come_back_waits_for_the_secretariat_until_it_does(works):
    works.decided()
    assert works.waits_for(works.secretary) == [f"{cited} has still to follow CR001" for cited in CITED]
    assert not works.waits_for(works.chair)
    works.carrying(works.catalogue)
    assert works.waits_for(works.secretary) == [f"{CITED[1]} has still to follow CR001"]


def test_the_public_list_knows_what_has_still_to_follow(works, client):
    works.decided()
    assert "CR001" in text_of(client.get("/change-requests/", {"following": "1"}))
    works.carrying(works.catalogue)
    works.carrying(works.choreography)
    assert "CR001" not in text_of(client.get("/change-requests/", {"following": "1", "q": ""}))


def test_assurance_reads_what_has_still_to_follow(works):
    works.decided()
    works.carrying(works.catalogue)
    assert followed(works.group, listed(works.group))[0].to_follow == [CITED[1]]


def test_the_secretariat_says_it_on_a_page(works):
    works.decided()
    row, release = works.row(works.catalogue), works.planned()
    here = f"/desk/change-requests/implementations/{row.pk}/"
    assert "IR8.10" in works.reads(works.secretary, here)
    Visitor(works.secretary).does(here, {"release": release.pk})
    assert Implementation.objects.get(pk=row.pk).release == release
