"""Baselined is what a decision says, in force what is said of a release; what waits for either is on the desk; and the release note is on paper."""

from datetime import date

import pytest

from artefacts import operations as artefacts
from artefacts.models import ReleaseNote
from decisions import operations as decisions
from ledger import operations as ledger
from ledger.verifying import faults
from notifications.sweeping import run_and_remember
from records.rules import Refused
from tests.artefacts.test_releases import Depot
from tests.factories import issue_all
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def depot(clock, settings):
    settings.DEMO = True
    return Depot(clock)


def refused(match: str):
    return pytest.raises(Refused, match=match)


def test_a_release_is_baselined_later_by_a_decision_that_everybody_can_read(depot, client, clock):
    release = depot.issued()
    decision = depot.determined("0.9")
    with refused("is no published decision of"):
        artefacts.say_baselined(release, decision, by=depot.secretary)
    decision = decisions.publish(decision, by=depot.secretary)
    page = Visitor(depot.secretary).does(f"/desk/releases/{release.pk}/baselined/", {"decision": str(decision.pk)})
    assert f"By {decision}" in text_of(page)
    assert f"baselined by {decision.reference}" in text_of(client.get(release.get_absolute_url()))
    with refused("This is said already"):
        artefacts.say_baselined(release, decision, by=depot.secretary)
    with refused("Only the secretariat"):
        artefacts.say_baselined(release, decision, by=depot.owner)
    with refused("only what is issued is baselined"):
        artefacts.say_baselined(depot.planned("IR9"), decision, by=depot.secretary)
    assert not list(faults())


def test_the_baseline_tells_what_is_in_force_from_what_is_only_baselined(depot, client):
    depot.put_forward("1.0")
    depot.baselined("1.0")
    issue_all("group")
    here = f"/groups/{depot.group.code}/baseline/"
    assert "The day from which it is in force is not recorded" in text_of(client.get(here))
    release = depot.planned()
    artefacts.put_in(release, depot.artefact.versions.get(label="1.0"), by=depot.secretary)
    artefacts.issue_release(release, by=depot.secretary)
    artefacts.say_effective(release, date(2023, 8, 1), by_notice="Notice 1", by=depot.secretary)
    later, then = (text_of(client.get(here, {"on": day})) for day in ("2023-07-31", "2023-08-01"))
    assert "Baselined In force from 1 Aug 2023" in later
    assert "In force since 1 Aug 2023" in then
    assert release.reference in then
    assert "2023-08-01" in client.get(here, {"on": "2023-08-01", "as": "csv"}).content.decode()


def test_edits_and_releases_that_wait_are_on_the_desk_of_the_secretariat(depot):
    release, planned = depot.issued(), depot.planned("IR9", planned_on=date(2023, 7, 20))
    put = depot.artefact.versions.get()
    artefacts.put_in(planned, put, by=depot.secretary)
    edit = artefacts.agree_edit(put, "A comma", agreed_where="DAG026 4.1", by=depot.secretary)
    desk = depot.reads("secretary", "/desk/")
    for waits in (f"See whether edit 1 agreed for {put} is made", f"Issue {planned}", f"{release.code} is issued: say from when it is in force"):
        assert waits in desk
    assert "See whether edit 1" not in depot.reads("owner", "/desk/")
    artefacts.see_edit_done(edit, by=depot.secretary)
    assert "See whether edit 1" not in depot.reads("secretary", "/desk/")


@pytest.mark.long
def test_the_release_note_is_printed_by_the_sweep_and_anew_when_words_are_withdrawn(depot, client):
    release = depot.issued(notes="Ask Ruth Ansell about regression testing.")
    here = f"{release.get_absolute_url()}note.pdf"
    assert client.get(here).status_code == 503
    run_and_remember()
    first = client.get(here)
    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF")
    ledger.black_out("Ruth Ansell", why="A name", ordered_by="The SRO", by=depot.secretary)
    assert client.get(here).status_code == 503
    run_and_remember()
    assert client.get(here).content != first.content
    assert ReleaseNote.objects.count() == 2
    assert not list(faults())


@pytest.mark.parametrize("spelt", ["DES-196", "des196", "DES 196", "d-flow and interface mapping"])
def test_a_decision_is_listed_by_the_number_of_its_artefact_or_its_name(depot, client, spelt):
    depot.put_forward("0.9")
    decision = decisions.publish(depot.determined("0.9"), by=depot.secretary)
    assert decision.reference in text_of(client.get("/decisions/", {"about": spelt}))
    assert decision.reference not in text_of(client.get("/decisions/", {"about": f"{spelt}9"}))
