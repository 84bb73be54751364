"""The number of a document links to it by itself, in every spelling in which minutes cite it; one that is not on the shelf stays text."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from artefacts import operations as artefacts
from records.references import addresses_in
from tests.change_requests.offices import SAID, Office

pytestmark = pytest.mark.django_db
HERE = "/artefacts/des-196-d-flow-and-interface-mapping/"


@pytest.fixture
def office(clock):
    office = Office(clock)
    office.artefact = artefacts.add_artefact(office.group, "D-Flow and Interface Mapping", document_number="DES-196", by=office.secretary)
    return office


def test_every_spelling_leads_to_it_and_nothing_else_does(office):
    told = addresses_in(["The DES-196, DES196 and “DES 196”; not DES-1960, XDES-196, DES-19, DES-196-2 or des-196."])
    assert told == dict.fromkeys(("DES-196", "DES196", "DES 196"), HERE)


def test_a_number_of_two_words_is_one_number(office):
    artefacts.add_artefact(office.group, "Another", document_number="REH-DES-01", by=office.secretary)
    assert addresses_in(["see REH-DES-01, REH-DES1 and REH-DES-02"]) == dict.fromkeys(("REH-DES-01", "REH-DES1"), "/artefacts/reh-des-01-another/")


def test_what_is_not_on_the_shelf_and_what_only_has_such_a_name_stays_text(office):
    artefacts.add_artefact(office.group, "ISO 9001", by=office.secretary)
    assert addresses_in(["DES-197, ISO 9001"]) == {}


def test_a_number_that_several_share_leads_to_all_of_them(office, client):
    artefacts.add_artefact(office.group, "Annex to the mapping", document_number="DES196", by=office.secretary)
    (address,) = addresses_in(["see DES 196"]).values()
    assert address == "/artefacts/?q=DES+196"
    page = client.get(address).content.decode()
    assert "D-Flow and Interface Mapping" in page
    assert "Annex to the mapping" in page


def test_it_links_on_a_page_and_not_on_its_own(office, client):
    request = office.raised(**(SAID | {"solution": "Change DES196 and DES-404."}))
    page = client.get(request.get_absolute_url()).content.decode()
    assert f'<a href="{HERE}">DES196</a>' in page
    assert ">DES-404<" not in page
    artefacts.put_forward(artefacts.draft_version(office.artefact, "0.9", what_changed="All of DES-196.", by=office.secretary), by=office.secretary)
    assert f'<a href="{HERE}">DES-196</a>' not in client.get(HERE + "?now").content.decode()


def test_a_hundred_of_them_are_asked_for_at_once(office):
    with CaptureQueriesContext(connection) as asked:
        addresses_in([f"DES-{n} and DAG-DEC{n}" for n in range(100)])
    assert len(asked) == 1
