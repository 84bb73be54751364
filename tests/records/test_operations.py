"""An operation happens whole or not at all; the ledger's entries come last in it, and nothing is locked after them."""

import psycopg
import pytest
from django.db import connection

from groups.models import Holding, Seat, User
from ledger.models import Entry
from ledger.operations import seal, seal_now
from ledger.verifying import faults
from notifications.models import Notice
from notifications.outbox import tell
from records.locks import locked
from records.operations import NotInAnOperation, TooLate, operating, operation
from records.rules import Refused
from records.sweep import run
from tests.factories import HoldingFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("kind", flat=True))


@operation
def inner(holding: Holding, kind: str, *, by: User) -> None:
    seal(kind, holding, by=by)


def test_what_inner_operations_seal_is_written_when_the_outermost_is_over():
    holding, by = HoldingFactory(), UserFactory()

    @operation
    def outer() -> None:
        inner(holding, "first", by=by)
        assert told() == []
        list(locked(Seat.objects.filter(pk=holding.seat_id)))  # the ledger's lock is not taken yet, so this waits for nobody
        seal("second", holding, by=by)

    outer()
    assert told() == ["first", "second"]
    assert list(faults()) == []


def test_an_entry_says_what_the_record_was_when_it_was_put_down():
    holding, by = HoldingFactory(), UserFactory()
    with operating():
        seal("as it was", holding, by=by)
        holding.person = PersonFactory()
        holding.save_by(by)
        seal("as it became", holding, by=by)
    was, became = (entry.payload.body["record"]["person_id"] for entry in Entry.objects.order_by("seq"))
    assert was != became == holding.person_id
    assert list(faults()) == []


def test_what_a_refused_operation_had_put_down_is_forgotten_with_it():
    holding, by = HoldingFactory(), UserFactory()

    @operation
    def refused() -> None:
        seal("never", holding, by=by)
        raise Refused(["No."])

    with operating():
        with pytest.raises(Refused):
            refused()
        seal("all the same", holding, by=by)
    assert told() == ["all the same"]


def test_nothing_can_be_sealed_outside_an_operation():
    with pytest.raises(NotInAnOperation):
        seal("nowhere", HoldingFactory(), by=UserFactory())


def test_nothing_is_locked_or_changed_once_an_entry_is_written():
    holding, by = HoldingFactory(), UserFactory()
    with operating():
        entry = seal_now("at once", holding, by=by)
        with pytest.raises(TooLate):
            locked(Seat.objects.filter(pk=holding.seat_id))
        with pytest.raises(TooLate):
            holding.save_by(by)
        tell([PersonFactory()], key="a receipt", template="daily_head", by=by, head=entry)  # a row added locks nothing
    with operating():
        list(locked(Seat.objects.filter(pk=holding.seat_id)))  # another operation begins afresh


def test_a_row_that_another_sweep_is_at_is_left_to_it(clock):
    clock("2023-07-12 10:00")
    by = UserFactory()
    first, second = (tell([PersonFactory()], key=f"{n}", template="daily_head", by=by, head="1:abc")[0] for n in (1, 2))
    with psycopg.connect(_address()) as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"chore relay mail {first.pk}"])
        assert run().done == {"relay mail": 1}
    assert [Notice.objects.get(pk=n.pk).status for n in (first, second)] == ["queued", "sent"]
    assert run().done == {"relay mail": 1}


def _address() -> str:
    params = connection.get_connection_params()
    return psycopg.conninfo.make_conninfo(**{k: params[k] for k in ("dbname", "user", "password", "host", "port") if params.get(k)})


def test_the_sweep_locks_no_row_before_its_verb_does():
    """A verb locks a meeting before its decisions: a sweep that came with the decision locked would wait the wrong way round."""
    by = UserFactory()
    tell([PersonFactory()], key="k", template="daily_head", by=by, head="1:abc")
    asked: list[str] = []

    def note(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        run()
    claims = [n for n, sql in enumerate(asked) if "pg_try_advisory_xact_lock" in sql]
    locks = [n for n, sql in enumerate(asked) if "FOR NO KEY UPDATE" in sql]
    assert claims
    assert min(locks) > min(claims)
