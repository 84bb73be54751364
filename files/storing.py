"""Where content lies: under its hash, in the storage that STORAGES["files"] names. Whole, or not at all."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import connection

from records.canonical import sha256
from records.operations import refuse_if_it_is_too_late

INCOMING = "incoming"  # of a folder: what is just being written
ITS_NAME = re.compile(r"([0-9a-f]{2})/([0-9a-f]{2})/(\1\2[0-9a-f]{60})")


class Folder(FileSystemStorage):
    """A folder in which a file is there, with every byte on the disk, or is not there."""

    def get_available_name(self, name, max_length=None):
        return name  # a name is a hash: what has it already is the same

    def _save(self, name, content):
        target, begun = Path(self.path(name)), Path(self.path(f"{INCOMING}/{token_hex(16)}"))
        for folder in (target.parent, begun.parent):
            folder.mkdir(parents=True, exist_ok=True)
        try:
            with begun.open("xb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            begun.replace(target)
        except BaseException:
            begun.unlink(missing_ok=True)
            raise
        for folder in (target.parent, target.parent.parent, target.parent.parent.parent):
            _to_disk(folder)
        return name


def _to_disk(folder: Path) -> None:
    """Also that the file is in it."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def storage() -> Storage:
    return storages["files"]


def name_of(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def wait_for_turn(digest: str) -> None:
    """Who keeps this content, or sweeps it away, does so alone until the transaction ends."""
    refuse_if_it_is_too_late(digest)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"content {digest}"])


def store(content: bytes) -> str:
    """Write it, also where it lies already: it is new then, and nobody sweeps it. Returns its hash."""
    digest = sha256(content)
    storage().save(name_of(digest), ContentFile(content))
    return digest


def is_there(digest: str) -> bool:
    return storage().exists(name_of(digest))


def opened(digest: str) -> File:
    """Raises FileNotFoundError."""
    return storage().open(name_of(digest))


def everything(folder: str = "") -> Iterator[str]:
    """The name of every file there is."""
    try:
        folders, files = storage().listdir(folder)
    except FileNotFoundError:  # nothing was ever kept
        return
    yield from (f"{folder}{name}" for name in sorted(files))
    for name in sorted(folders):
        yield from everything(f"{folder}{name}/")
