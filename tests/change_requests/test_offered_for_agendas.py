"""What agendas are offered of change control: what was reviewed, what has to come back, what came without a change request."""

from datetime import UTC, datetime

import pytest

from artefacts import operations as artefacts
from change_requests import operations as changes
from change_requests.models import Implementation
from ledger.verifying import faults
from meetings import operations as meetings
from meetings.models import AgendaItem, Meeting
from meetings.tabling import what_may_be_tabled
from tests.change_requests.test_implementing import CITED, Works

pytestmark = pytest.mark.django_db
REDLINE = "DES-1 Interface catalogue version 1.0: redline for CR001"


class Agendas(Works):
    def __init__(self, clock):
        super().__init__(clock)
        self.set_clock = clock
        self.first, self.second = (meetings.schedule(self.group, n, starts_at=datetime(2023, 8, day, 9, tzinfo=UTC), by=self.secretary) for n, day in (("27", 9), ("28", 23)))

    def offered(self, meeting: Meeting | None = None) -> dict[str, str]:
        return {each.title: each.why for each in what_may_be_tabled(meeting or self.first)}

    def table(self, title: str, meeting: Meeting | None = None) -> AgendaItem:
        key = next(each.key for each in what_may_be_tabled(meeting or self.first) if each.title == title)
        return meetings.table_offered(meeting or self.first, key, by=self.secretary)

    def hold_and_publish(self, meeting: Meeting) -> None:
        self.set_clock(f"{meeting.held_on} 15:00")
        held = meetings.hold(Meeting.objects.get(pk=meeting.pk), by=self.secretary)
        minutes = meetings.clear(meetings.send_to_chair(held.minutes, by=self.secretary), by=self.chair)
        meetings.publish(meetings.circulate(minutes, by=self.secretary), by=self.secretary)


@pytest.fixture
def works(clock):
    return Agendas(clock)


def test_a_version_is_offered_when_its_review_is_over_until_it_is_on_an_agenda(works):
    version = artefacts.put_forward(artefacts.draft_version(works.catalogue, "0.9", by=works.secretary), by=works.secretary)
    assert str(version) not in works.offered()
    review = artefacts.open_review(version, "Is it complete?", by=works.secretary)
    assert str(version) not in works.offered()
    works.set_clock("2023-08-02 10:00")
    artefacts.close_review_when_due(review)
    assert works.offered()[str(version)] == "Reviewed, and on no agenda yet"
    item = works.table(str(version), works.second)
    assert item.purpose == "decision"
    assert str(version) not in works.offered()
    meetings.publish_agenda(works.second, by=works.secretary)
    assert works.catalogue.editions.latest("n").body["state_in_words"] == f"For decision at {works.second} in version 0.9"
    meetings.take_off(item, by=works.secretary)
    assert str(version) in works.offered()


def test_a_redline_is_offered_for_every_agenda_until_it_has_come_back(works, client):
    works.decided()
    assert "DES-1 Interface catalogue: redline for CR001" in works.offered()
    assert "not put forward yet" in works.offered()["DES-1 Interface catalogue: redline for CR001"]
    works.carrying(works.catalogue)
    assert "its redline was put forward" in works.offered()[REDLINE]
    works.table(REDLINE)
    assert REDLINE not in works.offered(works.second)
    page = f"/desk/change-requests/{works.request.pk}/"
    assert f"Its redline has still to come back to the {works.group.code}" in works.reads(works.secretary, page)
    works.set_clock("2023-08-09 10:00")
    meetings.defer_item(AgendaItem.objects.get(title=REDLINE), to=works.second, by=works.secretary)
    works.hold_and_publish(works.first)
    assert works.row(works.catalogue).came_back_to is None
    works.hold_and_publish(works.second)
    assert works.row(works.catalogue).came_back_to == works.second
    third = meetings.schedule(works.group, "29", starts_at=datetime(2023, 9, 6, 9, tzinfo=UTC), by=works.secretary)
    assert REDLINE not in works.offered(third)
    assert f"{CITED[1]}: redline for CR001" in works.offered(third)
    told = {each["cited"]: each["came_back_to"] for each in works.request.editions.latest("n").body["implementations"]}
    assert told == {CITED[0]: works.second.code, CITED[1]: None}
    assert not list(faults())


def test_what_came_without_a_change_request_is_listed_once(works):
    works.carrying(works.catalogue, kind="defect", reference="D-12")
    title = "DES-1 Interface catalogue version 1.0: what came without a change request"
    assert works.offered()[title] == "It carries defect D-12, authorised by DAG-DEC60"
    works.table(title)
    assert title not in works.offered(works.second)
    assert not Implementation.objects.exists()


def test_what_waits_already_at_another_meeting_is_not_offered_for_a_second(works):
    assessment = works.assessed(works.request)
    works.set_clock("2023-07-28 17:00")
    changes.close_when_due(assessment)
    assert works.offered()[works.request.called] == "Assessed, and on no agenda yet"
    works.table(works.request.called)
    assert works.request.called not in works.offered(works.second)
