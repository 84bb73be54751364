"""Was process followed? Each line is computed from the record, and turns when the record turns."""

import io
import json
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assurance.trail import trail
from decisions import operations
from decisions.models import Decision, Outcome
from decisions.subjects import Subject, Terms
from dissent import operations as dissent
from groups.models import AssuranceReading
from meetings import operations as meetings
from meetings.models import Meeting, Minutes
from records.rules import Refused
from tests.factories import AlternateFactory, UserFactory
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db
APPROVED = [Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")]
REASON = "Without it the baseline stands for everybody."


def lines(decision: Decision, **how) -> dict[str, str]:
    """What each line answers."""
    return {line.question: line.answer for line in trail(Decision.objects.get(pk=decision.pk), **how)}


def determined(house, decision, subjects=APPROVED, **said) -> Decision:
    return operations.determine(decision, Terms(subjects, reasons=[REASON], **said), by=house.chair)


def test_a_decision_taken_by_the_book_has_no_step_missed(house, clock):
    clock("2023-07-03 10:00")
    meeting = house.meeting()
    item = meetings.table_item(meeting, "CR018", purpose="decision", by=house.secretary)
    meetings.publish_agenda(meeting, by=house.secretary)
    question = house.bring(item=item, consulted_version="1.8", window_days=5)
    operations.consult(operations.change_question(question, by=house.secretary), house.seats[0], "What do you think?", by=house.holders[0])
    clock("2023-07-12 10:00")
    question = operations.open_question(question, by=house.secretary)
    house.vote(question, "approve", "approve", "reject")
    clock("2023-07-19 17:00")
    operations.close_when_due(question)
    decision = Decision.objects.get()
    for body in ("ipa", "ofgem"):
        operations.record_advice(decision, body, "No objection.", by=house.secretary)
    operations.state_level(decision, 3, clause="ToR, Deciding", said_by="The Chair", by=house.secretary)
    clock("2023-07-20 15:00")
    meetings.hold(Meeting.objects.get(), by=house.secretary)
    rejecting = house.row(question, 2)
    decision = determined(house, decision, replies={rejecting.pk: "It is later than you fear."}, consensus="no", not_passed_up_why="It was the group's to settle.")
    minutes = Minutes.objects.get()
    meetings.circulate(meetings.clear(meetings.send_to_chair(minutes, by=house.secretary), by=house.chair), by=house.secretary)
    meetings.publish(Minutes.objects.get(), by=house.secretary)
    answers = lines(decision)
    assert set(answers.values()) == {"yes"}, answers
    assert len(answers) >= 15


def test_an_agenda_that_came_late_is_a_no(house, clock):
    meeting = house.meeting()  # on the 20th
    item = meetings.table_item(meeting, "CR018", purpose="discussion", by=house.secretary)
    clock("2023-07-18 10:00")
    meetings.publish_agenda(meeting, by=house.secretary)
    question = house.ask(item=item)
    clock("2023-07-25 17:00")
    operations.close_when_due(question)
    meetings.hold(Meeting.objects.get(), by=house.secretary)
    decision = determined(house, Decision.objects.get())
    answers = lines(decision)
    assert answers["Were the papers out 5 working days before?"] == "no"
    assert answers["Was it on the agenda for decision?"] == "no"


def test_what_was_consulted_on_is_compared_with_what_was_voted_on(house):
    decision = determined(house, house.closed("approve", consulted_version="1.7", changed_since="One word"))
    assert lines(decision)["Was what was decided the version consulted on?"] == "no"


def test_somebody_who_could_not_vote_turns_a_line_and_is_named_to_assurance_alone(house, clock, client):
    decision = house.closed("approve")
    question = decision.questions.get()
    with pytest.raises(Refused):
        operations.cast_vote(house.row(question, 1), "reject", comment="x", by=house.holders[1])
    decision = determined(house, decision)
    assert lines(decision)["Could everybody vote who tried?"] == "no"
    name = house.holders[1].person.name
    assert all(name not in str(line) for line in trail(decision))
    assert any(name in str(line.private) for line in trail(decision, everything=True))


def test_a_vote_by_an_alternate_is_checked_against_the_day_of_approval(house):
    question = house.ask()
    stand_in = UserFactory()
    alternate = AlternateFactory(seat=house.seats[0], person=stand_in.person)
    operations.cast_vote(house.row(question), "approve", by=stand_in)
    house.clock("2023-07-19 17:00")
    operations.close_when_due(question)
    decision = determined(house, Decision.objects.get())
    assert lines(decision)["Were alternates approved before they voted?"] == "yes"
    alternate.approved_on = "2023-07-20"
    alternate.save_by(house.pmo, "a forger's afterthought")
    assert lines(decision)["Were alternates approved before they voted?"] == "no"


def test_a_disputed_vote_a_missing_reply_and_an_open_concern_are_noes(house):
    question = house.ask(window_days=None)
    house.vote(question, "approve", "reject")
    cast = operations.record_spoken_vote(house.row(question, 2), "approve", by=house.secretary)
    operations.answer_for(cast, agrees=False, text="We abstained.", by=house.holders[2])
    operations.close(question, by=house.secretary)
    decision = determined(house, Decision.objects.get())
    dissent.raise_concern(decision, house.seats[1], "We were not heard.", by=house.holders[1])
    answers = lines(decision)
    for line in ("Do the holders stand by votes entered for them?", "Was each seat that advised against answered?", "Are significant concerns closed?"):
        assert answers[line] == "no"


def test_assurance_sees_all_of_it_and_that_is_written_down(house):
    decision = determined(house, house.closed("approve"))
    address = f"/desk/decisions/{decision.pk}/process/"
    assert Visitor(house.holders[0]).client.get(address).status_code == 404
    page = text_of(Visitor(house.reader).opens(address))
    assert "Waiting to be sent" in page or "waiting to be sent" in page  # who was told, and what became of it
    assert AssuranceReading.objects.filter(person=house.reader.person).exists()
    assert "Read for assurance" in page
    assert house.reader.person.name in page


def test_what_was_read_before_the_decision_had_its_number_is_told_with_what_was_read_of_its_questions(house):
    decision = house.closed("approve")
    reader, before = Visitor(house.reader), decision.reference
    reader.opens(f"/desk/decisions/{decision.pk}/")
    question = decision.questions.get()
    reader.opens(f"/desk/questions/{question.pk}/")
    Visitor(house.ipa).opens(f"/desk/decisions/{decision.pk}/process/")
    other = house.closed("approve", subject="CR019")
    reader.opens(f"/desk/decisions/{other.pk}/")
    decision = determined(house, decision)
    assert decision.reference != before
    page = text_of(Visitor(house.secretary).opens(f"/desk/decisions/{decision.pk}/process/"))
    for read in (f"{before} before publication", f"{question.reference} before publication", f"process of {before}"):
        assert read in page
    assert other.reference not in page


def test_many_decisions_of_a_period_ask_no_more_of_the_database_than_one(house):
    def a_decision(n: int) -> Decision:
        """With something of everything behind it: an alternate, a vote that is disputed, one that could not be given, a concern."""
        question = house.ask(subject=f"CR{n}", window_days=None)
        stand_in = UserFactory()
        AlternateFactory(seat=house.seats[0], person=stand_in.person)
        operations.cast_vote(house.row(question), "approve", by=stand_in)
        cast = operations.record_spoken_vote(house.row(question, 2), "approve", by=house.secretary)
        operations.answer_for(cast, agrees=False, text="We abstained.", by=house.holders[2])
        operations.close(question, by=house.secretary)
        with pytest.raises(Refused):
            operations.cast_vote(house.row(question, 1), "reject", comment="x", by=house.holders[1])
        decision = operations.determine(Decision.objects.get(pk=question.decision_id), Terms(APPROVED), by=house.chair)
        dissent.raise_concern(decision, house.seats[1], "We were not heard.", by=house.holders[1])
        return decision

    def asked(addition: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert secretary.client.get(f"/desk/groups/{house.group.code}/process/?first=2023-07-01&last=2023-07-31{addition}").status_code == 200
        return len(queries)

    secretary = Visitor(house.secretary)
    a_decision(1)
    one = asked(""), asked("&as=zip")
    for n in range(2, 6):
        a_decision(n)
    assert (asked(""), asked("&as=zip")) == one


def test_a_period_is_taken_away_as_files(house):
    decision = determined(house, house.closed("approve", title="=HYPERLINK"))
    reader = Visitor(house.reader)
    address = f"/desk/groups/{house.group.code}/process/"
    assert "1 decision" in text_of(reader.opens(f"{address}?first=2023-07-01&last=2023-07-31"))
    assert "No decision was taken" in text_of(reader.opens(f"{address}?first=2022-07-01&last=2022-07-31"))
    assert reader.client.get(f"{address}?first=2023-07-31&last=2023-07-01").status_code == 400
    answer = reader.client.get(f"{address}?first=2023-07-01&last=2023-07-31&as=zip")
    files = zipfile.ZipFile(io.BytesIO(answer.content))
    assert set(files.namelist()) == {"process.csv", f"{decision}.json"}
    assert json.loads(files.read(f"{decision}.json"))["steps"][0]["followed"] == "yes"
    assert "'=HYPERLINK" in files.read("process.csv").decode()
    assert Visitor(house.holders[0]).client.get(address).status_code == 404


def test_the_public_page_has_the_trail_and_no_name_behind_it(house, client, clock):
    decision = determined(house, house.closed("approve"))
    clock("2023-08-02 17:00")
    operations.publish_when_due(decision)
    page = text_of(client.get(f"/decisions/{decision}/"))
    assert "Was process followed?" in page
    assert "Published on" in page
    told = client.get(f"/decisions/{decision}.json").json()["process"]
    assert {line["answer"] for line in told} <= {"yes", "no", "unknown"}
    assert house.holders[0].person.email not in page
