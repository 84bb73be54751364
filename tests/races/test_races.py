"""Many at once, on real PostgreSQL: one number each, one publication, one vote a seat, one chain."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connections, transaction

from decisions import operations as decisions
from decisions.models import Outcome
from decisions.subjects import Subject, Terms
from groups.models import User
from groups.numbering import mint
from ledger.models import Entry
from ledger.operations import seal_now
from ledger.verifying import faults
from meetings import operations as meetings
from meetings.models import Minutes, MinutesEdition
from notifications.models import DeliveryAttempt, Notice
from notifications.outbox import tell
from notifications.sweeping import run_and_remember
from records.rules import Refused
from tests.factories import (
    ConsulteeFactory,
    DecisionFactory,
    GroupFactory,
    HoldingFactory,
    MeetingFactory,
    PersonFactory,
    QuestionFactory,
    SeatFactory,
    chair_of,
    secretary_of,
    user_of,
)

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


def at_once(*work: Callable) -> list:
    """Run each in a thread of its own, all starting together; what each returned, or the Refused it met."""
    barrier, results = threading.Barrier(len(work)), []

    def run(one: Callable) -> None:
        barrier.wait()
        try:
            results.append(one())
        except Refused as refused:
            results.append(refused)
        except Exception as error:
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[one]) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    broken = [r for r in results if isinstance(r, Exception) and not isinstance(r, Refused)]
    assert not broken, broken
    assert len(results) == len(work)
    return results


def test_eight_who_mint_at_once_get_eight_different_numbers():
    minted = at_once(*[lambda: [mint("group:DAG", "decision") for _ in range(5)]] * THREADS)
    numbers = sorted(n for some in minted for n in some)
    assert numbers == list(range(1, 5 * THREADS + 1))


def test_actions_raised_at_once_are_numbered_without_gaps_or_doubles():
    meeting = MeetingFactory(held=True)
    pmo = secretary_of(meeting.group)
    raised = at_once(*[lambda: meetings.raise_action(meeting, "Do it", owner="PMO", due_kind="asap", by=pmo).reference] * THREADS)
    assert sorted(int(ref.rpartition("-")[2]) for ref in raised) == list(range(1, THREADS + 1))


def test_entries_sealed_at_once_make_one_chain():
    holdings, by = [HoldingFactory() for _ in range(THREADS)], User.objects.the_installer()

    def sealing(holding):
        with transaction.atomic():
            return seal_now("appointed", holding, by=by)

    at_once(*[lambda holding=holding: sealing(holding) for holding in holdings])
    assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, THREADS + 1))
    assert list(faults()) == []


@pytest.fixture
def circulated(clock):
    """Minutes of 12 July 2023 that may be published, past their hour."""
    group = GroupFactory()
    pmo, chair = secretary_of(group), chair_of(group)
    clock("2023-07-01 10:00")
    meeting = meetings.schedule(group, "26", starts_at=datetime(2023, 7, 12, 9, tzinfo=UTC), by=pmo)
    meetings.table_item(meeting, "CR018", by=pmo)
    clock("2023-07-12 15:00")
    meetings.hold(meeting, by=pmo)
    minutes = Minutes.objects.get(meeting=meeting)
    meetings.circulate(meetings.clear(meetings.send_to_chair(minutes, by=pmo), by=chair), by=pmo)
    clock("2023-07-26 17:01")
    return minutes, pmo


def test_of_eight_who_publish_at_once_one_does(circulated):
    minutes, pmo = circulated
    results = at_once(*[lambda: meetings.publish(minutes, by=pmo)] * THREADS)
    assert sum(isinstance(r, MinutesEdition) for r in results) == 1
    assert all("published already" in str(r) for r in results if isinstance(r, Refused))
    assert MinutesEdition.objects.count() == 1
    assert list(faults()) == []


@pytest.mark.long
def test_eight_sweeps_beside_each_other_publish_once_print_once_and_mail_each_once(circulated):
    minutes, pmo = circulated
    told = tell([PersonFactory() for _ in range(12)], key="x", template="embargoed", by=pmo, decision=DecisionFactory(embargoed_until="2023-09-01", embargoed_why="x"))
    at_once(*[run_and_remember] * THREADS)
    run_and_remember()
    assert MinutesEdition.objects.filter(minutes=minutes).count() == 1
    assert Entry.objects.filter(kind="printed").count() == 1
    assert not Notice.objects.filter(status="queued").exists()
    assert DeliveryAttempt.objects.filter(notice__in=told).count() == len(told)
    assert list(faults()) == []


def test_of_the_clock_and_the_secretary_publishing_at_once_one_does(circulated):
    minutes, pmo = circulated
    at_once(run_and_remember, lambda: meetings.publish(minutes, by=pmo), run_and_remember)
    assert MinutesEdition.objects.count() == 1


def test_two_who_determine_at_once_one_wins_and_the_other_is_told():
    group = GroupFactory()
    chair = chair_of(group)
    subjects = [Subject("change_request", "CR018", Outcome.APPROVED)]
    for _ in range(5):
        decision = DecisionFactory(group=group, status="tabled")
        results = at_once(*[lambda d=decision: decisions.determine(d, Terms(subjects), by=chair)] * 2)
        (refused,) = [r for r in results if isinstance(r, Refused)]
        assert "is determined" in str(refused)
        assert decision.settlements.count() == 1


def test_a_hundred_votes_at_once_are_a_hundred_votes(clock):
    group = GroupFactory()
    users = [user_of(SeatFactory(group=group)) for _ in range(10)]
    question = decisions.open_question(QuestionFactory(group=group), by=secretary_of(group))
    rows = {row.seat_id: row for row in question.roll.all()}
    seats = [rows[user.person.holdings.get().seat_id] for user in users]

    def vote_ten_times(row, user):
        return [decisions.cast_vote(row, "approve" if n % 2 else "reject", comment="x", by=user).n for n in range(10)]

    results = at_once(*[lambda row=row, user=user: vote_ten_times(row, user) for row, user in zip(seats, users, strict=True)])
    assert all(ns == list(range(1, 11)) for ns in results)
    assert question.recount() == {"approve": 10}
    assert list(faults()) == []


def test_votes_that_race_the_close_are_counted_or_refused_and_never_both():
    group = GroupFactory()
    pmo = secretary_of(group)
    users = [user_of(SeatFactory(group=group)) for _ in range(THREADS)]
    question = decisions.open_question(QuestionFactory(group=group), by=pmo)
    rows = {row.seat_id: row for row in question.roll.all()}
    votes = [lambda u=user: decisions.cast_vote(rows[u.person.holdings.get().seat_id], "approve", by=u) for user in users]
    results = at_once(*votes, lambda: decisions.close(question, by=pmo))
    refused = sum(isinstance(r, Refused) for r in results)
    question.refresh_from_db()
    assert question.tally == question.recount()
    assert question.tally.get("approve", 0) == THREADS - refused


def test_of_two_replies_by_one_link_at_once_one_is_recorded():
    consultee = ConsulteeFactory()
    met = at_once(*[lambda view=view: decisions.reply(consultee, view, view, name="Kit Example") for view in ("approve", "reject")])
    (refused,) = [one for one in met if isinstance(one, Refused)]
    assert "a link is good for one reply" in str(refused)
    consultee.refresh_from_db()
    assert consultee.view == consultee.text
    assert consultee.history.exclude(replied_at=None).count() == 1
