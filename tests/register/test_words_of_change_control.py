"""Words that should never have been published are taken out of change requests and artefacts too, and can be erased from what is fixed."""

import pytest
from django.db import DatabaseError, connection, transaction

from artefacts import operations as artefacts
from change_requests import operations as changes
from change_requests.models import Attachment, ChangeRequestVersion
from ledger.models import BlackOut
from ledger.operations import black_out, redact
from ledger.verifying import faults
from register import checking
from tests.change_requests.offices import Office
from tests.register.erased import as_the_owner

pytestmark = pytest.mark.django_db
WORDS = "Flat 3, 12 Zqorbel Street"
PAGES = ("/change-requests/CR001/", "/change-requests/CR001.json", "/change-requests.csv", "/artefacts/zq-1-catalogue/", "/artefacts/zq-1-catalogue.json", "/search/?q=street")


@pytest.fixture
def office(clock, settings):
    settings.DEMO = True
    office = Office(clock)
    office.raised(solution=f"Write to {WORDS}.", attachments=[f"Letter to {WORDS}"])
    artefact = artefacts.add_artefact(office.group, "Catalogue", document_number="ZQ-1", aliases=[f"The {WORDS} paper"], by=office.secretary)
    artefacts.put_forward(artefacts.draft_version(artefact, "1.0", what_changed=f"The address {WORDS}", by=office.secretary), by=office.secretary)
    assessment = office.assessed()
    changes.submit(office.place(assessment, 0), {"position": "support", "comments": f"I live at {WORDS}"}, name="Ann", by=office.respondents[0])
    black_out(WORDS, why="an address", ordered_by="a court", by=office.pmo)
    return office


def test_they_are_on_no_page_and_in_no_file(office, client):
    for address in PAGES:
        page = client.get(address)
        assert page.status_code == 200, address
        assert "Zqorbel" not in page.content.decode(), address
    assert "[withdrawn]" in client.get(PAGES[0]).content.decode()


@pytest.mark.long
def test_they_are_erased_from_what_is_fixed_which_stays_fixed(office):
    as_the_owner()
    redact(BlackOut.objects.get(), by=office.pmo)
    assert "Zqorbel" not in str([*ChangeRequestVersion.objects.values_list("solution"), *Attachment.objects.values_list("title")])
    assert [*faults()] == []
    assert not [fault for fault in checking.faults() if "no edition of it was issued" not in fault]  # of the groups of a test there is none
    with pytest.raises(DatabaseError, match="fixed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE change_requests_changerequestversion SET solution = 'x'")
