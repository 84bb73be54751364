"""Records with all that hangs on them, asked for in one query, are what Django would have read in many."""

from datetime import date

import pytest
from django.db.models import Prefetch

from groups.models import Alternate, Group, Holding, Seat
from records.whole import Whole
from tests.factories import AlternateFactory, GroupFactory, HoldingFactory, SeatFactory

pytestmark = pytest.mark.django_db


def with_everything():
    approved = Alternate.objects.filter(approved_on__isnull=False).select_related("person").order_by("-pk")
    sat = Holding.objects.select_related("person").order_by("pk").prefetch_related(Prefetch("organisation"), "person__alternates")
    seats = Seat.objects.select_related("constituency").order_by("-order").prefetch_related(Prefetch("alternates", approved), Prefetch("holdings", sat))
    return Group.objects.select_related("parent").order_by("-code").prefetch_related(Prefetch("seats", seats), "parent__seats", "terms_of_reference", "seats__constituency__aliases")


GROUPS = Whole(lambda level: with_everything().filter(level=level), level=32767)


@pytest.fixture
def groups():
    """Two of one level, of which one has a parent with a seat, and one a seat in which three have sat."""
    parent = GroupFactory(level=2)
    SeatFactory(group=parent)
    below, alone = GroupFactory(level=3, parent=parent), GroupFactory(level=3)
    seats = [SeatFactory(group=below, order=n) for n in (2, 1)]
    for first in ("2023-01-01", "2024-01-01", "2025-01-01"):
        day = date.fromisoformat(first)
        HoldingFactory(seat=seats[0], during=(day, day.replace(month=12)))
    AlternateFactory(seat=seats[0], person=seats[0].holdings.first().person, approved_on=date(2023, 1, 1))
    AlternateFactory(seat=seats[0], approved_on=None)
    return below, alone


def told(group: Group) -> list:
    """All that can be reached from it, in its order."""
    return [
        group, group.parent, [*group.parent.seats.all()] if group.parent else None, [*group.terms_of_reference.all()],
        [
            (
                seat, seat.group is group, seat.constituency, [*seat.constituency.aliases.all()] if seat.constituency else None, [(each, each.person) for each in seat.alternates.all()],
                [(sat, sat.seat is seat, sat.person, sat.organisation, [*sat.person.alternates.all()]) for sat in seat.holdings.all()],
            )
            for seat in group.seats.all()
        ],
    ]  # fmt: skip


def test_they_are_asked_for_once_and_are_what_django_reads(groups, django_assert_num_queries):
    with django_assert_num_queries(1):
        at_once = [told(group) for group in GROUPS.records(level=3)]
    assert at_once == [told(group) for group in with_everything().filter(level=3)]
    assert sorted(len(each[-1]) for each in at_once) == [0, 2]


def test_each_call_has_its_own_records_and_finds_what_came_since(groups):
    below, _ = groups
    assert GROUPS.records(level=9) == []
    first = GROUPS.records(level=2)
    added = SeatFactory(group=first[0])
    again = GROUPS.records(level=2)
    assert again[0] is not first[0]
    assert added in again[0].seats.all()
    assert added not in first[0].seats.all()
    assert below.parent == again[0]


def test_what_is_looked_for_further_is_looked_for_among_its_own(groups, django_assert_num_queries):
    below = next(group for group in GROUPS.records(level=3) if group.parent)
    sat, free = sorted(below.seats.all(), key=lambda seat: -seat.holdings.count())
    with django_assert_num_queries(2):
        assert [sat.holdings.filter(during__startswith__gte=date(2024, 1, 1)).count(), free.holdings.filter(during__startswith__gte=date(2024, 1, 1)).count()] == [2, 0]
    with django_assert_num_queries(1):
        assert sat.alternates.filter(occasion="").count() == 1  # the one who is approved: as it was looked up


def test_a_mark_that_the_column_cannot_hold_is_refused():
    with pytest.raises(TypeError, match="finds nothing"):
        Whole(lambda level: Group.objects.filter(level=level), level=-1).records(level=3)


@pytest.mark.parametrize(
    ("lookups", "said"),
    [
        ([Prefetch("seats", to_attr="chairs")], "under another name"),
        (["seats", Prefetch("seats", Seat.objects.all())], "looked up already"),
        (["name"], "is neither a foreign key"),
    ],
    ids=["kept elsewhere", "in two ways", "no relation"],
)  # fmt: skip
def test_what_cannot_be_read_so_is_refused_before_anything_is_asked(lookups, said, django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(TypeError, match=said):
        Whole(lambda: Group.objects.prefetch_related(*lookups)).records()
