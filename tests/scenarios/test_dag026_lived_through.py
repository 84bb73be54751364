"""The meeting of 12 July 2023, lived through by the portal's own verbs."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from decisions import operations as decisions
from decisions.models import Outcome
from decisions.subjects import Subject, Terms
from groups.models import Group, Person, Seat, User
from groups.numbering import mint_past
from groups.programme import load
from meetings import operations as meetings
from meetings.models import Meeting, Paragraph
from notifications.sweeping import run_and_remember
from records.rules import Refused
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]

ADVICE = {  # seat -> what it advised on CR018 v1.8
    "dno": "approve", "elexon": "reject", "ic-supplier": "reject", "idno": "approve", "large-supplier": "reject",
    "ngeso": "abstain", "recco": "reject", "small-supplier": "approve", "supplier-agent": "reject",
    "independent-agent": "reject", "dcc": "abstain", "medium-supplier": "approve",
}  # fmt: skip
REASONS = [
    "It was raised in February and the programme cannot wait.",
    "Without it the baseline has everybody operating day and night.",
    "Assessment responses and meetings looked for common ground.",
    "Round-the-clock operation would cost the network operators dearly.",
    "The end consumer should have the benefits soon and at the best cost.",
    "The views of members, six against, four for and two abstaining.",
]


@pytest.fixture
def programme():
    for file in ("programme/mhhs.toml", "rehearsal/demo-people.toml"):
        load(ROOT / file)


def account(email: str) -> User:
    person = Person.objects.get(email=email)
    return User.objects.filter(person=person).first() or UserFactory(person=person)


def test_the_meeting_lived_through_by_the_portals_own_verbs(programme, clock, client):
    """CR018 put to thirteen seats and voted on; the Chair determines after the meeting; all is public on working day five."""
    group = Group.objects.get(code="DAG")
    pmo, chair = account("pmo@example.org"), account("chair@example.org")
    mint_past("group:DAG", "decision", 59)
    clock("2023-07-05 10:00")
    meeting = meetings.schedule(group, "26", starts_at=datetime(2023, 7, 12, 9, tzinfo=UTC), ends_at=datetime(2023, 7, 12, 12, 30, tzinfo=UTC), venue="Virtual", by=pmo)
    item = meetings.table_item(meeting, "CR017 & CR018", purpose="decision", by=pmo)

    clock("2023-07-12 11:30")
    place = meetings.write_paragraph(item, kind=Paragraph.Kind.VOTE, by=pmo)
    settled = meetings.write_paragraph(item, kind=Paragraph.Kind.DECISION, by=pmo)
    decision = decisions.draft(group, "CR017 & CR018", "The SRO approved CR018 version 1.8 and rejected CR017", meeting=meeting, item=item, paragraph=settled, basis="vote", by=pmo)
    decisions.table(decision, by=pmo)
    question = decisions.put_question(group, "Should CR018 be approved?", subject="CR018", version="1.8", item=item, decision=decision, paragraph=place, by=pmo)
    question = decisions.open_question(question, by=pmo)
    assert question.roll.count() == 13
    for seat in Seat.objects.filter(group=group, constituency__code__in=ADVICE):
        voter = UserFactory(person=seat.holdings.get().person)
        decisions.cast_vote(question.roll.get(seat=seat), ADVICE[seat.constituency.code], comment="As consulted", by=voter)
    decisions.mark_absent(question.roll.get(seat__constituency__code="consumer"), by=pmo)
    question = decisions.close(question, by=pmo)
    assert question.tally == {"abstain": 2, "absent": 1, "approve": 4, "reject": 6}

    clock("2023-07-12 13:30")
    meetings.hold(meeting, by=pmo)
    meetings.discuss_item(item, by=pmo)
    clock("2023-07-12 16:00")
    both = [Subject("change_request", "CR018", Outcome.APPROVED, version="1.8"), Subject("change_request", "CR017", Outcome.REJECTED_AS_EXCLUDED)]
    with pytest.raises(Refused, match="balance of advice"):
        decisions.determine(decision, Terms(both, after_the_meeting=True), by=chair)
    decision = decisions.determine(decision, Terms(both, reasons=REASONS, determined_as="DAG Chair", after_the_meeting=True), by=chair)
    assert str(decision) == "DAG-DEC60"

    minutes = Meeting.objects.get(code="DAG026").minutes
    meetings.circulate(meetings.clear(meetings.send_to_chair(minutes, by=pmo), by=chair), by=pmo)
    assert client.get(reverse("register:decision", args=["DAG-DEC60"])).status_code == 404
    clock("2023-07-19 10:00")
    meetings.publish(minutes, by=pmo)
    run_and_remember()

    page = client.get("/decisions/DAG-DEC60/").content.decode()
    assert "The group advised against approving CR018 v1.8 by 6 to 4, but it was approved." in page
    assert all(reason in page for reason in REASONS)
    assert "working day 5" in client.get("/meetings/DAG026/").content.decode()
    assert client.get("/meetings/DAG026/minutes.pdf").status_code == 200
    call_command("verify_ledger")
