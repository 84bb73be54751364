"""Attaching what differs from the version that was put to the group to the edits that were agreed."""

from collections.abc import Mapping

from artefacts.models import AgreedEdit, ArtefactVersion, Passage
from artefacts.operations.artefacts import locked_version
from artefacts.operations.passages import put_to_the_group, written
from artefacts.passages import differing
from artefacts.rules.artefacts import refusals_of_explaining, refusals_to_explain
from groups.models import User
from groups.standing import Standing
from records.clock import portal_now
from records.locks import locked
from records.operations import operation
from records.rules import require


@operation
def explain(version: ArtefactVersion, said: Mapping[str, AgreedEdit | None], *, by: User) -> ArtefactVersion:
    """Say to which agreed edit each of these passages belongs, or to none. Passages that are not named stay as they are."""
    version, now = locked_version(version), portal_now()
    require(refusals_to_explain(version, Standing.at(by, now), now))
    put = put_to_the_group(version)
    found = {each.key: each for each in differing(version, put)} if put else {}
    require(refusals_of_explaining(said, put, found) if put else ())
    rows = {row.key: row for row in locked(Passage.objects.filter(version=version))}
    for key, edit in said.items():
        row = rows.get(key)
        if (row.edit_id if row else None) != (edit.pk if edit else None):
            written(row or Passage(version=version, key=key), found[key], edit).save_by(by, at=now)
    return version
