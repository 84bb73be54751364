"""What was put to a vote has its decision: a line that says how it goes is about that one, and makes no second; a vote asked for afterwards belongs to what was announced."""

import pytest

from decisions import operations as decisions
from decisions.forms.determining import body_of
from decisions.hooks import what_is_decided_twice
from decisions.models import Decision, Outcome, Question
from decisions.operations.asking import bring
from decisions.subjects import Subject
from tests.pages import Visitor, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def voted(desk):
    """CR018 put to the group in the room, on item 2, and the vote over."""
    question = bring(
        desk.group, title="CR018", decision_wording="CR018 version 1.8: to be decided", wording="Should CR018 be approved?", subject="CR018", version="1.8", item=desk.items[1], by=desk.pmo
    )  # fmt: skip
    question = decisions.open_question(question, by=desk.pmo)
    for row in question.roll.order_by("order"):
        decisions.record_spoken_vote(row, "approve", by=desk.pmo)
    return decisions.close(question, by=desk.pmo)


def twice(desk) -> list[str]:
    return [str(each) for each in what_is_decided_twice(desk.meeting)]


def test_what_was_voted_on_is_announced_by_a_line_and_the_line_goes(desk, voted):
    _, block = desk.line("/announced CR018 v1.8 approved", item=2)
    made = Decision.objects.get()
    assert (made.announcement.announced_by, made.status, made.wording) == (desk.chair.person, "tabled", "The SRO approved CR018 v1.8.")
    assert made.questions.get() == voted
    block.refresh_from_db()
    assert block.dropped
    Visitor(desk.chair).does("/desk/meetings/DAG026/announced/")
    made.refresh_from_db()
    assert (made.status, made.settlements.get().subject) == ("determined", "CR018 v1.8")
    assert twice(desk) == []


@pytest.mark.parametrize("line", ["/decision CR018 v1.8 approved", "/decision cr18 v1.8 rejected"])
def test_a_second_decision_is_not_drafted_on_it(desk, voted, line):
    answer, block = desk.line(line, item=2)
    assert answer.status_code == 409
    assert "is about that, and has its vote: write /announced" in answer.json()["refused"][0]
    block.refresh_from_db()
    assert (Decision.objects.count(), block.dropped) == (1, False)


def test_it_is_not_announced_twice_nor_while_the_vote_is_open(desk, voted):
    desk.line("/announced CR018 v1.8 approved", item=2)
    answer, _ = desk.line("/announced CR018 v1.8 rejected", item=2)
    assert f"{desk.chair.person.name} announced" in answer.json()["refused"][0]
    other = bring(desk.group, title="CR017", decision_wording="CR017: to be decided", wording="Should CR017 be approved?", subject="CR017", item=desk.items[1], by=desk.pmo)
    decisions.open_question(other, by=desk.pmo)
    answer, _ = desk.line("/announced CR017 v1.0 approved", item=2)
    assert answer.json()["refused"] == ["The vote on CR017 is not over."]
    assert Decision.objects.count() == 2


def test_a_determination_that_is_prepared_otherwise_is_not_passed_over(desk, voted):
    made = voted.decision
    rejected = [Subject("change_request", "CR018", Outcome.REJECTED, version="1.8")]
    decisions.prepare(made, body_of(made, rejected), revision=0, by=desk.pmo)
    answer, _ = desk.line("/announced CR018 v1.8 approved", item=2)
    assert "is prepared with another outcome" in answer.json()["refused"][0]
    desk.line("/announced CR018 v1.8 rejected", item=2)
    assert Decision.objects.get().announcement


def test_what_is_about_something_else_is_a_decision_of_its_own(desk, voted):
    desk.line("/announced CR025 v1.2 approved", item=2)
    assert set(Decision.objects.values_list("title", flat=True)) == {"CR018", "CR025"}


def test_a_vote_asked_for_after_the_announcement_belongs_to_what_was_announced(desk):
    desk.line("/announced CR018 v1.8 approved", item=2)
    made = Decision.objects.get()
    answer, _ = desk.line("/vote CR018 v1.8: Should CR018 be approved?", item=2)
    form = Visitor(desk.pmo).opens(answer.json()["go"])
    assert f'value="{made.pk}" selected' in form.content.decode()
    sent = Visitor(desk.pmo).sends(form, {"window": "room"})
    assert "The question is drafted" in text_of(sent)
    assert (Decision.objects.get(), Question.objects.get().decision) == (made, made)


def test_two_that_wait_on_the_same_thing_are_named_before_publishing(desk, voted):
    decisions.table(decisions.draft(desk.group, "CR018", "The SRO approved CR018", meeting=desk.meeting, item=desk.items[1], by=desk.pmo), by=desk.pmo)
    assert twice(desk) == []
    bring(desk.group, title="Hours", decision_wording="The hours: to be decided", wording="Should they?", subject="CR018", item=desk.items[1], by=desk.pmo)
    [said] = twice(desk)
    assert said.startswith("CR018 is decided on twice at this meeting: by DAG026/1 and DAG026/3")
