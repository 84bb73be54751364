"""ZIP archives, and what is made of them: looked at before anything is unpacked, and unpacked within bounds."""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from files.kinds import MIB
from files.unfit import Unfit

MOST_ENTRIES = 2_000
MOST_UNPACKED = 200 * MIB
MOST_RATIO = 200  # of what is larger than a mebibyte; text packs some thirty to one
MOST_DEEP = 2  # an archive in an archive, and no further
MOST_IN_ALL = 4  # the same with documents, which hold workbooks, counted in
LONGEST_LIST = MIB  # bytes of the central directory: read whole, before any of it can be counted

START, LISTED, END, END_64 = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x07"
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
PACKED_BADLY = "The archive is damaged: pack it anew."
TOO_MUCH = f"Unpacked, the archive is larger than {MOST_UNPACKED // MIB} MB: hand it in in parts."


@dataclass
class Budget:
    """How much is still taken out of a file, archives within archives together."""

    entries: int = MOST_ENTRIES
    unpacked: int = MOST_UNPACKED


def is_archive(content: bytes) -> bool:
    return content.startswith(START) or content.startswith(END)


def ends_as_archive(content: bytes) -> bool:
    """Whether what begins as something else would also open as an archive."""
    at = content.rfind(END, max(0, len(content) - 22 - 0xFFFF))
    if at < 0 or len(content) - at < 22:
        return False
    size = struct.unpack_from("<L", content, at + 12)[0]
    return 0 < size <= at and content[at - size : at - size + 4] == LISTED


def members(content: bytes, budget: Budget) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file in the archive. Raises Unfit, before unpacking wherever that can be seen before."""
    _look_at_the_end(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _look_at_the_list(entries, budget)
            for entry in entries:
                if not entry.is_dir():
                    yield entry.filename, _unpacked(archive, entry, budget)
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, UnicodeError, ValueError, RuntimeError) as error:
        raise Unfit(PACKED_BADLY) from error


def _look_at_the_end(content: bytes) -> None:
    """The last record says how long the list is: a list of a million names is not read."""
    at = content.rfind(END, max(0, len(content) - 22 - 0xFFFF))
    if at < 0 or len(content) - at < 22:
        raise Unfit(PACKED_BADLY)
    count, size, start, comment = struct.unpack_from("<HLLH", content, at + 10)
    if count == 0:
        raise Unfit("The archive is empty.")
    if content[at - 20 : at - 16] == END_64 or 0xFFFF in (count, size, start) or size > LONGEST_LIST or count > MOST_ENTRIES:
        raise Unfit(f"The archive holds more than {MOST_ENTRIES:,} files.")
    if start + size != at or at + 22 + comment != len(content) or not content.startswith(START):
        raise Unfit("The archive holds something before, between or after its files: pack it anew.")


def _look_at_the_list(entries: list[zipfile.ZipInfo], budget: Budget) -> None:
    budget.entries -= len(entries)
    if budget.entries < 0:
        raise Unfit(f"The archive holds more than {MOST_ENTRIES:,} files.")
    if len({entry.filename.lower() for entry in entries}) != len(entries):
        raise Unfit("The archive holds two files of one name.")
    if sum(entry.file_size for entry in entries) > budget.unpacked:
        raise Unfit(TOO_MUCH)
    for entry in entries:
        _look_at(entry)


def _look_at(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename  # the other one ends at a NUL
    if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or re.match(r"[A-Za-z]:", name) or "\0" in name:
        raise Unfit("The archive holds a file whose name leads out of it.")
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Unfit("The archive holds a link to another place: pack the file itself.")
    if entry.flag_bits & 0x41:
        raise Unfit("The archive is protected with a password: hand it in without.")
    if entry.compress_type not in PACKED:
        raise Unfit("The archive is packed in an unusual way: pack it anew, as an ordinary ZIP archive.")
    if entry.file_size > MIB and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        raise Unfit("The archive unpacks to far more than it is: it is not taken.")


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> bytes:
    """No more of it than the list said, whatever is really in it."""
    with archive.open(entry) as packed:
        content = packed.read(entry.file_size + 1)
    budget.unpacked -= len(content)
    if len(content) != entry.file_size:
        raise Unfit(PACKED_BADLY)
    if budget.unpacked < 0:
        raise Unfit(TOO_MUCH)
    return content


def packed(parts: list[tuple[str, bytes]]) -> bytes:
    """An archive of these, the same bytes each time: no dates, no rights."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name)  # of the first of January 1980
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            archive.writestr(entry, content)
    return out.getvalue()
