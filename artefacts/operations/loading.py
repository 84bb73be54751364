"""Loading a library that was kept elsewhere: each version as the table states it, with its files, its day, and where all this is said."""

from collections.abc import Sequence
from pathlib import Path

from artefacts.comparing import earlier_version, kept_files, sides_of
from artefacts.lifecycle import VersionStatus
from artefacts.loading import Library, Same, Stated, known_version, library_in
from artefacts.models import Artefact, ArtefactVersion, LoadedVersion, VersionFile
from artefacts.operations.artefacts import locked_artefact
from artefacts.operations.catalogue import free_slug
from artefacts.rules.loading import refusals_to_load
from files.looking import as_text
from files.models import Blob
from files.operations import cleaned_name, have_compared, keep
from groups.models import Group, User
from ledger.operations import seal
from records.clock import london_date, portal_now
from records.editions import issue
from records.locks import locked
from records.models import Origin
from records.operations import operation
from records.rules import Refusal, Refused, require
from records.versions import key_of_version

LOADED = "loaded from a library"


def look_at_library(table: Path, folder: Path, group: Group) -> Library:
    """What loading it would do; nothing is written. Raises Refused for what is no such table."""
    require(refusals_to_load(group, london_date(portal_now())))
    if (text := as_text(table.read_bytes())) is None:
        raise Refused([Refusal("The table is not text: save it as CSV first.")])
    return library_in(text, folder, group)


@operation
def load_library(table: Path, folder: Path, group: Group, *, skip_refused: bool = False, by: User) -> Library:
    """Load what can be loaded. If a line is refused, nothing is, unless that is wanted. What is there already is passed over."""
    library = look_at_library(table, folder, group)
    if not library.wanted or (library.refused and not skip_refused):
        return library
    source = keep((table.name, table.read_bytes()), by=by)
    blobs = {each.path: keep((each.path.name, each.path.read_bytes()), by=by) for stated in library.wanted for each in stated.papers}
    group = locked(Group.objects).get(pk=group.pk)
    require(refusals_to_load(group, london_date(portal_now())))
    made: dict[Same, Artefact] = {}
    for stated in sorted(library.wanted, key=lambda each: (each.artefact.pk if each.artefact else 0, each.key or [])):
        _load(stated, group, made, (source, cleaned_name(table.name)), blobs, by=by)
    for artefact in made.values():
        _compare_the_newest(artefact, by=by)
        issue("artefact", artefact.pk, f"Versions of it were loaded from {cleaned_name(table.name)}.", by=by)
    return library


def _load(stated: Stated, group: Group, made: dict[Same, Artefact], source: tuple[Blob, str], blobs: dict[Path, Blob], *, by: User) -> None:
    if stated.same not in made:
        made[stated.same] = _taken_on(stated, group, by=by)
    version = _version(stated, made[stated.same], by=by)
    for each in stated.papers:
        VersionFile(version=version, blob=blobs[each.path], name=cleaned_name(each.path.name), visibility=each.visibility, form=each.form).save_by(by, LOADED)
    for file in VersionFile.for_sealing().filter(version=version, dropped=False).order_by("pk"):
        seal("loaded", file, by=by)
    version.status = VersionStatus.FIXED
    version.save_by(by, LOADED)
    seal("loaded", version, by=by)
    loaded = LoadedVersion(
        version=version, source=source[0], source_name=source[1], lines=stated.numbers, dated_on=stated.dated_on, baselined_by=stated.texts["baselined by"], loaded_at=portal_now(),
    ).save_by(by)  # fmt: skip
    seal("loaded", loaded, by=by)


def _taken_on(stated: Stated, group: Group, *, by: User) -> Artefact:
    """The artefact in the catalogue. One that papers have only named is now kept here, as the table describes it."""
    now = portal_now()
    if stated.artefact is None:
        artefact = Artefact(group=group, slug=free_slug(stated.cited), published_at=now, published_by=by, **stated.about)
    else:
        artefact = locked_artefact(stated.artefact.pk)
        if artefact.origin == Origin.PORTAL:
            return artefact
        artefact.origin, artefact.published_at, artefact.published_by = Origin.PORTAL, artefact.published_at or now, artefact.published_by or by
        for name, said in stated.about.items():
            if name != "name" and said:
                setattr(artefact, name, said)
    artefact.save_by(by, LOADED, at=now)
    seal("loaded", artefact, by=by, at=now)
    return artefact


def _version(stated: Stated, artefact: Artefact, *, by: User) -> ArtefactVersion:
    """A draft for as long as its files are put to it. Of which there was no more than its label, that one becomes whole."""
    made_from = artefact.versions.filter(key=key_of_version(stated.texts["made from"])).exclude(status=VersionStatus.WITHDRAWN).first()
    known = locked(artefact.versions.filter(key=stated.key).exclude(status=VersionStatus.WITHDRAWN)).first()
    require(_refusals_of_what_came_meanwhile(stated, known))
    version = known or ArtefactVersion(artefact=artefact, label=stated.label, origin=Origin.IMPORTED)
    version.status = VersionStatus.DRAFT
    version.save_by(by, LOADED)
    version.made_from = made_from or version.made_from
    version.what_changed, version.note = stated.texts["what changed"] or version.what_changed, stated.texts["note"] or version.note
    return version


def _refusals_of_what_came_meanwhile(stated: Stated, known: ArtefactVersion | None):
    before = known_version(stated)
    if known and (before is None or before.pk != known.pk) and known.is_held:
        yield Refusal(f"{known} has come in meanwhile: look at the table again.")


def _compare_the_newest(artefact: Artefact, *, by: User) -> None:
    """The worker is asked what differs between the last two. Of the rest, whoever reads them asks."""
    newest: Sequence[ArtefactVersion] = list(artefact.versions.filter(status=VersionStatus.FIXED).order_by("-key")[:1])
    for version in newest:
        before = earlier_version(version)
        have_compared(sides_of(kept_files(before) if before else []), sides_of(kept_files(version)), by=by)
