"""What is only ever added to is counted and digested, table by table: in the daily head what came in since the head before.

So rows of histories and facts that were altered, put in between or taken out show against a head, whatever else speaks of them.
"""

import secrets
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models
from psycopg import sql

from records.canonical import canonical, sha256
from records.guards import is_append_only

PROVED_OTHERWISE = ("ledger.Entry", "ledger.Payload", "ledger.DailyHead")  # the chain itself

# Ranges of keys, each with its number, and of the rows of each how many there are and their digest.
_ASKED = """
    SELECT each.n, count(t.{key}), encode(sha256(convert_to(coalesce(string_agg(encode(sha256(convert_to(
        jsonb_build_array({columns})::text, 'UTF8')), 'hex'), '' ORDER BY t.{key}) FILTER (WHERE t.{key} IS NOT NULL), ''), 'UTF8')), 'hex')
    FROM (VALUES {ranges}) AS each (n, after, upto) LEFT JOIN {table} t ON t.{key} > each.after AND t.{key} <= each.upto
    GROUP BY each.n ORDER BY each.n
"""


class Tallied(models.Model):
    """A fact that holds such a tally. It seals the digest of it: how many rows came in where is nobody's to read."""

    tallies = models.JSONField(default=dict, editable=False, help_text="table -> its last row, how many came in, and their digest; with a salt")

    class Meta:
        abstract = True

    def sealed(self) -> dict[str, Any]:
        """What an earlier version of the portal made has none, and is sealed as it then was."""
        told = super().sealed()  # type: ignore[misc]
        return told | {"tallies_sha256": sha256(canonical(self.tallies))} if self.tallies else told


def tallied(models_: Iterable[type[models.Model]], after: dict[str, int]) -> dict[str, Any]:
    """What came into these tables after those rows. A table that somebody else writes to just now waits for the next time."""
    found = {model._meta.db_table: model for model in models_}
    ends = _ends(found)
    written = _written_by_others()  # asked after the ends: whoever has a number of a row before them, and is not done, holds his lock still
    spans = {table: (after.get(table, 0), end) for table, end in ends.items() if table not in written and end > after.get(table, 0)}
    return {"salt": secrets.token_hex(16), "tables": {table: _tally(found[table], *span) for table, span in spans.items()}}


def append_only() -> list[type[models.Model]]:
    everything = apps.get_models(include_auto_created=True)
    return [model for model in everything if is_append_only(model) and model._meta.label not in PROVED_OTHERWISE]


def _tally(model: type[models.Model], after: int, upto: int) -> dict[str, Any]:
    columns = _columns(model)
    [(rows, digest)] = _digests(model, columns, [(after, upto)])
    return {"to": upto, "rows": rows, "columns": columns, "sha256": digest}


def _columns(model: type[models.Model]) -> list[str]:
    """Those of bytes are left out: beside them stands their hash."""
    return sorted(str(field.column) for field in model._meta.concrete_fields if not isinstance(field, models.BinaryField))


def _ends(found: dict[str, type[models.Model]]) -> dict[str, int]:
    """Table by table, its last row: in one query."""
    last = sql.SQL("SELECT {0}, coalesce(max({1}), 0) FROM {2}")
    parts = [last.format(sql.Literal(table), sql.Identifier(_key(model)), sql.Identifier(table)) for table, model in found.items()]
    return dict(_asked(sql.SQL(" UNION ALL ").join(parts))) if parts else {}


def _written_by_others() -> set[str]:
    locks = "SELECT relation::regclass::text FROM pg_locks WHERE locktype = 'relation' AND mode LIKE '%Row%Exclusive%' AND pid IS DISTINCT FROM pg_backend_pid()"
    here = " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    return {table.strip('"') for (table,) in _asked(sql.SQL(locks + here))}


def _digests(model: type[models.Model], columns: list[str], spans: list[tuple[int, int]]) -> list[tuple[int, str]]:
    ranges = [sql.SQL("({}, {}::bigint, {}::bigint)").format(n, *span) for n, span in enumerate(spans)]
    asked = sql.SQL(_ASKED).format(
        key=sql.Identifier(_key(model)), table=sql.Identifier(model._meta.db_table), ranges=sql.SQL(", ").join(ranges),
        columns=sql.SQL(", ").join(sql.Identifier("t", each) for each in columns),
    )  # fmt: skip
    return [(rows, digest) for _, rows, digest in _asked(asked)]


def _asked(query: sql.Composable) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query.as_string(cursor.connection))
        return cursor.fetchall()


def _key(model: type[models.Model]) -> str:
    return str(model._meta.pk.column)  # type: ignore[union-attr]


def last_rows(heads: Iterable[Any]) -> dict[str, int]:
    """Up to which row each table was counted by then."""
    return {table: said["to"] for head in heads for table, said in head.tallies.get("tables", {}).items()}


def tally_faults(heads: list[Any], redactions: list[Any]) -> Iterator[str]:
    """Rows that were counted and are not as they were; from heads and redactions in their order.

    Where words were erased, the redaction counted the whole table anew: heads before it vouch for how many rows there were, and no
    more. Of a column that is gone since, the same goes.
    """
    models_of = {model._meta.db_table: model for model in append_only()}
    known: dict[str, list[tuple[Any, int, dict]]] = {}
    before: dict[str, int] = {}
    for head in heads:
        for table, said in head.tallies.get("tables", {}).items():
            known.setdefault(table, []).append((head, before.get(table, 0), said))
            before[table] = said["to"]
    for made in redactions:
        for table, said in made.tallies.get("tables", {}).items():
            known.setdefault(table, []).append((made, 0, said))
    for table, counted in sorted(known.items()):
        if table in models_of:
            yield from _table_faults(models_of[table], counted, [made for made in redactions if table in made.tallies.get("tables", {})])


def _table_faults(model: type[models.Model], counted: list[tuple[Any, int, dict]], erased: list[Any]) -> Iterator[str]:
    by_columns: dict[tuple[str, ...], list[tuple[Any, int, dict]]] = {}
    for each in counted:
        by_columns.setdefault(tuple(each[2]["columns"]), []).append(each)
    there = {str(field.column) for field in model._meta.concrete_fields}
    for columns, some in by_columns.items():
        today = _digests(model, [name for name in columns if name in there], [(after, said["to"]) for _, after, said in some])
        for (made, after, said), (rows, digest) in zip(some, today, strict=True):
            since = any(each is not made and each.at >= _made_at(made) for each in erased) or not set(columns) <= there
            if rows != said["rows"] or (digest != said["sha256"] and not since):
                yield f"Rows {after + 1} to {said['to']} of {model._meta.db_table} are not those that the {made} counted: {said['rows']} then, {rows} now."


def _made_at(made: Any) -> Any:
    return getattr(made, "published_at", None) or made.at
