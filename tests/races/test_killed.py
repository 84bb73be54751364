"""Processes killed outright, with no chance to tidy up: what was begun is gone, what was committed stays, and the next goes on."""

from collections import Counter

import pytest

from decisions.models import Cast, Question
from ledger.verifying import faults
from meetings.models import Meeting, MinutesEdition
from notifications.models import DeliveryAttempt, Notice, SweepRun
from tests.races.conftest import CLOSES
from tests.races.crews import job, until_the_dead_are_gone
from tests.races.halls import Hall, entries

pytestmark = pytest.mark.django_db(transaction=True)

# --- the sweep


BEGUN = ["close: locked", "close: changed", "publish minutes of: locked", "publish minutes of: changed"]
COMMITTED = ["relay mail: not begun"]
HANDED_OVER = "relay mail: accepted"


def swept_after(crews, post, due, dies: str):
    """A sweep dies there; what the next, and one more, leave behind is checked, and what the mail server took is returned."""
    office, port = post
    question, meeting = due
    (dead,) = crews.run(job("sweep", dies=dies, mail_port=port))
    assert dead.killed
    until_the_dead_are_gone()
    nothing_is_half_done(question, meeting)
    for _ in range(2):
        (swept,) = crews.all(job("sweep", mail_port=port))
        assert swept["failures"] == []
    question.refresh_from_db()
    meeting.refresh_from_db()
    assert (question.status, question.closes_at, question.tally) == ("closed", CLOSES, question.recount())
    assert meeting.published_at is not None
    assert MinutesEdition.objects.count() == entries("closed") == entries("printed") == 1
    assert set(Notice.objects.values_list("status", flat=True)) == {"sent"}
    assert DeliveryAttempt.objects.count() == Notice.objects.count()
    assert SweepRun.objects.count() == 2
    assert list(faults()) == []
    assert set(office.taken) == set(Notice.objects.values_list("message_id", flat=True))
    return office.taken


def nothing_is_half_done(question: Question, meeting: Meeting):
    question.refresh_from_db()
    meeting.refresh_from_db()
    assert (question.status == "closed") == (question.tally is not None) == (entries("closed") == 1)
    assert (meeting.published_at is not None) == (MinutesEdition.objects.count() == 1)
    assert DeliveryAttempt.objects.count() == Notice.objects.filter(status="sent").count()
    assert list(faults()) == []


@pytest.mark.parametrize("dies", ["close: changed", *[pytest.param(p, marks=pytest.mark.long) for p in (*BEGUN, *COMMITTED) if p != "close: changed"]])
def test_the_sweep_after_a_killed_one_does_what_is_left_and_nothing_twice(crews, post, due, dies):
    taken = swept_after(crews, post, due, dies)
    assert set(taken.values()) == {1}


def test_a_mail_that_was_taken_just_before_the_kill_is_sent_once_more_with_the_same_name(crews, post, due):
    taken = swept_after(crews, post, due, HANDED_OVER)
    assert Counter(taken.values()) == {1: len(taken) - 1, 2: 1}


# --- a vote


@pytest.mark.parametrize("dies", ["vote: locked", "vote: written", "vote: sealed"])
def test_a_vote_killed_before_its_commit_leaves_nothing_and_the_form_can_be_sent_again(crews, dies):
    hall = Hall(3)
    question = hall.ask()
    dying = hall.votes(question, dies=dies)
    assert all(each.killed for each in crews.run(*dying))
    until_the_dead_are_gone()
    assert Cast.objects.count() == entries("voted") == 0
    came = crews.all(*[again(each) for each in dying])
    assert [each["n"] for each in came] == [1, 1, 1]
    assert entries("voted") == 3
    assert list(faults()) == []


def test_a_vote_killed_between_its_commit_and_the_answer_is_kept_and_the_form_sent_again_gets_its_receipt(crews):
    hall = Hall(3)
    question = hall.ask()
    dying = hall.votes(question, dies="before the answer")
    assert all(each.killed for each in crews.run(*dying))
    kept = {str(cast.idempotency_key): cast.pk for cast in Cast.objects.all()}
    assert set(kept) == {each["told"]["key"] for each in dying}
    for _ in range(2):
        came = crews.all(*[again(each) for each in dying])
        assert {each["key"]: each["cast"] for each in came} == kept
    assert Cast.objects.count() == entries("voted") == 3
    assert Notice.objects.filter(key__startswith="vote-").count() == 3
    assert list(faults()) == []


def test_others_are_not_held_up_by_the_dead(crews):
    hall = Hall(6)
    question = hall.ask()
    sent = hall.votes(question)
    dying = [job("vote", **each["told"], dies="vote: sealed") for each in sent[:3]]
    ended = crews.run(*dying, *sent[3:])
    assert [each.killed for each in ended] == [True] * 3 + [False] * 3
    assert question.recount() == {"approve": 3, "expected": 3}
    assert list(faults()) == []


def again(sent: dict) -> dict:
    """The same form, sent by a process that lives."""
    return job("vote", **{**sent["told"], "dies": ""})
