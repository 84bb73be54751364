"""The one step of Django's that is taken otherwise, records/postgresql/: what is asked stays the same."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.postgresql.compiler import SQLCompiler as DjangosCompiler
from django.db.models import Count, F, Value
from django.db.models.functions import Lower

from groups.models import Seat
from records.postgresql.compiler import SQLCompiler
from tests.factories import GroupFactory, SeatFactory


def both(rows) -> tuple[tuple, tuple]:
    return tuple(each(rows.query.chain(), connection, None).as_sql() for each in (SQLCompiler, DjangosCompiler))  # type: ignore[return-value]


def test_records_in_their_order_are_asked_for_in_the_same_words():
    for model in (model for model in apps.get_models() if model._meta.ordering):
        ours, djangos = both(model._base_manager.select_related(*[field.name for field in model._meta.fields if field.is_relation]))
        assert ours == djangos, model._meta.label
        assert "ORDER BY" in ours[0]


def test_the_compiler_is_the_one_that_is_asked():
    assert type(Seat.objects.all().query.get_compiler("default")) is SQLCompiler


ORDERED = {
    "a column among others": lambda rows: rows.values("label", "order").order_by("-order"),
    "a column that is not asked for": lambda rows: rows.values_list("label").order_by("order"),
    "a column under another name": lambda rows: rows.values("pk", called=F("label")).order_by("-called"),
    "an expression": lambda rows: rows.order_by(Lower("label").desc()),
    "an expression that is asked for": lambda rows: rows.values(low=Lower("label")).order_by("-low"),
    "each once": lambda rows: rows.values("label").distinct().order_by("-label"),
    "what they point to": lambda rows: rows.select_related("group").order_by("group__code", "-order"),
    "a number that was counted": lambda rows: rows.annotate(holders=Count("holdings")).order_by("holders", "-order"),
    "two lists in one": lambda rows: rows.filter(label="B").values("label").union(rows.values("label")).order_by("-label"),
    "a column of its own": lambda rows: rows.extra(select={"twice": '2 * "order"'}).order_by("-twice"),
    "a value": lambda rows: rows.order_by(Value(1), "-order"),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("how", ORDERED)
def test_whatever_they_are_ordered_by_they_come_as_django_would_have_them(how):
    group = GroupFactory(code="XYZ")
    for order, label in enumerate("BCAD"):
        SeatFactory(group=group, label=label, order=order)
    rows = ORDERED[how](Seat.objects.all())
    ours, djangos = both(rows)
    with connection.cursor() as cursor:
        cursor.execute(*ours)
        there = cursor.fetchall()
        cursor.execute(*djangos)
        assert there == cursor.fetchall()
    assert len(there) >= 4
