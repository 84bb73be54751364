"""Records with everything that hangs on them, asked of the database in one query.

What an edition is built from lies in some twenty tables, and asking each of them, however little there is, cost more than all that
the verb itself does (docs/performance.md). What belongs to a record is still said as always, by `prefetch_related` of a queryset; here each
table is asked for the rows whose key is among those found in the one it hangs on, all tables at once, and the records are put
together as Django would.
"""

from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from typing import Any

from django.db.models import ForeignKey, ManyToOneRel, Model, Prefetch, QuerySet

from records.together import Enquiry

Found = dict[str, list[Any]]  # the records, by the path that leads to them: "questions__roll"


class Whole:
    """`build(**marks)` makes a queryset with what it prefetches; in the place of a mark stands the value of the call, as in `Prepared`."""

    def __init__(self, build: Callable[..., QuerySet], **marks: Hashable):
        self.build, self.marks = build, marks

    def records(self, **values: Any) -> list[Any]:
        found: Found = {}
        told = iter(self._enquiry.answers({mark: values[name] for name, mark in self.marks.items()}))
        for path, branch in self._branches.items():
            found[path] = branch.put_together(found, told)
        return found[""]

    def first(self, **values: Any) -> Any:
        """The first of them, or None."""
        return next(iter(self.records(**values)), None)

    @cached_property
    def _branches(self) -> dict[str, "_Branch"]:
        rows: Any = self.build(**self.marks)
        branches: dict[str, _Branch] = {"": _Trunk(rows, self.marks.get("pk"))}
        _grow(branches, "", rows._prefetch_related_lookups)
        return branches

    @cached_property
    def _enquiry(self) -> Enquiry:
        enquiry = Enquiry([branch.rows for branch in self._branches.values() if branch.rows is not None])
        if not enquiry.asked[0].sql:  # such as a mark that the column could not hold
            raise TypeError(f"What is asked for by {self.marks} finds nothing, whatever stands in the place of the marks.")
        return enquiry


def _grow(branches: dict[str, "_Branch"], start: str, lookups: Iterable[str | Prefetch]) -> None:
    """As Django reads them: each part of a lookup that is not there yet is a branch, and what is looked up for it grows on it."""
    for lookup in lookups:
        wanted = lookup if isinstance(lookup, Prefetch) else Prefetch(lookup)
        if wanted.to_attr:
            raise TypeError(f"{wanted.prefetch_through} is to be kept under another name: that is not done here.")
        path, names = start, wanted.prefetch_through.split("__")
        for left, name in zip(reversed(range(len(names))), names, strict=True):
            before, path = path, f"{path}__{name}".removeprefix("__")
            rows: Any = None if left else wanted.queryset
            if path not in branches:
                branches[path] = _branch(branches[before], before, name, rows)
                _grow(branches, path, rows._prefetch_related_lookups if rows is not None else ())
            elif rows is not None:
                raise TypeError(f"{path} is looked up already, in another way.")


def _branch(parent: "_Branch", path: str, name: str, rows: QuerySet | None) -> "_Branch":
    relation = parent.model._meta.get_field(name)
    if name in parent.along and rows is None:
        return _CameAlong(parent, path, relation)
    if isinstance(relation, ForeignKey):
        return _PointedAt(parent, path, relation, rows)
    if type(relation) is ManyToOneRel:
        return _Hung(parent, path, relation, rows)
    raise TypeError(f"{parent.model.__name__}.{name} is neither a foreign key nor what points here by one.")


class _Branch:
    """Records of one kind: which, and how they are joined to those they hang on."""

    rows: QuerySet | None  # what to ask for
    keys: QuerySet  # the same, as far as it says which
    along: dict[str, Any]  # what else comes in the same row: as `select_related` has it

    def ask_for(self, rows: QuerySet) -> None:
        self.rows, self.along = rows.prefetch_related(None), rows.query.select_related or {}  # type: ignore[assignment]
        self.keys = rows.order_by().select_related(None).prefetch_related(None)

    def among(self, name: str = "pk") -> Any:
        """Those whose keys are these, or are what these point at by that name."""
        return self.keys.values(name)

    @property
    def model(self) -> type[Model]:
        return self.keys.model

    def put_together(self, found: Found, told: Any) -> list[Any]:
        raise NotImplementedError


class _Trunk(_Branch):
    def __init__(self, rows: QuerySet, pk: Hashable):
        self.ask_for(rows)
        self.pk = pk

    def among(self, name: str = "pk") -> Any:
        return [self.pk] if name == "pk" and self.pk else super().among(name)  # which it is, is known without looking

    def put_together(self, found: Found, told: Any) -> list[Any]:
        return next(told)  # type: ignore[no-any-return]


class _Hung(_Branch):
    """What points here: the questions of a decision."""

    def __init__(self, parent: _Branch, path: str, relation: ManyToOneRel, rows: QuerySet | None):
        self.path, self.relation, self.given = path, relation, rows
        self.field: Any = relation.field
        every = relation.related_model._default_manager.all() if rows is None else rows
        self.ask_for(every.filter(**{f"{self.field.name}__in": parent.among()}))

    def put_together(self, found: Found, told: Any) -> list[Any]:
        by_parent: dict[Any, list[Any]] = {}
        for record in next(told):
            by_parent.setdefault(getattr(record, self.field.attname), []).append(record)
        placed: list[Any] = []
        for parent in found[self.path]:
            own = by_parent.get(parent.pk, [])
            self._place(parent, own)
            placed += own
        return placed

    def _place(self, parent: Any, own: list[Any]) -> None:
        for record in own:
            if not self.field.is_cached(record):
                self.field.set_cached_value(record, parent)
        manager = getattr(parent, self.relation.get_accessor_name())
        rows = manager.get_queryset() if self.given is None else manager._apply_rel_filters(self.given.all())
        rows._result_cache, rows._prefetch_done = own, True
        vars(parent).setdefault("_prefetched_objects_cache", {})[self.relation.cache_name] = rows


class _PointedAt(_Branch):
    """What is pointed at: the ruling that answers a concern."""

    def __init__(self, parent: _Branch, path: str, field: ForeignKey, rows: QuerySet | None):
        self.path, self.field = path, field
        every = field.related_model._default_manager.all() if rows is None else rows  # type: ignore[union-attr]
        self.ask_for(every.filter(pk__in=parent.among(field.name)))

    def put_together(self, found: Found, told: Any) -> list[Any]:
        by_key = {record.pk: record for record in next(told)}
        for parent in found[self.path]:
            self.field.set_cached_value(parent, by_key.get(getattr(parent, self.field.attname)))
        return list(by_key.values())


class _CameAlong(_Branch):
    """What was read in the row of what points at it, or is pointed at: nothing is asked for, and more may hang on it."""

    rows = None

    def __init__(self, parent: _Branch, path: str, relation: Any):
        self.path, self.name, self.along = path, relation.name, parent.along[relation.name]
        self.pointed_at = parent.among(relation.name) if relation.concrete else None
        keys = {"pk__in": self.pointed_at} if relation.concrete else {f"{relation.field.name}__in": parent.among()}
        self.keys = relation.related_model._base_manager.filter(**keys)

    def among(self, name: str = "pk") -> Any:
        return self.pointed_at if name == "pk" and self.pointed_at is not None else super().among(name)

    def put_together(self, found: Found, told: Any) -> list[Any]:
        return [record for parent in found[self.path] if (record := getattr(parent, self.name, None))]
