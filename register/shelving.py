"""Putting a record on the shelf: from the body of its latest edition, and from nothing else."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import F, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from ledger.withdrawn import as_shown, holds
from meetings.models import MinutesEdition
from records.canonical import plain
from records.editions import Edition, Noun, Shelved, latest_of, nouns
from records.references import key_of, keys_in
from register.models import Shelf

CONFIG = "portal"  # the text search configuration: English, without accents (register/sql/search.sql)
_TURN = 0x54E1F  # the advisory lock under which stamps are given: after editions, before the ledger


def put_on_shelf(edition: Edition) -> None:
    """As it is shown: without the words that were withdrawn."""
    noun, stamp = nouns[edition.noun], _next_stamp()
    shelved = noun.shelve(as_shown(edition))
    told = {"noun": noun.name, "record_pk": edition.record_id, "stamp": stamp, **columns(edition, shelved)}
    values = [_FIELDS[name].get_db_prep_save(value, connection) for name, value in told.items()]
    with connection.cursor() as cursor:
        cursor.execute(_put(tuple(told)), [*values, *weighed(shelved, edition.reference)])


_FIELDS = {field.name: field for field in Shelf._meta.concrete_fields}


@cache
def _put(names: tuple[str, ...]) -> str:
    """Every edition comes by here: in SQL that is put together once. The record that is there already is put in its place."""
    asked = ", ".join(f'"{name}"' for name in names)
    anew = ", ".join(f'"{name}" = EXCLUDED."{name}"' for name in (*names, "words"))
    values = ", ".join(["%s"] * len(names))
    return f"INSERT INTO register_shelf ({asked}, words) VALUES ({values}, {VECTOR}) ON CONFLICT (noun, record_pk) DO UPDATE SET {anew}"  # noqa: S608 - all said here


def columns(edition: Edition, shelved: Shelved) -> dict[str, Any]:
    facets = plain(shelved.facets)
    return {
        "reference": edition.reference, "key": key_of(shelved.known_as or edition.reference), "edition": edition.n, "address": shelved.address, "title": shelved.title,
        "summary": shelved.summary, "group": shelved.group, "sort_on": shelved.sort_on, "order": shelved.order, "state": shelved.state,
        "state_until": shelved.state_until, "state_then": shelved.state_then, "issued_at": edition.published_at, "facets": facets,
    }  # fmt: skip


VECTOR = " || ".join(f"setweight(to_tsvector('{CONFIG}', %s::text), '{weight}')" for weight in "ABC")


def vector(shelved: Shelved, reference: str) -> RawSQL:
    """The words by which a record is found."""
    return RawSQL(VECTOR, weighed(shelved, reference), SearchVectorField())  # noqa: S611 - all said here


def weighed(shelved: Shelved, reference: str) -> list[str]:
    """Title and names weigh most, then the summary, then all that is said. References are found in any spelling."""
    texts = ([reference, shelved.title, *shelved.named], [shelved.summary], shelved.words)
    return [_with_keys(" \n".join(filter(None, each))) for each in texts]


def _with_keys(text: str) -> str:
    return " ".join([text, *keys_in(text)])


def _next_stamp() -> int:
    """One after the other, until the transaction ends: whoever reads the highest one has read all that came before it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
        cursor.execute("SELECT coalesce(max(stamp), 0) + 1 FROM register_shelf")
        return cursor.fetchone()[0]  # type: ignore[no-any-return]


def shelve_anew_without(words: str) -> None:
    """Every record of which an edition holds these words, an earlier one too: kept pages of it are void."""
    for noun in nouns.values():
        for pk in sorted(_holding(noun, words)):
            if latest := latest_of(noun, pk):
                put_on_shelf(latest)


def _holding(noun: Noun, words: str) -> set[int]:
    editions = noun.editions.objects.order_by("pk").iterator(chunk_size=200)
    found = {edition.record_id for edition in editions if holds([edition.body, edition.why], words)}
    if noun.name == "meeting":  # its page shows the minutes, which have editions of their own
        minuted = MinutesEdition.objects.select_related("minutes").order_by("pk").iterator(chunk_size=50)
        found |= {edition.minutes.meeting_id for edition in minuted if holds([edition.body, edition.note], words)}
    return found


def faults(pks=None) -> Iterator[str]:
    """What the shelf does not say as the latest editions do."""
    for noun in nouns.values():
        rows = Shelf.objects.filter(noun=noun.name).defer("words")
        if pks is not None:
            rows = rows.filter(record_pk__in=pks(noun))
        yield from (fault for row in rows.order_by("pk").iterator(chunk_size=500) for fault in _faults_of(noun, row))
        if pks is None:
            shelved = Shelf.objects.filter(noun=noun.name).values("record_pk")
            for edition in noun.editions.objects.filter(n=1).exclude(**{f"{noun.name}__in": shelved}):
                yield f"The {noun.name} {edition.reference} is not on the shelf."


def _faults_of(noun: Noun, row: Shelf) -> Iterator[str]:
    latest = latest_of(noun, row.record_pk)
    if latest is None:
        yield f"The {noun.name} {row.reference} is on the shelf, and has no edition."
        return
    shelved = noun.shelve(as_shown(latest))
    wrong = [name for name, value in columns(latest, shelved).items() if getattr(row, name) != value]
    made, kept = Cast(vector(shelved, latest.reference), TextField()), Cast("words", TextField())
    found = Shelf.objects.annotate(made=made, kept=kept).filter(pk=row.pk, kept=F("made")).exists()
    if wrong or not found:
        yield f"The shelf does not say of the {noun.name} {row.reference} what its edition {latest.n} says: {', '.join([*wrong, *([] if found else ['words'])])}."


def make_again() -> int:
    """Put the latest edition of each record on the shelf anew, and take down what has none. Returns how many there are."""
    count = 0
    for noun in nouns.values():
        pks = noun.editions.objects.filter(n=1).order_by("pk").values_list(f"{noun.name}_id", flat=True)
        for pk in pks.iterator(chunk_size=500):
            if latest := latest_of(noun, pk):
                put_on_shelf(latest)
                count += 1
        astray = Shelf.objects.filter(noun=noun.name).exclude(record_pk__in=pks.order_by())
        astray._raw_delete(astray.db)
    return count
