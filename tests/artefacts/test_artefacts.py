"""Artefacts are kept in a catalogue, put forward in versions that stay as they are, baselined by decisions, and changed by what is authorised."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from artefacts import operations as artefacts
from artefacts.finding import find_artefact, number_and_name
from artefacts.models import Artefact, ArtefactVersion, Baseline
from artefacts.states import label_received
from decisions import operations as decisions
from decisions.models import Outcome
from decisions.subjects import Subject, Terms
from groups import operations
from groups.models import Appointment
from ledger.verifying import faults
from records.rules import Refused
from tests.conftest import set_clock
from tests.decisions.houses import House
from tests.factories import AppointmentFactory, OrganisationFactory, PersonFactory, UserFactory
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


class Library(House):
    """A house with one artefact, and somebody who owns it."""

    def __init__(self, clock):
        super().__init__(clock, seats=1)
        self.artefact = artefacts.add_artefact(self.group, "D-Flow and Interface Mapping", document_number="DES-196", by=self.secretary)
        appointed = AppointmentFactory(kind=Appointment.Kind.ARTEFACT_OWNER, scope=self.artefact.slug, group=self.group)
        self.owner = UserFactory(person=appointed.person)

    def put_forward(self, label: str, **told) -> ArtefactVersion:
        return artefacts.put_forward(artefacts.draft_version(self.artefact, label, by=self.owner, **told), by=self.owner)

    def baselined(self, version: str, ref: str = "DES196 D-Flow and Interface Mapping"):
        return decisions.publish(self.determined(version, ref), by=self.secretary)

    def determined(self, version: str, ref: str = "DES196 D-Flow and Interface Mapping"):
        decision = decisions.table(decisions.draft(self.group, "D-Flow", "The SRO baselined it", by=self.secretary), by=self.secretary)
        return decisions.determine(decision, Terms([Subject("artefact", ref, Outcome.BASELINED, version=version)]), by=self.chair)

    @property
    def body(self) -> dict:
        return self.artefact.editions.latest("n").body


@pytest.fixture(scope="module")
def libraries(scene):
    return scene(lambda: Library(set_clock))


@pytest.fixture
def library(libraries, db):
    return libraries()


def refused(match: str):
    return pytest.raises(Refused, match=match)


def carrying(*references: str) -> list[dict[str, str]]:
    return [{"kind": "change_request" if ref.startswith("CR") else "defect", "reference": ref, "authorised_by": "DAG-DEC60"} for ref in references]


def test_the_catalogue_is_public_and_holds_each_once(library, client):
    page = text_of(client.get("/artefacts/des-196-d-flow-and-interface-mapping/"))
    assert "Named in papers; no version of it is on record" not in page or "No version of it is on record." in page
    with refused("is in the catalogue already"):
        artefacts.add_artefact(library.group, "the D-flow and interface mapping", document_number="DES-196", by=library.secretary)
    with refused("Only the secretariat"):
        artefacts.add_artefact(library.group, "Another", by=library.owner)


def test_for_whom_it_is_owned_is_public_and_who_it_is_is_not(library, client):
    """On its page with its days, former ones too; in the catalogue today's; the twin and the files say the same."""
    page, slug = "/artefacts/des-196-d-flow-and-interface-mapping/", library.artefact.slug
    person = library.owner.person
    operations.end_appointment(Appointment.objects.get(person=person), last=date(2023, 7, 12), why="Left", by=library.pmo)
    assert "Owned by Somebody whose organisation is not recorded, 17 Nov 2021 to 12 Jul 2023" in text_of(client.get(page))
    given = {"group": library.group, "scope": slug, "since": date(2023, 7, 13), "by": library.pmo}
    operations.give_appointment(PersonFactory(name="Greta Lind"), "artefact_owner", organisation=OrganisationFactory(name="Fenmoor Networks"), **given)
    set_clock("2023-07-13 10:00")
    shown = client.get(page)
    assert "Fenmoor Networks, since 13 Jul 2023; Somebody" in text_of(shown)
    assert "Greta Lind" not in text_of(shown)
    assert [each["organisation"] for each in client.get(f"{page[:-1]}.json").json()["owners"]] == ["Fenmoor Networks", ""]
    assert "Owned by" in text_of(client.get("/artefacts/"))
    assert "Named in papers; no version of it is on record Fenmoor Networks" in text_of(client.get("/artefacts/"))
    assert b"Fenmoor Networks, since 13 Jul 2023" in client.get("/artefacts.csv").content


def test_two_documents_may_share_a_number(library):
    other = artefacts.add_artefact(library.group, "Annex to the mapping", document_number="DES-196", by=library.secretary)
    assert (other.slug, Artefact.objects.count()) == ("des-196-annex-to-the-mapping", 2)


@pytest.mark.parametrize("cited", ["DES196", "DES-196", "des 196", "DES-196: D-Flow and Interface Mapping", "the D-Flow and interface mapping"])
def test_it_is_found_however_papers_cite_it(library, cited):
    assert find_artefact(cited, Artefact.objects.all()) == library.artefact


@pytest.mark.parametrize("cited", ["DES-197", "D-Flow", "", "DES-196 Something else"])
def test_what_is_not_it_is_not_taken_for_it(library, cited):
    assert find_artefact(cited, Artefact.objects.all()) is None


def test_a_number_that_several_share_means_none_of_them(library):
    artefacts.add_artefact(library.group, "Annex to the mapping", document_number="DES-196", by=library.secretary)
    assert find_artefact("DES-196", Artefact.objects.all()) is None
    assert find_artefact("DES-196 Annex to the mapping", Artefact.objects.all()).name == "Annex to the mapping"


def test_a_number_is_told_from_a_name():
    assert number_and_name("DES196 D-Flow") == ("DES-196", "D-Flow")
    assert number_and_name("Interface Code of Connections") == ("", "Interface Code of Connections")


def test_a_draft_is_seen_by_nobody_outside_and_what_is_put_forward_by_everybody(library, client):
    draft = artefacts.draft_version(library.artefact, "0.9", what_changed="Canary of a draft", by=library.owner)
    here = library.artefact.get_absolute_url()
    assert "Canary" not in client.get(here).content.decode()
    artefacts.put_forward(draft, by=library.owner)
    assert "Canary" in client.get(here + "?now").content.decode()
    assert not list(faults())


def test_what_is_put_forward_stays_as_it_is(library):
    version = library.put_forward("0.9")
    with refused("is fixed: what it holds is frozen"):
        artefacts.change_version(version, "0.9", by=library.owner)
    with refused("DES-196 D-Flow and Interface Mapping version 0.9 is there already"):
        artefacts.draft_version(library.artefact, "v0.9", by=library.owner)


@pytest.mark.forged
def test_the_database_itself_keeps_what_was_put_forward(library):
    library.put_forward("0.9")
    with pytest.raises(DatabaseError, match="fixed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE artefacts_artefactversion SET note = 'x'")


@pytest.mark.parametrize("who", ["chair", "reader", "stranger"])
def test_only_the_owner_and_the_secretariat_write_versions(library, who):
    with refused("Only the owner of"):
        artefacts.draft_version(library.artefact, "0.9", by=getattr(library, who))


@pytest.mark.parametrize(("put", "received"), [("0.9", "1.0"), ("1.0", "1.0"), ("1.0 draft 2", "1.0"), ("1.3", "1.3"), ("2.1 draft", "2.1"), ("not stated", "")])
def test_what_is_baselined_receives_its_label(put, received):
    assert label_received(put) == received


def test_a_decision_baselines_the_version_that_was_put_to_the_group(library):
    version = library.put_forward("0.9")
    decision = library.determined("0.9")
    assert library.body["baselines"] == []  # the decision is not public yet
    decisions.publish(decision, by=library.secretary)
    assert (Baseline.objects.get().version, Baseline.objects.get().label) == (version, "1.0")
    assert library.body["state_in_words"] == f"Baselined by {decision.reference} as 1.0"


def test_a_version_nobody_put_forward_cannot_be_baselined(library):
    library.put_forward("0.9")
    with refused(r"Say which version of DES-196 D-Flow and Interface Mapping is baselined\. Put forward: 0\.9"):
        library.determined("0.8")
    with refused("Say which version"):
        library.determined("not stated")


def test_what_the_portal_has_no_record_of_can_be_baselined_all_the_same(library):
    assert library.determined("1.0", "An unknown document").settlements.get().outcome == Outcome.BASELINED
    assert not Baseline.objects.exists()


def test_agreed_edits_are_seen_by_somebody_else_before_what_is_baselined_is_issued(library):
    version = library.put_forward("0.9")
    library.baselined("0.9")
    edits = [artefacts.agree_edit(version, text, agreed_where="DAG026 4.1", by=library.secretary) for text in ("Keep D0300", "Drop D0012")]
    assert library.body["state_in_words"].endswith("edits being made: 0 of 2")
    issued = artefacts.draft_version(library.artefact, "1.0", made_from=version, by=library.owner)
    with refused("Somebody other than the owner has still to see that the agreed edits are made: 1, 2"):
        artefacts.put_forward(issued, by=library.owner)
    with refused("You own DES-196 D-Flow and Interface Mapping: somebody else looks"):
        artefacts.see_edit_done(edits[0], by=library.owner)
    for edit in edits:
        artefacts.see_edit_done(edit, by=library.chair)
    artefacts.put_forward(issued, by=library.owner)
    states = {each["label"]: each["state_in_words"] for each in library.body["versions"]}
    assert states["1.0"].startswith("Baselined by ")
    with refused("is issued already: what is to change now needs a change request"):
        artefacts.agree_edit(version, "Another", agreed_where="DAG027 1.1", by=library.secretary)


def test_after_a_baseline_a_version_says_what_it_carries_and_on_whose_authority(library):
    library.put_forward("1.0")
    library.baselined("1.0")
    with refused("is baselined: say what version 1.1 carries"):
        library.put_forward("1.1")
    artefacts.withdraw_version(ArtefactVersion.objects.get(label="1.1"), why="It says nothing", by=library.owner)
    with refused("Say who authorised CR018"):
        library.put_forward("1.1", carries=[{"kind": "change_request", "reference": "CR018", "authorised_by": " "}])
    with refused("The same thing is named twice"):
        library.put_forward("1.1", carries=carrying("CR018", "CR018"))
    library.put_forward("1.1", carries=carrying("CR018", "Defect 4", "Defect 5"))
    newest = library.body["versions"][0]
    assert [each["reference"] for each in newest["carries"]] == ["CR018", "Defect 4", "Defect 5"]
    assert library.body["state_in_words"].endswith("version 1.1 is the newest")
    assert {each["label"]: each["state"] for each in library.body["versions"]} == {"1.1": "forward", "1.0": "superseded"}


def test_a_baselined_version_is_not_taken_back(library):
    version = library.put_forward("1.0")
    library.baselined("1.0")
    with refused("only a decision that supersedes that one takes it back"):
        artefacts.withdraw_version(version, why="A slip", by=library.owner)


def test_a_version_is_not_taken_back_while_seats_vote_on_it(library):
    version = library.put_forward("0.9")
    question = library.ask(subject="DES-196", version="0.9")
    with refused("Seats are voting on"):
        artefacts.withdraw_version(version, why="A slip", by=library.owner)
    decisions.withdraw_question(question, why="It comes back", by=library.secretary)
    artefacts.withdraw_version(version, why="A slip", by=library.owner)


def test_before_it_is_public_only_the_group_reads_what_was_baselined(library):
    library.put_forward("0.9")
    page, decided = f"/desk/artefacts/{library.artefact.slug}/", library.determined("0.9")
    told = {name: decided.reference in text_of(Visitor(getattr(library, name)).opens(page)) for name in ("chair", "secretary", "owner")}
    assert told == {"chair": True, "secretary": True, "owner": False}


def test_a_withdrawn_version_stays_to_be_read_with_the_reason(library):
    artefacts.withdraw_version(library.put_forward("0.9"), why="The wrong file", by=library.owner)
    assert [(each["state"], each["withdrawn_why"]) for each in library.body["versions"]] == [("withdrawn", "The wrong file")]
    library.put_forward("0.9")


def test_an_owner_writes_a_version_on_the_pages_and_puts_it_forward(library):
    visitor = Visitor(library.owner)
    here = f"/desk/artefacts/{library.artefact.slug}/"
    assert "Begin a version" in text_of(visitor.opens(here))
    page = visitor.does(f"{here}versions/new/", {"label": "0.9", "carries-0-kind": "defect", "carries-0-reference": "Defect 4"})
    assert "Say who authorised Defect 4" in text_of(page)
    page = visitor.sends(page, {"carries-0-authorised_by": "The design authority"})
    assert "The draft is saved." in text_of(page)
    version = ArtefactVersion.objects.get()
    assert version.carries == [{"kind": "defect", "reference": "Defect 4", "authorised_by": "The design authority"}]
    check = visitor.opens(f"/desk/do/artefacts.put_forward/{version.pk}/")
    assert "frozen, for good" in text_of(check)
    visitor.sends(check)
    assert ArtefactVersion.objects.get().status == "fixed"
    assert "Version 0.9" in text_of(Visitor().opens(library.artefact.get_absolute_url()))


def test_a_stranger_finds_no_desk_page_of_it(library):
    assert Visitor(library.stranger).client.get(f"/desk/artefacts/{library.artefact.slug}/").status_code == 404
    assert Visitor(library.holders[0]).client.get(f"/desk/artefacts/{library.artefact.slug}/").status_code == 200
