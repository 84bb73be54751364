"""The only two ways in which a row is locked."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Manager, Model, QuerySet

from records.operations import refuse_if_it_is_too_late


def locked(rows: QuerySet | Manager) -> QuerySet:
    """Lock these rows against other writers until the transaction ends.

    `of=self` so that a joined nullable row does not break the lock; `no_key` so that rows which
    merely point at this one (a vote arriving, say) are not held up.
    Order when several are taken: addresses of people (groups/operations/addresses.py), content that is kept (files/operations.py), the calendar
    (groups/calendar.py), group, meeting, decision, question, roll row, agenda item, action, seat, alternate, artefact, its version, release, change
    request, its version, review or assessment, its row, dissent's rows, counter; then the turn of each edition, the shelf's, the ledger's last.
    Several of a kind by key.
    """
    refuse_if_it_is_too_late(rows.model)
    return rows.select_for_update(of=("self",), no_key=True)


def hold_still(records: Iterable[Model], *fields: str) -> None:
    """Keep these rows as they are until the transaction ends, and read these fields of them anew.

    Many may hold one at once; whoever would change it waits for all of them. The order of locks is the same. What is only held
    is never changed in the same transaction: two who did that would wait for each other. Django has no FOR SHARE of its own.
    """
    by_key = {record.pk: record for record in records}
    refuse_if_it_is_too_late(next(iter(by_key.values())))
    meta = next(iter(by_key.values()))._meta
    columns_of = {field.name: str(field.column) for field in meta.concrete_fields}
    names = (meta.db_table, *(columns_of[name] for name in ("id", *fields)))
    table, key, *columns = map(connection.ops.quote_name, names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join([key, *columns])} FROM {table} WHERE {key} = ANY(%s) ORDER BY {key} FOR SHARE", [list(by_key)]  # noqa: S608 - names from the model
        )  # fmt: skip
        for pk, *values in cursor.fetchall():
            for field, value in zip(fields, values, strict=True):
                setattr(by_key[pk], field, value)
