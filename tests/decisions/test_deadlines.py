"""A bank holiday proclaimed late: what was counted for decisions, and for what is said of them, moves; what was promised stays."""

from datetime import UTC, date, datetime

import pytest

from decisions import operations
from decisions.models import Decision, Outcome, Question
from decisions.subjects import Subject, Terms
from groups.holidays import record_holiday
from ledger.models import Entry
from ledger.verifying import faults
from notifications.models import Notice
from records.clock import portal_now
from records.working_days import Calendar
from tests.conftest import set_clock
from tests.decisions.levels import Levels, refused

pytestmark = pytest.mark.django_db
THANKSGIVING = date(2023, 7, 20)


def build() -> Levels:
    return Levels(set_clock)


def proclaim(house, day: date = THANKSGIVING, **told) -> list[str]:
    """Record the holiday on 14 July 2023; what it moved."""
    house.clock("2023-07-14 10:00")
    announced = {"name": "A day of thanksgiving", "announced_on": date(2023, 7, 14), "by": house.programme_pmo}
    return [str(later) for later in record_holiday(day, "proclaimed", **(announced | told))]


def told_of_moves() -> set[tuple[str, str]]:
    return set(Notice.objects.filter(key__contains="-moved-").values_list("address", "subject"))


def ex_committee(house) -> Decision:
    """Decided outside a meeting on 12 July 2023."""
    return operations.determine(house.tabled(), Terms([Subject("change_request", "CR018", Outcome.APPROVED)]), by=house.chair)


def again(record):
    return type(record).objects.get(pk=record.pk)


def test_the_publication_of_an_ex_committee_decision_moves_with_its_working(house):
    decision = ex_committee(house)
    assert proclaim(house) == ["DAG, publication of DAG-DEC01: from Wed 26 Jul 2023 to Thu 27 Jul 2023"]
    decision = again(decision)
    assert decision.publication_due_at == datetime(2023, 7, 27, 16, tzinfo=UTC)
    assert {"day": "2023-07-20", "counted": False, "why": "A day of thanksgiving"} in decision.publication_working["steps"]
    assert decision.history.latest().history_change_reason == "publication deadline moved: A day of thanksgiving, 20 July 2023"
    subject = "DAG: publication of DAG-DEC01 now due by 5:00pm on Thu 27 Jul 2023"
    assert told_of_moves() == {(user.email, subject) for user in (house.chair, house.pmo, house.programme_pmo)}


def test_the_move_of_a_decisions_publication_is_in_the_ledger(house):
    decision = ex_committee(house)
    proclaim(house)
    entry = Entry.objects.about(decision).last()
    assert entry.kind == "deadline moved"
    assert entry.payload.body["facts"] == {"before": "2023-07-26", "after": "2023-07-27", "why": "A day of thanksgiving, 20 July 2023"}
    assert list(faults()) == []


def test_the_clock_publishes_at_the_hour_to_which_it_was_moved(house):
    decision = ex_committee(house)
    proclaim(house)
    house.clock("2023-07-26 17:00")
    assert not Decision.objects.due_for_publication(portal_now()).exists()
    house.clock("2023-07-27 17:00")
    assert Decision.objects.due_for_publication(portal_now()).get() == decision


def test_a_decision_held_back_moves_too_since_the_hold_may_end_before(house):
    operations.hold_back(ex_committee(house), until=date(2023, 7, 25), why="Ofgem is still to be told", by=house.pmo)
    assert len(proclaim(house)) == 1


def test_a_decision_of_a_meeting_goes_by_the_meeting(house):
    house.determined()
    assert proclaim(house) == ["DAG, publication of the minutes and decisions of DAG026: from Wed 26 Jul 2023 to Thu 27 Jul 2023"]


def test_a_decision_published_meanwhile_stays(house):
    decision = operations.publish(ex_committee(house), by=house.pmo)
    assert proclaim(house) == []
    working = Calendar(proclaimed={THANKSGIVING: "A day"}).working(date(2023, 7, 12), 10)
    refused(
        lambda: operations.move_publication(decision, working, why="A day", by=house.programme_pmo, at=portal_now()),
        "This deadline does not run any more.",
    )
    assert again(decision).publication_due_at == decision.publication_due_at


def test_a_decisions_publication_never_moves_to_an_earlier_day(house):
    decision = ex_committee(house)
    earlier = Calendar().working(date(2023, 7, 12), 9)
    refused(
        lambda: operations.move_publication(decision, earlier, why="A day", by=house.programme_pmo, at=portal_now()),
        "no deadline moves to an earlier day",
    )


def test_a_window_of_a_vote_was_frozen_when_it_opened_and_stays(house):
    question = operations.open_question(
        operations.put_question(house.dag, "Should CR018 be approved?", subject="CR018", version="1.8", window_days=10, by=house.pmo), by=house.pmo
    )
    before = question.closes_at
    assert proclaim(house) == []
    assert Question.objects.get(pk=question.pk).closes_at == before == datetime(2023, 7, 26, 16, tzinfo=UTC)
