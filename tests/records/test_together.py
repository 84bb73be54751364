"""Rows of many kinds asked for in one query are what each kind would have been asked for by itself."""

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch
from django.test.utils import CaptureQueriesContext

from decisions.models import Question
from groups.models import Holding, Policy, Seat
from ledger.models import Payload
from meetings.models import AgendaItem, Meeting
from records.together import at_once
from tests.factories import HoldingFactory, MeetingFactory, QuestionFactory

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
        found = at_once(sought)
    assert len(queries) == 2  # the second reads the holdings of the seats
    assert [[columns(each) for each in rows] for rows in found] == [[columns(each) for each in rows] for rows in sought]
    assert found[0][0].seat.group == holdings[-1].seat.group
    assert [[each.pk for each in seat.holdings.all()] for seat in found[4]] == [[each.pk for each in seat.holdings.all()] for seat in sought[4]]


def test_where_nothing_can_be_found_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert at_once([Seat.objects.none(), Holding.objects.filter(pk__in=[])]) == [[], []]
