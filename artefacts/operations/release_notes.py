"""Keeping the release note that the worker has made."""

from artefacts.models import ReleaseEdition, ReleaseNote
from groups.models import User
from ledger.operations import seal
from records.canonical import sha256
from records.clock import portal_now
from records.operations import operation


@operation
def store_release_note(edition: ReleaseEdition, content: bytes, *, by: User) -> ReleaseNote:
    """Keep the PDF of an edition, and seal its hash by an entry of its own."""
    if made := ReleaseNote.objects.standing().filter(edition=edition).first():
        return made
    now = portal_now()
    note = ReleaseNote(edition=edition, content=content, sha256=sha256(content), made_at=now).save_by(by)
    seal("printed", note, by=by, at=now)
    return note
