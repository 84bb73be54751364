"""The verbs: keep a file, scan one again, ask for two to be compared, and compare them."""

import logging
from datetime import timedelta
from typing import NamedTuple, cast

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, QuerySet, Sum

from files import apart, scanning, turning
from files.kinds import MOST_BYTES, Kind
from files.looking import Found, looked_at
from files.models import Bindable, Blob, CleanCopy, Comparison, ComparisonResult, Scan
from files.names import shown_name
from files.office import TRACKED
from files.pairing import Side, paired, redlines
from files.rules import refusals_of_answer, refusals_of_file, refusals_of_many, refusals_of_name, refusals_of_nothing
from files.scanning import Answer, Result
from files.storing import is_there, opened, store, wait_for_turn
from files.unfit import Unfit
from records.canonical import sha256
from records.clock import portal_now
from records.locks import locked
from records.operations import operation
from records.rules import Refusal, Refused, require

logger = logging.getLogger(__name__)


class Given(NamedTuple):
    name: str
    content: bytes


Upload = UploadedFile | tuple[str, bytes]


def cleaned_name(name: str) -> str:
    """The name under which a file may be shown. Raises Refused."""
    require(refusals_of_name(name))
    return shown_name(name)


def name_of(upload: Upload | None) -> str:
    """The same of what is handed in, once `keep` has taken it."""
    return cleaned_name(upload[0] if isinstance(upload, tuple) else str(cast(UploadedFile, upload).name))


def take_off(files: QuerySet, why: str, *, by) -> None:
    """Files of a draft that are attached to it no more; the rows stay."""
    for file in locked(files.filter(dropped=False).order_by("pk")):
        file.dropped = True
        file.save_by(by, why)


@operation
def keep(upload: Upload | None, *, by) -> Blob:
    """Keep some content: look into it, have it scanned, clean a copy of it. The same content is the same blob. Raises Refused.

    To be done before anything is locked: it takes seconds, and whoever keeps the same content meanwhile waits.
    """
    require(refusals_of_nothing(upload))
    given = _given(cast(Upload, upload))
    require(refusals_of_file(given.name, len(given.content)))
    if isinstance(upload, UploadedFile) and by.is_active:  # by a page, and not by a command; who comes by a personal link has no account
        require(refusals_of_many(*_kept_lately(by, len(given.content))))
    found = _looked_at(given)
    digest = sha256(given.content)
    known = Blob.objects.filter(sha256=digest).first()
    answer = scanning.scanned(given.content) if known is None and scanning.is_named() else None
    require(refusals_of_answer(answer or _last_answer(known)))
    wait_for_turn(digest)
    known = known or Blob.objects.filter(sha256=digest).first()
    _stored(given.content, found, known)
    return known or _written_down(digest, given.content, found, answer, by)


def _kept_lately(by, size: int) -> tuple[int, int]:
    """How many files of theirs are new since this time yesterday, and how large they and this one are."""
    kept = Blob.objects.filter(recorded_by=by, kept_at__gt=portal_now() - timedelta(days=1)).aggregate(files=Count("pk"), size=Sum("size", default=0))
    return kept["files"], kept["size"] + size


def looked_into(name: str, content: bytes) -> list[str]:
    """What `keep` would note of some content, and nothing is kept. Raises Refused for what it would not keep."""
    require(refusals_of_file(name, len(content)))
    known = Blob.objects.filter(sha256=sha256(content)).first()
    require(refusals_of_answer(_last_answer(known)))
    return known.notes if known else _looked_at(Given(name, content)).notes


def _given(upload: Upload) -> Given:
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


@operation
def keep_made(content: bytes, kind: Kind, *, by) -> Blob:
    """Keep what the portal itself has made of files that are kept. Where a scanner is named, each of those was found clean."""
    digest = sha256(content)
    wait_for_turn(digest)
    known = Blob.objects.filter(sha256=digest).first()
    if known is None or not is_there(digest):
        store(content)
    if known:
        return known
    blob = Blob(sha256=digest, size=len(content), kind=kind, kept_at=portal_now()).save_by(by)
    if scanning.is_named():
        Scan(blob=blob, at=blob.kept_at, result=Result.CLEAN, scanner="The portal", words="Made of files that were found clean.").save_by(by)
    return blob


UNBOUND = "It cannot be bound: it may be damaged, or made in an unusual way."
UNTURNED = "It is a {}, which this portal cannot turn into a PDF."


@operation
def make_bindable(blob: Blob, *, by) -> Bindable:
    """Find out how many pages of it can be bound, once. A document of an office is turned into PDF, where the machine can."""
    wait_for_turn(f"bindable {blob.pk}")
    if known := Bindable.objects.filter(blob=blob).first():
        return known
    pdf: Blob | None = blob
    why_not = ""
    if blob.kind != Kind.PDF:
        made = turning.as_pdf(blob.kind, _served(blob)) if blob.kind in turning.TURNED else None
        pdf, why_not = (keep_made(made, Kind.PDF, by=by), "") if made else (None, UNTURNED.format(blob.get_kind_display()))
    pages = apart.pages_of(_served(pdf)) if pdf else 0
    if pdf and not pages:
        pdf, why_not = None, UNBOUND
    return Bindable(blob=blob, pdf=pdf, pages=pages or 0, why_not=why_not).save_by(by)


@operation
def ask_to_compare(before: Blob | None, after: Blob, *, by) -> Comparison | None:
    """Have two files compared by the worker, or what is marked in one drawn. Once: asked for again, it is the same. None if they are one file."""
    if before is not None and before.served.sha256 == after.served.sha256:
        return None
    same = Comparison.objects.filter(before=before, after=after)
    if known := same.first():  # nobody waits here while it is being made
        return known
    wait_for_turn(_turn(before, after))
    return same.first() or Comparison(before=before, after=after, asked_at=portal_now()).save_by(by)


def have_compared(before: list[Side], after: list[Side], *, by) -> int:
    """Ask for all that can be compared of the files of two versions, and for what is marked in the later one's redline. How many that are."""
    pairs = [(one.blob, other.blob) for one, other in paired(before, after) if one and other]
    marked = [(None, each.blob) for each in redlines(after) if each.blob and TRACKED in each.blob.notes]
    asked = [(one, other) for one, other in [*pairs, *marked] if other]
    in_their_order = sorted(asked, key=lambda two: [blob.pk if blob else 0 for blob in two])  # so that nobody waits for whoever waits for them
    return sum(ask_to_compare(one, other, by=by) is not None for one, other in in_their_order)


@operation
def compare(comparison: Comparison, *, by) -> ComparisonResult:
    """Compare what everybody gets who may have the files: the copies without their authors."""
    wait_for_turn(_turn(comparison.before, comparison.after))
    if known := ComparisonResult.objects.filter(comparison=comparison).first():
        return known
    told = apart.differences([(blob.kind, _served(blob)) for blob in (comparison.before, comparison.after) if blob is not None])
    why_not = told.pop("why_not", "")[:300]
    return ComparisonResult(comparison=comparison, made_at=portal_now(), told=told, why_not=why_not).save_by(by)


def _turn(before: Blob | None, after: Blob) -> str:
    return f"comparison {before.pk if before else ''} {after.pk}"


def _served(blob: Blob) -> bytes:
    with opened(blob.served.sha256) as file:
        return file.read()
