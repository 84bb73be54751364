"""Things to do with votes and decisions: shown if and only if they can be done now and are not done."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from decisions import operations
from decisions.models import Cast, Decision, Outcome, Question
from decisions.subjects import Subject, Terms
from desk.things import things_to_do
from groups.standing import Standing
from meetings.operations import schedule
from records.clock import london_date, portal_now
from records.rules import Refused
from tests.decisions.houses import House
from tests.factories import AlternateFactory, PersonFactory, UserFactory
from tests.pages import Visitor, text_of
from tests.verbs import each_checked

pytestmark = pytest.mark.django_db
APPROVED = [Subject("change_request", "CR018", Outcome.APPROVED, version="1.8")]
REASONS = ["Without it the baseline stands for everybody."]


@pytest.fixture
def house(clock, settings):
    settings.DEMO = True
    house = House(clock, seats=2)
    house.alternate = UserFactory(person=PersonFactory())
    AlternateFactory(seat=house.seats[0], person=house.alternate.person)
    return house


def question() -> Question:
    return Question.objects.get(follows=None, status__in=("draft", "open", "closed"))


def last_cast(seat) -> Cast:
    found = Cast.objects.filter(row__seat=seat).order_by("-n").first()
    if found is None:
        raise Refused(["There is no vote."])
    return found


def row(house, n):
    found = question().roll.filter(seat=house.seats[n]).first()
    if found is None:
        raise Refused(["There is no roll."])
    return found


# what is offered under which word, done how: by whom, and whether it leaves nothing to do
DOING = {
    "open": lambda house, by: operations.open_question(question(), by=by),
    "vote": lambda house, by: operations.cast_vote(row(house, 0), "approve", by=by),
    "close": lambda house, by: operations.close(question(), by=by),
    "confirm": lambda house, by: operations.answer_for(last_cast(house.seats[0]), agrees=True, by=by),
    "determine": lambda house, by: operations.determine(Decision.objects.get(), Terms(APPROVED, reasons=REASONS), by=by),
}
OTHERWISE = {
    "spoken": lambda house, by: operations.record_spoken_vote(row(house, 0), "reject", comment="x", by=house.secretary),
    "absent": lambda house, by: operations.mark_absent(row(house, 0), by=house.secretary),
    "second seat": lambda house, by: operations.cast_vote(row(house, 1), "reject", comment="x", by=house.holders[1]),
}
PEOPLE = ("holder", "alternate", "secretary", "chair", "observer", "reader", "stranger")


def person(house, who):
    return house.holders[0] if who == "holder" else getattr(house, who)


def offered(house, who) -> set[str]:
    now = portal_now()
    return {t.verb for t in things_to_do(Standing(person(house, who), london_date(now)), now)}


def is_done(verb: str, house) -> bool:
    """Whether somebody has done it already: then it can be done again (a vote changed), but does not wait to be done."""
    return verb == "vote" and Cast.objects.filter(row__seat=house.seats[0]).exists()


step = st.tuples(st.sampled_from(sorted(DOING | OTHERWISE)), st.sampled_from(PEOPLE), st.integers(0, 3))


def stories(many: int):
    """So many made-up stories of a vote."""
    def told(test):
        made = given(st.booleans(), st.booleans(), st.lists(step, min_size=2, max_size=9))(test)
        first = example(False, True, [("vote", "alternate", 0), ("confirm", "holder", 0)])(made)
        return settings(max_examples=many, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])(first)

    return told


@pytest.mark.brief
@stories(10)
def test_a_thing_is_shown_if_and_only_if_it_can_be_done_now(house, clock, in_the_room, begun, steps):
    play(house, clock, in_the_room, begun, steps)


@pytest.mark.long
@stories(60)
def test_whatever_happened_a_thing_is_shown_if_and_only_if_it_can_be_done_now(house, clock, in_the_room, begun, steps):
    play(house, clock, in_the_room, begun, steps)


def play(house, clock, in_the_room, begun, steps):
    """And is not done yet."""
    at = datetime(2023, 7, 12, 9, tzinfo=UTC)
    with transaction.atomic():
        with each_checked():
            clock(at)
            (house.ask if begun else house.bring)(window_days=None if in_the_room else 2)
            for verb, who, days in steps:
                at += timedelta(days=days)
                clock(at)
                _sweep()
                if verb in DOING:
                    shown, done_before = verb in offered(house, who), is_done(verb, house)
                    could = _try(DOING[verb], house, person(house, who))
                    assert shown == (could and not done_before), f"{verb} by the {who}: shown {shown}, could {could}"
                else:
                    _try(OTHERWISE[verb], house, None)
        transaction.set_rollback(True)


def _sweep():
    for each in Question.objects.filter(status="open"):
        operations.close_when_due(each)


def _try(do, house, by) -> bool:
    try:
        with transaction.atomic():
            do(house, by)
    except (Refused, Question.DoesNotExist):
        return False
    return True


def test_the_desk_tells_a_representative_the_exact_time_and_the_working_days_left(house, clock):
    house.ask(window_days=5)
    clock("2023-07-17 10:00")
    said = text_of(Visitor(house.holders[0]).opens("/desk/"))
    assert "You have 1 thing to do" in said
    assert "17:00 on 19 Jul 2023 : 2 working days left" in said


def test_what_was_due_half_an_hour_ago_is_overdue(house, clock):
    tabled = operations.table(operations.draft(house.group, "Hours", "The SRO approved CR018", by=house.secretary), by=house.secretary)
    operations.promise(tabled, datetime(2023, 7, 19, 16, tzinfo=UTC), by=house.pmo)
    chair = Visitor(house.chair)
    clock("2023-07-19 16:30")
    assert "17:00 on 19 Jul 2023 : today" in text_of(chair.opens("/desk/"))
    clock("2023-07-19 17:30")
    assert "Overdue was due 17:00 on 19 Jul 2023" in text_of(chair.opens("/desk/"))


def test_what_closes_first_comes_first(house):
    house.ask(window_days=5, subject="CR020")
    house.ask(window_days=2, subject="CR019")
    now = portal_now()
    titles = [t.title for t in things_to_do(Standing(house.holders[0], london_date(now)), now)]
    assert ["CR019" in titles[0], "CR020" in titles[1]] == [True, True]


def test_what_a_room_waits_for_comes_first(house, clock):
    house.ask(window_days=1, subject="CR019", version="1.0", title="CR019", decision_wording="CR019", wording="Should CR019 be approved?")
    house.ask(window_days=None)
    told = things_to_do(Standing.at(house.holders[0], portal_now()), portal_now())
    assert [thing.in_the_room for thing in told] == [True, False]
    assert "CR018" in told[0].title


def test_whoever_closes_a_vote_reads_who_has_not_given_one_and_what_is_disputed(house):
    asked = house.ask(window_days=None)
    cast = operations.record_spoken_vote(house.row(asked, 0), "approve", by=house.secretary)
    operations.answer_for(cast, agrees=False, text="We said abstain.", by=house.holders[0])
    page = text_of(Visitor(house.secretary).opens(f"/desk/do/decisions.close/{asked.pk}/"))
    first, *others = (house.row(asked, n).constituency for n in range(len(house.seats)))
    assert f"Recorded as not having voted, if it is closed now: {', '.join(others)}." in page
    assert f"What was recorded for {first} is disputed by its holder" in page


def test_a_meeting_that_is_under_way_comes_before_what_has_a_day(house, clock):
    """Who came, its minutes, and that it was held; on another day they are work like any other."""
    house.ask(window_days=1, subject="CR019", version="1.0", title="CR019", decision_wording="CR019", wording="Should CR019 be approved?")
    now = portal_now()
    meeting = schedule(house.group, "31", starts_at=now + timedelta(hours=1), by=house.secretary)

    def first(at: datetime) -> list[str]:
        clock(at)
        return [thing.title for thing in things_to_do(Standing.at(house.secretary, at), at) if thing.in_the_room]

    assert first(now) == []
    assert first(now + timedelta(hours=2)) == [f"Record that {meeting} was held", f"Record who came to {meeting}", f"Write the minutes of {meeting}"]
    assert first(now + timedelta(days=1, hours=2)) == []
