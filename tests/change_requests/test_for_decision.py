"""For decision at a meeting: read from agendas; by everybody once they are published, by those who put them together before."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from artefacts import operations as artefacts
from artefacts.models import Artefact
from change_requests import operations as changes
from change_requests.bodies import change_request_body
from change_requests.models import ChangeRequest
from decisions import operations as decisions
from decisions.models import Outcome
from decisions.subjects import Subject, Terms
from meetings import operations as meetings
from meetings.models import AgendaItem, Meeting
from records.clock import LONDON
from records.rules import Refused
from register.models import Shelf
from tests.change_requests.offices import Office
from tests.conftest import set_clock
from tests.pages import text_of

pytestmark = pytest.mark.django_db


class Agendas(Office):
    def __init__(self, clock):
        super().__init__(clock, code="DAG")
        self.request = self.raised()
        self.first, self.second = (meetings.schedule(self.group, n, starts_at=datetime(2023, 8, day, 9, tzinfo=UTC), by=self.secretary) for n, day in (("27", 9), ("28", 23)))

    def table(self, title: str, meeting: Meeting | None = None, purpose: str = "decision") -> AgendaItem:
        return meetings.table_item(meeting or self.first, title, purpose=purpose, by=self.secretary)

    def publish(self, meeting: Meeting | None = None) -> None:
        meetings.publish_agenda(meeting or self.first, by=self.secretary)

    def decide(self, outcome: Outcome) -> None:
        drafted = decisions.table(decisions.draft(self.group, "Hours", "The SRO decided", by=self.secretary), by=self.secretary)
        terms = Terms([Subject("change_request", "CR001", outcome, version="1.0")], reasons=["It was weighed."])
        decisions.publish(decisions.determine(drafted, terms, by=self.chair), by=self.secretary)

    @property
    def public(self) -> str:
        return self.request.editions.latest("n").body["state_in_words"]

    @property
    def on_the_shelf(self) -> str:
        return Shelf.objects.of("change_request").get(reference="CR001").state_now

    def at_the_desk(self, user) -> str:
        return self.reads(user, f"/desk/change-requests/{self.request.pk}/")


def build() -> Agendas:
    return Agendas(set_clock)


def test_the_desk_knows_from_the_agenda_the_public_from_one_that_is_published(office, client):
    office.table("CR001: registration hours")
    assert "For decision at DAG027 in version 1.0" in office.at_the_desk(office.secretary)
    assert "For decision" not in office.at_the_desk(office.raiser)
    assert "For decision at DAG027" in office.reads(office.secretary, "/desk/change-requests/")
    assert office.public == "Raised by Fenmoor Networks"
    office.publish()
    assert office.public == "For decision at DAG027 in version 1.0"
    assert "For decision at DAG027" in office.at_the_desk(office.raiser)
    assert "CR001" in text_of(client.get("/change-requests/", {"state": "for_decision"}))
    assert "CR001" not in text_of(client.get("/change-requests/", {"state": "raised"}))


def test_what_is_only_discussed_or_of_another_group_is_not_for_decision(office):
    office.table("CR001: registration hours", purpose="discussion")
    office.publish()
    assert office.public == "Raised by Fenmoor Networks"


def test_it_follows_the_meeting(office):
    for meeting in (office.second, office.first):
        office.table("CR001: registration hours", meeting)
        office.publish(meeting)
    assert office.public.startswith("For decision at DAG027")
    meetings.move(Meeting.objects.get(pk=office.first.pk), starts_at=datetime(2023, 8, 30, 9, tzinfo=UTC), ends_at=None, why="The Chair is away", by=office.secretary)
    assert office.public.startswith("For decision at DAG028")
    meetings.cancel(Meeting.objects.get(pk=office.second.pk), why="Nobody can come", by=office.secretary)
    assert office.public.startswith("For decision at DAG027")


def test_out_for_assessment_comes_first_and_by_the_clock_gives_way(office, clock):
    office.assessed(office.request)
    office.table("CR001 v1.0")
    office.publish()
    assert office.public.startswith("Out for impact assessment until")
    assert office.on_the_shelf == "assessing"
    clock("2023-07-28 17:00")
    assert office.on_the_shelf == "for_decision"


@pytest.mark.parametrize(("outcome", "expected"), [(Outcome.REJECTED, "Rejected by"), (Outcome.SENT_BACK, "For decision at DAG027"), (Outcome.APPROVED, "Approved by")])
def test_what_is_settled_is_for_decision_no_more(office, outcome, expected):
    office.decide(outcome)
    office.table("CR001: again")
    office.publish()
    assert office.public.startswith(expected)


def test_a_version_of_an_artefact_is_for_decision_too(office, client):
    artefact = artefacts.add_artefact(office.group, "Interface catalogue", document_number="DES-1", by=office.secretary)
    version = artefacts.put_forward(artefacts.draft_version(artefact, "0.9", by=office.secretary), by=office.secretary)
    office.table("DES-1 Interface catalogue")
    address = f"/desk/artefacts/{artefact.slug}/"
    assert "For decision at DAG027" in office.reads(office.secretary, address)
    told = artefact.editions.latest("n").body
    assert (told["state"], told["versions"][0]["state"]) == ("forward", "forward")
    office.publish()
    told = artefact.editions.latest("n").body
    assert told["state_in_words"] == "For decision at DAG027 in version 0.9"
    assert told["versions"][0]["state_in_words"] == "For decision at DAG027"
    assert "Interface catalogue" in text_of(client.get("/artefacts/", {"state": "for_decision"}))
    review = artefacts.open_review(version, "Is it complete?", by=office.secretary)
    assert artefact.editions.latest("n").body["state"] == "in_review"
    artefacts.withdraw_review(review, why="Not now", by=office.secretary)
    assert artefact.editions.latest("n").body["state"] == "for_decision"
    drafted = decisions.table(decisions.draft(office.group, "x", "The SRO baselined it", by=office.secretary), by=office.secretary)
    terms = Terms([Subject("artefact", "DES-1 Interface catalogue", Outcome.BASELINED, version="0.9")], reasons=["It was weighed."])
    decisions.publish(decisions.determine(drafted, terms, by=office.chair), by=office.secretary)
    assert artefact.editions.latest("n").body["state"] == "baselined"


@pytest.mark.many(1)
@pytest.mark.parametrize("seed", range(4))
def test_state_and_list_hold_to_one_truth_whatever_happens(office, clock, seed):
    """What the builder says of the record, and by what lists are filtered, in any order of verbs; at the moment that the clock tells."""
    chance, at = Random(seed), datetime(2023, 7, 12, 10, tzinfo=LONDON)  # noqa: S311 (it has to be drawn again)
    artefacts.put_forward(artefacts.draft_version(artefacts.add_artefact(office.group, "Catalogue", by=office.secretary), "0.9", by=office.secretary), by=office.secretary)
    steps = {
        "table": lambda: office.table(chance.choice(["CR001: hours", "CR001 v1.0", "Catalogue", "Any other business"]), chance.choice([office.first, office.second])),
        "publish": lambda: office.publish(chance.choice([office.first, office.second])),
        "cancel": lambda: meetings.cancel(Meeting.objects.get(pk=office.second.pk), why="Nobody can come", by=office.secretary),
        "assess": lambda: office.assessed(office.request),
        "close": lambda: [changes.close_when_due(each) for version in office.request.versions.all() for each in version.assessments.all()],
        "hold": lambda: changes.hold(ChangeRequest.objects.get(), why="Wait", by=office.secretary),
        "resume": lambda: changes.resume(ChangeRequest.objects.get(), by=office.secretary),
        "decide": lambda: office.decide(chance.choice([Outcome.SENT_BACK, Outcome.DEFERRED])),
    }
    for _ in range(14):
        with suppress(Refused):  # which changes nothing
            steps[chance.choice(list(steps))]()
        at += timedelta(days=chance.randint(0, 2))
        clock(f"{at:%Y-%m-%d %H:%M}")
        for request in ChangeRequest.objects.all():
            said = change_request_body(request.pk)
            expected = said["state"]
            if expected == "assessing" and said["assessments"][-1]["closes_at"] <= at:
                expected = "for_decision" if said["for_decision"] else "assessed"
            assert office.on_the_shelf == expected
            assert request in ChangeRequest.objects.filter(reference__in=Shelf.objects.of("change_request").filter(state_now=expected).values("reference"))
        for artefact in Artefact.objects.all():
            row = Shelf.objects.of("artefact").get(record_pk=artefact.pk)
            assert (row.state_now == "for_decision") == bool(artefact.editions.latest("n").body["for_decision"])
