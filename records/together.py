"""Rows of many kinds, asked of the database in one query.

What waits on a desk lies in some twenty tables, of which most have nothing for whoever looks: to ask each of them is twenty queries,
however little waits. A function that finds rows for somebody is marked `@together`; called by itself it asks by itself, and
`ask_together` asks all there are at once. Each goes on saying in a queryset of its own what it looks for, and what of it is read besides.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from psycopg.adapt import Loader
from psycopg.pq import Format

Build = Callable[[Any, datetime], QuerySet | None]
_marked: list["Together"] = []


class Together:
    """Rows for somebody now: asked for once, however many ask. None is for whom there can be nothing."""

    def __init__(self, build: Build):
        self.build, self.name = build, f"{build.__module__}.{build.__qualname__}"

    def __call__(self, standing: Any, now: datetime) -> list[Any]:
        return standing.once(self.name, lambda: _all(self.build(standing, now)))  # type: ignore[no-any-return]


def together(build: Build) -> Together:
    """Of a function in an app's verbs: what it finds is asked for with what the others find."""
    found = Together(build)
    _marked.append(found)
    return found


def ask_together(standing: Any, now: datetime) -> None:
    """Ask now for what all of them find; whoever calls one of them afterwards, with this standing, has it."""
    wanted = [(each, rows) for each in _marked if (rows := each.build(standing, now)) is not None]
    for (each, _), found in zip(wanted, at_once([rows for _, rows in wanted]), strict=True):
        standing.once(each.name, lambda found=found: found)


def _all(rows: QuerySet | None) -> list[Any]:
    return [] if rows is None else list(rows)


def at_once(querysets: Sequence[QuerySet]) -> list[list[Any]]:
    """What each of them finds, in its order: one query. What they prefetch is asked for as always, of those that found something."""
    asked = [_Asked(rows.all()) for rows in querysets]
    there = [(n, each) for n, each in enumerate(asked) if each.sql]
    if there:
        sql = " UNION ALL ".join(f"SELECT {n}, whole_row FROM ({each.sql}) AS whole_row" for n, each in there)  # noqa: S608 - the SQL is Django's own
        for n, told in _answered(sql, [param for _, each in there for param in each.params]):
            asked[n].told.append(told)
    return [each.records() for each in asked]


class _Asked:
    """A queryset whose rows come from elsewhere: everything that Django makes of them is made as always."""

    def __init__(self, rows: QuerySet):
        self.rows, self.told = rows, list[tuple]()
        self.compiler = rows.query.get_compiler(rows.db)
        try:
            self.sql, self.params = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql, self.params = "", ()

    def records(self) -> list[Any]:
        if not self.told:
            return []
        self.compiler.execute_sql = lambda *_, **__: [self.told]  # type: ignore[method-assign]
        self.rows.query.get_compiler = lambda *_, **__: self.compiler  # type: ignore[method-assign]
        return list(self.rows)


class _JsonAsText(Loader):
    """As Django wants it, and as it comes where rows are not asked for in binary."""

    format = Format.BINARY

    def load(self, data: Any) -> str:
        return bytes(data)[1:].decode()  # behind the number of the format


def _answered(sql: str, params: list[Any]) -> list[tuple[int, tuple]]:
    """In binary, where each value of a row of any shape says of what type it is."""
    with connection.cursor() as cursor:
        cursor.cursor.format = Format.BINARY
        cursor.cursor.adapters.register_loader("jsonb", _JsonAsText)
        cursor.execute(sql, params)
        return cursor.fetchall()  # type: ignore[no-any-return]
