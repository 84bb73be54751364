"""PDF: whether it may be taken, what is in it, and the same without its authors.

It is a script as well, plain Python with pikepdf: a PDF made to choke its reader chokes a process of its own (files/apart.py), not
the web server. It reads the file from its input, and writes a line of JSON and then the clean copy, if there is one.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

MEMORY, SECONDS = 768 * 1024 * 1024, 20
LOCKED = "The PDF is protected with a password, or against copying: save it without protection."
DAMAGED = "The PDF cannot be read: it may be damaged, or made in an unusual way. Save or print it anew as PDF."
SIGNED = "is signed digitally, so its authors were left in it"
MOMENTS = ("/M", "/CreationDate")


class Refused(Exception):
    """The sentence says why."""


def looked_into(content: bytes) -> tuple[list[str], bytes | None]:
    """What is in it worth telling, and the same without its authors, if there were any to take out. May raise Refused."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            if document.is_encrypted:
                raise Refused(LOCKED)
            if not len(document.pages):
                raise Refused(DAMAGED)
            notes = sorted(set(_notes(document)))
            earlier = content.count(b"%%EOF") > 1  # it was saved onto its end: what it said before lies in it still
            if SIGNED in notes or not (_taken_out(document) or earlier):
                return notes, None
            out = io.BytesIO()
            document.save(out, deterministic_id=True)
            return notes, out.getvalue()
    except pikepdf.PasswordError as error:
        raise Refused(LOCKED) from error
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, TypeError, KeyError, AttributeError, RecursionError, MemoryError) as error:
        raise Refused(DAMAGED) from error


def _dictionaries(document: pikepdf.Pdf) -> Iterator[Dictionary | Stream]:
    """Every one there is, also those within others."""
    todo = [*document.objects]
    while todo:
        each = todo.pop()
        if isinstance(each, Dictionary | Stream):
            yield each
        if isinstance(each, Array):
            todo.extend(part for part in each if _is_within(part))
        elif isinstance(each, Dictionary | Stream):
            todo.extend(part for part in each.values() if _is_within(part))


def _is_within(part: object) -> bool:
    """What has a number of its own is met by itself."""
    return isinstance(part, Dictionary | Array) and not part.is_indirect


def _notes(document: pikepdf.Pdf) -> Iterator[str]:
    for each in _dictionaries(document):
        if "/JS" in each or each.get("/S") == Name.JavaScript:
            yield "holds JavaScript"
        if each.get("/S") in (Name.Launch, Name.ImportData, Name.SubmitForm):
            yield "starts programs or sends what is filled in"
        if "/EmbeddedFiles" in each or "/EF" in each:
            yield "holds other files"
        if "/XFA" in each:
            yield "is a form of an old kind, which few programs show"
        if "/Subtype" in each and _is_comment(each):
            yield "has comments"
        if "/ByteRange" in each and "/Contents" in each:
            yield SIGNED


def _is_comment(each: Dictionary | Stream) -> bool:
    """An annotation that somebody made: one that names its author, and is no field of a form."""
    return "/Rect" in each and each.get("/Subtype") not in (Name.Widget, Name.Link) and ("/T" in each or each.get("/Subtype") == Name.Text)


def _taken_out(document: pikepdf.Pdf) -> bool:
    """Whether there was anything to take out."""
    found = False
    if "/Info" in document.trailer:
        info = document.trailer.Info
        for key in [str(key) for key in info.keys() if key != "/Title"]:  # noqa: SIM118 - it is no dictionary of Python's
            del info[key]
            found = True
    for each in _dictionaries(document):
        for key in _telling(each):
            del each[key]
            found = True
    return found


def _telling(each: Dictionary | Stream) -> list[str]:
    """The keys in it that say who, when and with what."""
    keys = [key for key in ("/Metadata", "/PieceInfo", "/LastModified") if key in each]
    if "/Rect" in each and "/Subtype" in each and each.get("/Subtype") != Name.Widget:
        keys += [key for key in ("/T", *MOMENTS) if key in each]
    return keys


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    said: dict[str, object] = {}
    clean: bytes | None = None
    try:
        said["notes"], clean = looked_into(sys.stdin.buffer.read())
    except Refused as refused:
        said["refused"] = str(refused)
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + (clean or b""))


if __name__ == "__main__":
    main()
