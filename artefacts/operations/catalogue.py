"""The catalogue: an artefact is put into it, described, and many at once from a table."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.text import slugify

from artefacts.catalogue import Catalogue, catalogue_in
from artefacts.models import Artefact, Phase
from artefacts.rules.artefacts import refusals_of_artefact, refusals_to_add, refusals_to_describe
from artefacts.rules.loading import refusals_to_load
from groups.models import Group, User
from groups.standing import Standing
from ledger.operations import seal
from records.clock import london_date, portal_now
from records.editions import issue
from records.locks import locked
from records.models import Origin
from records.operations import operation
from records.rules import require

LOADED = "loaded from a table"


@operation
def add_artefact(
    group: Group, name: str, *, document_number: str = "", sub_type: str = "", phase: str = Phase.NOT_STATED,
    streams: Sequence[str] = (), aliases: Sequence[str] = (), by: User,
) -> Artefact:  # fmt: skip
    """Put an artefact into the catalogue, which is public; what it holds comes with its versions."""
    group, now = locked(Group.objects).get(pk=group.pk), portal_now()
    require(refusals_to_add(group, Standing.at(by, now), now), refusals_of_artefact(group, name, document_number))
    said = {"sub_type": sub_type.strip(), "phase": phase, "streams": list(streams), "aliases": list(aliases)}
    return _put_in(group, name.strip(), document_number.strip(), said, by=by, at=now)


def _put_in(group: Group, name: str, number: str, said: dict, *, why: str = "", by: User, at: datetime) -> Artefact:
    slug = free_slug(f"{number} {name}")
    artefact = Artefact(group=group, slug=slug, name=name, document_number=number, published_at=at, published_by=by, **said).save_by(by, why, at=at)
    seal("added", artefact, by=by, at=at)
    issue("artefact", artefact.pk, "It was put into the catalogue.", by=by, at=at)
    return artefact


@operation
def describe_artefact(artefact: Artefact, *, sub_type: str, phase: str, streams: Sequence[str], aliases: Sequence[str], by: User) -> Artefact:
    """Say otherwise of what kind and phase it is, to which streams it belongs, and how papers cite it, too. Number and name stay: others cite them."""
    artefact, now = locked(Artefact.objects.select_related("group")).get(pk=artefact.pk), portal_now()
    require(refusals_to_describe(artefact, Standing.at(by, now), now))
    return _describe(artefact, {"sub_type": sub_type.strip(), "phase": phase, "streams": list(streams), "aliases": list(aliases)}, by=by, at=now)


def _describe(artefact: Artefact, said: dict, *, why: str = "", by: User, at: datetime) -> Artefact:
    for name, value in said.items():
        setattr(artefact, name, value)
    artefact.save_by(by, why, at=at)
    if artefact.origin == Origin.PORTAL:
        seal("described", artefact, by=by, at=at)
    issue("artefact", artefact.pk, "It was described anew in the catalogue.", by=by, at=at)
    return artefact


@operation
def load_catalogue(group: Group, text: str, *, skip_refused: bool = False, by: User) -> Catalogue:
    """Take in a table: what it names is put into the catalogue, and what is there is described as it says. The same again changes nothing."""
    group, now = locked(Group.objects).get(pk=group.pk), portal_now()
    require(refusals_to_load(group, london_date(now)))
    told = catalogue_in(text, group)
    if told.refused and not skip_refused:
        return told
    for line in sorted(told.described, key=lambda line: line.artefact.pk if line.artefact else 0):
        if line.artefact:
            _describe(locked(Artefact.objects).get(pk=line.artefact.pk), line.changes, why=LOADED, by=by, at=now)
    for line in told.added:
        _put_in(group, line.name, line.number, line.changes, why=LOADED, by=by, at=now)
    return told


def free_slug(cited: str) -> str:
    """Of its number and name; with a number behind it where another has that already."""
    wanted = slugify(cited)[:70].strip("-") or "artefact"
    taken = {"processes", *Artefact.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)}  # their page is beside those of artefacts
    return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
