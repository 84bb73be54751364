"""Whether every record reads as its history last told it. A record is only ever saved with a row of its history, by whatever verb."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models
from psycopg import sql

from ledger.redacted import Redactions
from records.models import Record

# Of each record that does not: whether it has a history, how often that tells of it, and the columns that read otherwise.
_ASKED = """
    WITH told AS (SELECT DISTINCT ON ({key}) h.*, count(*) OVER (PARTITION BY {key}) AS times FROM {history} h ORDER BY {key}, history_id DESC)
    SELECT coalesce(r.{key}, told.{key}), r.{key} IS NULL, coalesce(told.times, 0), r.revision, array_remove(ARRAY[{differing}], NULL)
    FROM {table} r FULL JOIN told ON told.{key} = r.{key}
    WHERE r.{key} IS NULL OR told.times IS DISTINCT FROM r.revision OR ROW({today}) IS DISTINCT FROM ROW({then})
    ORDER BY 1
"""


def records() -> list[type[Record]]:
    return [model for model in apps.get_models() if issubclass(model, Record) and not hasattr(model, "history_object")]


def history_faults(redactions: Redactions) -> Iterator[str]:
    """What was put in, taken out or altered past the verbs, in the table or in its history. One query a table."""
    for model in records():
        yield from _faults_of(model, redactions)


def _faults_of(model: type[Record], redactions: Redactions) -> Iterator[str]:
    erased = redactions.rows.get(model._meta.db_table, {})
    with connection.cursor() as cursor:
        cursor.execute(_question(model).as_string(cursor.connection))
        found = cursor.fetchall()
    for pk, gone, times, revision, differing in found:
        name = f"{model._meta.verbose_name} {pk}"
        changed = sorted(set(differing) - set(erased.get(str(pk), ())))
        if gone:
            yield f"The {name} is gone, and its history tells of it."
        elif not times:
            yield f"No history tells of the {name}: it did not come by the portal's verbs."
        elif times != revision:
            yield f"The {name} was saved {revision} times, and its history tells of {times}."
        elif changed:
            yield f"The {name} does not read as its history last told it: {', '.join(changed)}."


def _question(model: type[Record]) -> sql.Composed:
    columns = sorted(_columns(model) & _columns(model.history.model))
    same = sql.SQL("CASE WHEN r.{0} IS DISTINCT FROM told.{0} THEN {1} END")
    comma, name = sql.SQL(", "), sql.Identifier
    return sql.SQL(_ASKED).format(
        key=name(str(model._meta.pk.column)), history=name(model.history.model._meta.db_table), table=name(model._meta.db_table),
        differing=comma.join(same.format(name(each), sql.Literal(each)) for each in columns),
        today=comma.join(name("r", each) for each in columns), then=comma.join(name("told", each) for each in columns),
    )  # fmt: skip


def _columns(model: type[models.Model]) -> set[str]:
    return {str(field.column) for field in model._meta.concrete_fields}
