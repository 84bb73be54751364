"""The documents of what an item is about are among its papers: named, not copied; of the version that is asked about."""

from datetime import UTC, datetime

import pytest

from artefacts import operations as artefacts
from change_requests import operations as changes
from decisions.operations.asking import bring
from meetings import operations as meetings
from meetings.models import Meeting
from meetings.papers import to_read
from tests.change_requests.offices import Office
from tests.conftest import set_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(clock):
    office = Office(clock)
    office.meeting = meetings.schedule(office.group, "27", starts_at=datetime(2023, 8, 9, 9, tzinfo=UTC), by=office.secretary)
    return office


def about(office) -> list[tuple[str, list[str]]]:
    return [(told.called, [each.name for each in told.documents]) for row in to_read(office.meeting) for told in row.about]


def versions(office, *labels: str):
    """A change request in these versions, each with a file."""
    request = office.drafted(label=labels[0], attachments=["Formats"])
    request = changes.raise_request(request, by=office.raiser)
    for label in labels[1:]:
        drafted = changes.draft_version(request, label, by=office.raiser, issue="It waits.", solution="Answer.", what_changed="Wording", attachments=["Formats"])
        changes.fix(office.with_files(drafted), by=office.raiser)
    return request


def test_an_item_has_the_documents_of_the_version_it_is_about(office, client, settings):
    settings.DEMO = True
    request = versions(office, "1.0", "1.1")
    item = meetings.table_item(office.meeting, f"{request}: registration hours", purpose="decision", by=office.secretary)
    newest = request.versions.get(label="1.1")
    assert about(office) == [(f"{request} version 1.1", [f"{newest.pk} 1.txt"])]
    bring(office.group, title="x", decision_wording="The SRO approved it", wording="Should it?", subject=str(request), version="1.0", item=item, by=office.secretary)
    before = request.versions.get(label="1.0")
    assert about(office) == [(f"{request} version 1.0", [f"{before.pk} 1.txt"])]
    meetings.publish_agenda(office.meeting, by=office.secretary)
    [told] = office.meeting.editions.order_by("-n")[0].body["agenda"][0]["papers"]
    assert (told["of"], told["title"]) == (f"{request} version 1.0", "Formats")
    assert b"".join(client.get(told["address"])) == b"Formats"
    assert told["address"] in client.get(office.meeting.get_absolute_url()).content.decode()
    out = meetings.circulate_papers(Meeting.objects.get(pk=office.meeting.pk), by=office.secretary)
    assert out.papers.get().digest == told["digest"]


@pytest.mark.parametrize(("title", "expected"), [("{} v1.0, hours", "1.0"), ("{} version 1.1", "1.1"), ("{} v7", "1.1"), ("{} and CR999 v1.0", "1.1")])
def test_the_title_may_name_the_version(office, title, expected):
    request = versions(office, "1.0", "1.1")
    meetings.table_item(office.meeting, title.format(request), by=office.secretary)
    assert [called for called, _ in about(office)] == [f"{request} version {expected}"]


def test_an_artefact_is_found_by_its_name(office):
    set_clock("2023-07-01 10:00")
    artefact = artefacts.add_artefact(office.group, "Interface catalogue", by=office.secretary)
    drafted = artefacts.draft_version(artefact, "0.9", by=office.secretary)
    artefacts.attach(drafted, ("catalogue.csv", b"first;second"), form="clean", by=office.secretary)
    meetings.table_item(office.meeting, "Interface catalogue", by=office.secretary)
    assert about(office) == []
    artefacts.put_forward(drafted, by=office.secretary)
    assert about(office) == [("Interface catalogue version 0.9", ["catalogue.csv"])]
