"""Minutes that are read in make records of the change requests and artefacts that they name, and state nothing that they do not."""

import pytest

from archive.operations import import_minutes
from archive.samples import DAG026
from artefacts.models import Artefact, ArtefactVersion, Baseline
from change_requests.models import ChangeRequest, Determination
from groups.models import User
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    return [model.objects.count() for model in (Artefact, ArtefactVersion, Baseline, ChangeRequest, Determination)]


def test_each_is_there_once_with_its_title_and_its_state(read_in):
    states = {each.reference: (each.title, each.editions.latest("n").body["state_in_words"]) for each in ChangeRequest.objects.order_by("number")}
    assert states == {
        "CR017": ("DSO Registration Service DIP Messages Processing Times", "Rejected by DAG-DEC60: another was approved instead"),
        "CR018": ("Registration Service Operating Hours", "Approved by DAG-DEC60 in version 1.8"),
        "CR024": ("", "Named in papers; the portal holds no more of it"),
        "CR025": ("Data Integration Platform (DIP) Interface Name Changes", "Approved with conditions by DAG-DEC59"),
        "CR027": ("Distribution Use of System (DUoS) E-Billing Data Integration Platform (DIP) message for MHHS", "Issued to Impact Assessment by DAG-DEC58"),
    }
    assert {each.cited for each in Artefact.objects.all()} == {
        "DES-196 D-Flow and Interface Mapping", "DIP PKI Certificate Profiles", "DIP PKI Policy", "Interface Code of Connections",
    }  # fmt: skip


def test_reading_the_same_or_a_fuller_paper_again_doubles_nothing(read_in):
    before = counts()
    import_minutes(DAG026.read_bytes(), DAG026.name, by=User.objects.the_archivist())
    import_minutes(DAG026.read_bytes() + b"\n\n", "again.md", by=User.objects.the_archivist())
    assert counts() == before


def test_the_next_number_comes_after_those_that_papers_use(read_in):
    from groups.numbering import mint

    assert mint("programme", "change request") == 28


def test_pages_say_that_the_portal_does_not_hold_the_document(read_in, client):
    page = text_of(client.get("/change-requests/CR018/"))
    assert "The portal does not hold the change request itself." in page
    assert "Raised by Not stated" in page
    assert "DAG026" in page
    assert "they print no title" in text_of(client.get("/change-requests/CR024/"))
    assert "The portal does not hold the document itself." in text_of(client.get("/artefacts/dip-pki-policy/"))


@pytest.mark.parametrize("query", ["CR18", "cr018", "CR 018", "DES196", "des-196"])
def test_a_reference_in_any_spelling_leads_to_its_page(read_in, client, query):
    assert client.get("/search/", {"q": query}).status_code == 302
