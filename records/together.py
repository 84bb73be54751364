"""Rows of many kinds, asked of the database in one query.

What waits on a desk lies in some twenty tables, of which most have nothing for whoever looks: to ask each of them is twenty queries,
however little waits. A function that finds rows for somebody is marked `@together`; called by itself it asks by itself, and
`ask_together` asks all there are at once. Each goes on saying in a queryset of its own what it looks for, and what of it is read besides.

To put twenty querysets together takes several times what the database takes to answer them. It is done once for whoever comes back to
their desk: such a function may depend on nothing but the facts of the standing it is given, and leaves what time it is to the database.
"""

import copy
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from threading import Lock
from types import MappingProxyType
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from psycopg.adapt import Loader
from psycopg.pq import Format

NOTHING: Mapping[Hashable, Any] = MappingProxyType({})
Build = Callable[[Any], QuerySet | None]
_marked: list["Together"] = []


class Together:
    """Rows for somebody now: asked for once, however many ask. None is for whom there can be nothing."""

    def __init__(self, build: Build):
        self.build, self.name = build, f"{build.__module__}.{build.__qualname__}"

    def __call__(self, standing: Any, now: datetime) -> list[Any]:
        return standing.once(self.name, lambda: _all(self.build(standing)))  # type: ignore[no-any-return]


def together(build: Build) -> Together:
    """Of a function in an app's verbs: what it finds is asked for with what the others find."""
    found = Together(build)
    _marked.append(found)
    return found


def ask_together(standing: Any) -> None:
    """Ask now for what all of them find; whoever calls one of them afterwards, with this standing, has it."""
    names, enquiry = _enquiry_for(standing)
    found = dict(zip(names, enquiry.answers(), strict=True))
    for each in _marked:
        standing.once(each.name, lambda each=each: found.get(each.name, []))


KEPT = 64  # of those who looked last, in each process
_kept: dict[Hashable, tuple[list[str], "Enquiry"]] = {}
_one_at_a_time = Lock()


def _enquiry_for(standing: Any) -> tuple[list[str], "Enquiry"]:
    facts = standing.facts
    with _one_at_a_time:
        known = _kept.pop(facts, None)
    if known is None:
        wanted = [(each.name, rows) for each in _marked if (rows := each.build(standing)) is not None]
        known = [name for name, _ in wanted], Enquiry([rows for _, rows in wanted])
    with _one_at_a_time:
        _kept[facts] = known  # now the last of them
        for oldest in list(_kept)[:-KEPT]:
            del _kept[oldest]
    return known


def _all(rows: QuerySet | None) -> list[Any]:
    return [] if rows is None else list(rows)


class Enquiry:
    """What several querysets find, each in its order: one query, put together once and asked as often as wanted.

    What they prefetch is asked for as always, of those that found something.
    """

    def __init__(self, querysets: Sequence[QuerySet]):
        self.asked = [_Asked(rows.all()) for rows in querysets]
        there = [(n, each) for n, each in enumerate(self.asked) if each.sql]
        self.sql = " UNION ALL ".join(f"SELECT {n}, whole_row FROM ({each.sql}) AS whole_row" for n, each in there)  # noqa: S608 - the SQL is Django's own
        self.params = [param for _, each in there for param in each.params]

    def answers(self, meant: Mapping[Hashable, Any] = NOTHING) -> list[list[Any]]:
        """`meant` says what stands in the place of marks, as in `records.prepared`."""
        told: list[list[tuple]] = [[] for _ in self.asked]
        params = [meant.get(param, param) for param in self.params] if meant else self.params
        for n, row in _answered(self.sql, params) if self.sql else ():
            told[n].append(row)
        return [each.records(rows) for each, rows in zip(self.asked, told, strict=True)]


class _Asked:
    """A queryset whose rows come from elsewhere: everything that Django makes of them is made as always."""

    def __init__(self, rows: QuerySet):
        self.rows, self.compiler = rows, rows.query.get_compiler(rows.db)
        try:
            self.sql, self.params = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql, self.params = "", ()

    @cached_property
    def _converters(self) -> Any:
        """How values of the database become values of the fields: the same for every row ever."""
        return self.compiler.get_converters([column for column, *_ in self.compiler.select[: self.compiler.col_count]])

    def records(self, told: list[tuple]) -> list[Any]:
        if not told:
            return []
        rows, compiler = self.rows.all(), copy.copy(self.compiler)
        compiler.connection = connections[self.rows.db]  # another thread may have put it together
        compiler.execute_sql = lambda *_, **__: [told]  # type: ignore[method-assign]
        compiler.get_converters = lambda *_: self._converters  # type: ignore[method-assign]
        rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(rows)


class _JsonAsText(Loader):
    """As Django wants it, and as it comes where rows are not asked for in binary."""

    format = Format.BINARY

    def load(self, data: Any) -> str:
        return bytes(data)[1:].decode()  # behind the number of the format


def _answered(sql: str, params: list[Any]) -> list[tuple[int, tuple]]:
    """In binary, where each value of a row of any shape says of what type it is."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.cursor.format = Format.BINARY
        cursor.cursor.adapters.register_loader("jsonb", _JsonAsText)
        cursor.execute(sql, params)
        return cursor.fetchall()  # type: ignore[no-any-return]
