"""Dissent with an answer, as everybody reads it: beside the reasons, at once, and nothing that is not public."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decisions import operations
from decisions.models import Attempt, Decision, Outcome
from decisions.subjects import Subject, Terms
from dissent import operations as dissent
from dissent.models import Referral
from meetings import operations as meetings
from records.clock import portal_now
from tests.conftest import set_clock
from tests.dissent.levels import Levels
from tests.factories import SeatFactory, user_of
from tests.pages import text_of

pytestmark = pytest.mark.django_db
Kind = Referral.Kind


@pytest.fixture(scope="module")
def levels(scene):
    return scene(lambda: Levels(set_clock))


@pytest.fixture
def house(levels, db) -> Levels:
    return levels()


def page(client, decision: Decision) -> str:
    return text_of(client.get(decision.get_absolute_url()))


def twin(client, decision: Decision) -> dict:
    return client.get(f"/decisions/{decision}.json").json()


def test_a_statement_made_after_publication_shows_at_once_unedited_under_the_seat(house, client):
    decision = house.published()
    assert "Statements of position" not in page(client, decision)
    text = "  We *reject* this:\n\n1. see DAG-DEC01 <b>&</b>"
    dissent.state_position(decision, house.dno_seat, text, by=house.dno)
    shown = client.get(decision.get_absolute_url()).content.decode()
    assert "  We *reject* this:\n\n1. see DAG-DEC01 &lt;b&gt;&amp;&lt;/b&gt;" in shown
    assert "DNO Representative, 19 Jul 2023" in text_of(client.get(decision.get_absolute_url()))
    assert house.dno.person.name not in shown
    assert twin(client, decision)["dissent"]["statements"] == [{"seat": "DNO Representative", "on": "2023-07-19", "text": text}]


def test_a_concern_about_procedure_stands_there_with_the_ruling(house, client):
    decision = house.tabled(meeting=house.meeting, item=house.item)
    ruled = dissent.raise_procedural_concern(decision, house.dno_seat, "The papers were late.", by=house.dno)
    dissent.raise_procedural_concern(decision, house.dno_seat, "It was not tabled for decision.", by=house.dno)
    dissent.rule_on(ruled, "They were out five working days before.", by=house.chair)
    decision = operations.determine(decision, Terms([Subject("change_request", "CR018", Outcome.APPROVED)]), by=house.chair)
    house.clock("2023-07-19 10:00")
    meetings.publish(meetings.circulate(meetings.clear(meetings.send_to_chair(house.meeting.minutes, by=house.pmo), by=house.chair), by=house.pmo), by=house.pmo)
    shown = page(client, decision)
    assert "The papers were late. The Chair ruled on 12 Jul 2023 : They were out five working days before." in shown
    assert "It was not tabled for decision. No ruling yet" in shown
    assert [concern["ruled_on"] for concern in twin(client, decision)["dissent"]["procedural_concerns"]] == ["2023-07-12", None]


def test_an_open_concern_is_the_first_thing_the_page_says(house, client):
    decision = house.published()
    assert "significant concern" not in page(client, decision).lower()
    concern = house.concern(decision)
    shown = page(client, decision)
    stands = "A significant concern was raised on 19 Jul 2023; the decision stands meanwhile. The DAG answers by 2 Aug 2023."
    assert shown.index(stands) < shown.index("The SRO approved CR018")
    dissent.take_on(concern, house.other.person, stands_meanwhile=False, by=house.chair)
    assert "raised on 19 Jul 2023; the decision does not take effect until this is answered." in page(client, decision)
    dissent.answer_referral(concern, "The cost is capped.", by=house.chair)
    shown = page(client, decision)
    assert "A significant concern was raised on" not in shown
    assert "The cost is capped." in shown


def test_a_concern_shows_its_whole_life_with_the_answer_of_the_psg_and_names_nobody(house, client, clock):
    decision, carrier = house.published(), user_of(house.psg_seat())
    concern = dissent.take_on(house.concern(decision), house.other.person, by=house.pmo)
    dissent.answer_referral(concern, "The cost is capped.", by=house.chair)
    dissent.dispute_answer(concern, "A cap is no answer.", by=house.dno)
    assert "It was answered on 19 Jul 2023, and the answer does not satisfy the DNO Representative." in page(client, decision)
    clock("2023-07-20 10:00")
    there = dissent.carry_up(concern, by=house.dno)
    assert "It was carried to the PSG on 20 Jul 2023. The PSG answers by 3 Aug 2023." in page(client, decision)
    clock("2023-07-24 10:00")
    dissent.answer_referral(there, "The cap suffices.", by=house.sro)
    shown = page(client, decision)
    life = ["Agents bear the cost.", "The cost is capped.", "A cap is no answer.", "Carried to the PSG, through the DNO Representative there", "The cap suffices."]
    assert [shown.count(text) for text in life] == [1] * 5
    assert sorted(life, key=shown.index) == life
    assert "Answered by the PSG" in shown
    for user in (house.dno, house.other, house.pmo, house.sro, carrier):
        assert user.person.name not in shown
    (told,) = twin(client, decision)["dissent"]["concerns"]
    assert (told["is_open"], told["state"], [step["on"] for step in told["life"]][-1]) == (False, "Answered by the PSG", "2023-07-24")


def test_each_seat_that_advised_rejecting_is_answered_or_shown_as_not_answered(house, client):
    decision = house.tabled(meeting=house.meeting, item=house.item)
    question = operations.put_question(house.dag, "Approve?", subject="CR018", version="1.8", decision=decision, item=house.item, by=house.pmo)
    question = operations.open_question(question, by=house.pmo)
    rows = {row.seat_id: row for row in question.roll.all()}
    for seat, user in ((house.dno_seat, house.dno), (next(s for s in rows if s != house.dno_seat.pk), house.other)):
        row = rows[getattr(seat, "pk", seat)]
        operations.cast_vote(row, "reject", comment=f"Point of {row.constituency}.", by=user)
    operations.close(question, by=house.pmo)
    operations.state_level(decision, 3, clause="ToR, Deciding", said_by="The Chair", by=house.pmo)
    decision = operations.determine(
        decision, Terms([Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")], reasons=["It must be done."], replies={rows[house.dno_seat.pk].pk: "A later release leaves time."}, directions=["The redline comes back first, see DAG-DEC01."], consensus="no", not_passed_up_why="The PSG asked us to settle it.", if_not_approved="All operate overnight."), by=house.chair)  # fmt: skip
    house.clock("2023-07-19 10:00")
    meetings.publish(meetings.circulate(meetings.clear(meetings.send_to_chair(house.meeting.minutes, by=house.pmo), by=house.chair), by=house.pmo), by=house.pmo)
    shown = page(client, decision)
    assert "DNO Representative “Point of DNO Representative.” A later release leaves time." in shown
    assert "Not answered" in shown
    for said in (
        "Level 3: for the group itself to decide. Stated by The Chair, on the clause “ToR, Deciding”.", "No. Not passed to the PSG because: The PSG asked us to settle it.", "All operate overnight.",
        "The redline comes back first",
    ):  # fmt: skip
        assert said in shown
    told = twin(client, decision)
    assert [bool(reply["reply"]) for reply in told["dissent"]["replies"]].count(False) == 1
    assert (told["level"], told["consensus"], told["directions"]) == (3, "no", ["The redline comes back first, see DAG-DEC01."])


def test_what_a_decision_rests_on_and_what_was_passed_on_from_it(house, client, clock):
    clock("2023-07-10 10:00")
    asked = dissent.refer(house.wg, house.dag, Kind.RECOMMENDATION, "Approve CR018.", by=house.wg_pmo)
    told = {"scope": "CR018 only", "first": date(2023, 7, 1), "last": date(2023, 7, 31), "clause": "PSG ToR 4.2", "by": house.sro}
    given = operations.delegate(house.psg, house.dag, "Level 2 decisions on CR018.", **told)
    gone = operations.delegate(house.psg, house.dag, "Something taken back.", **told)
    clock("2023-07-11 10:00")
    operations.withdraw_delegation(gone, why="Not needed", by=house.sro)
    clock("2023-07-12 15:00")
    decision = house.tabled(meeting=house.meeting, item=house.item)
    operations.state_level(decision, 2, clause="ToR, Level 2", said_by="The PMO", by=house.pmo)
    decision = operations.determine(decision, Terms([Subject("change_request", "CR018", Outcome.APPROVED)]), by=house.chair)
    dissent.answer_referral(asked, "So we did.", outcome="approved", decision=decision, by=house.chair)
    dissent.refer(house.dag, house.psg, Kind.ESCALATION, "The budget for it.", clause="v", decision=decision, by=house.chair)
    house.clock("2023-07-19 10:00")
    meetings.publish(meetings.circulate(meetings.clear(meetings.send_to_chair(house.meeting.minutes, by=house.pmo), by=house.chair), by=house.pmo), by=house.pmo)
    operations.withdraw_delegation(given, why="Done", by=house.sro)  # it was in force on the day of the decision
    shown = page(client, decision)
    assert "The PSG delegated it on 10 Jul 2023, 1 Jul 2023 to 31 Jul 2023. Level 2 decisions on CR018. Withdrawn since Scope: CR018 only" in shown
    assert "The BPRWG recommended it on 10 Jul 2023. Approve CR018. Answered DAG answered: Accepted. So we did. DAG-DEC01" in shown
    assert "Escalated to the PSG on 12 Jul 2023. The budget for it. Waiting for an answer" in shown
    assert "Something taken back." not in shown
    said = twin(client, decision)["dissent"]
    assert [row["kind"] for row in said["rests_on"]] == ["delegation", "recommendation"]
    assert [row["kind"] for row in said["referred"]] == ["escalation"]


def test_a_reference_to_a_decision_that_is_not_public_is_not_shown(house, client):
    decision = house.published()
    hidden = house.determined()
    concern = house.concern(decision)
    dissent.answer_referral(concern, "See what we decide.", decision=hidden, by=house.chair)
    shown = client.get(decision.get_absolute_url()).content.decode() + str(twin(client, decision))
    assert "See what we decide." in shown
    assert str(hidden) not in shown


def test_by_when_a_decision_was_promised_is_not_public(house, client):
    decision = house.tabled(meeting=house.meeting, item=house.item)
    operations.promise(decision, datetime(2023, 7, 13, 16, 0, tzinfo=UTC), by=house.chair)
    decision = operations.determine(decision, Terms([Subject("change_request", "CR018", Outcome.APPROVED)]), by=house.chair)
    house.clock("2023-07-19 10:00")
    meetings.publish(meetings.circulate(meetings.clear(meetings.send_to_chair(house.meeting.minutes, by=house.pmo), by=house.chair), by=house.pmo), by=house.pmo)
    assert "romise" not in page(client, decision)
    assert "13 Jul 2023" not in page(client, decision)


def test_what_is_private_to_seats_stays_so(house, client):
    """Where a seat stood before the vote, who it asked, and who in person could not vote."""
    decision = house.tabled(meeting=house.meeting, item=house.item)
    question = operations.put_question(house.dag, "Approve?", subject="CR018", version="1.8", decision=decision, item=house.item, by=house.pmo)
    operations.take_position(question, house.dno_seat, "reject", comment="Zqxcanary position", by=house.dno)
    operations.consult(question, house.dno_seat, "Zqxcanary brief", by=house.dno)
    question = operations.open_question(question, by=house.pmo)
    operations.close(question, by=house.pmo)
    row = question.roll.get(seat=house.dno_seat)
    Attempt(row=row, person=house.dno.person, tried_at=portal_now(), why="closed", said="Zqxcanary refusal").save_by(house.dno)
    decision = operations.determine(decision, Terms([Subject("change_request", "CR018", Outcome.APPROVED)]), by=house.chair)
    house.clock("2023-07-19 10:00")
    meetings.publish(meetings.circulate(meetings.clear(meetings.send_to_chair(house.meeting.minutes, by=house.pmo), by=house.chair), by=house.pmo), by=house.pmo)
    for address in (decision.get_absolute_url(), f"/decisions/{decision}.json"):
        assert "Zqxcanary" not in client.get(address).content.decode()


def fill_with_dissent(house, decision: Decision, seats: int) -> None:
    """So many seats with a statement and a concern that went up to the PSG and was answered."""
    for _ in range(seats):
        seat, above = SeatFactory(group=house.dag), SeatFactory(group=house.psg)
        user, carrier = user_of(seat), user_of(above)
        dissent.state_position(decision, seat, "No.", by=user)
        concern = dissent.raise_concern(decision, seat, "The cost.", by=user)
        dissent.answer_referral(concern, "Capped.", by=house.chair)
        dissent.dispute_answer(concern, "Why?", by=user)
        there = dissent.carry_up(concern, carrier=above, by=user)
        dissent.answer_referral(there, "So be it.", by=house.sro)
        dissent.dispute_answer(there, "Why?", by=carrier)
        dissent.carry_up(there, by=house.ipa)
        dissent.refer(house.dag, house.psg, Kind.ESCALATION, "x", clause="v", decision=decision, by=house.chair)


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.long
def test_the_page_asks_the_database_as_often_with_eight_concerns_as_with_one(house, client):
    decision = house.published()
    fill_with_dissent(house, decision, 1)
    addresses = (decision.get_absolute_url(), f"/decisions/{decision}.json")
    with_one = [queries(client, address) for address in addresses]
    fill_with_dissent(house, decision, 7)
    assert [queries(client, address) for address in addresses] == with_one
    assert max(with_one) <= 9


def test_the_page_is_the_same_for_everyone_whatever_is_open(house, client):
    decision = house.published()
    house.concern(decision)
    anonymous = client.get(decision.get_absolute_url()).content
    client.force_login(house.chair)
    assert client.get(decision.get_absolute_url()).content == anonymous
