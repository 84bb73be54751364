"""Versions go out together in releases: planned in private, frozen and public from their issue, in force by a notice of its own."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from artefacts import operations as artefacts
from artefacts.models import ArtefactVersion, Release
from artefacts.models.releases import code_as_kept, parts_of_code
from artefacts.released import by_reference
from ledger.verifying import faults
from records.clock import portal_now, portal_today
from records.rules import Refused
from register.models import Shelf
from tests.artefacts.test_artefacts import Library
from tests.conftest import set_clock
from tests.factories import GroupFactory
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


class Depot(Library):
    """A library that releases what it holds."""

    def planned(self, code: str = "IR8.10", **told) -> Release:
        return artefacts.plan_release(self.group, code, by=self.secretary, **told)

    def filled(self, code: str = "IR8.10", label: str = "0.9", **told) -> Release:
        release = self.planned(code, **told)
        artefacts.put_in(release, self.put_forward(label), by=self.secretary)
        return release

    def issued(self, code: str = "IR8.10", label: str = "0.9", **told) -> Release:
        return artefacts.issue_release(self.filled(code, label, **told), by=self.secretary)

    def reads(self, who: str | None, address: str) -> str:
        return text_of(Visitor(getattr(self, who) if who else None).opens(address))


@pytest.fixture(scope="module")
def depots(scene):
    return scene(lambda: Depot(set_clock))


@pytest.fixture
def depot(depots, db):
    return depots()


def refused(match: str):
    return pytest.raises(Refused, match=match)


def state(release: Release) -> str:
    return release.editions.latest("n").body["state_in_words"]


def test_a_release_is_planned_for_a_day_to_come(depot):
    with refused("1 Jan 2020 is over: give a day to come, or none"):
        depot.planned(planned_on=date(2020, 1, 1))
    release = depot.planned(planned_on=portal_today() + timedelta(days=1))
    set_clock(portal_now() + timedelta(days=3))
    changed = artefacts.change_release(release, "IR8.10", title="Later", planned_on=release.planned_on, by=depot.secretary)  # the day it had may be over
    with refused("is over: give a day to come"):
        artefacts.change_release(changed, "IR8.10", planned_on=portal_today() - timedelta(days=1), by=depot.secretary)


@pytest.mark.parametrize("written", ["IR8.10", "ir 8.10", "IR-8.10", " Ir8.10 "])
def test_a_code_is_kept_in_one_spelling(written):
    assert code_as_kept(written) == "IR8.10"


def test_codes_of_a_series_are_sorted_as_versions_are():
    assert parts_of_code("IR8.9") < parts_of_code("IR8.10") < parts_of_code("IR9")
    assert parts_of_code("Release eight") == ("", None)


@pytest.mark.parametrize("code", ["", "8.10", "IR", "Release eight", "IR8.10 draft"])
def test_what_is_no_code_is_refused(depot, code):
    with refused("letters and a number, such as IR8.10"):
        depot.planned(code)


def test_a_code_is_given_once_in_a_group(depot):
    depot.planned("IR8.0")
    with refused(f"There is a release {depot.group.code}-IR8.0 already"):
        depot.planned("ir 8")
    other = GroupFactory()
    assert not Release.objects.filter(group=other).exists()
    release = depot.planned("IR8.1")
    with refused(f"There is a release {depot.group.code}-IR8.0 already"):
        artefacts.change_release(release, "IR8", by=depot.secretary)


@pytest.mark.forged
def test_the_database_too_gives_a_code_once(depot):
    depot.planned("IR8.0")
    with pytest.raises(DatabaseError, match="release_code_once"), transaction.atomic():
        Release(group=depot.group, code="IR8").save_by(depot.secretary)


@pytest.mark.parametrize("who", ["chair", "reader", "owner"])
def test_only_the_secretariat_releases(depot, who):
    with refused("Only the secretariat"):
        artefacts.plan_release(depot.group, "IR1", by=getattr(depot, who))
    release = depot.filled()
    with refused("Only the secretariat"):
        artefacts.issue_release(release, by=getattr(depot, who))


def test_what_is_planned_is_for_the_group_alone(depot, client):
    release = depot.filled(title="Canary of a plan")
    assert "Canary" in depot.reads("chair", f"/desk/releases/{release.pk}/")
    assert client.get(f"/releases/{release.reference}/").status_code == 404
    assert not Shelf.objects.filter(noun="release").exists()
    assert Visitor(depot.owner).client.get(f"/desk/releases/{release.pk}/").status_code == 404
    assert "Canary" not in client.get(depot.artefact.get_absolute_url()).content.decode()


def test_only_what_is_put_forward_goes_out_and_one_version_of_each_artefact(depot):
    release = depot.planned()
    with refused("only what was put forward goes out"):
        artefacts.put_in(release, artefacts.draft_version(depot.artefact, "0.8", by=depot.owner), by=depot.secretary)
    artefacts.put_in(release, depot.put_forward("0.9"), by=depot.secretary)
    with refused("version 0.9 is in it already: take that out first"):
        artefacts.put_in(release, depot.put_forward("1.0"), by=depot.secretary)
    content = artefacts.take_out(release.contents.get(), by=depot.secretary)
    with refused("was taken out already"):
        artefacts.take_out(content, by=depot.secretary)
    artefacts.put_in(release, ArtefactVersion.objects.get(label="0.9"), by=depot.secretary)
    assert release.contents.get().taken_out is False


def test_what_another_group_governs_does_not_go_out(depot):
    other = artefacts.add_artefact(depot.group, "Another", by=depot.secretary)
    version = artefacts.put_forward(artefacts.draft_version(other, "1.0", by=depot.secretary), by=depot.secretary)
    version.artefact.group = GroupFactory(code="ELSE")
    version.artefact.save_by(depot.secretary)
    with refused("is not governed by"):
        artefacts.put_in(depot.planned(), version, by=depot.secretary)
    version.artefact.group = depot.group
    version.artefact.save_by(depot.secretary)


def test_nothing_is_issued_that_is_empty_or_holds_what_was_withdrawn(depot):
    release = depot.planned()
    with refused("No version is in it yet"):
        artefacts.issue_release(release, by=depot.secretary)
    artefacts.put_in(release, depot.put_forward("0.9"), by=depot.secretary)
    artefacts.withdraw_version(ArtefactVersion.objects.get(label="0.9"), why="It was a mistake", by=depot.owner)
    with refused("version 0.9 is withdrawn: take it out"):
        artefacts.issue_release(release, by=depot.secretary)


def test_issued_it_is_public_and_says_what_went_out(depot, client):
    release = depot.issued(title="Summer release", testing="Regression of registration")
    page = text_of(client.get(f"/releases/{release.reference}/"))
    assert "Summer release" in page
    assert "DES-196 D-Flow and Interface Mapping , version 0.9" in page
    assert "Regression of registration" in page
    assert "Issued 12 Jul 2023; from when it is in force is to be said" in page
    assert client.get(f"/releases/{release.reference}.json").json()["versions"][0]["label"] == "0.9"
    assert f"{release.reference}: Summer release" in text_of(client.get("/releases/"))
    assert release.reference in text_of(client.get("/releases/", {"artefact": "DES 196"}))
    assert release.reference not in text_of(client.get("/releases/", {"artefact": "DES-197"}))
    for form in ("csv", "json", "atom"):
        assert release.reference in client.get(f"/releases.{form}").content.decode()
    assert release.reference in text_of(client.get(depot.artefact.get_absolute_url() + "?now"))
    assert not list(faults())


def test_issuing_twice_is_refused_and_what_was_issued_stays(depot):
    release = depot.issued()
    with refused("is issued: too late or too soon to issue it"):
        artefacts.issue_release(release, by=depot.secretary)
    for act in (
        lambda: artefacts.change_release(release, "IR9", by=depot.secretary),
        lambda: artefacts.put_in(release, depot.put_forward("1.0"), by=depot.secretary),
        lambda: artefacts.take_out(release.contents.get(), by=depot.secretary),
    ):
        with refused("is issued: what goes out with it stays as it is"):
            act()


@pytest.mark.forged
@pytest.mark.parametrize("sql", [
    "UPDATE artefacts_release SET title = 'x'",
    "UPDATE artefacts_release SET status = 'planned'",
    "UPDATE artefacts_releasedversion SET taken_out = true",
    "INSERT INTO artefacts_releasedversion (revision, taken_out, release_id, version_id) SELECT 0, false, release_id, version_id FROM artefacts_releasedversion",
])  # fmt: skip
def test_the_database_itself_keeps_what_was_issued(depot, sql):
    depot.issued()
    with pytest.raises(DatabaseError, match=r"is issued|is not planned any more"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.forged
def test_the_database_lets_a_plan_change(depot):
    depot.filled()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE artefacts_release SET title = 'x'")
        cursor.execute("UPDATE artefacts_releasedversion SET taken_out = true")


def test_from_when_it_is_in_force_is_said_apart_and_said_otherwise_later(depot, clock):
    release = depot.issued()
    for on, by_notice, why in (
        (None, "Notice 1", "from which day"), (date(2023, 7, 11), "Notice 1", "It was issued on 12 Jul 2023: it cannot be in force before"),
        (date(2023, 8, 1), " ", "by which notice"),
    ):  # fmt: skip
        with refused(why):
            artefacts.say_effective(release, on, by_notice=by_notice, by=depot.secretary)
    artefacts.say_effective(release, date(2023, 8, 1), by_notice="Notice 1", by=depot.secretary)
    assert state(release) == "Issued 12 Jul 2023, in force from 1 Aug 2023"
    with refused("This is said already"):
        artefacts.say_effective(release, date(2023, 8, 1), by_notice="Notice 1", by=depot.secretary)
    artefacts.say_effective(release, date(2023, 9, 1), by_notice="Notice 2", by=depot.secretary)
    assert state(release).endswith("in force from 1 Sep 2023")
    assert [row.state_now for row in Shelf.objects.of("release")] == ["issued"]
    clock("2023-09-01 00:00")
    assert [row.state_now for row in Shelf.objects.of("release")] == ["effective"]
    assert not list(faults())


def test_only_what_is_issued_can_be_in_force(depot):
    with refused("only what is issued can be in force"):
        artefacts.say_effective(depot.filled(), date(2023, 8, 1), by_notice="Notice 1", by=depot.secretary)


def test_withdrawn_it_stays_to_be_read_with_the_reason(depot, client):
    release = depot.issued()
    with refused("Say why"):
        artefacts.withdraw_release(release, why=" ", by=depot.secretary)
    artefacts.withdraw_release(release, why="The mapping was wrong", by=depot.secretary)
    assert "It was withdrawn: The mapping was wrong" in text_of(client.get(f"/releases/{release.reference}/"))
    with refused("is withdrawn: too late or too soon to withdraw it"):
        artefacts.withdraw_release(release, why="Again", by=depot.secretary)
    assert not list(faults())


def test_what_was_only_planned_is_withdrawn_unseen(depot, client):
    release = artefacts.withdraw_release(depot.filled(), why="Not needed", by=depot.secretary)
    assert client.get(f"/releases/{release.reference}/").status_code == 404
    assert not list(faults())


def test_the_page_says_where_its_versions_stand_today(depot, client):
    release = depot.issued(label="1.0")
    depot.baselined("1.0")
    assert "Baselined by" in text_of(client.get(f"/releases/{release.reference}/"))
    assert "Baselined by" not in str(release.editions.latest("n").body)


def test_the_secretariat_does_it_all_through_the_pages(depot):
    version, visitor = depot.put_forward("0.9"), Visitor(depot.secretary)
    visitor.does(f"/desk/groups/{depot.group.code}/releases/new/", {"code": "ir 8.10", "title": "Summer"})
    release = Release.objects.get()
    assert release.code == "IR8.10"
    here = f"/desk/releases/{release.pk}/"
    visitor.does(here + "put-in/", {"version": version.pk})
    assert f"Issue {release.reference}" in text_of(visitor.opens(here))
    assert "What goes out with it is frozen" in text_of(visitor.opens(f"/desk/do/artefacts.issue_release/{release.pk}/"))
    visitor.does(f"/desk/do/artefacts.issue_release/{release.pk}/", {})
    visitor.does(here + "effective/", {"on": "2023-08-01", "by_notice": "Notice 1"})
    assert "From 1 Aug 2023, by Notice 1" in text_of(visitor.opens(here))
    assert "IR8.10: Summer" in text_of(visitor.opens(f"/desk/groups/{depot.group.code}/releases/"))
    visitor.does(here + "withdraw/", {"why": "Wrong"})
    assert Release.objects.get().status == "withdrawn"


def test_what_was_typed_is_kept_beside_the_refusal(depot):
    answer = Visitor(depot.secretary).client.post(f"/desk/groups/{depot.group.code}/releases/new/", {"code": "eight", "title": "Summer"})
    assert answer.status_code == 409 or answer.status_code == 400
    page = text_of(answer)
    assert "such as IR8.10" in page
    assert 'value="Summer"' in answer.content.decode()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Issued with IR1.0", "Issued with REH-IR1.0"), ("scheduled into IR1.0 and IR1.1", "scheduled into REH-IR1.0 and REH-IR1.1"),
        ("Issued with REH-IR1.0", "Issued with REH-IR1.0"), ("Issued with IR1.01", "Issued with IR1.01"), ("with IR1.0.1.", "with IR1.0.1."), ("with IR1.0.", "with REH-IR1.0."),
    ],
)  # fmt: skip
def test_what_was_written_when_releases_went_by_their_code_is_read_with_their_reference(words, told):
    assert by_reference(words, ["REH-IR1.0", "REH-IR1.1"]) == told
