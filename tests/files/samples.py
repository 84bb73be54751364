"""Files made for the tests: sound ones, and such as an attacker would hand in."""

import io
import struct
import zipfile
import zlib

import pikepdf

AUTHOR = "Philippa Hidden"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PARTS = "http://schemas.openxmlformats.org"
WORD = f"{PARTS}/wordprocessingml/2006/main"
CORE = f"{PARTS}/package/2006/metadata/core-properties"
MAIN = {
    "docx": ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"),
    "docm": ("word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml"),
}


def zipped(parts: dict[str, bytes | str], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def core(author: str = AUTHOR) -> str:
    return (
        f'<?xml version="1.0"?><cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
        f"<dc:title>Registration hours &amp; more</dc:title><dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        "<cp:revision>7</cp:revision><t:created>2023-01-01T00:00:00Z</t:created></cp:coreProperties>"
    )


def app(company: str = f"{AUTHOR} Ltd") -> str:
    return f'<Properties xmlns="{PARTS}/officeDocument/2006/extended-properties"><Company>{company}</Company><TotalTime>9</TotalTime></Properties>'


def office(kind: str = "docx", main: str | None = None, more: dict[str, bytes | str] | None = None) -> bytes:
    name, content_type = MAIN[kind]
    types = f'<Types xmlns="{PARTS}/package/2006/content-types"><Override PartName="/{name}" ContentType="{content_type}"/></Types>'
    main = main or f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>Agreed.</w:t></w:r></w:p></w:body></w:document>'
    return zipped({"[Content_Types].xml": types, name: main, **(more or {})})


def reviewed() -> bytes:
    """A Word document with everything in it that names somebody."""
    who = f'w:author="{AUTHOR}" w:date="2023-05-01T10:00:00Z"'
    main = (
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:ins w:id="1" {who}><w:r><w:t>not </w:t></w:r></w:ins>'
        f"<w:del w:id=\"2\" w:author='{AUTHOR}'><w:r><w:delText>x > y \"z\"</w:delText></w:r></w:del></w:p></w:body></w:document>"
    )
    comments = f'<w:comments xmlns:w="{WORD}"><w:comment w:id="0" {who} w:initials="PH"><w:p/></w:comment></w:comments>'
    people = (
        f'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:person w15:author="{AUTHOR}">'
        f'<w15:presenceInfo w15:providerId="AD" w15:userId="S::{AUTHOR}@example.org"/></w15:person></w15:people>'
    )
    parts = {"docProps/core.xml": core(), "docProps/app.xml": app(), "word/comments.xml": comments, "word/people.xml": people}
    return office("docx", main, parts)


def workbook() -> bytes:
    sheet = f"{PARTS}/spreadsheetml/2006/main"
    parts = {
        "docProps/core.xml": core(),
        "xl/comments1.xml": f'<comments xmlns="{sheet}"><authors><author>{AUTHOR}</author></authors><commentList><comment ref="A1" authorId="0"><text><r><t>{AUTHOR}:</t></r><r><t>why?</t></r></text></comment></commentList></comments>',
        "xl/persons/person.xml": f'<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><person displayName="{AUTHOR}" id="{{1}}" userId="{AUTHOR}" providerId="AD"/></personList>',
    }
    path = f"C:\\Users\\{AUTHOR}\\"
    main = f'<workbook xmlns="{sheet}"><x15ac:absPath xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" url="{path}"/><sheets><sheet name="One" sheetId="1" state="hidden"/></sheets></workbook>'
    return office("xlsx", main, parts)


def slides() -> bytes:
    show = f"{PARTS}/presentationml/2006/main"
    parts = {
        "docProps/core.xml": core(),
        "ppt/commentAuthors.xml": f'<p:cmAuthorLst xmlns:p="{show}"><p:cmAuthor id="0" name="{AUTHOR}" initials="PH" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>',
        "ppt/authors.xml": f'<p188:authorLst xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main"><p188:author id="{{1}}" name="{AUTHOR}" initials="PH" userId="{AUTHOR}" providerId="AD"/></p188:authorLst>',
    }
    return office("pptx", f'<p:presentation xmlns:p="{show}"/>', parts)


def chunk(kind: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))


def png(*more: bytes) -> bytes:
    """One pixel."""
    head, pixel = chunk(b"IHDR", struct.pack(">LLBBBBB", 1, 1, 8, 0, 0, 0, 0)), chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + pixel + chunk(b"IEND")


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(orientation: int, artist: str = AUTHOR) -> bytes:
    told = artist.encode() + b"\0"
    tiff = b"II*\0" + struct.pack("<LH", 8, 2) + struct.pack("<HHLHH", 0x0112, 3, 1, orientation, 0) + struct.pack("<HHLL", 0x013B, 2, len(told), 38) + b"\0\0\0\0"
    return segment(0xE1, b"Exif\0\0" + tiff + told)


def jpeg(*more: bytes) -> bytes:
    """Its segments are sound; it shows nothing."""
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"drawn\xff\x00\xff\xd0drawn"
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0") + b"".join(more) + segment(0xDB, b"\0" + bytes(64)) + scan + b"\xff\xd9"


def pdf(change=lambda document: None, **how) -> bytes:
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    change(document)
    document.save(out, static_id=True, **how)
    return out.getvalue()


def pdf_by_somebody() -> bytes:
    def change(document):
        with document.open_metadata() as told:
            told["dc:creator"] = [AUTHOR]
        document.docinfo["/Author"], document.docinfo["/Title"] = AUTHOR, "Registration hours"
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], T=pikepdf.String(AUTHOR), Contents=pikepdf.String("Why?")
        )
        document.pages[0].Annots = pikepdf.Array([document.make_indirect(note)])

    return pdf(change)


def compound(*names: str) -> bytes:
    """The older format of Office, as far as its list of streams."""
    entries = b"".join((name + "\0").encode("utf-16-le").ljust(128, b"\0") for name in names)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries


def many_zeros(count: int) -> bytes:
    """So many, packed, without ever having them all: one piece over and over, and the checksum that they would have."""
    packing, size = zlib.compressobj(9, zlib.DEFLATED, -15), 10_000_000
    piece = packing.compress(bytes(size)) + packing.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\x9c" + piece * (count // size) + b"\x03\x00" + struct.pack(">HH", count % 65521, 1)


def unpacked(content: bytes) -> bytes:
    """Every byte of every part."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())
