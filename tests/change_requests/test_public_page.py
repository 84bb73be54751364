"""What the public page of a change request says of its day, of the artefacts it names, and of its files."""

from datetime import date

import pytest

from artefacts import operations as artefacts
from change_requests import operations as changes
from change_requests.models import ChangeRequest
from files.models import Blob, Scan
from records.clock import portal_now
from tests.change_requests.offices import SAID, Office
from tests.conftest import set_clock
from tests.pages import text_of

pytestmark = pytest.mark.django_db
AT = "/change-requests/CR001/"


class Works(Office):
    """Three artefacts are on record, two of them with a number."""

    def __init__(self, clock):
        super().__init__(clock)
        self.mapping = artefacts.add_artefact(self.group, "D-Flow and Interface Mapping", document_number="DES-196", by=self.secretary)
        self.errors = artefacts.add_artefact(self.group, "Error list", document_number="REH-DES-07", by=self.secretary)
        self.choreography = artefacts.add_artefact(self.group, "Operational Choreography", by=self.secretary)


def build():
    return Works(set_clock)


def test_the_day_of_its_paper_is_called_that_and_not_the_day_on_which_it_was_raised(office, client):
    office.raised("From a paper", dated_on=date(2023, 6, 1))
    told = text_of(client.get(AT))
    assert "Dated 1 Jun 2023 The day on its paper. Raised here 12 Jul 2023." in told
    assert "The day on its paper; raised here on 12 Jul 2023" in told
    assert "Version 1.0, by the day on its paper Fixed here on 12 Jul 2023." in told
    assert "Raised by Fenmoor Networks, dated 1 Jun 2023" in text_of(client.get("/change-requests/"))
    desk = office.reads(office.secretary, f"/desk/change-requests/{ChangeRequest.objects.get().pk}/")
    assert "Dated 1 Jun 2023 on its paper; raised here 12 Jul 2023" in desk
    assert "Version 1.0, dated 1 Jun 2023 on its paper, fixed here 12 Jul 2023" in desk
    assert "Raised by Fenmoor Networks, dated 1 Jun 2023" in office.reads(office.secretary, "/desk/change-requests/")


def test_what_was_raised_here_says_on_which_day(office, client):
    office.raised()
    told = text_of(client.get(AT))
    assert "Raised 12 Jul 2023" in told
    assert "Dated" not in told
    assert "Version 1.0 fixed" in told
    assert "Raised by Fenmoor Networks on 12 Jul 2023" in text_of(client.get("/change-requests/"))


@pytest.mark.parametrize(
    ("cited", "leads"),
    [
        ("DES-196 D-Flow and Interface Mapping", "mapping"), ("DES196", "mapping"), ("D-Flow and Interface Mapping", None), ("DES-196 Something else", None),
        ("Operational Choreography", "choreography"), ("REH-DES-07 Error list", "errors"), ("DES-999", None), ("A document of nobody", None),
    ],
)  # fmt: skip
def test_an_artefact_that_it_names_is_a_link_where_it_is_on_record(office, client, cited, leads):
    office.raised(artefacts=[cited])
    page = client.get(AT).content.decode()
    assert cited in page
    address = getattr(office, leads).get_absolute_url() if leads else None
    assert (f'href="{address}">{cited}</a>' in page) == bool(leads)
    assert leads or f">{cited}</a>" not in page


def test_a_file_that_nobody_scanned_says_so_and_one_that_was_does_not(office, client):
    request = office.drafted(attachments=["Formats"])
    changes.raise_request(request, by=office.raiser)
    assert "not scanned for viruses" in text_of(client.get(AT))
    Scan(blob=Blob.objects.get(), at=portal_now(), result="unanswered").save_by(office.pmo)
    changes.draft_version(request, "1.1", by=office.raiser, **SAID, what_changed="Edits")  # what is read again is not the same page
    assert "not scanned for viruses" in text_of(client.get(f"{AT}?again"))
    Scan(blob=Blob.objects.get(), at=portal_now(), result="clean", scanner="ClamAV").save_by(office.pmo)
    assert "not scanned for viruses" not in text_of(client.get(f"{AT}?again=2"))
