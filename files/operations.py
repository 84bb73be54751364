"""The verbs: keep a file, and scan one again."""

import logging
from typing import NamedTuple, cast

from django.core.files.uploadedfile import UploadedFile

from files import scanning
from files.kinds import MOST_BYTES
from files.looking import Found, looked_at
from files.models import Blob, CleanCopy, Scan
from files.names import shown_name
from files.rules import refusals_of_answer, refusals_of_file, refusals_of_name, refusals_of_nothing
from files.scanning import Answer, Result
from files.storing import is_there, store, wait_for_turn
from files.unfit import Unfit
from records.canonical import sha256
from records.clock import portal_now
from records.operations import operation
from records.rules import Refusal, Refused, require

logger = logging.getLogger(__name__)


class Given(NamedTuple):
    name: str
    content: bytes


def cleaned_name(name: str) -> str:
    """The name under which a file may be shown. Raises Refused."""
    require(refusals_of_name(name))
    return shown_name(name)


@operation
def keep(upload: UploadedFile | tuple[str, bytes] | None, *, by) -> Blob:
    """Keep some content: look into it, have it scanned, clean a copy of it. The same content is the same blob. Raises Refused.

    To be done before anything is locked: it takes seconds, and whoever keeps the same content meanwhile waits.
    """
    require(refusals_of_nothing(upload))
    given = _given(cast(UploadedFile | tuple[str, bytes], upload))
    require(refusals_of_file(given.name, len(given.content)))
    found = _looked_at(given)
    digest = sha256(given.content)
    known = Blob.objects.filter(sha256=digest).first()
    answer = scanning.scanned(given.content) if known is None and scanning.is_named() else None
    require(refusals_of_answer(answer or _last_answer(known)))
    wait_for_turn(digest)
    known = known or Blob.objects.filter(sha256=digest).first()
    _stored(given.content, found, known)
    return known or _written_down(digest, given.content, found, answer, by)


def _given(upload: UploadedFile | tuple[str, bytes]) -> Given:
    """Of a file that is too large no more is read than shows it."""
    if isinstance(upload, tuple):
        return Given(*upload)
    upload.seek(0)
    return Given(str(upload.name), upload.read(MOST_BYTES + 1))


def _looked_at(given: Given) -> Found:
    try:
        return looked_at(shown_name(given.name), given.content)
    except Unfit as unfit:
        raise Refused([Refusal(str(unfit), field="file")]) from unfit


def _last_answer(blob: Blob | None) -> Answer | None:
    said = blob.last_answer if blob else None
    return Answer(Result(said.result), said.scanner, said.words) if said else None


def _stored(content: bytes, found: Found, known: Blob | None) -> None:
    """Before the row is: a row without its content is never committed. What got lost of a known blob is there again after this."""
    try:
        for each in filter(None, (content, found.clean)):
            if known is None or _is_lost(sha256(each), known):
                store(each)
    except OSError as error:
        logger.exception("Could not keep a file")
        raise Refused([Refusal("The portal cannot keep files at the moment. Nothing has changed: try again later.", field="file")]) from error


def _is_lost(digest: str, known: Blob) -> bool:
    return digest in (known.sha256, known.served.sha256) and not is_there(digest)


def _written_down(digest: str, content: bytes, found: Found, answer: Answer | None, by) -> Blob:
    now = portal_now()
    blob = Blob(sha256=digest, size=len(content), kind=found.kind, notes=found.notes, kept_at=now).save_by(by)
    if found.clean is not None:
        CleanCopy(blob=blob, sha256=sha256(found.clean), size=len(found.clean)).save_by(by)
    if answer:
        Scan(blob=blob, at=now, **answer._asdict()).save_by(by)
    return blob


@operation
def scan(blob: Blob, content: bytes, *, by) -> Scan:
    """Have a blob scanned that no scanner has spoken of yet; or again, with a newer list."""
    return Scan(blob=blob, at=portal_now(), **scanning.scanned(content)._asdict()).save_by(by)
