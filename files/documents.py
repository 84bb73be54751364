"""A Word document, written by us: paragraphs, some of them in controls with a tag, by which they are known when it comes back (files/reading/fields.py)."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from files.archives import packed
from records.typed import cleaned

TAG = "dag-portal:"  # with which the tag of a control of ours begins
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE, OFFICE = "http://schemas.openxmlformats.org/package/2006", "http://schemas.openxmlformats.org/officeDocument/2006"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LONGEST_NAME = 64  # letters of a control's name: a longer one is no name to Word
GREY = '<w:rPr><w:color w:val="595959"/></w:rPr>'
STYLES = (
    ("Normal", "Normal", '<w:pPr><w:spacing w:after="120"/></w:pPr><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/><w:lang w:val="en-GB"/></w:rPr>'),
    ("Title", "Title", '<w:pPr><w:spacing w:after="200"/></w:pPr><w:rPr><w:b/><w:sz w:val="40"/></w:rPr>'),
    ("Heading1", "heading 1", '<w:pPr><w:keepNext/><w:spacing w:before="280" w:after="40"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr>'),
    ("Heading2", "heading 2", '<w:pPr><w:keepNext/><w:spacing w:before="200" w:after="40"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="22"/></w:rPr>'),
    ("Hint", "Hint", '<w:pPr><w:keepNext/></w:pPr><w:rPr><w:color w:val="595959"/><w:sz w:val="20"/></w:rPr>'),
    ("Box", "Box", '<w:pPr><w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="1D70B8"/></w:pBdr><w:ind w:left="180"/></w:pPr>'),
    ("Kept", "Kept", '<w:pPr><w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="B1B4B6"/></w:pBdr><w:ind w:left="180"/></w:pPr>'),
)  # fmt: skip
PAGE = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'


def written(title: str, body: Iterable[str], *, tracking: bool = False) -> bytes:
    """The document, the same bytes for the same body. If it is `tracking`, whatever is changed in it is marked as a change."""
    parts = {"document.main": "word/document.xml", "styles": "word/styles.xml", "settings": "word/settings.xml"}
    told = "".join(f'<Override PartName="/{name}" ContentType="{DOCUMENT}.{kind}+xml"/>' for kind, name in parts.items())
    return packed([
        ("[Content_Types].xml", _xml(
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{told}'
            '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
        )),
        ("_rels/.rels", _relations(("officeDocument", OFFICE, "word/document.xml"), ("metadata/core-properties", PACKAGE, "docProps/core.xml"))),
        ("word/_rels/document.xml.rels", _relations(("styles", OFFICE, "styles.xml"), ("settings", OFFICE, "settings.xml"))),
        ("word/document.xml", _xml(f'<w:document xmlns:w="{WORD}"><w:body>{"".join(body)}{PAGE}</w:body></w:document>')),
        ("word/styles.xml", _xml(f'<w:styles xmlns:w="{WORD}">{"".join(_style(*each) for each in STYLES)}</w:styles>')),
        ("word/settings.xml", _xml(f'<w:settings xmlns:w="{WORD}">{"<w:trackRevisions/>" if tracking else ""}</w:settings>')),
        ("docProps/core.xml", _xml(
            f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{escape(title)}</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>"
        )),
    ])  # fmt: skip


def _xml(text: str) -> bytes:
    return (HEAD + text).encode()


def _relations(*each: tuple[str, str, str]) -> bytes:
    told = "".join(f'<Relationship Id="r{n}" Type="{kind}/relationships/{name}" Target="{target}"/>' for n, (name, kind, target) in enumerate(each, 1))
    return _xml(f'<Relationships xmlns="{PACKAGE}/relationships">{told}</Relationships>')


def _style(key: str, name: str, how: str) -> str:
    default = ' w:default="1"' if key == "Normal" else ""
    based = "" if key == "Normal" else '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>'
    return f'<w:style w:type="paragraph"{default} w:styleId="{key}"><w:name w:val="{name}"/>{based}<w:qFormat/>{how}</w:style>'


def paragraph(text: str, style: str = "Normal", look: str = "") -> str:
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in cleaned(text).split("\n"))
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{look}{lines}</w:r></w:p>'


def control(tag: str, name: str, paragraphs: Iterable[str], about: str = "") -> str:
    """Word does not let it be taken away, and its text be written."""
    properties = f'<w:alias w:val="{escape(cleaned(name)[:LONGEST_NAME], {chr(34): "&quot;"})}"/><w:tag w:val="{tag}"/><w:lock w:val="sdtLocked"/>{about}'
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{''.join(paragraphs)}</w:sdtContent></w:sdt>"


def paragraphs_of(text: str) -> list[str]:
    """As they stand apart in a long text; a single end of a line parts none."""
    return [each.strip("\n") for each in text.replace("\r\n", "\n").split("\n\n") if each.strip()]
