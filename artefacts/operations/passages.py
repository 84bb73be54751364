"""What differs from the version that was put to the group, listed when what is made of it is put forward."""

from datetime import datetime

from django.db.models import Q

from artefacts.comparing import kept_files, sides_of
from artefacts.models import AgreedEdit, ArtefactVersion, Passage
from artefacts.passages import Differing, baseline_issued_by, differing
from files.models import Comparison
from files.operations import compare, have_compared
from files.pairing import paired
from groups.models import User
from records.locks import locked


def put_to_the_group(version: ArtefactVersion) -> ArtefactVersion | None:
    """The version that was put to the group, whose baseline this one is made for."""
    baseline = baseline_issued_by(version)
    return baseline.version if baseline else None


def written(row: Passage, told: Differing, edit: AgreedEdit | None, n: int | None = None) -> Passage:
    row.title, row.where, row.before, row.after = told.title, told.where, told.before, told.after
    row.sentence, row.is_public, row.edit, row.n = told.sentence, told.is_public, edit, n
    return row


def compare_with_baselined(version: ArtefactVersion, *, by: User) -> None:
    """Before anything is locked: what differs has to be known when the version is put forward, however far the worker is."""
    put = put_to_the_group(version)
    if put is None:
        return
    before, after = sides_of(kept_files(put)), sides_of(kept_files(version))
    have_compared(before, after, by=by)
    asked = [Q(before=one.blob, after=other.blob) for one, other in paired(before, after) if one and other]
    for each in asked:
        for comparison in Comparison.objects.to_be_shown().unmade().filter(each):
            compare(comparison, by=by)


def list_passages(version: ArtefactVersion, *, by: User, at: datetime) -> None:
    """Each passage that differs gets its number: attached to an edit, or unexplained."""
    put = put_to_the_group(version)
    if put is None:
        return
    rows = {row.key: row for row in locked(Passage.objects.filter(version=version).select_related("edit"))}
    for n, told in enumerate(differing(version, put), 1):
        row = rows.get(told.key) or Passage(version=version, key=told.key)
        written(row, told, row.edit, n).save_by(by, at=at)
