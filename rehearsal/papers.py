"""Small papers for the demonstration, made on the spot: invented, and of the kinds that people send."""

import re
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from django.template.loader import render_to_string

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
    return _packed(parts)


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


_BOOK_TYPES = """<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
_BOOK = """<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{}" sheetId="1" r:id="r1"/></sheets></workbook>"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION = """<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="{}" Target="{}"/></Relationships>"""
_SHEET = """<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>"""


def workbook(sheet: str, *lines: tuple[str, ...]) -> bytes:
    """An Excel workbook of one sheet."""
    rows = "".join(f"<row>{''.join(map(_cell, line))}</row>" for line in lines)
    return _packed({
        "[Content_Types].xml": _BOOK_TYPES, "_rels/.rels": _RELATION.format(f"{_OFFICE}/officeDocument", "xl/workbook.xml"), "xl/workbook.xml": _BOOK.format(escape(sheet)),
        "xl/_rels/workbook.xml.rels": _RELATION.format(f"{_OFFICE}/worksheet", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml": _SHEET.format(rows),
    })  # fmt: skip


def _cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def _packed(parts: dict[str, str]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as paper:
        for name, content in parts.items():
            paper.writestr(name, content)
    return packed.getvalue()


_PLAIN = re.compile(r"[()\\]")  # what would mean something there


def pdf(*lines: str) -> bytes:
    """A PDF of one page, with these lines in plain letters on it."""
    said = "\n".join(f"({_PLAIN.sub('', line)}) '" for line in lines)
    page = f"BT /F1 12 Tf 16 TL 60 780 Td\n{said}\nET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(page)} >>\nstream\n{page}\nendstream", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )  # fmt: skip
    body, places = "%PDF-1.4\n", []
    for n, each in enumerate(objects, 1):
        places.append(len(body))
        body += f"{n} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return f"{body}xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n".encode("latin-1")


_READS = ("Rehearsal read formats", "It is invented, and for practice.", "A read has a meter, a value, and the moment at which it was taken.")
READ_FORMATS = {
    "1.0": (*_READS, "An estimated read is sent as any other.", "Reads are sent once a day."),
    "1.1": (*_READS, "An estimated read carries the mark E, and names the rule by which it was estimated.", "Reads are sent once a day."),
}  # fmt: skip
READ_FORMATS_MARKED = (
    *_READS, "An estimated read [-is sent as any other-]{+carries the mark E, and names the rule by which it was estimated+}.", "Reads are sent once a day.",
)  # fmt: skip
MARKS = {
    "1.0": (("field", "length", "what it says"), ("mark", "1", "E for estimated")),
    "1.1": (("field", "length", "what it says"), ("mark", "1", "E for estimated"), ("rule", "3", "by which rule it was estimated; empty until October")),
}  # fmt: skip
TIMING = ("When marks are sent (invented, and for practice)", "A read that is estimated at night is marked in the file of the morning after.", "A read that is corrected loses its mark in the next file.")


def printed(title: str, *paragraphs: str, made_at: datetime) -> bytes:
    """A paper as PDF."""
    from records.printing import pdf  # its libraries take a second to load

    told = "".join(f"<p>{escape(each)}</p>" for each in paragraphs)
    page = f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)}</title></head><body><h1>{escape(title)}</h1>{told}</body></html>'
    return pdf(page, render_to_string("pdf/minutes.css"), made_at=made_at)


RETRIES = (
    "CR902: three retries or five", "", "This paper is invented, and for practice.", "", "With five retries, one message in two hundred is sent by hand in the end.",
    "With three it is one in ninety, and the queue is empty an hour earlier.", "The constituencies that answered asked for three.",
)
FAILED = "week;failed;sent again by hand\n1;214;3\n2;187;2\n3;260;4\n4;198;2\n"


OVERNIGHT = (
    "This paper is invented, and for practice.",
    "CR901 asks that registration messages are answered at night, too. Agents that run their batches overnight would have to move them.",
    "The choices are: answer at night from the first release on; answer at night from the second; or answer by six in the morning.",
    "The Programme recommends the second choice, since the agents that were asked can be ready for it.",
)
RELEASES = ("Interim releases: where they stand.", "IR1.0 went out in time. IR1.1 is being put together, with one artefact so far.", "It is invented, and for practice.")
RELEASE_PLAN = b"release;artefact;in force\nIR1.0;REH-DES-04;now\nIR1.1;to be said;later\n"
