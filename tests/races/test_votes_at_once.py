"""Votes at the same instant, each in a process of its own: beside each other, beside the close, and around the closing second."""

from datetime import datetime, timedelta

import psycopg
import pytest
from django.db import connection

from decisions import operations as decisions
from decisions.models import Cast, Question
from decisions.operations import voting
from ledger.models import Entry
from ledger.verifying import faults
from records.clock import LONDON, portal_now
from records.rules import Refused
from tests.factories import QuestionFactory
from tests.races.crews import job
from tests.races.halls import Hall, entries

pytestmark = pytest.mark.django_db(transaction=True)


# --- beside each other


def all_are_kept(crews, seats: int):
    hall = Hall(seats)
    question = hall.ask()
    before = Entry.objects.count()
    came = crews.all(*hall.votes(question))
    assert {each["cast"] for each in came} == set(Cast.objects.values_list("pk", flat=True))
    assert Cast.objects.count() == len(came) == seats
    assert entries("voted") == seats
    assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, before + seats + 1))
    assert question.recount() == {"approve": seats}
    assert list(faults()) == []


def test_eight_votes_at_once_are_eight_votes_and_one_chain(crews):
    all_are_kept(crews, 8)


@pytest.mark.long
def test_a_hundred_votes_at_once_are_a_hundred_votes_and_one_chain(many):
    all_are_kept(many, 100)


def test_one_seat_that_votes_eight_times_at_once_has_eight_votes_of_which_the_last_counts(crews):
    hall = Hall(1)
    question = hall.ask()
    (row,) = question.roll.all()
    choices = ["approve", "reject"] * 4
    came = crews.all(*[job("vote", row=row.pk, user=hall.voters[0].pk, choice=choice) for choice in choices])
    assert sorted(each["n"] for each in came) == list(range(1, 9))
    last = choices[next(i for i, each in enumerate(came) if each["n"] == 8)]
    assert question.recount() == {last: 1}
    assert list(faults()) == []


def test_one_form_sent_eight_times_at_once_is_one_vote_with_one_receipt(crews):
    hall = Hall(1)
    (sent,) = hall.votes(hall.ask())
    came = crews.all(*[sent] * 8)
    assert came == [came[0]] * 8
    assert Cast.objects.count() == entries("voted") == 1


@pytest.mark.long
def test_forms_of_two_questions_beside_votes_given_aloud_on_the_second_all_get_through(crews):
    """Whoever locks two questions locks them before the ledger, or the two would wait for each other."""
    hall = Hall(8)
    first = QuestionFactory(group=hall.group, subject="CR018")
    second = QuestionFactory(group=hall.group, subject="CR019", follows=first)
    decisions.open_question(first, by=hall.pmo)
    rows = [[row.pk for row in question.roll.order_by("order")] for question in (first, second)]
    forms = [job("answer", rows=[rows[0][n], rows[1][n]], user=hall.voters[n].pk, times=6) for n in range(4)]
    aloud = [job("speak", row=rows[1][n], user=hall.pmo.pk, times=12) for n in range(4, 8)]
    crews.all(*forms, *aloud)
    assert first.recount() == {"approve": 4, "expected": 4}
    assert second.recount() == {"abstain": 4, "approve": 4}
    assert list(faults()) == []


# --- beside the close


def counted_or_refused(crews, seats: int):
    hall = Hall(seats)
    question = hall.ask()
    closes = [job("close", question=question.pk, user=hall.pmo.pk)] * seats
    came = crews.all(*[each for pair in zip(hall.votes(question), closes, strict=True) for each in pair])
    voted, closed = came[::2], came[1::2]
    question.refresh_from_db()
    accepted = [each for each in voted if "cast" in each]
    assert all("is not open" in each["refused"][0] for each in voted if "cast" not in each)
    assert Cast.objects.count() == entries("voted") == len(accepted)
    assert question.tally == question.recount()
    assert question.tally.get("approve", 0) == len(accepted)
    assert sum("tally" in each for each in closed) == entries("closed") == 1
    closed_again_and_again(crews, question)
    assert list(faults()) == []


def closed_again_and_again(crews, question: Question):
    """Fifty times, in eight processes at once and one after the other: each finds what the first did."""
    question.refresh_from_db()
    found = crews.all(*[job("close_when_due", question=question.pk, times=6)] * 8)
    found = [each for some in found for each in some] + [[q.status, q.tally] for q in (decisions.close_when_due(question), question)]
    assert len(found) == 50
    assert found == [["closed", question.tally]] * 50
    assert entries("closed") == 1


def test_eight_votes_beside_eight_closes_are_counted_or_refused_and_never_both(crews):
    counted_or_refused(crews, 8)


@pytest.mark.long
def test_fifty_votes_beside_fifty_closes_are_counted_or_refused_and_never_both(many):
    counted_or_refused(many, 50)


# --- around the closing second, by the real clock


def in_time_or_told(crews, clock, seats: int, open_for: float):
    """Each seat votes twice, at moments spread from a second before the close to a second after it, while the clock sweeps."""
    clock(None)
    hall = Hall(seats)
    question = Question(group=hall.group, wording="Should CR018 be approved?", subject="CR018", version="1.8").save_by(hall.pmo)
    spread = [open_for - 1 + 2 * n / (2 * seats - 1) for n in range(2 * seats)]

    def open_it():
        question.closes_at = portal_now() + timedelta(seconds=open_for)
        question.save_by(hall.pmo)
        decisions.open_question(question, by=hall.pmo)

    votes = [
        job("vote_in_time", question=question.pk, seat=seat.pk, user=user.pk, after=[spread[n], spread[seats + n]])
        for n, (seat, user) in enumerate(zip(hall.seats, hall.voters, strict=True))
    ]
    *came, first_sweep, second_sweep = crews.all(*votes, *[job("sweep_until_closed", question=question.pk)] * 2, before=open_it)
    question.refresh_from_db()
    submitted = [each for two in came for each in two]
    receipts, refused = [each for each in submitted if "cast" in each], [each for each in submitted if "refused" in each]
    closed = f"closed at {question.closes_at.astimezone(LONDON):%H:%M:%S}"
    assert len(receipts) + len(refused) == len(submitted) == 2 * seats
    assert all(datetime.fromisoformat(each["at"]) < question.closes_at for each in receipts)
    assert all(closed in each["refused"][0] and "Your answer came at" in each["refused"][0] for each in refused)
    assert {each["cast"] for each in receipts} == set(Cast.objects.values_list("pk", flat=True))
    assert not Cast.objects.filter(recorded_at__gte=question.closes_at).exists()
    assert first_sweep + second_sweep >= 1
    assert question.close_recorded_at >= question.closes_at
    assert question.tally == question.recount()
    assert sum(question.tally.get(choice, 0) for choice in ("approve", "abstain")) == len({Cast.objects.get(pk=e["cast"]).row_id for e in receipts})
    closed_again_and_again(crews, question)
    assert list(faults()) == []


@pytest.mark.long
def test_sixteen_votes_around_the_closing_second_are_in_time_or_told_so(crews, clock):
    in_time_or_told(crews, clock, 8, open_for=1.2)


@pytest.mark.long
def test_two_hundred_votes_around_the_closing_second_are_in_time_or_told_so(many, clock):
    in_time_or_told(many, clock, 100, open_for=2)


# --- the closing microsecond

CLOSES = datetime(2026, 10, 26, 17, tzinfo=LONDON)
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture
def closing(clock):
    """A hall with a question that closes at CLOSES."""
    clock("2026-10-19 10:00")
    hall = Hall(1)
    return hall, hall.ask(closes_at=CLOSES).roll.get()


def test_a_microsecond_before_the_close_is_in_time(closing, clock):
    hall, row = closing
    clock(CLOSES - MICROSECOND)
    assert decisions.cast_vote(row, "approve", by=hall.voters[0]).recorded_at == CLOSES - MICROSECOND
    assert decisions.close_when_due(row.question).status == "open"


@pytest.mark.parametrize("late", [0, 1])
def test_the_closing_moment_and_the_microsecond_after_it_are_too_late(closing, clock, late):
    hall, row = closing
    clock(CLOSES + late * MICROSECOND)
    with pytest.raises(Refused, match=r"closed at 17:00:00 on 26 Oct 2026\. Your answer came at 17:00:00"):
        decisions.cast_vote(row, "approve", by=hall.voters[0])
    assert decisions.close_when_due(row.question).tally == {"expected": 1}


def test_the_moment_of_opening_is_in_time_and_the_microsecond_before_it_is_not(closing, clock):
    hall, row = closing
    opened = row.question.opens_at
    clock(opened - MICROSECOND)
    with pytest.raises(Refused, match="is not open"):
        decisions.cast_vote(row, "approve", by=hall.voters[0])
    clock(opened)
    assert decisions.cast_vote(row, "approve", by=hall.voters[0]).recorded_at == opened


def test_a_vote_whose_window_closes_while_it_is_being_written_down_is_refused_and_told_so(closing, clock, monkeypatch):
    """Between the look at the clock and the row, the closing moment passes: the database, which stamps the row, has the last word."""
    hall, row = closing
    clock(CLOSES - MICROSECOND)
    real = voting.refusals_to_cast

    def then_it_closes(*given):
        yield from real(*given)
        told = connection.settings_dict
        with psycopg.connect(host=told["HOST"], port=told["PORT"] or None, user=told["USER"], dbname=told["NAME"], autocommit=True) as other:
            other.execute("UPDATE test_clock SET at = %s", [CLOSES])

    monkeypatch.setattr(voting, "refusals_to_cast", then_it_closes)
    with pytest.raises(Refused, match="closed at 17:00:00 on 26 Oct 2026"):
        decisions.cast_vote(row, "approve", by=hall.voters[0])
    assert not Cast.objects.exists()
