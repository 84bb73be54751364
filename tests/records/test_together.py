"""Rows of many kinds asked for in one query are what each kind would have been asked for by itself, however often it was asked before."""

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch
from django.test.utils import CaptureQueriesContext

from decisions.models import Question
from groups.models import Holding, Policy, Seat, User
from groups.standing import Standing
from ledger.models import Payload
from meetings.models import AgendaItem, Meeting
from records import together
from records.clock import portal_now
from records.together import Enquiry, ask_together
from tests.decisions.houses import House
from tests.factories import (
    DecisionFactory,
    GroupFactory,
    HoldingFactory,
    MeetingFactory,
    QuestionFactory,
    SeatFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def columns(record) -> dict:
    return {name: value for name, value in vars(record).items() if not name.startswith("_")}


def test_they_are_whole_records_in_their_order_with_what_is_read_besides():
    holdings = [HoldingFactory() for _ in range(3)]
    for _ in range(2):
        MeetingFactory(published_agenda=[{"n": 1, "title": "Ünter “all”"}])
    QuestionFactory()
    sought = [
        Holding.objects.select_related("seat__group", "person").order_by("-pk"),  # days from and to
        Meeting.objects.annotate(has_items=Exists(AgendaItem.objects.filter(meeting=OuterRef("pk")))).order_by("pk"),  # moments, and JSON
        Policy.objects.none(),
        Question.objects.filter(wording="nobody asked that"),
        Seat.objects.prefetch_related(Prefetch("holdings", Holding.objects.order_by("pk"))).order_by("pk"),
        Payload.objects.order_by("pk")[:2],
    ]
    with CaptureQueriesContext(connection) as queries:
        found = Enquiry(sought).answers()
    assert len(queries) == 2  # the second reads the holdings of the seats
    assert [[columns(each) for each in rows] for rows in found] == [[columns(each) for each in rows] for rows in sought]
    assert found[0][0].seat.group == holdings[-1].seat.group
    assert [[each.pk for each in seat.holdings.all()] for seat in found[4]] == [[each.pk for each in seat.holdings.all()] for seat in sought[4]]


def test_where_nothing_can_be_found_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Enquiry([Seat.objects.none(), Holding.objects.filter(pk__in=[])]).answers() == [[], []]


@pytest.fixture
def desk(clock):
    return Desk(clock)


class Desk:
    """Somebody's, who comes back to it."""

    def __init__(self, clock):
        self.house = House(clock, seats=1)
        self.person = self.house.secretary.person

    def standing(self) -> Standing:
        return Standing.at(User.objects.get(pk=self.house.secretary.pk), portal_now())

    def found(self) -> dict[str, list]:
        """What is asked together; and the same of each kind by itself."""
        at_once, alone, now = self.standing(), self.standing(), portal_now()
        ask_together(at_once)
        found = {each.name: each(at_once, now) for each in together._marked}
        assert found == {each.name: each(alone, now) for each in together._marked}
        return {name.rpartition(".")[2]: rows for name, rows in found.items() if rows}


def test_a_query_put_together_once_finds_what_came_since(desk):
    house = desk.house
    assert desk.found() == {}
    kept = together._enquiry_for(desk.standing())
    first = house.bring()
    assert desk.found() == {"_running": [first]}
    second = house.bring()
    assert desk.found() == {"_running": [first, second]}
    assert together._enquiry_for(desk.standing()) is kept


def test_it_is_another_query_once_what_it_depends_on_has_changed(desk, clock):
    kept = [together._enquiry_for(desk.standing())]
    desk.person.name = "Oriel Quartermaine"  # actions are owned by name
    desk.person.save_by(desk.house.secretary)
    kept.append(together._enquiry_for(desk.standing()))
    clock("2023-07-13 09:00")
    kept.append(together._enquiry_for(desk.standing()))
    chaired = GroupFactory()
    HoldingFactory(seat=SeatFactory(group=chaired, role="chair", constituency=None), person=desk.person)
    tabled = DecisionFactory(group=chaired, status="tabled")
    assert desk.found() == {"_tabled": [tabled]}
    kept.append(together._enquiry_for(desk.standing()))
    assert len(set(map(id, kept))) == len(kept)


def test_only_those_who_looked_last_are_kept(desk, monkeypatch):
    monkeypatch.setattr(together, "KEPT", 2)
    standings = [desk.standing(), *(Standing.at(UserFactory(), portal_now()) for _ in range(2))]
    kept = [together._enquiry_for(each) for each in standings]
    assert len(together._kept) == 2
    assert together._enquiry_for(standings[2]) is kept[2]
    assert together._enquiry_for(standings[0]) is not kept[0]


def test_to_put_it_together_nothing_is_asked_of_the_database(desk, django_assert_num_queries):
    """What was asked then would be stale the next time."""
    standing = desk.standing()
    standing.facts  # noqa: B018 - the standing itself is asked for
    with django_assert_num_queries(0):
        for each in together._marked:
            each.build(standing)
