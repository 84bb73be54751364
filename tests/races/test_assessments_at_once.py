"""Answers, closes and extensions at the same instant, each in a process of its own; and a sweep that is killed among many windows."""

from collections import Counter

import pytest

from change_requests.models import Assessment, Response
from ledger.verifying import faults
from notifications.models import Notice
from register import checking
from tests.change_requests.offices import Office
from tests.races.crews import job, until_the_dead_are_gone
from tests.races.halls import entries

pytestmark = pytest.mark.django_db(transaction=True)


def what_is_wrong() -> list[str]:
    return [*faults(), *checking.faults(lambda noun: noun.record._base_manager.values("pk") if noun.name == "change_request" else [])]


@pytest.mark.long
def test_two_people_of_one_firm_who_answer_at_once_both_have_answered_and_the_last_counts(crews, clock):
    office = Office(clock)
    colleague = office.appointed("respondent", office.firms[0])
    row = office.place(office.assessed(), 0)
    people = [office.respondents[0], colleague] * 2
    came = crews.all(*[job("respond", row=row.pk, user=user.pk, position=position, times=3) for user, position in zip(people, ["support", "object"] * 2, strict=True)])
    assert sorted(each["n"] for own in came for each in own) == list(range(1, 13))
    assert Response.objects.count() == entries("answered") == 12
    assert what_is_wrong() == []


@pytest.mark.long
def test_everybody_who_answers_beside_an_extension_has_answered(crews, clock):
    office = Office(clock)
    assessment = office.assessed()
    answers = [job("respond", row=office.place(assessment, n).pk, user=office.respondents[n].pk, position="support", times=4) for n in range(4)]
    came = crews.all(*answers, job("extend_assessment", assessment=assessment.pk, user=office.secretary.pk, days=12))
    assert came[-1]["closes_at"].startswith("2023-07-28T17:00")
    assert Response.objects.count() == 16
    assert what_is_wrong() == []


@pytest.mark.parametrize(("at", "wins"), [("2023-07-26 16:59:59.999999", "extension"), ("2023-07-26 17:00", "close")])
def test_of_a_close_and_an_extension_at_once_the_databases_clock_says_which_it_is(crews, clock, at, wins):
    office = Office(clock)
    assessment = office.assessed()
    clock(at)
    closing = [job("close_assessment", assessment=assessment.pk) for _ in range(3)]
    *states, extended = crews.all(*closing, job("extend_assessment", assessment=assessment.pk, user=office.secretary.pk, days=12))
    assert set(states) == ({"open"} if wins == "extension" else {"closed"})
    assert ("closes_at" in extended) == (wins == "extension")
    assert Assessment.objects.get().status == states[0]
    assert entries("closed") == (wins == "close")
    assert what_is_wrong() == []


def many_windows_close_once(crews, clock, windows: int):
    office = Office(clock)
    for n in range(windows):
        office.answer(office.assessed(office.raised(f"Change {n}")), 0)
    clock("2023-07-26 17:00")
    killed = crews.run(job("sweep", dies="close assessment: changed"))
    assert killed[0].killed
    until_the_dead_are_gone()
    assert Assessment.objects.filter(status="closed").count() == 0
    crews.all(job("sweep"), job("sweep"))
    crews.all(job("sweep"))
    assert Assessment.objects.filter(status="closed").count() == windows == entries("closed")
    told = Counter(Notice.objects.filter(subject__contains="is closed").values_list("address", "key"))
    assert len(told) == 3 * windows  # two secretaries and the raiser
    assert set(told.values()) == {1}
    assert what_is_wrong() == []


def test_windows_that_are_due_together_close_once_each_though_a_sweep_is_killed(crews, clock):
    many_windows_close_once(crews, clock, 6)


@pytest.mark.long
def test_three_hundred_of_them_do(crews, clock):
    many_windows_close_once(crews, clock, 300)
