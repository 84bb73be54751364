"""Words looked for in every column that may hold any, and erased from it. Only the owner of the tables can; see `redact`."""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import IntegrityError, OperationalError, connection, models, transaction
from psycopg import sql

from ledger.models import BlackOut, Entry, Payload, Redaction
from ledger.redacted import REVISION, Redactions, digest
from ledger.tallies import append_only
from ledger.verifying import unexplained
from ledger.withdrawn import holds, without, words_withdrawn
from records.editions import built, nouns
from records.guards import MAY_BE_EMPTIED, is_append_only
from records.rules import Refusal, require

AT_ONCE = 500  # rows
TRIES, PAUSE = 50, 0.2  # seconds: how long whoever is writing is waited for
TEXT = ("varchar", "text", "char", "citext", "json")  # how the database's types begin that hold words, lists of them too

# What is not looked through, and why not. Whatever is not named here is, in an app of tomorrow too.
KEPT_APPS = {
    "auth": "the framework's names of rights, and nobody has any",
    "contenttypes": "the framework's names of models",
    "sessions": "written so that nobody reads it, and gone when it runs out",
}
KEPT = {
    "ledger.Entry": "its columns are hashed into the chain: words in them are withdrawn when they are shown",
    "ledger.Redaction": "names of tables and digests",
    "ledger.DailyHead": "names of tables and digests",
}

Row = dict[str, Any]
Hits = dict[type[models.Model], dict[int, Row]]  # row by row, what its columns read when the words are out of them


class Column(NamedTuple):
    table: str
    name: str


def columns() -> dict[type[models.Model], list[models.Field]]:
    """Every column that may hold words, by its table: histories too. Found from the models there are."""
    found = {model: [field for field in model._meta.local_concrete_fields if _may_hold_words(field)] for model in _looked_through()}
    return {model: fields for model, fields in found.items() if fields}


def _looked_through() -> list[type[models.Model]]:
    everything = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy]
    return [model for model in everything if model._meta.app_label not in KEPT_APPS and model._meta.label not in KEPT]


def _may_hold_words(field: models.Field) -> bool:
    """A column with a list of choices holds the portal's own words, and a key or a password is none."""
    kept = field.primary_key or field.remote_field or field.choices or (field.model is get_user_model() and field.name == "password")
    return not kept and (field.db_type(connection) or "").startswith(TEXT)


def search(words: str) -> Hits:
    """Where the words stand. It reads everything: what is matched here is what is matched when a body is shown, to the letter."""
    erased = _eraser(words)
    found = {model: dict(_rows_holding(model, fields, erased)) for model, fields in columns().items()}
    return {model: rows for model, rows in found.items() if rows}


def _rows_holding(model: type[models.Model], fields: list[models.Field], erased: Callable) -> Iterator[tuple[int, Row]]:
    names = [field.attname for field in fields]
    rows = model._base_manager.exclude(entry__subject_kind=Redaction.sealed_as) if model is Payload else model._base_manager.all()
    for pk, *values in rows.order_by("pk").values_list("pk", *names).iterator(chunk_size=AT_ONCE):
        held = {name: erased(value) for name, value in zip(names, values, strict=True)}
        if changed := {name: held[name] for name, value in zip(names, values, strict=True) if held[name] != value}:
            yield pk, changed


def _eraser(words: str) -> Callable[[Any], Any]:
    """Takes them out; and where they share a word with another passage that is withdrawn, that one too: it would be told otherwise."""
    others = words_withdrawn()

    def erased(value: Any) -> Any:
        left = without(value, [words])
        return left if left == value or without(left, others) == without(value, others) else without(value, others)

    return erased


def counted(hits: Hits) -> dict[Column, int]:
    """How many rows hold the words, column by column."""
    found: dict[Column, int] = {}
    for model, rows in hits.items():
        for name in (name for row in rows.values() for name in row):
            found[Column(model._meta.db_table, name)] = found.get(Column(model._meta.db_table, name), 0) + 1
    return dict(sorted(found.items()))


def in_the_chain(words: str) -> dict[str, list[str]]:
    """Entry by entry, its own columns that hold the words."""
    entries = Entry.objects.order_by("seq").values_list("seq", "actor", "subject_ref").iterator(chunk_size=AT_ONCE)
    found = {str(seq): [name for name, value in (("actor", actor), ("subject_ref", ref)) if holds(value, words)] for seq, actor, ref in entries}
    return {seq: names for seq, names in found.items() if names}


class Erasure:
    """The words of one black-out, and what becomes of the rows that hold them. The apps above add what a search cannot read.

    Nobody may write meanwhile: see `hold_off_writers`.
    """

    def __init__(self, black_out: BlackOut):
        self.black_out, self.words = black_out, black_out.words
        self.before = Redactions.sealed()
        self.unexplained = unexplained(self.before)  # what was wrong before stays wrong
        self.columns = in_the_chain(self.words)
        # The shelf is made from editions as they are shown: there the words are not, or `require_all_gone` finds them.
        self.hits = {model: rows for model, rows in search(self.words).items() if not model._meta.db_table.startswith(MAY_BE_EMPTIED[-1])}

    def put(self, row: models.Model, **values: Any) -> None:
        """What else is to stand in a row."""
        self.hits.setdefault(type(row), {}).setdefault(row.pk, {}).update(values)

    def erase(self) -> Redaction:
        """Write it all, and what is known of it since; not saved yet. Raises Refused if the words would still be read somewhere."""
        editions = self._editions()
        entries = self._payloads(self.hits.pop(Payload, {}))
        for model, rows in self.hits.items():
            with unguarded(model):
                for pk, values in rows.items():
                    _write(model, pk, values)
        require(self._still_told(editions))
        return Redaction(
            black_out=self.black_out, entries=entries, records=self._records(), columns=self.columns, editions=editions,
            rows={model._meta.db_table: _noted(model, rows) for model, rows in self.hits.items()},
        )  # fmt: skip

    def touched_append_only(self) -> list[type[models.Model]]:
        """The tables that are counted in daily heads, and are not as these counted them any more."""
        return [model for model in append_only() if model in self.hits]

    def _payloads(self, rows: dict[int, Row]) -> dict[str, str]:
        """With another salt: with the old one, the old hash would tell whoever guesses the words that they were these."""
        known: dict[str, str] = {}
        with unguarded(Payload):
            for payload in Payload.objects.filter(pk__in=rows).select_related("entry").iterator(chunk_size=AT_ONCE):
                fits = payload.computed_sha256() == payload.entry.payload_sha256 or self.before.left_so(payload.entry.seq, payload)
                payload.salt, payload.body = secrets.token_hex(16), rows[payload.pk].get("body", payload.body)
                _update(Payload, payload.pk, {"salt": payload.salt, "body": payload.body})
                if fits:
                    known[str(payload.entry.seq)] = payload.computed_sha256()
        return known

    def _editions(self) -> dict[str, dict[str, list[int]]]:
        found: dict[str, dict[str, list[int]]] = {}
        for model, rows in self.hits.items():
            if noun := getattr(model, "noun", ""):
                for edition in model._base_manager.filter(pk__in=rows).defer("body").order_by("pk"):
                    found.setdefault(noun, {}).setdefault(str(edition.record_id), []).append(edition.n)  # type: ignore[attr-defined]
        return found

    def _records(self) -> dict[str, dict[str, str]]:
        """What reads otherwise than its last entry sealed, and did not before."""
        now = {seq: {name: left for name, left in names.items() if name not in self.unexplained.get(seq, {})} for seq, names in unexplained(self.before).items()}
        return {str(seq): names for seq, names in now.items() if names}

    def _still_told(self, editions: dict[str, dict[str, list[int]]]) -> Iterator[Refusal]:
        """The words may stand in no column as a whole, and yet be read where several are put together."""
        for column in counted(search(self.words)):
            yield Refusal(f"The words would still stand in {column.table}.{column.name}. Nothing was erased; they stay withdrawn.")
        for noun, pk in touched(editions):
            body = built(nouns[noun], pk)
            if body and holds(body, self.words):
                yield Refusal(f"The public page of the {noun} {body['reference']} puts the words together anew. Nothing was erased; they stay withdrawn.")


def touched(editions: dict[str, dict[str, list[int]]]) -> list[tuple[str, int]]:
    """The public records from whose editions words were erased."""
    return [(noun, int(pk)) for noun, pks in editions.items() if noun in nouns for pk in pks]


def _noted(model: type[models.Model], rows: dict[int, Row]) -> dict[str, Row]:
    """As it now stands in the table. A record that changes is compared for as long as nobody saves it again."""
    names = {name for values in rows.values() for name in values}
    revised = not is_append_only(model) and any(field.attname == REVISION for field in model._meta.concrete_fields)
    found = model._base_manager.filter(pk__in=rows).values("pk", *sorted(names | ({REVISION} if revised else set())))
    noted = {str(row["pk"]): {name: digest(row[name]) for name in rows[row["pk"]]} | ({REVISION: row[REVISION]} if revised else {}) for row in found}
    return noted


def _write(model: type[models.Model], pk: int, values: Row) -> None:
    """Where another row reads so already and none may twice, with its key behind it."""
    try:
        with transaction.atomic():
            _update(model, pk, values)
    except IntegrityError:
        _update(model, pk, {name: f"{value} {pk}" if isinstance(value, str) else value for name, value in values.items()})


def _update(model: type[models.Model], pk: int, values: Row) -> None:
    """Past the model, whose records are never saved without an author: here it is the redaction that says who and why."""
    fields = [field for field in model._meta.local_concrete_fields if field.attname in values]
    pairs: list[sql.Composable] = [sql.SQL("{} = %s").format(sql.Identifier(str(field.column))) for field in fields]
    key = next(str(field.column) for field in model._meta.local_concrete_fields if field.primary_key)
    update = sql.SQL("UPDATE {} SET {} WHERE {} = %s")
    _execute(update.format(sql.Identifier(model._meta.db_table), sql.SQL(", ").join(pairs), sql.Identifier(key)), [*(_fitting(field, values[field.attname]) for field in fields), pk])


def _fitting(field: models.Field, value: Any) -> Any:
    """The mark may be longer than the words were."""
    longest = getattr(field, "max_length", None)
    value = value[:longest] if longest and isinstance(value, str) else value
    return field.get_db_prep_save(value, connection)


def _execute(statement: sql.Composable, params: list | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(cursor.connection), params)


@contextmanager
def unguarded(model: type[models.Model]) -> Iterator[None]:
    """Rows that are append-only or frozen may be changed meanwhile, by this transaction alone: nobody else can write to the table."""
    alter, name = sql.SQL("ALTER TABLE {} {} TRIGGER USER"), sql.Identifier(model._meta.db_table)
    _execute(alter.format(name, sql.SQL("DISABLE")))
    yield
    _execute(alter.format(name, sql.SQL("ENABLE")))


def hold_off_writers() -> None:
    """Nobody writes to any of the tables until the transaction ends; everybody may read. Raises Refused if somebody keeps writing.

    All at once or none: whoever holds some and waits for others, may be waited for by those.
    """
    kept: list[type[models.Model]] = [Entry, Redaction]
    tables = sorted({model._meta.db_table for model in [*columns(), *kept]})
    lock = sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE NOWAIT").format(sql.SQL(", ").join(map(sql.Identifier, tables)))
    _execute(sql.SQL("SET CONSTRAINTS ALL IMMEDIATE"))  # a table cannot be altered while something of it is still to be checked
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return _execute(lock)
        except OperationalError:
            time.sleep(PAUSE)
    return require([Refusal("Somebody keeps writing. Try again, or stop web, worker and beat first. Nothing was erased.")])
