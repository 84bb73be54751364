"""What a file is, by its content alone; what in it is worth telling; the same without its authors. Refused with a sentence if unfit."""

import json
import re
from dataclasses import dataclass, field

from files import apart, archives, markup, office, pictures
from files.archives import Budget
from files.kinds import EXTENSIONS, MARKUP, OFFICE, TEXT, Kind, extension_of, fits
from files.unfit import Unfit

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the older format of Office, and of what it encrypts
MACH_O = {bytes.fromhex(magic) for magic in ("feedface", "feedfacf", "cefaedfe", "cffaedfe", "cafebabe", "bebafeca")}
SHORTCUT = bytes.fromhex("4c0000000114020000000000c000000000000046")
RUNS = (".exe", ".dll", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jar", ".msi", ".lnk", ".hta", ".sh", ".docm", ".xlsm", ".pptm")
PROGRAM = "The file is a program, or a shortcut to one."
PROGRAM_WITHIN = "The archive holds a program, a script, or a document with macros: {}."
LOCKED = "The document is protected with a password: save it without."
TWO_AT_ONCE = "The file is of two kinds at once: save it anew."
MOST_PARTS = 2_000_000  # of a JSON file: brackets and commas, each of which takes far more memory than a letter
MOST_LISTED = 100  # names of an archive's members that are written down


@dataclass
class Found:
    kind: Kind
    notes: list[str] = field(default_factory=list)
    clean: bytes | None = None  # None where there was nothing to take out


def looked_at(name: str, content: bytes) -> Found:
    """Raises Unfit if the content is none that the portal takes, or not what the name says."""
    if is_program(content):
        raise Unfit(PROGRAM)
    extension = extension_of(name)
    named = EXTENSIONS[extension]
    found = _found(content, named)
    if found is None or not fits(found.kind, named):
        raise Unfit(f"The file is not what its name says: what is in it is not {extension}.")
    return found


def is_program(content: bytes) -> bool:
    """For Windows, Linux, macOS, a shell; or a shortcut."""
    if content.startswith((b"\x7fELF", b"#!", SHORTCUT)) or content[:4] in MACH_O:
        return True
    return content.startswith(b"MZ") and b"\0" in content[:1024]


def _found(content: bytes, named: Kind) -> Found | None:
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith((pictures.PNG, pictures.JPEG)):
        return _picture(content)
    if archives.is_archive(content):
        return _archive(content)
    if content.startswith(OLE):
        return _compound(content, named)
    return _text(content, named) if named in TEXT else None


def _pdf(content: bytes) -> Found:
    if archives.ends_as_archive(content):
        raise Unfit(TWO_AT_ONCE)
    found = apart.looked_into(content)
    return Found(Kind.PDF, found.notes, found.clean)


def _picture(content: bytes) -> Found:
    if archives.ends_as_archive(content) or b"%PDF-" in content[:1024]:
        raise Unfit(TWO_AT_ONCE)
    return Found(Kind.PNG if content.startswith(pictures.PNG) else Kind.JPG, [], other(clean_picture(content), content))


def clean_picture(content: bytes) -> bytes:
    return pictures.clean_png(content) if content.startswith(pictures.PNG) else pictures.clean_jpeg(content)


def other(clean: bytes, content: bytes) -> bytes | None:
    return None if clean == content else clean


def _archive(content: bytes) -> Found:
    if b"%PDF-" in content[:1024]:
        raise Unfit(TWO_AT_ONCE)
    names = office.Names()
    kind, parts, clean = _document_or_zip(content, Budget(), names, 1, 1)
    if kind in OFFICE:
        return Found(kind, office.notes_of(parts), clean)
    listed = sorted(name for name, _ in parts)
    more = [f"and {len(listed) - MOST_LISTED} more"] if len(listed) > MOST_LISTED else []
    return Found(Kind.ZIP, ["its files keep their authors", *(f"holds {name}"[:200] for name in listed[:MOST_LISTED]), *more])


def _document_or_zip(content: bytes, budget: Budget, names: office.Names, zips: int, depth: int) -> tuple[Kind, list[tuple[str, bytes]], bytes | None]:
    """Its kind, its parts, and a document without its authors. Archives within it are looked through as well."""
    if zips > archives.MOST_DEEP or depth > archives.MOST_IN_ALL:
        raise Unfit("The archive holds archives that hold archives: unpack the inner ones.")
    parts = list(archives.members(content, budget))
    kind = office.kind_of(parts)
    if kind is None:
        _look_through(parts, budget, zips, depth)
        return Kind.ZIP, parts, None
    cleaned = [(name, _clean_member(name, part, budget, names, zips, depth)) for name, part in parts]
    return kind, parts, None if cleaned == parts else archives.packed(cleaned)


def _clean_member(name: str, part: bytes, budget: Budget, names: office.Names, zips: int, depth: int) -> bytes:
    """Of a document: its XML, the pictures in it, the workbooks behind its charts."""
    if is_program(part):
        raise Unfit(PROGRAM_WITHIN.format(name))
    if office.is_xml(name):
        return office.clean_part(part, names)
    if archives.is_archive(part):
        return _document_or_zip(part, budget, names, zips, depth + 1)[2] or part
    if part.startswith((pictures.PNG, pictures.JPEG)):
        try:
            return clean_picture(part)
        except Unfit:  # what Office made of it is not for us to mend
            return part
    return part


def _look_through(parts: list[tuple[str, bytes]], budget: Budget, zips: int, depth: int) -> None:
    """Of an archive: nothing in it is a program, and what is packed in it unpacks within bounds."""
    for name, part in parts:
        if is_program(part) or extension_of(name) in RUNS:
            raise Unfit(PROGRAM_WITHIN.format(name))
        if part.startswith(OLE) and entry_of_compound(part, "EncryptedPackage"):
            raise Unfit(LOCKED)
        if archives.is_archive(part):
            _document_or_zip(part, budget, office.Names(), zips + (not _is_document(part)), depth + 1)


def _is_document(content: bytes) -> bool:
    """By its first entry's name or its list; whether it is one is looked at when it is unpacked."""
    return office.TYPES.encode() in content


def _compound(content: bytes, named: Kind) -> Found | None:
    if entry_of_compound(content, "EncryptedPackage"):
        raise Unfit(LOCKED)
    others = ("WordDocument", "Workbook", "Book", "PowerPoint Document", "VisioDocument", "__properties_version1.0")
    if named != Kind.MPP or any(entry_of_compound(content, other) for other in others):
        return None
    if not any(entry_of_compound(content, each) for each in ("Props", "Props9", "Props12", "Props14")):
        return None
    macros = any(entry_of_compound(content, each) for each in ("_VBA_PROJECT", "VBA"))
    return Found(Kind.MPP, ["may hold macros"] if macros else [])


def entry_of_compound(content: bytes, name: str) -> bool:
    """Whether there is a stream or folder of this name: an entry has 128 bytes, and begins with its name."""
    wanted, at = (name + "\0").encode("utf-16-le"), -1
    while (at := content.find(wanted, at + 1)) >= 0:
        if at % 128 == 0:
            return True
    return False


_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def as_text(content: bytes) -> str | None:
    """What it says, in UTF-8, UTF-16 or Windows' own letters; None if it is no text."""
    tried = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for letters in tried:
        try:
            text = content.decode(letters)
        except UnicodeDecodeError:
            continue
        return None if _CONTROLS.search(text) else text
    return None


def _text(content: bytes, named: Kind) -> Found | None:
    if (text := as_text(content)) is None:
        return None
    if archives.ends_as_archive(content):
        raise Unfit(TWO_AT_ONCE)
    if named in MARKUP:
        return _markup(content)
    if named == Kind.JSON:
        _json(text)
    return Found(named)


def _markup(content: bytes) -> Found:
    root = markup.read(content)
    if markup.local(root) == "svg":
        return Found(Kind.SVG, markup.notes_of_svg(content))
    return Found(Kind.BPMN if root == f"{markup.BPMN} definitions" else Kind.XML)


def _json(text: str) -> None:
    if sum(map(text.count, "[{,")) > MOST_PARTS:
        raise Unfit(f"The JSON in it has more than {MOST_PARTS:,} parts.")
    try:
        # Numbers are not worked out: one of a million digits would take minutes.
        json.loads(text, parse_int=str, parse_float=str, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Unfit("The JSON in it is not well-formed, or is nested too deep.") from error


def _no_constant(word: str) -> None:
    raise ValueError(word)


