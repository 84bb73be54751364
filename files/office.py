"""Documents of Office: an archive with a list of what its parts are. Which kind it is, what is in it, and the same without its authors.

Parts are told by what they say they are, not by their names. Of a part, only attributes and elements that name somebody, or say
when, are written anew; everything else stays to the letter.
"""

import re
from enum import StrEnum
from html import escape, unescape

from files import markup
from files.kinds import Kind
from files.unfit import Unfit

TYPES = "[Content_Types].xml"
VBA = "application/vnd.ms-office.vbaProject"
MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": Kind.DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": Kind.XLSX,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": Kind.PPTX,
    "application/vnd.ms-visio.drawing.main+xml": Kind.VSDX,
}
MACROS = "The document holds macros: save it without them."
TRACKED, COMMENTED = "has tracked changes", "has comments"
ODD_LETTERS = "A part of the document is neither in UTF-8 nor in UTF-16."

CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DC = "http://purl.org/dc/elements/1.1/"
PROPERTIES = {
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties Properties",
    "http://purl.oclc.org/ooxml/officeDocument/extendedProperties Properties",
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties Properties",
    "http://purl.oclc.org/ooxml/officeDocument/customProperties Properties",
}


def kind_of(parts: list[tuple[str, bytes]]) -> Kind | None:
    """Which document it is, if it is one that the portal takes. Raises Unfit for macros."""
    types = _types(dict(parts).get(TYPES, b""))
    macros = any("macroEnabled" in each or each == VBA for each in types)
    if macros or any(re.search(r"(^|/)(vbaProject\.bin|macrosheets/.+)$", name, re.I) for name, _ in parts):
        raise Unfit(MACROS)
    return next((MAIN[each] for each in types if each in MAIN), None)


def _types(listed: bytes) -> list[str]:
    found: list[str] = []
    if listed:
        markup.read(listed, lambda name, attributes: found.append(attributes.get("ContentType", "")))
    return found


def main_part(parts: dict[str, bytes]) -> str:
    """The name of the part that is the document itself. Raises Unfit."""
    found: list[str] = []

    def element(name: str, attributes: dict[str, str]) -> None:
        if attributes.get("ContentType", "") in MAIN:
            found.append(attributes.get("PartName", "").lstrip("/"))

    markup.read(parts[TYPES], element)
    if not found or found[0] not in parts:
        raise Unfit("The text of the document is not where it should be: save it anew.")
    return found[0]


def is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


_CHANGED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)[ >]")
_COMMENTED = re.compile(rb"<(?:w:comment|p:cm|p188:cm|threadedComment|comment)[ >]")
_OUTSIDE = re.compile(rb'<Relationship\b(?![^>]*/hyperlink")[^>]*TargetMode="External"')
_HIDDEN = re.compile(rb'<sheet\b[^>]*\bstate="(?:hidden|veryHidden)"')


def notes_of(parts: list[tuple[str, bytes]]) -> list[str]:
    """What a reader would want to know before handing it on."""
    marks = {TRACKED: _CHANGED, COMMENTED: _COMMENTED, "refers to things outside it": _OUTSIDE, "has hidden sheets": _HIDDEN}
    found = {note for name, content in parts if is_xml(name) for note, mark in marks.items() if mark.search(content)}
    if any(re.search(r"/(embeddings|activeX)/", name) for name, _ in parts):
        found.add("holds other files or active parts")
    return sorted(found)


class Names:
    """Who is named in a document, in the order of being met: "Author 1", the same one in every part."""

    def __init__(self) -> None:
        self.given: dict[str, str] = {}

    def instead_of(self, name: str) -> str:
        return self.given.setdefault(unescape(name), f"Author {len(self.given) + 1}") if name.strip() else name


class To(StrEnum):
    """What is written in the place of a value that tells something."""

    ALIAS = "an alias of the author"
    GONE = "nothing, without the attribute"
    EMPTY = ""
    NONE = "None"  # what Office itself writes for somebody who is not signed in
    LETTER = "A"
    MOMENT = "2000-01-01T00:00:00Z"  # where a moment has to stand


# Of Word, whose attributes all have a prefix: tracked changes, comments, people.
PREFIXED: dict[str, To] = {
    "author": To.ALIAS, "initials": To.GONE, "date": To.GONE, "dateUtc": To.GONE, "userId": To.NONE, "providerId": To.NONE,
}  # fmt: skip
_WHO: dict[str, To] = {"name": To.ALIAS, "initials": To.LETTER, "userId": To.NONE, "providerId": To.NONE}
# Of Excel and PowerPoint, by the root of the part; then only of the elements that are named, or of all.
PLAIN: dict[str, dict[str, dict[str, To]]] = {
    "cmAuthorLst": {"cmAuthor": _WHO},
    "authorLst": {"author": _WHO},
    "chgInfo": {"": {"name": To.ALIAS, "userId": To.NONE, "providerId": To.NONE}},
    "cmLst": {"": {"dt": To.MOMENT, "created": To.MOMENT}},
    "personList": {"person": {"displayName": To.ALIAS, "userId": To.NONE, "providerId": To.NONE}},
    "ThreadedComments": {"threadedComment": {"dT": To.GONE}},
    "users": {"userInfo": {"name": To.ALIAS, "dateTime": To.MOMENT}},
    "headers": {"header": {"userName": To.ALIAS, "dateTime": To.MOMENT}},
    "workbook": {"fileSharing": {"userName": To.ALIAS}, "absPath": {"url": To.EMPTY}},
}
_TAG = re.compile(r"<([A-Za-z_][\w.:-]*+)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_ATTRIBUTE = re.compile(r"(\s)((?:[\w.-]+:)?)([\w.-]+)(\s*=\s*)(\"[^\"]*\"|'[^']*')")
_AUTHOR = re.compile(r"(<(?:\w+:)?author>)([^<]*)(</(?:\w+:)?author>)")
_WORTH_READING = re.compile(r":(?:author|initials|date|dateUtc|userId|providerId)\s*=")


def clean_part(content: bytes, names: Names) -> bytes:
    """The part without what names its authors; itself if it names none. Raises Unfit."""
    root = markup.read(content)
    text, letters = _as_text(content)
    if root == f"{CORE} coreProperties":
        return _core(content)
    if root in PROPERTIES:
        return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="{root.split()[0]}"/>'.encode()
    plain = PLAIN.get(markup.local(root), {})
    if plain or _WORTH_READING.search(text):
        text = _TAG.sub(lambda tag: _clean_tag(tag, plain, names), text)
    if markup.local(root) == "comments":
        text = _clean_authors(text, names)
    return text.encode(letters)


def _as_text(content: bytes) -> tuple[str, str]:
    """What it says, and in which letters; the mark at its beginning is one of the letters."""
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            letters = "utf-16-le" if content[0] == 0xFF else "utf-16-be"
        else:
            letters = "utf-8"
            told = re.match(rb"[^>]*encoding\s*=\s*[\"']([\w-]+)", content[:200])
            if b"\0" in content or (told and told[1].lower() not in (b"utf-8", b"us-ascii")):
                raise Unfit(ODD_LETTERS)
        return content.decode(letters), letters
    except UnicodeDecodeError as error:
        raise Unfit(ODD_LETTERS) from error


def _core(content: bytes) -> bytes:
    """Title and language are for readers, and stay."""
    kept: dict[str, str] = {}
    inside: list[str] = []

    def element(name: str, attributes: dict[str, str]) -> None:
        inside[:] = [name]

    def text(words: str) -> None:
        if inside and inside[0] in (f"{DC} title", f"{DC} language"):
            kept[markup.local(inside[0])] = kept.get(markup.local(inside[0]), "") + words

    markup.read(content, element, text)
    said = "".join(f"<dc:{name}>{escape(words.strip())}</dc:{name}>" for name, words in sorted(kept.items()) if words.strip())
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="{DC}">{said}</cp:coreProperties>'.encode()


def _clean_tag(tag: re.Match, plain: dict[str, dict[str, To]], names: Names) -> str:
    element = tag[1].rpartition(":")[2]
    own = plain.get(element) or plain.get("", {})

    def changed(attribute: re.Match) -> str:
        before, prefix, name, equals, quoted = attribute.groups()
        change = (PREFIXED if prefix else own).get(name)
        if change is None or prefix == "xmlns:":
            return attribute[0]
        if change == To.GONE:
            return ""
        value = names.instead_of(quoted[1:-1]) if change == To.ALIAS else change.value
        return f'{before}{prefix}{name}{equals}"{value}"'

    return f"<{tag[1]}{_ATTRIBUTE.sub(changed, tag[2])}>"


def _clean_authors(text: str, names: Names) -> str:
    """Of a sheet's comments: the list of who wrote them, and the name with which Excel begins each."""
    met = [author[2] for author in _AUTHOR.finditer(text) if author[2].strip()]
    text = _AUTHOR.sub(lambda author: f"{author[1]}{names.instead_of(author[2])}{author[3]}", text)
    begins = re.compile(f">({'|'.join(map(re.escape, met))}):(?=[<\\s])")
    return begins.sub(lambda name: f">{names.instead_of(name[1])}:", text) if met else text
