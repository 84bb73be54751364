"""A query that nearly every request makes: its SQL is worked out once, and run with other values each time.

Working out the SQL of a larger query costs several times what PostgreSQL takes to answer it (docs/performance.md). The query is
still written as a queryset, so that what it means stands where everything else does.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, Model, QuerySet


class Prepared:
    """`build(**marks)` makes a queryset; wherever a mark turns up among its values, that of the call stands later.

    A mark is a value of the right kind that is never meant, and no two are equal: person=-1, on=date.min.
    """

    def __init__(self, build: Callable[..., QuerySet], **marks: Hashable):
        self.build, self.marks = build, marks

    @cached_property
    def _statement(self) -> tuple[str, tuple[Any, ...]]:
        return self.queryset().query.sql_with_params()

    def queryset(self) -> QuerySet:
        return self.build(**self.marks)

    def rows(self, **values: Any) -> list[tuple]:
        """What the database answers now, as it comes, with these values in the places of the marks."""
        sql, params = self._statement
        meant = {mark: values[name] for name, mark in self.marks.items()}
        with connection.cursor() as cursor:
            cursor.execute(sql, [meant.get(param, param) for param in params])
            return cursor.fetchall()


class PreparedRecords(Prepared):
    """The same for whole records, with what they point to by these paths: "question", "question__group".

    What the queryset defers is read when it is asked for, as always.
    """

    def __init__(self, build: Callable[..., QuerySet], *paths: str, **marks: Hashable):
        super().__init__(build, **marks)
        self.paths = paths

    @cached_property
    def _parts(self) -> list[tuple[str, type[Model], list[Field]]]:
        """Path, model, and columns, in the order in which they are asked for."""
        found: list[tuple[str, type[Model], list[Field]]] = []
        rows = super().queryset()
        names, deferred = rows.query.deferred_loading
        for path in ("", *self.paths):
            model: type[Model] = rows.model
            for name in filter(None, path.split("__")):
                model = model._meta.get_field(name).related_model  # type: ignore[assignment]
            left_out = names if deferred and not path else ()
            found.append((path, model, [field for field in model._meta.concrete_fields if field.name not in left_out]))
        return found

    def queryset(self) -> QuerySet:
        names = [f"{path}__{field.attname}" if path else field.attname for path, _, fields in self._parts for field in fields]
        return super().queryset().values_list(*names)

    def records(self, **values: Any) -> list[Any]:
        return [self._record(iter(row)) for row in self.rows(**values)]

    def _record(self, values: Iterator[Any]) -> Model:
        made: dict[str, Model] = {}
        for path, model, fields in self._parts:
            taken = [_as_python(field, next(values)) for field in fields]
            made[path] = model.from_db(DEFAULT_DB_ALIAS, [field.attname for field in fields], taken)
        for path in self.paths:
            parent, _, name = path.rpartition("__")
            setattr(made[parent], name, made[path])
        return made[""]


def _as_python(field: Field, value: Any) -> Any:
    """As Django itself would give it: JSON comes from the cursor as text."""
    convert = getattr(field, "from_db_value", None)
    return convert(value, None, connection) if convert else value


@contextmanager
def planned_anew() -> Iterator[None]:
    """Of queries asked in here PostgreSQL keeps no plan: where all depends on what is looked for, such as a word that is rare or stands everywhere."""
    connection.ensure_connection()
    inner = connection.connection
    before, inner.prepare_threshold = inner.prepare_threshold, None
    try:
        yield
    finally:
        inner.prepare_threshold = before
