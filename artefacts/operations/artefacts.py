"""The verbs of versions: write one, put it forward, and look over what was agreed to be edited."""

from collections.abc import Sequence
from datetime import datetime

from artefacts.comparing import earlier_version, kept_files, sides_of
from artefacts.finding import find_artefact, number_and_name
from artefacts.lifecycle import VERSION, VersionStatus
from artefacts.models import AgreedEdit, Artefact, ArtefactVersion, Baseline, FileForm, VersionFile
from artefacts.operations.catalogue import free_slug
from artefacts.operations.passages import compare_with_baselined, list_passages
from artefacts.rules.artefacts import (
    refusals_of_carries,
    refusals_of_edit,
    refusals_of_reason,
    refusals_of_version,
    refusals_to_agree_edit,
    refusals_to_change_version,
    refusals_to_detach,
    refusals_to_keep,
    refusals_to_put_forward,
    refusals_to_see_edit_done,
    refusals_to_withdraw,
)
from artefacts.states import label_received
from decisions.models import Settlement
from files.models import Visibility
from files.operations import Upload, have_compared, keep, name_of, take_off
from files.rules import refusals_of_attached
from groups.models import Group, User
from groups.standing import Standing, before_looking
from ledger.operations import seal
from records.clock import portal_now
from records.editions import issue
from records.hooks import effects_above
from records.locks import locked
from records.models import Origin
from records.operations import operation
from records.rules import require
from records.versions import key_of_version


def locked_artefact(pk: int) -> Artefact:
    return locked(Artefact.objects.select_related("group")).get(pk=pk)


def locked_version(version: ArtefactVersion) -> ArtefactVersion:
    """The version, locked, and its artefact before it."""
    artefact = locked_artefact(ArtefactVersion.objects.values_list("artefact_id", flat=True).get(pk=version.pk))
    version = locked(ArtefactVersion.objects).get(pk=version.pk)
    version.artefact = artefact
    return version


Carries = Sequence[dict[str, str]]  # of what kind each is, its reference, and who authorised it


@operation
def draft_version(
    artefact: Artefact, label: str, *, note: str = "", what_changed: str = "", made_from: ArtefactVersion | None = None, carries: Carries = (), by: User
) -> ArtefactVersion:
    """Begin a version. Nobody but its owner, the secretariat and the group sees it until it is put forward."""
    artefact, now = locked_artefact(artefact.pk), portal_now()
    require(refusals_to_keep(artefact, Standing.at(by, now), now))
    version = ArtefactVersion(artefact=artefact)
    require(refusals_of_version(artefact, label, made_from), refusals_of_carries(carries))
    return _written(version, label, note, what_changed, made_from, carries).save_by(by, at=now)


@operation
def change_version(
    version: ArtefactVersion, label: str, *, note: str = "", what_changed: str = "", made_from: ArtefactVersion | None = None, carries: Carries = (), by: User
) -> ArtefactVersion:
    """Write a draft anew. What was put forward stays as it is."""
    version, now = locked_version(version), portal_now()
    require(refusals_to_change_version(version, Standing.at(by, now), now))
    require(refusals_of_version(version.artefact, label, made_from, own=version), refusals_of_carries(carries))
    return _written(version, label, note, what_changed, made_from, carries).save_by(by, at=now)


def _written(version: ArtefactVersion, label: str, note: str, what_changed: str, made_from: ArtefactVersion | None, carries: Carries) -> ArtefactVersion:
    version.label, version.note, version.what_changed, version.made_from = label.strip(), note.strip(), what_changed.strip(), made_from
    version.carries = [{name: each[name].strip() for name in ("kind", "reference", "authorised_by")} for each in carries]
    return version


@operation
def attach(version: ArtefactVersion, upload: Upload | None, *, form: str, visibility: str = Visibility.PUBLIC, by: User) -> VersionFile:
    """Attach a file to a draft. The document, clean or with changes marked, takes the place of the one that was there."""
    require(before_looking(refusals_to_change_version, version, by=by))
    blob, name = keep(upload, by=by), name_of(upload)
    version, now = locked_version(version), portal_now()
    require(refusals_to_change_version(version, Standing.at(by, now), now), refusals_of_attached(form, FileForm.values, visibility, name, blob.notes))
    if form in (FileForm.CLEAN, FileForm.REDLINE):
        take_off(version.files.filter(form=form), f"{name} took its place", by=by)
    file = VersionFile(version=version, blob=blob, name=name, visibility=visibility, form=form).save_by(by, at=now)
    _compare_files(version, by=by)
    return file


@operation
def detach(file: VersionFile, *, by: User) -> VersionFile:
    """Take a file off a draft again."""
    version, now = locked_version(file.version), portal_now()
    file = locked(VersionFile.objects).get(pk=file.pk)
    file.version = version
    require(refusals_to_detach(file, Standing.at(by, now), now))
    file.dropped = True
    return file.save_by(by, "taken off", at=now)


@operation
def put_forward(version: ArtefactVersion, *, by: User) -> ArtefactVersion:
    """Freeze what the version holds, for good, and make it public: it can be reviewed, put to the group, and baselined."""
    require(before_looking(refusals_to_put_forward, version, by=by))
    compare_with_baselined(version, by=by)
    version, now = locked_version(version), portal_now()
    require(refusals_to_put_forward(version, Standing.at(by, now), now))
    version.status, version.fixed_at = VERSION["put_forward"].target, now
    for file in VersionFile.for_sealing().filter(version=version, dropped=False).order_by("pk"):
        file.version = version
        seal("attached", file, by=by, at=now)
    list_passages(version, by=by, at=now)
    version.save_by(by, at=now)
    _compare_files(version, by=by)
    seal("put forward", version, by=by, at=now)
    effects_above("artefacts.put_forward", version, by=by, at=now)
    issue("artefact", version.artefact_id, f"{version.called.capitalize()} was put forward.", by=by, at=now)
    return version


def _compare_files(version: ArtefactVersion, *, by: User) -> None:
    """The worker is asked for what differs from the version it was made from, or that comes before it."""
    before = earlier_version(version)
    have_compared(sides_of(kept_files(before) if before else []), sides_of(kept_files(version)), by=by)



@operation
def withdraw_version(version: ArtefactVersion, *, why: str, by: User) -> ArtefactVersion:
    """Take a version back. One that was put forward stays to be read, with the reason beside it."""
    version, now = locked_version(version), portal_now()
    require(refusals_to_withdraw(version, Standing.at(by, now), now), refusals_of_reason(why))
    version.status, version.withdrawn_why = VERSION["withdraw"].target, why.strip()
    version.save_by(by, why, at=now)
    if version.fixed_at or version.origin == Origin.IMPORTED:
        seal("withdrawn", version, by=by, at=now, why=why.strip())
        effects_above("artefacts.withdraw_version", version, by=by, at=now)
        issue("artefact", version.artefact_id, f"{version.called.capitalize()} was withdrawn.", by=by, at=now)
    return version


@operation
def agree_edit(version: ArtefactVersion, text: str, *, agreed_where: str, by: User) -> AgreedEdit:
    """Write down an edit that was agreed for what is baselined: its version is not issued before it is made."""
    version, now = locked_version(version), portal_now()
    require(refusals_to_agree_edit(version, Standing.at(by, now), now), refusals_of_edit(text, agreed_where))
    n = version.agreed_edits.count() + 1
    edit = AgreedEdit(version=version, n=n, text=text.strip(), agreed_where=agreed_where.strip()).save_by(by, at=now)
    seal("agreed", edit, by=by, at=now)
    issue("artefact", version.artefact_id, f"An edit of {version.called} was agreed.", by=by, at=now)
    return edit


@operation
def see_edit_done(edit: AgreedEdit, *, by: User) -> AgreedEdit:
    """Say that an agreed edit is made, as somebody other than the owner has seen."""
    version, now = locked_version(edit.version), portal_now()
    edit = locked(AgreedEdit.objects).get(pk=edit.pk)
    edit.version = version
    require(refusals_to_see_edit_done(edit, Standing.at(by, now), now))
    edit.done_seen_by, edit.done_at = by.person, now
    edit.save_by(by, at=now)
    seal("seen done", edit, by=by, at=now)
    issue("artefact", version.artefact_id, f"Agreed edit {edit.n} of {version.called} was made.", by=by, at=now)
    return edit


# --- what decisions do to artefacts


def baseline(settlement: Settlement, artefact: Artefact, *, by: User, at: datetime) -> Baseline:
    """A decision of the portal baselines the version that was put to the group."""
    artefact = locked_artefact(artefact.pk)
    version = artefact.versions.filter(status=VersionStatus.FIXED, key=key_of_version(settlement.subject_version)).first()
    made = Baseline(artefact=artefact, version=version, label=label_received(settlement.subject_version), settlement=settlement).save_by(by, at=at)
    seal("baselined", made, by=by, at=at)
    return made


def record_past_baseline(settlement: Settlement, *, by: User) -> Baseline:
    """What papers say was baselined: the artefact, and the version if they state it. Nothing is guessed, and nothing is doubled."""
    group = settlement.decision.group
    artefact = find_artefact(settlement.subject_ref, locked(Artefact.objects.order_by("pk"))) or _named_in_papers(group, settlement, by=by)
    stated = settlement.subject_version if key_of_version(settlement.subject_version) else ""
    if stated:
        record_past_version(artefact, stated, by=by)
    made = Baseline.objects.filter(settlement=settlement).first() or Baseline(settlement=settlement)
    if (made.artefact_id, made.label) != (artefact.pk, stated):
        made.artefact, made.label = artefact, stated
        made.save_by(by, READ_IN)
    return made


READ_IN = "read in from published papers"


def _named_in_papers(group: Group, settlement: Settlement, *, by: User) -> Artefact:
    number, name = number_and_name(settlement.subject_ref)
    return Artefact(
        group=group, slug=free_slug(f"{number} {name}"), name=name or number, document_number=number if name else "", origin=Origin.IMPORTED,
    ).save_by(by, READ_IN)  # fmt: skip


def record_past_version(artefact: Artefact, label: str, *, by: User) -> ArtefactVersion:
    """A version that papers speak of: that there was one, and no more."""
    known = artefact.versions.filter(key=key_of_version(label)).exclude(status=VersionStatus.WITHDRAWN).first()
    return known or ArtefactVersion(artefact=artefact, label=label, status=VersionStatus.FIXED, origin=Origin.IMPORTED).save_by(by, READ_IN)


def make_public(artefact: Artefact, *, by: User, at: datetime) -> None:
    """What papers name is public with the decision that names it."""
    artefact = locked_artefact(artefact.pk)
    if artefact.published_at is None:
        artefact.published_at, artefact.published_by = at, by
        artefact.save_by(by, at=at)
