"""Which kinds of file the portal takes, by which names they go, and as what each is handed out."""

from django.db import models

MIB = 1024 * 1024
MOST_BYTES = 25 * MIB  # of one file; ClamAV's own default for what it is sent is the same


class Kind(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word document"
    XLSX = "xlsx", "Excel workbook"
    PPTX = "pptx", "PowerPoint presentation"
    CSV = "csv", "table as CSV"
    TXT = "txt", "plain text"
    MD = "md", "Markdown"
    JSON = "json", "JSON"
    YAML = "yaml", "YAML"
    XML = "xml", "XML"
    BPMN = "bpmn", "BPMN diagram"
    PNG = "png", "PNG picture"
    JPG = "jpg", "JPEG picture"
    SVG = "svg", "SVG picture"
    VSDX = "vsdx", "Visio drawing"
    MPP = "mpp", "Project plan"
    ZIP = "zip", "ZIP archive"


EXTENSIONS = {f".{kind.value}": kind for kind in Kind} | {".jpeg": Kind.JPG, ".yml": Kind.YAML}
OFFICE = {Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.VSDX}
MARKUP = {Kind.XML, Kind.SVG, Kind.BPMN}
TEXT = {Kind.CSV, Kind.TXT, Kind.MD, Kind.JSON, Kind.YAML, *MARKUP}
# What may be found in a file besides what its name says: a document is an archive, too, and a drawing is XML.
ALSO = {Kind.ZIP: OFFICE, Kind.XML: MARKUP}

# Nothing that a browser would draw with scripts in it (SVG, XML) has a type of its own.
HANDED_OUT_AS = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Kind.CSV: "text/csv",
    Kind.TXT: "text/plain",
    Kind.MD: "text/plain",
    Kind.JSON: "application/json",
    Kind.YAML: "text/plain",
    Kind.PNG: "image/png",
    Kind.JPG: "image/jpeg",
    Kind.ZIP: "application/zip",
}
ANYTHING = "application/octet-stream"


def extension_of(name: str) -> str:
    """The last one, in small letters and with its dot: ".pdf"; empty if there is none."""
    stem, dot, last = name.rpartition(".")
    return f".{last.lower()}" if dot and stem else ""


def fits(kind: Kind, named: Kind) -> bool:
    """Whether what was found in a file may go by a name of that kind."""
    return kind == named or kind in ALSO.get(named, ())


def listed() -> str:
    """The extensions as people read them: "PDF, DOCX, …, ZIP"."""
    return ", ".join(kind.value.upper() for kind in Kind)
