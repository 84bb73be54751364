"""What the public may read of a record is its latest edition: one JSON body, issued by the verb that changes it, kept for good.

Each public noun has a table of editions of its own. Its app says in its `bodies.py` what a body holds (`body_of`); the apps above
add their part (`part_of`), and all of it is built anew, from the rows as they then are, when the operation that asked for it has
changed everything. Only published facts stand in a body: never what time it is, nor the calendar, nor lists of other nouns.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar, NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models

from records.canonical import canonical, plain, sha256
from records.clock import portal_now
from records.hooks import effects_above
from records.models import Fact
from records.operations import owe
from records.prepared import PreparedRecords
from records.whole import Whole

Body = dict[str, Any]
Rows = Iterable[str | models.Prefetch]


class Edition(Fact):
    """What the public may read of a record from a moment on, frozen. The latest is what pages, lists, search and files show."""

    noun: ClassVar[str] = ""  # what it is an edition of, as on the shelf; and the name of the foreign key to it

    n = models.PositiveIntegerField()
    why = models.TextField(help_text="what changed, for readers")
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    form = models.PositiveSmallIntegerField(default=1, help_text="which shape of body it is: a later builder may make another")

    sealed_fields = ("n", "why", "sha256", "published_at", "form", "computed_sha256")
    unsealed: ClassVar[dict[str, str]] = {"body": "its hash is"}

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        abstract = True
        ordering = ["n"]

    def __str__(self):
        return f"edition {self.n} of {self.reference}"

    @property
    def reference(self) -> str:
        """What the record goes by: DAG-DEC60."""
        return self.body["reference"]

    @property
    def record_id(self) -> int:
        return getattr(self, f"{self.noun}_id")

    @property
    def computed_sha256(self) -> str:
        """The hash of the body as it stands, so that a changed body shows behind its ledger entry."""
        return sha256(canonical(self.body))

    @classmethod
    def must_be_sealed(cls):
        return cls.objects.all()

    def sealed(self):
        return super().sealed() | {f"{self.noun}_id": self.record_id}


def numbered_once(noun: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=[noun, "n"], name=f"{noun}_edition_once")


@dataclass(frozen=True)
class Shelved:
    """What lists, filters and search know of a record: made from the body of its latest edition, and from nothing else."""

    title: str
    summary: str
    group: str
    sort_on: date
    address: str
    known_as: str = ""  # by which reference people cite it, if that is not the one of its address
    order: str = ""  # among those of one day, the highest first
    state: str = ""
    state_until: datetime | None = None  # from then on it is in another state, whoever works late
    state_then: str = ""
    facets: dict[str, Any] = field(default_factory=dict)
    named: tuple[str, ...] = ()  # other names it is found by, weighing like its title
    words: tuple[str, ...] = ()  # the rest of what is said in it


@dataclass(frozen=True)
class Noun:
    """A public noun: where its editions are, how a body is built (none: nothing of it is public), how it goes on the shelf."""

    name: str
    editions: type[Edition]
    build: Callable[[int], Body | None]
    shelve: Callable[[Body], Shelved]

    @property
    def record(self) -> type[models.Model]:
        return self.editions._meta.get_field(self.name).related_model  # type: ignore[return-value]


nouns: dict[str, Noun] = {}
_parts: dict[str, dict[str, Callable[[Any], Any]]] = {}
_rows: dict[str, list[Callable[[], Rows]]] = {}
_upgrades: dict[str, list[Callable[[Body], Body]]] = {}


def body_of(editions: type[Edition], shelve: Callable[[Body], Shelved]) -> Callable:
    """Register how the body of a noun is built, from the key of its record; and how it goes on the shelf."""

    def register(build: Callable[[int], Body | None]) -> Callable[[int], Body | None]:
        nouns[editions.noun] = Noun(editions.noun, editions, build, shelve)
        return build

    return register


def part_of(noun: str, name: str, rows: Callable[[], Rows] = tuple) -> Callable:
    """Register what an app above adds to a body, under that name. It is given the record, as the builder has read it; with `rows`, as for
    `prefetch_related`, which of those that hang on the record it needs."""

    def register(build: Callable[[Any], Any]) -> Callable[[Any], Any]:
        _parts.setdefault(noun, {})[name] = build
        _rows.setdefault(noun, []).append(rows)
        return build

    return register


def with_parts(noun: str, rows: models.QuerySet) -> models.QuerySet:
    """With what the apps above need for their parts, besides what hangs on them already."""
    return rows.prefetch_related(*(lookup for needed in _rows.get(noun, []) for lookup in needed()))


def whole_of(noun: str, build: Callable[[], models.QuerySet], **marks: Hashable) -> Whole:
    """Records of a noun with all that their bodies are built from, asked for at once: by `pk=-1`, or another column that says which."""
    return Whole(lambda **which: with_parts(noun, build()).filter(**which), **marks)


def parts_of(noun: str, record: Any) -> Body:
    return {name: build(record) for name, build in _parts.get(noun, {}).items()}


def upgrade_of(noun: str) -> Callable:
    """Register how a body is read that an earlier version of the portal has built: the first takes form 1 to form 2, and so on."""

    def register(upgrade: Callable[[Body], Body]) -> Callable[[Body], Body]:
        _upgrades.setdefault(noun, []).append(upgrade)
        return upgrade

    return register


def form_of(noun: str) -> int:
    """The form of the bodies that are built today."""
    return len(_upgrades.get(noun, [])) + 1


def as_today(edition: Edition) -> Body:
    """Its body in the form of today. What was sealed is the body itself."""
    body = edition.body
    for upgrade in _upgrades.get(edition.noun, [])[edition.form - 1 :]:
        body = upgrade(body)
    return body


def built(noun: Noun, pk: int) -> Body | None:
    """The body as it would be issued now, as it is kept."""
    body = noun.build(pk)
    return None if body is None else plain(body)


class _Told(NamedTuple):
    why: str
    by: AbstractBaseUser
    at: datetime


def issue(noun: str, pk: int | None, why: str, *, by, at: datetime | None = None) -> None:
    """Have what the public reads of the record issued anew when the operation is over: a line in each verb that changes it.

    `why` says what changed, for readers: "A significant concern was raised". If nothing is public of it, or it reads as before,
    there is no new edition.
    """
    if pk is not None:
        owe(_settle, (noun, pk), _Told(why, by, at or portal_now()))


def _settle(key: tuple[str, int], told: list[_Told]) -> None:
    noun, pk = nouns[key[0]], key[1]
    _take_turn(noun, pk)
    if (body := built(noun, pk)) is None:
        return
    latest = latest_of(noun, pk)
    digest = sha256(canonical(body))
    if latest and latest.computed_sha256 == digest:  # not the hash it was issued with: words may have been erased from it since
        return
    why = " ".join(dict.fromkeys(each.why for each in told))
    edition = noun.editions(
        **{f"{noun.name}_id": pk}, n=latest.n + 1 if latest else 1, why=why, body=body, sha256=digest, published_at=told[-1].at,
        form=form_of(noun.name),
    ).save_by(told[-1].by)  # fmt: skip
    effects_above("editions.issue", edition, by=told[-1].by, at=told[-1].at)


_TURNS = 0xED1710  # the advisory locks under which editions are numbered: after every row, before the shelf and the ledger


def _take_turn(noun: Noun, pk: int) -> None:
    """One edition of a record at a time. Whoever waited reads what the other has committed, and so leaves nothing of it out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashint8(%s) # hashtext(%s))", [_TURNS, pk, noun.name])


def latest_of(noun: Noun, pk: int) -> Edition | None:
    return next(iter(_latest(noun.editions).records(pk=pk)), None)


@cache
def _latest(editions: type[Edition]) -> PreparedRecords:
    return PreparedRecords(lambda pk: editions._base_manager.filter(**{editions.noun: pk}).order_by("-n")[:1], pk=-1)


def differing(then: Any, now: Any, path: str = "") -> Iterator[str]:
    """Where two bodies differ: "votes.0.rows.3.choice"."""
    if isinstance(then, dict) and isinstance(now, dict):
        for key in sorted({*then, *now}):
            yield from differing(then.get(key), now.get(key), f"{path}.{key}".lstrip("."))
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for n, (one, other) in enumerate(zip(then, now, strict=True)):
            yield from differing(one, other, f"{path}.{n}".lstrip("."))
    elif then != now:
        yield path


def faults(pks: Callable[[Noun], Any] | None = None) -> Iterator[str]:
    """What is public and does not read as its record says now, as sentences. `pks` may narrow it to some records of each noun.

    What an earlier version of the portal built in another form is read in today's before it is compared.
    """
    for noun in nouns.values():
        rows = noun.record._base_manager.order_by("pk")
        for pk in (rows if pks is None else rows.filter(pk__in=pks(noun))).values_list("pk", flat=True).iterator(chunk_size=500):
            yield from _faults_of(noun, pk)


def _faults_of(noun: Noun, pk: int) -> Iterator[str]:
    latest, body = latest_of(noun, pk), built(noun, pk)
    if latest is None:
        if body is not None:
            yield f"The {noun.name} {body['reference']} is public, and no edition of it was issued."
    elif body is None:
        yield f"The {noun.name} {latest.reference} has editions, and nothing of it is public."
    elif changed := list(differing(as_today(latest), body)):
        yield f"The {noun.name} {latest.reference} does not read as its record says: {', '.join(changed)}."
