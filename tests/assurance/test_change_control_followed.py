"""Was process followed by change requests, reviews and agreed edits? Each line turns when the record turns, and tells in public what is public."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from artefacts import operations as artefacts
from artefacts.models import Artefact, Review
from assurance.trail import trails_of_artefacts, trails_of_requests, trails_of_reviews
from change_requests import operations as changes
from change_requests.models import ChangeRequest
from decisions import operations as decisions
from decisions.models import Decision, Outcome
from decisions.subjects import Subject, Terms
from records import sweep
from records.process import Line
from tests.artefacts.libraries import Desk
from tests.change_requests.offices import SAID, Office

pytestmark = pytest.mark.django_db
ASSESSED, OPEN, COMPLETE = "Was it assessed before it was decided?", "Was impact assessment 1 open as long as the policy says?", "Were its attachments complete when it went out?"
SAME, IN_TIME = "Is what was decided the version that was assessed and voted on?", "Did all answers come in time?"


@pytest.fixture
def office(clock):
    return Office(clock)


def lines(request: ChangeRequest, *, everything: bool = False) -> dict[str, Line]:
    ((*told,),) = trails_of_requests([ChangeRequest.objects.get(pk=request.pk)], everything=everything)
    return {line.question: line for line in told}


def over(clock) -> None:
    clock("2023-07-27 10:00")
    sweep.run()


def decide(office, request, version: str, *, question: str = "", reason: str = "As assessed.") -> Decision:
    if question:
        asked = office.ask(subject=request.reference, version=question)
        office.vote(asked, "approve", "approve")
        office.clock("2023-08-03 17:00")
        decisions.close_when_due(asked)
        decision = Decision.objects.get(questions=asked)
    else:
        decision = decisions.table(decisions.draft(office.group, "Hours", "The SRO decided", by=office.secretary), by=office.secretary)
    terms = Terms([Subject("change_request", request.reference, Outcome.APPROVED, version=version)], reasons=[reason])
    return decisions.publish(decisions.determine(decision, terms, by=office.chair), by=office.secretary)


def test_a_change_request_that_went_by_the_book_has_no_step_missed(office, clock):
    request = office.raised(attachments=["Formats"])
    assessment = office.assessed(request)
    for n in range(4):
        office.answer(assessment, n)
    over(clock)
    changes.publish_results(assessment, by=office.secretary)
    decide(office, request, "1.0", question="1.0")
    told = lines(request)
    assert {line.answer for line in told.values()} == {"yes"}, told
    assert told[ASSESSED].text == "Impact assessment 1 of version 1.0: 4 were asked, 4 answered in time."
    assert told[COMPLETE].text == "Impact assessment 1 of version 1.0: the one that it names went out with it, with its hash."
    assert told[SAME].text == "Version 1.0 was assessed, version 1.0 voted on, version 1.0 decided."


def test_who_answered_is_behind_the_line_and_how_many_is_public_with_the_results(office, clock):
    request = office.raised()
    assessment = office.assessed(request, days=5, days_why="The regulator waits")
    office.answer(assessment, 0)
    over(clock)
    changes.give_leave(office.place(assessment, 1), why="Illness", by=office.secretary)
    office.answer(assessment, 1)
    changes.refuse_leave(office.place(assessment, 2), why="Far too late", by=office.secretary)
    told = lines(request)
    assert told["Was it assessed?"].text.endswith("4 were asked; how many answered is told when the results are published.")
    assert IN_TIME not in told
    assert (told[OPEN].answer, "The reason given: The regulator waits" in told[OPEN].text) == ("no", True)
    changes.publish_results(assessment, by=office.secretary)
    told = lines(request)
    assert told["Was it assessed?"].text.endswith("4 were asked, 1 answered in time, 1 late.")
    assert (told[IN_TIME].answer, told[IN_TIME].private) == ("no", ())
    behind = lines(request, everything=True)
    assert any(office.firms[2].name in each and "leave refused: Far too late" in each for each in behind[IN_TIME].private)
    assert any(office.firms[3].name in each and "is silent: told" in each for each in behind["Was it assessed?"].private)
    assert request.editions.latest("n").body["process"] == [
        {"question": line.question, "answer": line.answer, "answer_label": line.answer_label, "text": line.text, "clause": line.clause} for line in told.values()
    ]


def test_another_version_than_was_assessed_is_told_with_the_published_reason(office, clock):
    request = office.raised()
    office.assessed(request)
    over(clock)
    changes.fix(changes.draft_version(request, "1.1", what_changed="Less", by=office.raiser, **SAID), by=office.raiser)
    decision = decide(office, request, "1.1", reason="Nothing of version 1.0 that was asked about is lost.")
    line = lines(request)[SAME]
    assert line.answer == "no"
    assert line.text == f"Version 1.0 was assessed, version 1.1 decided. The reason published: “Nothing of version 1.0 that was asked about is lost.” ({decision.reference}, reason 1)."


def test_what_was_decided_unassessed_is_a_no_and_its_answers_unpublished_too(office, clock):
    request = office.raised()
    decide(office, request, "1.0")
    assert (lines(request)[ASSESSED].answer, lines(request)[SAME].answer) == ("no", "unknown")
    other = office.raised("Other")
    office.assessed(other)
    over(clock)
    decide(office, other, "1.0")
    assert lines(other)["Was it public before the decision what was answered?"].answer == "no"


def test_a_decision_that_is_not_public_yet_is_in_no_public_line(office):
    request = office.raised()
    decision = decisions.table(decisions.draft(office.group, "Hours", "The SRO decided", by=office.secretary), by=office.secretary)
    decisions.determine(decision, Terms([Subject("change_request", request.reference, Outcome.APPROVED, version="1.0")], reasons=["So."]), by=office.chair)
    assert lines(request) == {}
    assert ASSESSED in lines(request, everything=True)


def test_its_lines_are_on_its_page_on_the_decisions_pages_and_in_the_files(office, clock, client):
    request = office.raised()
    office.assessed(request)
    over(clock)
    decision = decide(office, request, "1.0")
    assert ASSESSED in client.get(request.get_absolute_url()).content.decode()
    assert f"{request.get_absolute_url()}#process" in client.get(decision.get_absolute_url()).content.decode()
    for page in (f"/desk/decisions/{decision.pk}/process/", f"/desk/change-requests/{request.pk}/process/", f"/desk/groups/{office.group.code}/process/change-requests/"):
        assert ASSESSED in office.reads(office.reader, page)
    taken = office.visitor(office.reader).client.get(f"/desk/groups/{office.group.code}/process/change-requests/?as=csv").getvalue().decode()
    (row,) = csv.DictReader(io.StringIO(taken.removeprefix("\ufeff")))
    assert ASSESSED in row["process followed"]
    assert row["process not followed"] == "Was it public before the decision what was answered?"
    assert office.visitor(office.observer).opens(f"/desk/change-requests/{request.pk}/process/").status_code == 404


def test_of_ten_change_requests_it_takes_as_many_queries_as_of_one(office):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            trails_of_requests(list(ChangeRequest.objects.all()), everything=True)
        return len(asked)

    office.assessed()
    of_one = queries()
    for n in range(4):
        office.assessed(office.raised(f"Change {n}"))
    assert queries() == of_one


# --- reviews, and what was agreed to be edited


@pytest.fixture
def desk(clock):
    return Desk(clock)


def of_review(review: Review, *, everything: bool = False) -> dict[str, Line]:
    ((*told,),) = trails_of_reviews([Review.objects.get(pk=review.pk)], everything=everything)
    return {line.question: line for line in told}


def test_of_a_review_it_is_told_who_was_silent_and_what_has_no_resolution(desk):
    review = desk.review(days=5, days_why="A short text")
    said = desk.say(review, 0)
    desk.closed(review)
    assert list(of_review(review)) == ["Was the review open as long as the policy says?"]
    artefacts.resolve(said, "accepted", by=desk.owner)
    artefacts.publish_log(review, by=desk.secretary)
    told = of_review(review, everything=True)
    assert {question: line.answer for question, line in told.items()} == {
        "Was the review open as long as the policy says?": "no", "Was everybody heard who was asked?": "no", "Did all comments come in time?": "yes",
        "Is it said of every comment what becomes of it?": "yes",
    }
    assert told["Was everybody heard who was asked?"].text == "3 were asked; 2 silent."
    assert "Fenmoor Networks is silent: told" in told["Was everybody heard who was asked?"].private
    assert all(not line.private for line in of_review(review).values())


def test_of_agreed_edits_it_is_told_who_saw_them_made(desk):
    edit = artefacts.agree_edit(desk.version, "A comma", agreed_where="DAG026 4.1", by=desk.secretary)
    artefacts.agree_edit(desk.version, "A stop", agreed_where="DAG026 4.1", by=desk.secretary)
    artefacts.see_edit_done(edit, by=desk.secretary)
    ((line,),) = trails_of_artefacts(list(Artefact.objects.all()), everything=True)
    assert (line.answer, line.answer_label) == ("unknown", "Not yet")
    assert line.text == "Version 0.9: 1 of 2 seen to be made. Still to be looked at: 2."
    assert line.private == (f"Edit 1: {desk.secretary.person}, 12 Jul 2023",)
    page = f"/desk/groups/{desk.group.code}/process/artefacts/"
    assert "Version 0.9: 1 of 2 seen to be made" in desk.reads(desk.reader, page)
    assert "Not yet" in desk.reads(None, desk.artefact.get_absolute_url())
    taken = desk.visitor(desk.reader).client.get(page + "?as=csv").content.decode()
    assert "not yet" in taken
