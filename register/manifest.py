"""A baseline to take away: every file that everybody may have, with a manifest that says what each is, and how to check it."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings

from files.models import Blob
from files.names import shown_name
from files.storing import is_there, opened
from records.canonical import plain, sha256
from records.dates import as_day
from records.exporting import csv_safe
from records.rules import Refusal
from register.baseline import InForce
from register.models import Shelf
from register.zipped import AT_ONCE, Packed

MOST = 2 * 1024**3  # bytes of files in one
COLUMNS = (
    "artefact", "document number", "version", "issued on", "baselined by", "decided on", "baselined as", "carries since", "note", "form", "file", "path", "bytes", "sha256",
    "handed in as sha256", "not included", "address",
)  # fmt: skip
NO_FILE = "The portal holds no file of it that everybody may have."
WAITS = "The virus scanner has not answered yet."
INFECTED = "The virus scanner found something in it: it is not handed out."
MISSING = "The portal cannot find it where it should be."


@dataclass(frozen=True)
class Named:
    """A file of the baseline, as the manifest names it. `path` is empty where it is not included, and `why_not` says why."""

    line: InForce
    form: str
    name: str
    path: str
    size: int
    digest: str
    sha256: str
    why_not: str = ""


def named_in(lines: Iterable[InForce]) -> list[Named]:
    """Every file, and a line of its own for what has none. Two queries, however many there are."""
    lines = list(lines)
    found = Blob.objects.to_be_shown().filter(sha256__in={file["sha256"] for line in lines for file in line.files})
    blobs = {blob.sha256: blob for blob in found}
    taken: set[str] = set()
    return [each for line in lines for each in _named(line, blobs, taken)]


def _named(line: InForce, blobs: dict[str, Blob], taken: set[str]) -> Iterator[Named]:
    for file in line.files:
        told = Named(line, file["form_in_words"], file["name"], "", file["size"], file["digest"], file["sha256"], _why_not(blobs.get(file["sha256"])))
        yield told if told.why_not else replace(told, path=_path(line, file["name"], taken))
    if not line.files:
        yield Named(line, "", "", "", 0, "", "", NO_FILE)


def _why_not(blob: Blob | None) -> str:
    if blob is not None and blob.is_infected:
        return INFECTED
    if blob is not None and not blob.is_servable:
        return WAITS
    return "" if blob is not None and is_there(blob.served.sha256) else MISSING


def _path(line: InForce, name: str, taken: set[str]) -> str:
    """The document, the version, the file; two of one name get numbers, for some systems tell no capitals."""
    version = re.sub(r"[^\w.-]+", "-", line.version).strip(".-") or "version"
    stem, dot, ending = (shown_name(name) or "file").rpartition(".")
    tries = (f"{line.reference}/{version}/{stem}{f' ({n})' if n > 1 else ''}{dot}{ending}" for n in range(1, len(taken) + 2))
    path = next(each for each in tries if each.casefold() not in taken)
    taken.add(path.casefold())
    return path


def refusals_of_packing(named: Iterable[Named]) -> Iterator[Refusal]:
    size = sum(each.size for each in named if each.path)
    if size > MOST:
        yield Refusal(f"The files of this baseline come to {size / 1024**3:.1f} GB: more than the portal packs into one ZIP. Each can be taken from its page; CSV and JSON name them all.")


@dataclass(frozen=True)
class Manifest:
    """Of a group's baseline on a day. It holds nothing of when it was asked for: the same baseline, the same bytes."""

    group: Shelf
    day: date
    address: str
    named: list[Named]

    @property
    def stem(self) -> str:
        return f"{self.group.reference}-baseline-{self.day}"

    @property
    def texts(self) -> dict[str, str]:
        told = {"manifest.csv": self._csv(), "manifest.json": self._json()}
        told["README.txt"] = self._readme()
        sums = {each.path: each.digest for each in self._included} | {path: sha256(text.encode()) for path, text in told.items()}
        return told | {"SHA256SUMS": "".join(f"{digest}  {path}\n" for path, digest in sums.items())}

    @property
    def _included(self) -> list[Named]:
        return [each for each in self.named if each.path]

    def packed(self, texts: dict[str, str]) -> list[Packed]:
        """What says what it is comes first."""
        files = (Packed(each.path, each.size, partial(_content, each.digest)) for each in self._included)
        return [*(Packed.text(path, texts[path]) for path in sorted(texts)), *files]

    def _csv(self) -> str:
        table = io.StringIO(newline="")
        csv.writer(table).writerows([csv_safe(str(cell)) for cell in line] for line in [COLUMNS, *map(_cells, self.named)])
        return "\ufeff" + table.getvalue()

    def _json(self) -> str:
        lines = [dict(zip(COLUMNS, plain(_cells(each)), strict=True)) for each in self.named]
        return json.dumps({"group": self.group.reference, "on": str(self.day), "address": self.address, "files": lines}, ensure_ascii=False, indent=1) + "\n"

    def _readme(self) -> str:
        documents, left_out = len({each.line.reference for each in self.named}), [each for each in self.named if each.name and not each.path]
        missing = "".join(f"\n  {each.line.cited}, {each.name}: {each.why_not}" for each in left_out)
        return README.format(
            group=self.group.title, code=self.group.reference, day=as_day(self.day), documents=documents, plural="" if documents == 1 else "s",
            files=len(self._included), more="" if len(self._included) == 1 else "s", address=self.address, missing=f"\n\nNot included:\n{missing}" if left_out else "",
        )  # fmt: skip


README = """\
The baseline of {group} ({code}) on {day}

{documents} document{plural} in force on that day. With them {files} file{more}, as far as everybody may have these.
It tells what the record said of that day when this was packed. The page of it, which may know more by now:
{address}

manifest.csv and manifest.json say the same, one as a table, one for programs: of each file the document,
its number, the version, the decision that baselined it, where the file is in here, its length and its SHA-256.
A document without a file here has a line of its own that says why.

Is it as the portal handed it out? Compare each file's SHA-256 with the manifest, and the manifest with the page.
On Linux or macOS, in this folder:         sha256sum -c SHA256SUMS      (or: shasum -a 256 -c SHA256SUMS)
On Windows, in PowerShell, for one file:   Get-FileHash -Algorithm SHA256 FILE

What says who wrote a file was taken out of it before it is handed out; "handed in as sha256" is the hash it
had before that, where the two differ.{missing}
"""


def _cells(each: Named) -> list[Any]:
    line = each.line
    return [
        line.cited, line.document_number, line.version, line.issued_on or "", line.decision, line.decided_on, line.baselined_as, "; ".join(line.carries), line.note,
        each.form, each.name, each.path, each.size if each.name else "", each.digest, each.sha256, each.why_not, settings.PORTAL_BASE_URL + line.address,
    ]  # fmt: skip


def _content(digest: str) -> Iterator[bytes]:
    with opened(digest) as file:
        yield from file.chunks(AT_ONCE)
