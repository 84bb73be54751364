"""Small papers for the demonstration, made on the spot: invented, and of the kinds that people send."""

import re
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

_TYPES = """<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"""
_CORE = """<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties
xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{}</dc:creator></cp:coreProperties>"""
_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>"""


_MARKS = re.compile(r"(\[-.+?-\]|\{\+.+?\+\})")


def document(author: str, *paragraphs: str) -> bytes:
    """A Word document of these paragraphs, which names its author as Word does. “[-five-] {+three+}” are tracked changes."""
    body = "".join(f"<w:p>{''.join(_run(part, author) for part in _MARKS.split(each) if part)}</w:p>" for each in paragraphs)
    parts = {
        "[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "docProps/core.xml": _CORE.format(escape(author)), "word/document.xml": _DOCUMENT.format(body),
    }  # fmt: skip
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as paper:
        for name, content in parts.items():
            paper.writestr(name, content)
    return packed.getvalue()


def _run(part: str, author: str) -> str:
    if not _MARKS.fullmatch(part):
        return f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
    mark, letters = ("del", "delText") if part.startswith("[") else ("ins", "t")
    return f'<w:{mark} w:id="1" w:author="{escape(author)}"><w:r><w:{letters}>{escape(part[2:-2])}</w:{letters}></w:r></w:{mark}>'


_OPENING = (
    "Rehearsal interface catalogue",
    "This catalogue lists every interface of the registration stream once: who sends, who answers, and within which time.",
    "It is invented, and for practice.",
)
_CLOSING = (
    "An interface that is not listed here is not part of the design.",
    "Changes to this catalogue are put to the Rehearsal group as change requests.",
)
TWO_CALENDARS = (
    "Rehearsal settlement calendar", "It is invented, and for practice.", "Runs of half-hourly meters go by calendar A, all others by calendar B.",
    "After a bank holiday the two differ by a day.",
)
ONE_CALENDAR = (
    "Rehearsal settlement calendar", "It is invented, and for practice.", "All settlement runs go by calendar A.", "A bank holiday moves every run by a day.",
)
CATALOGUE = {
    "0.9": (
        *_OPENING, "Registration requests are sent as described in REH-DES-02, section 3, and answered within an hour.",
        "Metering data is sent once a day, in the format of annex A.", "Errors are told in words, as listed in REH-DES-03, section 7.", *_CLOSING,
    ),
    "1.0": (
        *_OPENING, "Registration requests are sent as described in REH-DES-02, section 4, and answered within an hour.",
        "Metering data is sent once a day, in the format of annex A.", "Errors are told in words, as listed in REH-DES-03, section 2.", *_CLOSING,
    ),
}  # fmt: skip
MARKED = (
    *_OPENING, "Registration requests are sent as described in REH-DES-02, section [-3-]{+4+}, and answered within an hour.",
    "Metering data is sent once a day, in the format of annex A.", "Errors are told in words, as listed in REH-DES-03, section [-7-]{+2+}.", *_CLOSING,
)  # fmt: skip
FORMATS = "message;field;length\nMidnight read;meter;16\nMidnight read;value;9\nMidnight read;read at;16\n"
