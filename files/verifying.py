"""Whether every file is still there, byte for byte; and what lies there that nothing speaks of."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet

from files import scanning
from files.models import Blob, CleanCopy
from files.storing import INCOMING, ITS_NAME, everything, opened, storage, wait_for_turn
from records.clock import portal_now

IN_FLIGHT = timedelta(days=1)  # the longest that content may lie there before its row is committed: by far
Which = Callable[[QuerySet], QuerySet]


def faults(which: Which = lambda rows: rows) -> Iterator[str]:
    """Each a sentence. `which` narrows the blobs; orphans and what waits for the scanner are always looked for."""
    for blob in which(Blob.objects.select_related("clean_copy")).order_by("pk").iterator():
        yield from _faults_of(blob)
        if copy := getattr(blob, "clean_copy", None):
            yield from _faults_of(copy)
    yield from (f"{name} lies among the files, and nothing speaks of it." for name in orphans())
    if scanning.is_named() and (late := Blob.objects.unanswered().filter(kept_at__lt=portal_now() - IN_FLIGHT).count()):
        yield f"The virus scanner has not answered for {late} file{'s' if late > 1 else ''} in a day: they are not handed out."


def _faults_of(kept: Blob | CleanCopy) -> Iterator[str]:
    try:
        with opened(kept.sha256) as file:
            found, size = hashlib.sha256(), 0
            for chunk in file.chunks():
                found.update(chunk)
                size += len(chunk)
    except FileNotFoundError:
        yield f"The {kept} ({kept.sha256}) is missing."
        return
    if found.hexdigest() != kept.sha256 or size != kept.size:
        yield f"The {kept} ({kept.sha256}) has been changed."


def orphans() -> Iterator[str]:
    """What has lain there for a day without a row: of a transaction that was undone, or a process that was killed."""
    before = portal_now() - IN_FLIGHT
    for name in everything():
        if not _is_spoken_of(name) and _is_older(name, before):
            yield name


def _is_spoken_of(name: str) -> bool:
    if not (its := ITS_NAME.fullmatch(name)):
        return False
    return any(model._base_manager.filter(sha256=its[3]).exists() for model in (Blob, CleanCopy))


def _is_older(name: str, than) -> bool:
    try:
        return storage().get_modified_time(name) < than
    except FileNotFoundError:  # swept meanwhile
        return False


def sweep_orphans() -> int:
    """Take away what nothing speaks of, and say how much that was. What has a name that is none of ours is not touched."""
    return sum(map(_swept, list(orphans())))


def _swept(name: str) -> bool:
    its = ITS_NAME.fullmatch(name)
    if not its and not name.startswith(f"{INCOMING}/"):
        return False
    with transaction.atomic():
        if its:
            wait_for_turn(its[3])  # somebody may be keeping the same content just now
        if _is_spoken_of(name) or not _is_older(name, portal_now() - IN_FLIGHT):
            return False
        storage().delete(name)
    return True
