"""Two who record late holidays at the same time; and one, while a deadline is being counted."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from threading import Event, Thread

import pytest
from django.db import connection

from artefacts import operations as artefacts
from artefacts.models import Review
from change_requests import operations as changes
from change_requests.models import Assessment
from decisions.operations import determine
from decisions.subjects import Subject, Terms
from dissent import operations as dissent
from dissent.models import Referral
from groups.holidays import record_holiday
from groups.models import HolidayChange, Policy
from groups.operations import change_holiday
from ledger.models import Entry
from ledger.verifying import faults
from meetings.models import HeadlineReport
from meetings.operations import hold, publish, schedule
from records.clock import london_date
from records.moved_by_holidays import deadlines
from records.operations import operating
from records.rules import Refused
from tests.dissent.levels import Levels
from tests.factories import BelongingFactory, OrganisationFactory, a_pmo
from tests.meetings.rooms import Room
from tests.races.crews import until
from tests.races.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def recording(day: date, record=change_holiday):
    by = a_pmo()
    return lambda: record(day, HolidayChange.Kind.PROCLAIMED, name="A day of thanksgiving", announced_on=date(2023, 7, 14), by=by)


def test_of_two_who_record_the_same_day_at_once_the_second_is_refused_in_words(clock):
    clock("2023-07-14 10:00")
    results = at_once(*[recording(date(2023, 7, 20)) for _ in range(4)])
    refused = [each for each in results if isinstance(each, Refused)]
    assert {str(each) for each in refused} == {"A change of 20 Jul 2023 is recorded already."}
    assert (len(refused), HolidayChange.objects.count()) == (3, 1)


def test_of_two_days_recorded_at_once_both_move_what_they_move(clock):
    room = Room(clock)
    clock("2023-07-14 10:00")
    at_once(recording(date(2023, 7, 20), record_holiday), recording(date(2023, 7, 21), record_holiday))
    assert room.again().publication_due_on == date(2023, 7, 28)
    assert list(faults()) == []


def test_a_confirmation_beside_a_publication_leaves_what_was_published(clock):
    room = Room(clock)
    minutes = room.circulated()
    clock("2023-07-14 10:00")
    results = at_once(recording(date(2023, 7, 20), record_holiday), lambda: publish(minutes, by=room.pmo))
    meeting = room.again()
    moved = next(each for each in results if isinstance(each, list))
    assert meeting.published_at
    assert meeting.publication_due_on == (date(2023, 7, 27) if moved else date(2023, 7, 26))
    assert list(faults()) == []


def test_confirmations_at_once_move_deadlines_of_every_kind_once(clock):
    house = Levels(clock)
    concern = house.concern()
    clock("2023-07-14 10:00")
    results = at_once(*[recording(date(2023, 7, 20), record_holiday) for _ in range(3)])
    assert sorted(len(each) for each in results if isinstance(each, list)) == [2]
    assert {str(each) for each in results if isinstance(each, Refused)} == {"A change of 20 Jul 2023 is recorded already."}
    assert list(Entry.objects.about(concern).values_list("kind", flat=True)).count("deadline moved") == 1
    assert list(faults()) == []


# --- counted in the very moment in which a holiday is recorded


def held(house: Levels) -> Callable:
    meeting = schedule(house.psg, "1", starts_at=datetime(2023, 7, 14, 8, tzinfo=UTC), by=house.programme_pmo)
    return lambda: hold(meeting, by=house.programme_pmo)


def determined(house: Levels) -> Callable:
    decision = house.tabled()
    return lambda: determine(decision, Terms([Subject("change_request", "CR018", "approved", version="1.8")]), by=house.chair)


def raised(house: Levels) -> Callable:
    decision = house.determined()
    return lambda: house.concern(decision)


def carried_up(house: Levels) -> Callable:
    concern = house.concern()
    return lambda: dissent.carry_up(concern, by=house.chair)


def referred(house: Levels) -> Callable:
    return lambda: dissent.refer(house.wg, house.dag, Referral.Kind.RECOMMENDATION, "Approve the catalogue.", by=house.wg_pmo)


def passed_up(house: Levels) -> Callable:
    asked = referred(house)()
    return lambda: dissent.answer_referral(asked, "No consensus.", outcome="passed_to_psg", by=house.chair).carried_to


def assessed(house: Levels) -> Callable:
    BelongingFactory(constituency=house.dnos)
    request = changes.draft(house.dag, "Hours", OrganisationFactory(), by=house.pmo)
    changes.draft_version(request, "1.0", issue="It waits.", solution="Answer.", by=house.pmo)
    version = changes.raise_request(request, by=house.pmo).versions.get()
    return lambda: changes.open_assessment(version, kind="impact", authority="The Programme’s", by=house.pmo)


def reviewed(house: Levels) -> Callable:
    artefact = artefacts.add_artefact(house.dag, "Catalogue", by=house.pmo)
    put = artefacts.put_forward(artefacts.draft_version(artefact, "0.9", by=house.pmo), by=house.pmo)
    return lambda: artefacts.open_review(put, "Is it complete?", by=house.pmo)


def headlined(house: Levels) -> Callable:
    Policy(group=house.psg, key=Policy.Key.HEADLINES, value="10", since=date(2023, 7, 1)).save_by(house.programme_pmo)
    hold_it = held(house)
    return lambda: hold_it().headline_report


COUNTED = {
    reviewed: "close of reviews",
    assessed: "close of assessments",
    held: "publication of minutes",
    headlined: "publication of headline reports",
    determined: "publication of ex-committee decisions",
    raised: "answer to a concern or referral",
    carried_up: "answer to a concern or referral",
    referred: "answer to a concern or referral",
    passed_up: "answer to a concern or referral",
}


def one_while_the_other(first: Callable, second: Callable, clock) -> list:
    """What each returned: the first is done but not committed, and is only when the second waits for it, or is over, a minute later."""
    done, go_on, results = Event(), Event(), {}

    def holding_back() -> None:
        with operating():
            results[0] = first()
            done.set()
            go_on.wait(60)

    def work(act: Callable) -> Thread:
        def whole() -> None:
            try:
                act()
            finally:
                done.set()
                connection.close()

        thread = Thread(target=whole)
        thread.start()
        return thread

    one = work(holding_back)
    done.wait(60)
    clock("2023-07-14 10:01")
    other = work(lambda: results.update({1: second()}))
    until(lambda: somebody_waits() or not other.is_alive(), "the second waits for the first")
    go_on.set()
    one.join(60)
    other.join(60)
    return [results[0], results[1]]


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE datname = current_database() AND NOT granted")
        return bool(cursor.fetchone()[0])


def day_of(record) -> date:
    """By when it is due, as it is stored."""
    now = type(record).objects.get(pk=record.pk)
    if isinstance(now, Referral):
        return now.due_on
    if isinstance(now, HeadlineReport):
        return london_date(now.due_at)
    return london_date(now.closes_at if isinstance(now, Assessment | Review) else now.publication_due_at)


def test_there_is_a_way_to_count_each_kind_of_deadline():
    assert set(COUNTED.values()) == {kind.name for kind in deadlines()}


@pytest.mark.many(2)
@pytest.mark.parametrize("counting", COUNTED)
def test_what_is_being_counted_while_a_holiday_is_recorded_is_moved_by_it(clock, counting):
    count = counting(Levels(clock))
    clock("2023-07-14 10:00")
    record, moved = one_while_the_other(count, recording(date(2023, 7, 20), record_holiday), clock)
    assert record.pk in [each.record.pk for each in moved if each.deadline.name == COUNTED[counting]]
    assert day_of(record) == date(2023, 7, 31)  # ten working days after the 14th, less the 20th
    assert list(faults()) == []


@pytest.mark.many(2)
@pytest.mark.parametrize("counting", COUNTED)
def test_what_is_counted_while_a_holiday_is_being_recorded_waits_and_counts_with_it(clock, counting):
    count = counting(Levels(clock))
    clock("2023-07-14 10:00")
    _, record = one_while_the_other(recording(date(2023, 7, 20), record_holiday), count, clock)
    assert day_of(record) == date(2023, 7, 31)
    assert list(faults()) == []


def test_those_who_count_do_not_wait_for_each_other(clock):
    house = Levels(clock)
    refer, raise_concern = referred(house), raised(house)
    began_first, began_second = one_while_the_other(refer, raise_concern, clock)
    assert Entry.objects.about(began_second).get().seq < Entry.objects.about(began_first).get().seq
