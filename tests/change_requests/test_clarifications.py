"""Somebody who was asked has a question: it is answered to everybody who was asked, once, and who asked is not told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from change_requests import operations as changes
from change_requests.links import token_for
from change_requests.models import Clarification
from groups.held_about import exported
from groups.models import User
from ledger.verifying import faults
from notifications.models import Notice
from records import sweep
from records.rules import Refused
from tests.change_requests.offices import Office
from tests.conftest import set_clock
from tests.pages import Visitor, forms_on, text_of

pytestmark = pytest.mark.django_db
QUESTION = "Are batches at night meant, as those of Grimble Power are?"


class Room:
    """An assessment that runs, and somebody of the first firm who has asked."""

    def __init__(self):
        self.office = Office(set_clock)
        self.assessment = self.office.assessed()
        self.row = self.office.place(self.assessment, 0)
        self.asked = changes.ask(self.row, QUESTION, name="Ann Other", by=self.office.respondents[0])

    def clarify(self, by: User | None = None, **said) -> Clarification:
        told = {"as_told": "Are batches at night meant?", "answer": "They are."}
        return changes.clarify(self.asked, by=by or self.office.secretary, **(told | said))


@pytest.fixture(scope="module")
def stage(scene):
    return scene(Room)


@pytest.fixture
def room(stage):
    return stage()


def told() -> list[str]:
    return sorted(Notice.objects.filter(subject__contains="answered").values_list("address", flat=True))


class TestAsking:
    def test_what_is_held_about_whoever_answered_does_not_say_who_asked(self, room):
        room.clarify(by=room.office.raiser)
        theirs = exported(room.office.raiser)
        assert theirs["counted only, as you had a part in it"]["change_requests.Clarification"] == 1
        assert "Ann Other" not in str(theirs)
        assert QUESTION not in str(theirs["held"].get("change_requests.Clarification"))
        (asked,) = exported(room.office.respondents[0])["held"]["change_requests.Clarification"]
        assert (asked["question"], asked["asked_name"]) == (QUESTION, "Ann Other")
        assert "answered_by_id" not in asked

    def test_whoever_can_answer_is_told_and_not_who_asked(self, room):
        notices = Notice.objects.filter(subject__contains="a question about")
        assert {room.office.secretary.email, room.office.raiser.email} <= set(notices.values_list("address", flat=True))
        assert not any("Ann Other" in notice.body for notice in notices)
        assert not list(faults())

    def test_by_the_link_it_needs_a_name_and_what_was_typed_is_kept(self, room):
        at = f"/desk/assessments/answer/{token_for(room.row)}/"
        visitor = Visitor()
        page = visitor.opens(at)
        n = next(n for n, form in enumerate(forms_on(page)) if any(name == "ask-question" for name, _ in form["data"]))
        refused = visitor.sends(page, {"ask-question": "And in summer?", "step": "ask"}, form=n)
        assert refused.status_code == 409
        assert "Give your name." in text_of(refused)
        assert "And in summer?" in refused.content.decode()
        assert "And in summer?" in text_of(visitor.sends(page, {"ask-question": "And in summer?", "ask-name": "Bob", "step": "ask"}, form=n))
        visitor.sends(page, {"ask-question": "And in summer?", "ask-name": "Bob", "step": "ask"}, form=n)
        assert Clarification.objects.filter(question="And in summer?").count() == 1

    @pytest.mark.parametrize(("said", "match"), [({"question": " "}, "Write your question"), ({"name": ""}, "Give your name")])
    def test_an_empty_one_is_refused(self, room, said, match):
        with pytest.raises(Refused, match=match):
            changes.ask(room.row, **({"question": "Why?", "name": "Ann"} | said), by=room.office.respondents[0])

    def test_nobody_asks_for_another_firm_nor_without_end(self, room):
        with pytest.raises(Refused, match="There is no such assessment"):
            changes.ask(room.row, "Why?", name="Ann", by=room.office.respondents[1])
        for n in range(4):
            changes.ask(room.row, f"Why {n}?", name="Ann", by=None)
        with pytest.raises(Refused, match="5 questions of"):
            changes.ask(room.row, "Why?", name="Ann", by=None)

    def test_after_the_close_nothing_is_asked_nor_answered(self, room, clock):
        clock("2023-07-26 17:00")
        with pytest.raises(Refused, match="nothing more is asked about it"):
            changes.ask(room.row, "Why?", name="Ann", by=None)
        with pytest.raises(Refused, match="would come too late"):
            room.clarify()


class TestAnswering:
    def test_everybody_on_the_roll_is_told_once_without_who_asked(self, room):
        room.clarify()
        assert not told()
        sweep.run()
        sweep.run()
        assert told() == sorted(user.email for user in room.office.respondents)
        body = Notice.objects.filter(subject__contains="answered").first().body
        assert "Are batches at night meant?" in body
        assert "Grimble" not in body
        assert "Ann Other" not in body
        with pytest.raises(Refused, match="told the answer already"):
            room.clarify()
        assert not list(faults())

    def test_several_go_in_one_mail_and_more_of_the_same_day_wait_for_the_next(self, room, clock):
        second, third = (changes.ask(room.row, question, name="Ann", by=None) for question in ("Why?", "When?"))
        room.clarify()
        changes.clarify(second, as_told="Why?", answer="Since.", by=room.office.raiser)
        sweep.run()
        assert len(told()) == 4
        changes.clarify(third, as_told="When?", answer="Soon.", by=room.office.secretary)
        sweep.run()
        assert len(told()) == 4
        clock("2023-07-13 00:00")
        sweep.run()
        assert len(told()) == 8

    def test_on_the_last_day_nobody_waits(self, room, clock):
        clock("2023-07-26 09:00")
        other = changes.ask(room.row, "Why?", name="Ann", by=None)
        room.clarify()
        sweep.run()
        changes.clarify(other, as_told="Why?", answer="Since.", by=room.office.secretary)
        sweep.run()
        assert len(told()) == 8

    def test_only_the_raiser_and_the_secretariat_answer(self, room):
        with pytest.raises(Refused, match="or the secretariat answers what is asked"):
            room.clarify(room.office.respondents[1])
        for field, match in (("as_told", "Write the question as everybody"), ("answer", "Write the answer")):
            with pytest.raises(Refused, match=match):
                room.clarify(**{field: " "})

    def test_the_raiser_answers_without_knowing_who_asked(self, room):
        at = f"/desk/assessments/clarifications/{room.asked.pk}/"
        assert "Ann Other" not in room.office.reads(room.office.raiser, at)
        assert "Ann Other" in room.office.reads(room.office.secretary, at)
        desk = room.office.reads(room.office.raiser, "/desk/")
        assert "Answer a question about the impact assessment" in desk


@pytest.mark.parametrize("who", ["secretary", "raiser"])
def test_pages_ask_the_database_no_more_for_six_questions_than_for_one(room, who):
    visitor = Visitor(getattr(room.office, who))

    def asked(page: str) -> int:
        visitor.opens(page)
        with CaptureQueriesContext(connection) as queries:
            assert "Answer" in text_of(visitor.opens(page))
        return len(queries)

    pages = ("/desk/", f"/desk/assessments/{room.assessment.pk}/")
    one = {page: asked(page) for page in pages}
    for n in (1, 2, 3, 4, 5):
        changes.ask(room.office.place(room.assessment, n % 4), f"Why {n}?", name="Ann", by=None)
    assert {page: asked(page) for page in pages} == one


class TestWhoReadsIt:
    def test_participants_read_the_answer_and_not_who_asked(self, room):
        room.clarify()
        row = room.office.place(room.assessment, 2)
        for user, at in ((room.office.holders[1], f"/desk/assessments/{room.assessment.pk}/"), (room.office.respondents[2], f"/desk/assessments/rows/{row.pk}/answer/")):
            page = room.office.reads(user, at)
            assert "They are." in page
            assert "Ann Other" not in page
            assert room.row.organisation_name not in page
            assert "Grimble" not in page

    def test_the_public_reads_it_when_the_results_are_published(self, room, clock):
        room.clarify()
        clock("2023-07-26 17:00")
        sweep.run()
        assert "They are." not in room.office.reads(None, "/change-requests/CR001/")
        changes.publish_results(room.assessment, by=room.office.secretary)
        page = room.office.reads(None, "/change-requests/CR001/")
        assert "Are batches at night meant?" in page
        assert "They are." in page
        assert "Ann Other" not in page
