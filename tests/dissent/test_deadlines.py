"""A bank holiday proclaimed late: what was counted for decisions, and for what is said of them, moves; what was promised stays."""

from datetime import UTC, date, datetime

import pytest

from decisions import operations
from decisions.models import Decision, Outcome, Question
from decisions.subjects import Subject, Terms
from dissent import operations as dissent
from dissent.states import histories, life_of
from groups.holidays import record_holiday
from ledger.models import Entry
from ledger.verifying import faults
from notifications.models import Notice
from records.clock import portal_now
from records.working_days import Calendar
from tests.conftest import set_clock
from tests.dissent.levels import Levels, refused, to_the_psg

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
    assert proclaim(house) == ["DAG, publication of DAG-DEC01: from 26 Jul 2023 to 27 Jul 2023"]
    decision = again(decision)
    assert decision.publication_due_at == datetime(2023, 7, 27, 16, tzinfo=UTC)
    assert {"day": "2023-07-20", "counted": False, "why": "A day of thanksgiving"} in decision.publication_working["steps"]
    assert decision.history.latest().history_change_reason == "publication deadline moved: A day of thanksgiving, 20 Jul 2023"
    subject = "DAG: publication of DAG-DEC01 now due by 17:00 on 27 Jul 2023"
    assert told_of_moves() == {(user.email, subject) for user in (house.chair, house.pmo, house.programme_pmo)}


def test_the_move_of_a_decisions_publication_is_in_the_ledger(house):
    decision = ex_committee(house)
    proclaim(house)
    entry = Entry.objects.about(decision).last()
    assert entry.kind == "deadline moved"
    assert entry.payload.body["facts"] == {"before": "2023-07-26", "after": "2023-07-27", "why": "A day of thanksgiving, 20 Jul 2023"}
    assert list(faults()) == []


def test_the_clock_publishes_at_the_hour_to_which_it_was_moved(house):
    decision = ex_committee(house)
    proclaim(house)
    house.clock("2023-07-26 17:00")
    assert not Decision.objects.due_for_publication(portal_now()).exists()
    house.clock("2023-07-27 17:00")
    assert Decision.objects.due_for_publication(portal_now()).get() == decision


def test_a_decision_embargoed_moves_too_since_the_hold_may_end_before(house):
    operations.embargo(ex_committee(house), until=date(2023, 7, 25), why="Ofgem is still to be told", by=house.pmo)
    assert len(proclaim(house)) == 1


def test_a_decision_of_a_meeting_goes_by_the_meeting(house):
    house.determined()
    assert proclaim(house) == ["DAG, publication of the minutes and decisions of DAG026: from 26 Jul 2023 to 27 Jul 2023"]


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


def test_the_day_to_answer_a_concern_moves_and_its_seat_is_told(house):
    concern = dissent.take_on(house.concern(ex_committee(house)), house.other.person, by=house.pmo)
    assert "DAG, answer to the significant concern of DNO Representative with DAG-DEC01: from 26 Jul 2023 to 27 Jul 2023" in proclaim(house)
    assert again(concern).due_on == date(2023, 7, 27)
    subject = "DAG: answer to the significant concern of DNO Representative with DAG-DEC01 now due by 27 Jul 2023"
    those = (house.dno, house.other, house.chair, house.pmo, house.programme_pmo)
    assert {(who, what) for who, what in told_of_moves() if "answer" in what} == {(user.email, subject) for user in those}
    assert Entry.objects.about(concern).last().kind == "deadline moved"
    assert list(faults()) == []


def test_the_story_of_a_concern_says_that_its_day_was_moved_and_why(house):
    concern = house.concern()
    proclaim(house)
    step = life_of(again(concern), histories([concern]))[-1]
    assert (step.title, step.text) == ("An answer is due by 27 Jul 2023 now", "day to answer moved: A day of thanksgiving, 20 Jul 2023")


def test_until_the_new_last_day_a_seat_leaves_the_group_to_answer(house):
    concern = house.concern()
    proclaim(house)
    house.clock("2023-07-27 12:00")
    refused(lambda: dissent.carry_up(again(concern), by=house.dno), "DAG has until 27 Jul 2023 to answer")


def test_a_concern_carried_up_moves_where_it_lies(house):
    house.psg_seat()
    below, _ = to_the_psg(house, house.clock)
    assert proclaim(house)[-1].startswith("PSG, answer to the significant concern of DNO Representative with DAG-DEC01: from 28 Jul 2023 to 31 Jul")
    assert again(below).due_on == date(2023, 7, 26)
    assert house.dno.email in {who for who, what in told_of_moves() if what.startswith("PSG")}


def test_a_concern_answered_or_overdue_meanwhile_stays(house):
    concern = dissent.answer_referral(house.concern(ex_committee(house)), "The cost is capped.", by=house.chair)
    assert not any("concern" in each for each in proclaim(house))
    working = Calendar(proclaimed={THANKSGIVING: "A day"}).working(date(2023, 7, 12), 10)
    refused(
        lambda: dissent.move_answer(concern, working, why="A day", by=house.programme_pmo, at=portal_now()),
        "This deadline does not run any more.",
    )


def test_two_holidays_in_a_row_move_a_concern_twice(house):
    concern = house.concern()
    proclaim(house)
    proclaim(house, date(2023, 7, 21), name="Another")
    assert again(concern).due_on == date(2023, 7, 28)


def test_a_withdrawn_holiday_moves_no_concern_to_an_earlier_day(house):
    house.clock("2023-08-21 10:00")
    concern = house.concern(ex_committee(house))
    before = concern.due_on
    assert record_holiday(date(2023, 8, 28), "withdrawn", name="Summer bank holiday", announced_on=date(2023, 8, 21), by=house.programme_pmo) == []
    assert again(concern).due_on == before


def test_a_recommendation_moves_unless_somebody_chose_the_day(house):
    told = {"text": "Approve CR018.", "by": house.wg_pmo}
    counted = dissent.refer(house.wg, house.dag, "recommendation", **told)
    chosen = dissent.refer(house.wg, house.dag, "recommendation", due_on=date(2023, 7, 24), **told)
    assert proclaim(house) == ["DAG, answer to the recommendation from BPRWG: from 26 Jul 2023 to 27 Jul 2023"]
    assert (again(counted).due_on, again(chosen).due_on) == (date(2023, 7, 27), date(2023, 7, 24))


def test_nothing_moves_when_the_recording_is_undone(house):
    """Whoever may not record a holiday moves nothing, and no entry of the ledger tells of it."""
    concern, decision = house.concern(), ex_committee(house)
    entries = Entry.objects.count()
    refused(lambda: proclaim(house, by=house.pmo), "Only the PMO secretariat")
    assert (again(concern).due_on, again(decision).publication_due_at) == (concern.due_on, decision.publication_due_at)
    assert Entry.objects.count() == entries
